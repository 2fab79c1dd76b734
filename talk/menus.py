"""Buttons, said otherwise: typing the number or the words of a button is the same as a tap, accents or not."""

from __future__ import annotations

from office.units import fold
from talk.reply import Choice, Reply
from talk.turn import Turn

_BOUND = "~"
_OLDER = 20
"""Buttons of earlier menus that are remembered where menus are said as numbers."""


def offered_by(replies: list[Reply], *, numbered: bool = False) -> list[list[str]]:
    """What a typed answer may mean next: the buttons of the last reply that has any.

    Where menus may be said as numbers (`numbered`), those of all the replies said together, in the order of their numbers.
    """
    if numbered:
        return [[choice.label, choice.data] for reply in replies for choice in reply.choices if choice.data]
    for reply in reversed(replies):
        if found := [[choice.label, choice.data] for choice in reply.choices if choice.data]:
            return found
    return []


def offered_now(offered: list[list[str]], before: list[list[str]], *, numbered: bool = False) -> list[list[str]]:
    """What a typed answer may mean after `offered` was said: that, else what was offered before.

    Where menus may be said as numbers an earlier menu cannot be tapped: its words still count, its numbers no more. Such a button has a
    third element.
    """
    if not offered:
        return before
    if not numbered:
        return offered
    data = {each[1] for each in offered}
    older = [[label, of_it, "older"] for label, of_it, *_ in before if of_it not in data]
    return [*offered, *older[:_OLDER]]


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
        newest = [data for _, data, *older in offered if not older]
        return newest[int(number) - 1] if 0 < int(number) <= len(newest) else None
    said = _plain(words)
    return next((data for label, data, *_ in offered if _plain(label) == said), None) if said else None


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
