"""Buttons, said otherwise: typing the number or the words of a button is the same as a tap, accents or not."""

from __future__ import annotations

from office.units import fold
from talk.reply import Choice, Reply
from talk.turn import Turn

_BOUND = "~"


def offered_by(replies: list[Reply]) -> list[list[str]]:
    """The buttons of the last reply that has any: what a typed answer may mean next."""
    for reply in reversed(replies):
        if found := [[choice.label, choice.data] for choice in reply.choices if choice.data]:
            return found
    return []


def bind(reply: Reply, serial: int) -> Reply:
    """Mark the bound buttons with the number of their conversation."""
    rows = tuple(tuple(_bound(choice, serial) for choice in row) for row in reply.rows)
    return reply.model_copy(update={"rows": rows})


def _bound(choice: Choice, serial: int) -> Choice:
    return choice.model_copy(update={"data": f"{choice.data}{_BOUND}{serial}"}) if choice.bound else choice


def understand(turn: Turn, offered: list[list[str]], serial: int) -> Turn:
    """The turn with its button known: unbound, old or fresh, tapped or typed."""
    data = turn.choice if turn.choice is not None else _typed(turn.words, offered)
    if data is None:
        return turn
    name, mark, number = data.rpartition(_BOUND)
    if not mark:
        return turn.model_copy(update={"choice": data})
    return turn.model_copy(update={"choice": name, "stale": number != str(serial)})


def _typed(words: str, offered: list[list[str]]) -> str | None:
    if not words or len(words) > 100:
        return None
    if words.rstrip(".)").isascii() and (number := words.rstrip(".)")).isdigit() and len(number) < 4:
        return offered[int(number) - 1][1] if 0 < int(number) <= len(offered) else None
    said = _plain(words)
    return next((data for label, data in offered if _plain(label) == said), None) if said else None


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
