"""Everything the stand-in knows: the account, its people, tokens, uploads, templates, files, and what waits to be told."""

from __future__ import annotations

import secrets
from typing import Any

from tests.standins.shared.bell import Bell
from tests.standins.shared.clock import Clock
from tests.standins.shared.routes import Routes

from .contact import Contact
from .doubts import INTERACTIVE_ECHO, Doubts
from .events import Events, new_message_id
from .posts import Heard, Outgoing
from .rates import Rates
from .standing import Standing
from .templates import Templates
from .tokens import Tokens
from .told import Outbox
from .uploads import Uploads

ECHOES = {"interactive": INTERACTIVE_ECHO}


class World:
    """The state behind the servers. Changes happen without `await`, so a request has taken effect wholly or not at all."""

    def __init__(self, clock: Clock, doubts: Doubts, routes: Routes, per_minute: int) -> None:
        self.clock = clock
        self.doubts = doubts
        self.routes = routes
        self.bell = Bell()
        self.app_id = "2553928453557884079"
        self.oa_id = "3662729599332560487"
        self.name = "UBND xã Mẫu"
        self.secret_key = secrets.token_urlsafe(15)
        self.oa_secret_key = secrets.token_urlsafe(15)
        self.callbacks: set[str] = set()
        self.operator_declines = False
        self.standing = Standing()
        self.tokens = Tokens(clock, doubts)
        self.rates = Rates(clock, per_minute)
        self.uploads = Uploads(clock)
        self.templates = Templates()
        self.events = Events(self.app_id, self.oa_id)
        self.outbox = Outbox(self.bell)
        self.people: dict[str, Contact] = {}
        self.files: dict[str, bytes] = {}
        self.sent: list[Heard] = []
        self.base_url = ""

    def stamp(self) -> str:
        """The moment in milliseconds, as a string."""
        return str(int(self.clock.now().timestamp() * 1000))

    def by_phone(self, phone: str) -> Contact | None:
        """The person with that number."""
        return next((person for person in self.people.values() if person.phone == phone), None)

    def host(self, name: str, data: bytes) -> str:
        """Put a person's file where the program can download it; the address."""
        path = f"{secrets.token_hex(12)}/{name}"
        self.files[path] = data
        return f"{self.base_url}/files/{path}"

    def tell(self, event: dict[str, Any], lane: str) -> None:
        """Something happened that the webhook should hear."""
        self.outbox.add(event, lane)

    def deliver(self, person: Contact, post: Outgoing, *, billed: bool) -> Heard:
        """Bring a message to a person, and its echo to the webhook."""
        heard = Heard(**vars(post), message_id=new_message_id(), user_id=person.id, at=self.clock.seconds(), billed=billed)
        person.heard.append(heard)
        self.sent.append(heard)
        if self.doubts.echoes:
            name = ECHOES.get(post.echo, f"oa_send_{post.echo}")
            self.tell(self.events.echo(name, heard, self.stamp()), f"echo {person.id}")
        self.bell.ring()
        return heard
