"""Reads what the Official Account's webhook tells (an event) as what a person did (a turn), and lists the files that are still to be fetched."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import structlog

from bot.channels.zalo_oa_server import NAME
from bot.channels.zalo_oa_speak import CHOICE
from talk.clean import clean
from talk.texts import say
from talk.turn import MAX_TEXT, Attachment, Turn

log = structlog.get_logger()

Raw = dict[str, Any]

_FILES = {"image": "picture", "gif": "picture", "audio": "voice", "video": "video", "file": "document"}
_MIMES = {"picture": "image/jpeg", "voice": "audio/aac", "video": "video/mp4", "document": "application/octet-stream"}
_ODD_ONES = {"sticker": "sticker", "location": "location", "business_card": "contact"}
_MOST_FILES = 20


@dataclass(frozen=True)
class Wanted:
    """A file to fetch. `size` in bytes, 0 if Zalo does not say."""

    url: str
    kind: str
    name: str
    mime: str
    size: int = 0


@dataclass(frozen=True)
class Said:
    """A turn. Before it is heard its `files` are fetched and `whole_text` is kept (empty unless the text was cut)."""

    turn: Turn
    files: tuple[Wanted, ...] = ()
    whole_text: str = ""

    @property
    def address(self) -> str:
        return self.turn.address

    @property
    def update_key(self) -> str:
        return self.turn.update_key

    @property
    def waits(self) -> bool:
        """Whether something is to be fetched first."""
        return bool(self.files)


@dataclass(frozen=True)
class Left:
    """A person no longer follows the account."""

    address: str
    update_key: str
    waits: bool = False


def account_in(raw: Raw) -> str:
    """The Official Account that the event belongs to; empty if the event does not say."""
    recipient = raw.get("recipient")
    return _id(raw.get("oa_id")) or _id(recipient.get("id") if isinstance(recipient, dict) else None)


def understand(raw: Raw, body: bytes) -> Said | Left | None:
    """What happened; None if it is nothing for us. Never raises: an event that cannot be read must not be delivered for ever."""
    try:
        return _read(raw, body)
    except Exception as fault:
        log.warning("zalo event not understood", event_name=str(raw.get("event_name"))[:40], fault=type(fault).__name__)
        return None


def _read(raw: Raw, body: bytes) -> Said | Left | None:
    name = str(raw.get("event_name", ""))
    if name in ("follow", "unfollow"):
        return _follow(raw, name, body)
    if name == "user_submit_info":
        return _info(raw, body)
    if not name.startswith("user_send_"):  # echoes of what we sent, receipts of reading, and what is Zalo's own
        return None
    address = _id(raw["sender"]["id"])
    message = raw["message"]
    return _message(name.removeprefix("user_send_"), address, _key(raw, body), message) if address else None


def _key(raw: Raw, body: bytes) -> str:
    """The event's own name: the message's id; a repeat of an event that has none, or none that can be kept, is known by its bytes."""
    message = raw.get("message")
    given = message.get("msg_id") if isinstance(message, dict) else None
    if isinstance(given, str) and 0 < len(given) <= 100 and given.isprintable():
        return given
    return f"{str(raw.get('event_name'))[:30]}:{hashlib.sha256(body).hexdigest()[:40]}"


def _id(given: Any) -> str:
    """Ids are long decimal strings; a number is made one."""
    text = str(given) if isinstance(given, str | int) and not isinstance(given, bool) else ""
    return text if 0 < len(text) <= 64 and text.isprintable() else ""


def _follow(raw: Raw, name: str, body: bytes) -> Said | Left | None:
    address, key = _id(raw["follower"]["id"]), _key(raw, body)
    if not address:
        return None
    return Left(address, key) if name == "unfollow" else Said(_turn(address, key, "/start"))


def _info(raw: Raw, body: bytes) -> Said | None:
    """Name and number that a person gave in Zalo's form; the number is sometimes no string."""
    address, info = _id(raw["sender"]["id"]), raw["info"]
    words = say("zalo-shared-info", name=clean(str(info.get("name", "")))[:100], phone=clean(str(info.get("phone", "")))[:20])
    return Said(_turn(address, _key(raw, body), words, shares_contact=True)) if address else None


def _message(kind: str, address: str, key: str, message: Raw) -> Said | None:
    words = clean(str(message.get("text") or ""))
    if kind == "text" and words.startswith(CHOICE):
        return Said(Turn(channel=NAME, address=address, update_key=key, choice=words.removeprefix(CHOICE)[:200]))
    given = message.get("attachments")
    attachments = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    if kind == "link":
        words = "\n".join(part for part in (words, *(_link(each) for each in attachments)) if part)
    files = tuple(found for each in attachments[:_MOST_FILES] if (found := _file(str(each.get("type") or kind), each.get("payload"))))
    problem = None if files or kind in ("text", "link") else _ODD_ONES.get(kind, "unsupported")
    if not words and not files and problem is None:
        return None
    odd = (Attachment(kind=problem, problem=problem),) if problem else ()
    turn = _turn(address, key, words[:MAX_TEXT], cut=len(words) > MAX_TEXT, attachments=odd)
    return Said(turn, files, words if turn.cut else "")


def _turn(address: str, key: str, words: str, **more: Any) -> Turn:
    command, _, payload = words.partition(" ")
    link = payload.strip()[:64] or None if command == "/start" else None
    return Turn(channel=NAME, address=address, update_key=key, text=words, link=link, **more)


def _file(kind: str, payload: Any) -> Wanted | None:
    ours = _FILES.get(kind)
    if ours is None or not isinstance(payload, dict):
        return None
    url = payload.get("url")
    if not isinstance(url, str) or not url.startswith(("https://", "http://")) or not url.isprintable():
        return None
    size = str(payload.get("size", ""))
    name = clean(str(payload.get("name") or ""))[:120] or say(f"zalo-{ours}-name")
    return Wanted(url, ours, name, _MIMES[ours], int(size) if size.isdecimal() and len(size) < 12 else 0)


def _link(attachment: Raw) -> str:
    """[?] The payload of a shared link is not captured: its title and address where they stand under these names."""
    payload = attachment.get("payload")
    given = (payload.get(name) for name in ("title", "description", "url")) if isinstance(payload, dict) else ()
    return "\n".join(clean(part)[:500] for part in given if isinstance(part, str) and part)
