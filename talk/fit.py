"""Cuts what the bot says to what a channel can carry: long texts at the ends of sentences, never in the middle of a word if it can be helped."""

from __future__ import annotations

import re
from dataclasses import dataclass

from talk.reply import Choice, Reply

_ENDS = (re.compile(r"\n\n"), re.compile(r"\n"), re.compile(r"[.!?…]['\"”’)]?\s"), re.compile(r"[,;:]\s"), re.compile(r"\s"))


@dataclass(frozen=True)
class Limits:
    """What a channel carries: characters (UTF-16 units, as Telegram counts) of a text and a caption, buttons, and whether there are buttons."""

    text: int = 4_096
    caption: int = 1_024
    buttons: int = 100


def width(text: str) -> int:
    """The length as the strictest channels count it: UTF-16 units."""
    return len(text) + sum(1 for c in text if ord(c) > 0xFFFF)


def split(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit`, cut at the last paragraph, line, sentence, clause or word that fits."""
    pieces = []
    rest = text.strip()
    while width(rest) > limit:
        cut = _cut(rest, limit)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest or not pieces else pieces


def _cut(text: str, limit: int) -> int:
    window = text[:limit]
    while width(window) > limit:
        window = window[: len(window) - max(1, (width(window) - limit) // 2)]
    for end in _ENDS:
        places = [match.end() for match in end.finditer(window)]
        if places and places[-1] > len(window) // 3:
            return places[-1]
    return len(window)


def fit(reply: Reply, limits: Limits) -> list[Reply]:
    """The reply as one or more messages that the channel can carry. Buttons stay under the last one."""
    limit = limits.caption if reply.enclosure or reply.drawing else limits.text
    if width(reply.text) <= limit and len(reply.choices) <= limits.buttons:
        return [reply]
    if (reply.enclosure or reply.drawing) and width(reply.text) > limits.caption:
        picture = reply.model_copy(update={"text": "", "rows": ()})
        return [picture, *fit(reply.model_copy(update={"enclosure": None, "drawing": None}), limits)]
    *before, last = split(reply.text, limits.text)
    return [*(Reply(text=piece) for piece in before), reply.model_copy(update={"text": last, "rows": _fewer(reply.rows, limits.buttons)})]


def _fewer(rows: tuple[tuple[Choice, ...], ...], most: int) -> tuple[tuple[Choice, ...], ...]:
    kept: list[tuple[Choice, ...]] = []
    for row in rows:
        if sum(map(len, kept)) + len(row) > most:
            break
        kept.append(row)
    return tuple(kept)
