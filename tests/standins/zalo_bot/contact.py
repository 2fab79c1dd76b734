"""One person in their private chat with the bot, and a message of the bot as they see it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Heard:
    """A message that has arrived; `at` in seconds of the stand-in's clock."""

    message_id: str
    chat_id: str
    at: float
    text: str = ""
    picture: bytes | None = field(default=None, repr=False)


@dataclass(eq=False)
class Contact:
    """`opened`: has ever written; before that the bot cannot write to them."""

    id: str
    name: str
    opened: bool = False
    blocked: bool = False
    heard: list[Heard] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
