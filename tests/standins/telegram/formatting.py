"""Text as Telegram keeps it: formatting taken out into entities, counted in UTF-16 units, and refused when too long or empty."""

from __future__ import annotations

import re
from typing import Any

from aiogram.types import MessageEntity
from telegram.constants import MessageLimit

from .html_text import parse_html
from .refused import beyond_the_stand_in, breach

Entities = list[dict[str, Any]]

FOUND_IN_TEXT = {
    "bot_command": re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?!\w)"),
    "url": re.compile(r"\bhttps?://[^\s<>\"]+"),
    "email": re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]*\w"),
    "mention": re.compile(r"(?<![\w@/])@[A-Za-z]\w{3,31}\b"),
    "hashtag": re.compile(r"(?<![\w#])#\w*[^\W\d]\w*"),
}


def units(text: str) -> int:
    """Length in UTF-16 code units: what Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def entities_of(text: str) -> Entities:
    """What Telegram marks by itself in a person's text: commands, links, addresses, names, tags."""
    found: Entities = []
    for kind, pattern in FOUND_IN_TEXT.items():
        for match in pattern.finditer(text):
            found.append({"type": kind, "offset": units(text[: match.start()]), "length": units(match.group())})
    return sorted(found, key=lambda entity: int(entity["offset"]))


def pieces(text: str, limit: int = MessageLimit.MAX_TEXT_LENGTH) -> list[str]:
    """A long text as a person's app sends it: in several messages of at most `limit` units."""
    parts, start, length = [], 0, 0
    for index, letter in enumerate(text):
        size = 2 if ord(letter) > 0xFFFF else 1
        if length + size > limit:
            parts.append(text[start:index])
            start, length = index, 0
        length += size
    return [*parts, text[start:]]


def formatted(text: str, parse_mode: object, given: list[MessageEntity] | None) -> tuple[str, Entities]:
    """The plain text and its entities. Raises `Refused` for formatting that cannot be read."""
    if given is not None and isinstance(parse_mode, str):
        raise breach("entities and parse_mode are both given")
    if not isinstance(parse_mode, str):
        return _trimmed(text, _checked(text, given or []))
    if parse_mode.lower() == "html":
        return _trimmed(*parse_html(text))
    if parse_mode.lower() in {"markdown", "markdownv2"}:
        raise beyond_the_stand_in(f"parse_mode {parse_mode}")
    raise breach("unsupported parse_mode")


def checked_text(text: str, parse_mode: object, given: list[MessageEntity] | None) -> tuple[str, Entities]:
    """The text of a message: 1-4096 units after the formatting is taken out."""
    plain, entities = formatted(text, parse_mode, given)
    if units(plain) < MessageLimit.MIN_TEXT_LENGTH:
        raise breach("message text is empty")
    if units(plain) > MessageLimit.MAX_TEXT_LENGTH:
        raise breach("message is too long")
    return plain, entities


def checked_caption(text: str | None, parse_mode: object, given: list[MessageEntity] | None) -> tuple[str, Entities]:
    """The caption below a picture or file: 0-1024 units after the formatting is taken out."""
    plain, entities = formatted(text or "", parse_mode, given)
    if units(plain) > MessageLimit.CAPTION_LENGTH:
        raise breach("message caption is too long")
    return plain, entities


def _checked(text: str, given: list[MessageEntity]) -> Entities:
    for entity in given:
        if entity.offset < 0 or entity.length < 1 or entity.offset + entity.length > units(text):
            raise breach(f"entity {entity.type} lies outside of the text")
    return [entity.model_dump(exclude_none=True) for entity in given]


def _trimmed(text: str, entities: Entities) -> tuple[str, Entities]:
    plain = text.strip()
    lead = units(text[: len(text) - len(text.lstrip())])
    kept: Entities = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        end = min(units(plain), entity["offset"] + entity["length"] - lead)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    if len(kept) > MessageLimit.MESSAGE_ENTITIES:
        raise breach("too many entities: the real server would drop the rest")
    return plain, kept
