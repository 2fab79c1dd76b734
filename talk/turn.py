"""What a person did on some channel: one message, one tap or one file, in the same shape for every channel."""

from __future__ import annotations

from aiogram.types import TelegramObject

MAX_TEXT = 4_000
"""Characters of one message that are kept as the message itself; longer text is kept whole as a file beside it."""


class Attachment(TelegramObject):
    """A file that a person sent. Either it was fetched and stored (`file_id`), or `problem` says why not."""

    kind: str  # "picture" | "voice" | "video" | "document" | "sticker" | "location" | "contact"
    name: str = ""
    mime: str = ""
    size: int = 0  # bytes
    file_id: int | None = None  # office.records.StoredFile
    may_name: bool = False  # what is kept may still say who made it: the sender is told before anything is sent on
    problem: str | None = None
    """`too_big`, `empty`, `unreadable`, `unreadable_text`, `unsupported`, `not_fetched`, `not_here` or `not_here_but_web`"""
    elsewhere: str = ""  # where it can be sent instead, for "not_here_but_web"


class Turn(TelegramObject):
    """One thing a person did.

    `update_key` is the channel's own name for it and makes it count once however often it is delivered. `text` is cleaned and at most
    `MAX_TEXT` characters. `choice` is the data of the button pressed, without the mark that binds it. `link` is the payload of a deep link.
    """

    channel: str
    address: str
    update_key: str
    text: str = ""
    choice: str | None = None
    link: str | None = None
    attachments: tuple[Attachment, ...] = ()
    edited: bool = False
    group: bool = False
    cut: bool = False  # the text was longer than MAX_TEXT
    shares_contact: bool = False  # the words are name and number, given in a channel's own form
    stale: bool = False  # the button belongs to a conversation that has ended
    display_name: str | None = None  # never stored beside a case

    @property
    def words(self) -> str:
        """The text without spaces around it."""
        return self.text.strip()
