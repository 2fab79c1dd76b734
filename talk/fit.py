"""Cuts what the bot says to what a channel can carry: long texts at the ends of sentences, never in the middle of a word if it can be helped;
menus that the channel has no buttons for become numbered lines, to be answered by a number."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from talk.reply import Choice, Reply
from talk.texts import say

_ENDS = (re.compile(r"\n\n"), re.compile(r"\n"), re.compile(r"[.!?…]['\"”’)]?\s"), re.compile(r"[,;:]\s"), re.compile(r"\s"))


@dataclass(frozen=True)
class Limits:
    """What a channel carries. Characters of a text and a caption are UTF-16 units after NFC, as the strictest channels count them.

    With `numbered` a menu of more than `buttons` choices is said as numbered lines; without it the choices too many are left out.
    Files of other kinds than `captioned` carry no words, and where `file_buttons` is off none carries buttons: both follow in a message.
    `falls_silent`: so long after a person's last word nothing more is said to them there, which they should know; None if it never is.
    """

    text: int = 4_096
    caption: int = 1_024
    buttons: int = 100
    numbered: bool = False
    captioned: frozenset[str] = frozenset({"picture", "document", "voice", "video"})
    file_buttons: bool = True
    falls_silent: dt.timedelta | None = None


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


def fit_all(replies: Sequence[Reply], limits: Limits) -> list[Reply]:
    """The replies that are said together, as messages that the channel can carry.

    Where menus may be numbered, the numbers run on from one reply to the next, so that each means one choice (`menus.offered_by`).
    """
    parts: list[Reply] = []
    number = 1
    for reply in replies:
        if limits.numbered:
            reply = reply.model_copy(update={"first_number": number})
            number += 0 if reply.by_words else sum(1 for choice in reply.choices if choice.data)
        parts += fit(reply, limits)
    return parts


def fit(reply: Reply, limits: Limits) -> list[Reply]:
    """The reply as one or more messages that the channel can carry. Buttons stay under the last one."""
    reply = reply.model_copy(update={"text": unicodedata.normalize("NFC", reply.text)})
    wordless = not reply.text and not (reply.goes_with and limits.file_buttons)  # buttons stand under something
    if limits.numbered and (len(reply.choices) > limits.buttons or (reply.choices and wordless)):
        return _numbered(reply, limits)
    if reply.goes_with is not None and not _goes_with_file(reply, limits):
        alone = reply.model_copy(update={"text": "", "rows": ()})
        return [alone, *fit(reply.words_alone(), limits)]
    if width(reply.text) <= limits.text and len(reply.choices) <= limits.buttons:
        return [reply]
    *before, last = split(reply.text, limits.text)
    return [*(Reply(text=piece) for piece in before), reply.model_copy(update={"text": last, "rows": _fewer(reply.rows, limits.buttons)})]


def _goes_with_file(reply: Reply, limits: Limits) -> bool:
    """Whether the words and buttons of a reply can go in one message with its file."""
    words = not reply.text or (reply.goes_with in limits.captioned and width(reply.text) <= limits.caption)
    return words and (not reply.rows or limits.file_buttons)


def _fewer(rows: tuple[tuple[Choice, ...], ...], most: int) -> tuple[tuple[Choice, ...], ...]:
    kept: list[tuple[Choice, ...]] = []
    for row in rows:
        if sum(map(len, kept)) + len(row) > most:
            break
        kept.append(row)
    return tuple(kept)


def _numbered(reply: Reply, limits: Limits) -> list[Reply]:
    """The reply with its menu as text. The menu stays whole and under the words it belongs to, if there is room."""
    menu = menu_text(reply)
    bare = reply.model_copy(update={"rows": ()})
    together = bare.model_copy(update={"text": f"{reply.text}\n\n{menu}".strip()})
    room = limits.text if reply.goes_with is None else limits.caption
    if width(together.text) <= room and (reply.goes_with is None or _goes_with_file(together, limits)):
        return [together]
    if reply.goes_with is not None:
        alone = bare.model_copy(update={"text": ""})
        return [alone, *_numbered(reply.words_alone(), limits)]
    *before, last = split(reply.text, limits.text)
    joined = f"{last}\n\n{menu}".strip()
    ending = [joined] if width(joined) <= limits.text else [piece for piece in (last, *split(menu, limits.text)) if piece]
    return [Reply(text=piece) for piece in (*before, *ending)]


def menu_text(reply: Reply) -> str:
    """The menu of a reply as numbered lines from `reply.first_number`, or as words to type; links are lines of their own, without a number."""
    chosen = [choice for choice in reply.choices if choice.data]
    marks = ["•"] * len(chosen) if reply.by_words else [f"{number}." for number, _ in enumerate(chosen, reply.first_number)]
    blocks = [[f"{mark} {choice.label}" for mark, choice in zip(marks, chosen, strict=True)]]
    blocks.append([f"{choice.label}: {choice.url}" for choice in reply.choices if choice.url])
    how = say("menu-answer-by-words", count="one" if len(chosen) == 1 else "more") if reply.by_words else say("menu-answer-by-number")
    blocks.append([how] if chosen else [])
    return unicodedata.normalize("NFC", "\n".join("\n".join(block) for block in blocks if block))
