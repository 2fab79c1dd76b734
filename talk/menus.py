"""Buttons, said otherwise: typing the number or the words of a button is the same as a tap, accents or not."""

from __future__ import annotations

from office.units import fold
from talk.reply import Choice, Reply
from talk.turn import Turn

_BOUND = "~"
_EARLIER = "earlier"
_MOST_EARLIER = 40


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
    """What a typed answer may mean after `offered` was said; without any button in it, what it meant `before`.

    Where menus are numbers nobody can scroll up to an older button: the words of earlier choices that stay good are then kept too, marked
    as `_EARLIER`, for their numbers belong to the newest menu. What is bound to a conversation is not: an answer in free words must never turn out
    to be an old button.
    """
    if not offered or not numbered:
        return offered or before
    known = {_plain(label) for label, _ in offered}
    earlier: list[list[str]] = []
    for label, data, *_ in before:
        if _BOUND not in data and _plain(label) not in known and len(earlier) < _MOST_EARLIER:
            known.add(_plain(label))
            earlier.append([label, data, _EARLIER])
    return [*offered, *earlier]


def bind(reply: Reply, serial: int) -> Reply:
    """Mark the bound buttons with the number of their conversation."""
    rows = tuple(tuple(_bound(choice, serial) for choice in row) for row in reply.rows)
    return reply.model_copy(update={"rows": rows})


def unbound(reply: Reply) -> Reply:
    """The reply without the buttons that belong to a conversation, for where that conversation is not."""
    rows = (tuple(choice for choice in row if _BOUND not in choice.data) for row in reply.rows)
    return reply.model_copy(update={"rows": tuple(row for row in rows if row)})


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
        newest = [data for _, data, *earlier in offered if not earlier]
        return newest[int(number) - 1] if 0 < int(number) <= len(newest) else None
    said = _plain(words)
    return next((data for label, data, *_ in offered if _plain(label) == said), None) if said else None


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
