"""Buttons, said otherwise: typing the number or the words of a button is the same as a tap, accents or not."""

from __future__ import annotations

from office.units import fold
from talk.reply import Choice, Reply
from talk.turn import Turn

_BOUND = "~"
_EARLIER = "earlier"
_BESIDE = "beside"
_NUMBERED = 2
_READABLE = 6
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


def offered_now(offered: list[list[str]], before: list[list[str]], *, numbered: bool = False, over: bool = True) -> list[list[str]]:
    """What a typed answer may mean after `offered` was said; without any button in it, what it meant `before`.

    Where menus are numbers nobody can scroll up to an older button: the words of earlier choices that stay good are then kept too, marked
    as `_EARLIER`, for their numbers belong to the newest menu. What is bound to a conversation is not: an answer in free words must never turn out
    to be an old button. What notices offered in words during a conversation (`_BESIDE`) is as good as on a button until that is `over`.
    """
    if not offered or not numbered:
        return offered or before
    known = {_plain(label) for label, _ in offered}
    earlier: list[list[str]] = []
    for label, data, *mark in before:
        if _BOUND not in data and _plain(label) not in known and len(earlier) < _MOST_EARLIER:
            known.add(_plain(label))
            earlier.append([label, data, _BESIDE if mark == [_BESIDE] and not over else _EARLIER])
    return [*offered, *earlier]


def notice_said(replies: list[Reply], before: list[list[str]], *, alone: bool, most_buttons: int) -> tuple[list[Reply], list[list[str]]]:
    """How a notice is said where menus are numbers, and what a typed answer may mean then.

    One that does not come `alone`, but between a question and its answer or before another message, leaves the numbers to that: its choices are
    said as words. While several stand there to be read, each has words of its own: where they are taken, a number is put behind them. A menu
    for which the channel has real buttons (`most_buttons`) keeps its words.
    """
    taken = {_plain(label): data for label, data, *mark in before if mark == [_BESIDE] or not (mark or alone)}
    said = []
    for reply in replies:
        if len(reply.choices) > most_buttons:
            rows = tuple(tuple(_in_own_words(choice, taken) for choice in row) for row in reply.rows)
            reply = reply.model_copy(update={"rows": rows})
        said.append(reply if alone else reply.model_copy(update={"by_words": True}))
    offered = offered_by(said, numbered=True)
    if alone:
        return said, offered_now(offered, before, numbered=True, over=False)
    return said, _beside([[label, data, _BESIDE] for label, data in offered], before)


def _beside(new: list[list[str]], before: list[list[str]]) -> list[list[str]]:
    """The numbers stay whose they are; of the words the newest count."""
    fresh = {_plain(label) for label, *_ in new}
    numbered = [each for each in before if len(each) == _NUMBERED]
    earlier = [each for each in before if len(each) != _NUMBERED and _plain(each[0]) not in fresh]
    return [*numbered, *new, *earlier][: len(numbered) + max(len(new), _MOST_EARLIER)]


def _in_own_words(choice: Choice, taken: dict[str, str]) -> Choice:
    """The choice in words that mean no other one; they are `taken` then. The number behind them is that of what it opens, if it has one that
    people use: of a case."""
    number = choice.data.partition(_BOUND)[0].rpartition(":")[2]
    ways = [choice.label, *([f"{choice.label} {number}"] if number.isdecimal() and len(number) <= _READABLE else ())]
    for label in (*ways, *(f"{choice.label} {count}" for count in range(2, 2 + len(taken)))):
        if not choice.data or taken.setdefault(_plain(label), choice.data) == choice.data:
            return choice.model_copy(update={"label": label})
    raise AssertionError("one of so many words is free")


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
        newest = [data for _, data, *earlier in offered if not earlier]
        return newest[int(number) - 1] if 0 < int(number) <= len(newest) else None
    said = _plain(words)
    return next((data for label, data, *_ in offered if _plain(label) == said), None) if said else None


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
