"""Everything the stand-in knows: the bot, its people, its webhook, the files people sent, and what waits to be told."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from tests.standins.shared.bell import Bell
from tests.standins.shared.clock import Clock
from tests.standins.shared.routes import Routes

from .contact import Contact, Heard
from .doubts import Doubts
from .updates import Updates


@dataclass
class Webhook:
    """What `setWebhook` has set; an empty `url` means none. `probe_status` is the answer to the empty-body probe."""

    url: str = ""
    secret: str = ""
    updated_at: int = 0
    probe_status: int | None = None

    def info(self) -> dict[str, Any]:
        """The answer of the three methods about it."""
        return {"url": self.url, "updated_at": self.updated_at}


class World:
    """Changes happen without `await`, so a request has taken effect wholly or not at all."""

    def __init__(self, clock: Clock, doubts: Doubts, routes: Routes, token: str) -> None:
        self.clock = clock
        self.doubts = doubts
        self.routes = routes
        self.token = token
        self.bell = Bell()
        self.me = {"id": token.split(":")[0], "account_name": "bot.xamau", "account_type": "BASIC", "can_join_groups": False}
        self.webhook = Webhook()
        self.updates = Updates(self.bell)
        self.people: dict[str, Contact] = {}
        self.files: dict[str, bytes] = {}
        self.sent: list[Heard] = []
        self.base_url = ""
        self.closing = False

    def millis(self) -> int:
        """The moment in milliseconds."""
        return int(self.clock.now().timestamp() * 1000)

    def host(self, name: str, data: bytes) -> str:
        """Put a person's file where the program can download it; the address."""
        path = f"{secrets.token_hex(12)}/{name}"
        self.files[path] = data
        return f"{self.base_url}/files/{path}"

    def deliver(self, person: Contact, text: str, picture: bytes | None) -> dict[str, Any]:
        """Bring a message to a person; the answer of the method."""
        post = Heard(secrets.token_hex(10), person.id, self.clock.seconds(), text, picture)
        person.heard.append(post)
        self.sent.append(post)
        self.bell.ring()
        return {"message_id": post.message_id, "date": self.millis()}
