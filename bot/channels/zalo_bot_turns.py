"""Reads what the Zalo Bot Platform tells (an update) as what a person did (a turn), and names the file that is still to be fetched."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import structlog

from bot.channels.zalo_bot_api import NAME
from talk.clean import clean
from talk.texts import say
from talk.turn import MAX_TEXT, Attachment, Turn

log = structlog.get_logger()

_LONGEST_ID = 100


@dataclass(frozen=True)
class Wanted:
    """A file to fetch."""

    url: str
    kind: str
    name: str
    mime: str


@dataclass(frozen=True)
class Said:
    """A turn. Before it is heard its `file` is fetched and `whole_text` is kept (empty unless the text was cut). `raw`: as it was told."""

    turn: Turn
    file: Wanted | None = None
    whole_text: str = ""
    raw: Any = None

    @property
    def address(self) -> str:
        return self.turn.address

    @property
    def update_key(self) -> str:
        """The same for every delivery of one update."""
        return self.turn.update_key

    @property
    def waits(self) -> bool:
        """Whether something is to be fetched first."""
        return self.file is not None


def understand(given: Any, web_chat: str | None = None) -> Said | None:
    """What happened; None if it is nothing for us. Never raises: an update that cannot be read must not keep others from being heard.

    [?] One capture is wrapped as an answer, a newer one is flat: both are read. `web_chat` is the way for what this channel cannot carry.
    """
    update = given.get("result", given) if isinstance(given, dict) else None
    message = update.get("message") if isinstance(update, dict) else None
    if not isinstance(update, dict) or not isinstance(message, dict):
        log.info("zalo bot update without a message", kind=str(update.get("event_name"))[:60] if isinstance(update, dict) else "?")
        return None  # [?] `unsupported` may come without any message: then nobody is named who could be answered
    kind = str(update.get("event_name") or "").removeprefix("message.").removesuffix(".received")
    address = _who(message)
    if address is None:
        return None
    words = clean(_string(message, "caption" if kind == "image" else "text"))
    file = _file(kind, message)
    problem = None if file or (words and kind not in ("sticker", "unsupported")) or kind == "text" else _problem(kind, web_chat)
    turn = Turn(
        channel=NAME,
        address=address,
        update_key=_key(message, kind),
        text=words[:MAX_TEXT],
        cut=len(words) > MAX_TEXT,
        link=_link(words),
        attachments=(problem,) if problem else (),
        display_name=clean(_string(_part(message, "from"), "display_name"))[:100] or None,
    )
    return Said(turn, file, words if turn.cut else "", update)


def _who(message: dict[str, Any]) -> str | None:
    """The private chat that it comes from. Bots are not answered, and groups there are none."""
    sender, chat = _part(message, "from"), _part(message, "chat")
    address = _string(chat, "id") or _string(sender, "id")
    if not address or len(address) > _LONGEST_ID or not address.isprintable() or sender.get("is_bot") is True:
        return None
    return address if (_string(chat, "chat_type") or "PRIVATE").upper() == "PRIVATE" else None


def _key(message: dict[str, Any], kind: str) -> str:
    """The message's id. Should there be none, or none that can be kept, a mark of the whole message: it comes again word for word."""
    if (given := _string(message, "message_id")) and given.isprintable():
        return given[:_LONGEST_ID]
    return hashlib.sha256(json.dumps([kind, message], sort_keys=True).encode()).hexdigest()


def _file(kind: str, message: dict[str, Any]) -> Wanted | None:
    if kind == "image" and (url := _string(message, "photo_url") or _string(message, "photo")) and url.isprintable():
        return Wanted(url, "picture", say("zalo_bot-picture-name"), "image/jpeg")
    if kind == "voice" and (url := _string(message, "voice_url")) and url.isprintable():
        return Wanted(url, "voice", say("zalo_bot-voice-name"), "audio/aac")
    return None


def _problem(kind: str, web_chat: str | None) -> Attachment:
    """What came and cannot be used. Places, films and documents are all told as `unsupported`, without what they hold."""
    if kind == "sticker":
        return Attachment(kind="sticker", problem="sticker")
    if kind in ("image", "voice"):  # without an address to fetch it from
        return Attachment(kind={"image": "picture"}.get(kind, kind), problem="not_fetched")
    if web_chat:
        return Attachment(kind="unsupported", problem="not_here_but_web", elsewhere=web_chat)
    return Attachment(kind="unsupported", problem="not_here")


def _link(words: str) -> str | None:
    command, _, payload = words.partition(" ")
    return payload.strip()[:64] or None if command == "/start" else None


def _part(given: dict[str, Any], name: str) -> dict[str, Any]:
    found = given.get(name)
    return found if isinstance(found, dict) else {}


def _string(given: dict[str, Any], name: str) -> str:
    """A string field; ids written as numbers become strings; empty if it is missing or something else."""
    found = given.get(name)
    if type(found) is int:
        return str(found) if found.bit_length() < 128 else ""
    return found if isinstance(found, str) else ""
