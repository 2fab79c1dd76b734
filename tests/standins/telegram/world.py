"""Everything the stand-in knows: the bot, the chats and their messages, the files, the taps, what is waiting to be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.standins.shared.bell import Bell
from tests.standins.shared.clock import Clock

from .chats import Chat, Chats
from .files import FileStore, StoredFile
from .keyboards import Rows
from .polling import Polling
from .posts import Post
from .rates import FloodGate, Rates
from .routes import Routes
from .updates import QUERY_LIFETIME, Updates
from .webhook_settings import WebhookSettings
from .wellformed import check_message


@dataclass(eq=False)
class Tap:
    """A pressed button. `answer` is what the person sees for it: None until the bot answers, "" for a silent answer."""

    query_id: str
    button_data: str
    at: float
    answer: str | None = None
    alert: bool = False

    def too_old(self, now: float) -> bool:
        """Whether Telegram has given up waiting for the answer."""
        return now - self.at > QUERY_LIFETIME


@dataclass
class Profile:
    """How the bot presents itself; commands by scope and language, descriptions by language."""

    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    description: dict[str, str] = field(default_factory=dict)
    short_description: dict[str, str] = field(default_factory=dict)


class World:
    """The state behind the server. Changes happen without `await`, so a request has taken effect wholly or not at all."""

    def __init__(self, token: str, username: str, clock: Clock, rates: Rates, routes: Routes) -> None:
        self.clock = clock
        self.bell = Bell()
        self.bot: dict[str, Any] = {"id": int(token.split(":")[0]), "is_bot": True, "first_name": "Trợ lý", "username": username}
        self.chats = Chats()
        self.files = FileStore()
        self.gate = FloodGate(clock, rates)
        self.updates = Updates(clock, self.bell)
        self.polling = Polling()
        self.routes = routes
        self.webhook = WebhookSettings()
        self.profile = Profile()
        self.taps: dict[str, Tap] = {}
        self._last_message_id = 0

    def post(self, chat: Chat, sender: dict[str, Any], content: dict[str, Any], **seen: Any) -> Post:
        """Put a message into a chat; `content` is its Bot API form without number, sender, chat and date."""
        head = {"message_id": self._number(chat), "from": sender, "chat": chat.data, "date": self.clock.timestamp()}
        post = Post({**head, **content}, from_bot=sender["is_bot"], **seen)
        check_message(post.data)
        chat.posts[post.message_id] = post
        self.bell.ring()
        return post

    def bot_posts(self, chat: Chat, content: dict[str, Any], media: StoredFile | None, keyboard: Rows | None, silent: bool) -> Post:
        """The bot's message, counted against the limits first. Raises 429. `keyboard`: None leaves the reply keyboard as it is."""
        self.gate.admit(chat.id, group=chat.group)
        if keyboard is not None:
            chat.keyboard = keyboard
        return self.post(chat, self.bot, content, media=media, keyboard=keyboard or (), silent=silent)

    def _number(self, chat: Chat) -> int:
        """Private chats share one row of numbers; each supergroup has its own, so a number alone names no message."""
        if chat.group:
            return chat.next_own_id()
        self._last_message_id += 1
        return self._last_message_id
