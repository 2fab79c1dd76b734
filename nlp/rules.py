"""Reads the rules of the flags: words in order, with room between them, that a person can read and correct."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from nlp.clean import plain, without_accents
from nlp.labels import Flag, Label
from nlp.words import readings

RULES_FILE = Path(__file__).parent / "data" / "flags.json"

_GAP = re.compile(r"~(\d+)")
_NUMBER = r"#\d"


class Rule(NamedTuple):
    """One way to earn a flag: patterns that must all be there, and for each place the words one of which a message must have."""

    patterns: tuple[str, ...]
    needs: tuple[frozenset[str], ...]

    def find(self, text: str, words: frozenset[str]) -> str | None:
        """The words of the message that fit, or None; `text` is its words between single blanks."""
        if not self.may_fit(words):
            return None
        found = [_compiled(pattern).search(text) for pattern in self.patterns]
        return " … ".join(part[0].strip() for part in found if part) if all(found) else None

    def may_fit(self, words: frozenset[str]) -> bool:
        """Whether a message of these words has one for each place."""
        for need in self.needs:  # noqa: SIM110 (a generator would take longer than the search it spares)
            if need.isdisjoint(words):
                return False
        return True

    def cut(self, text: str) -> str:
        """The text without what fits, a stop in its place."""
        for pattern in self.patterns:
            text = _compiled(pattern).sub(". ", text)
        return text


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first needed: all patterns at once would cost half a second at the start of the program."""
    return re.compile(pattern)


class Rules:
    """Rules in order, found by the words that a message must have for each of them: of some two hundred only a few are tried."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.all = tuple(rules)
        self._by_word: dict[str, list[int]] = {}
        for place, rule in enumerate(self.all):
            for word in min(rule.needs, key=len):
                self._by_word.setdefault(word, []).append(place)

    def fitting(self, words: frozenset[str]) -> list[Rule]:
        """The rules that such a message may fit, in their order."""
        begun = self._by_word.keys() & words
        if not begun:
            return []
        places = sorted({place for word in begun for place in self._by_word[word]})
        return [rule for place in places if (rule := self.all[place]).may_fit(words)]


class FlagRules(NamedTuple):
    """All that earns one flag, what looks like it and does not, and the labels with which it cannot stand."""

    flag: Flag
    any: Rules
    any_with: Mapping[Label, Rules]
    unless: Rules
    never_with: frozenset[Label]


@cache
def flag_rules(bare: bool) -> tuple[FlagRules, ...]:
    """The rules of all flags; `bare` for messages typed without accents."""
    reader = _reader(bare)
    return tuple(reader.flag(Flag(flag), rules) for flag, rules in _written()["rules"].items())


class InOrder(NamedTuple):
    """What tells that money is spoken of as it should be paid, and what tells that it may not be so."""

    any: Rules
    unless: Rules


@cache
def money_in_order(bare: bool) -> InOrder:
    """The rules by which money in order is known; `bare` for messages typed without accents."""
    written = _written()
    reader = _reader(bare)
    return InOrder(*(reader.rules(written["money_in_order"][part]) for part in InOrder._fields))


@cache
def _written() -> Any:
    return json.loads(RULES_FILE.read_text(encoding="utf-8"))


def _reader(bare: bool) -> "_Reader":
    written = _written()
    return _Reader(written["lists"], frozenset(written["lost_without_accents"]) if bare else frozenset(), bare)


class _Reader:
    """Turns a line such as "đòi|xin ~4 @cash" into a pattern, with the named lists of the file."""

    def __init__(self, lists: Mapping[str, Sequence[str]], lost: frozenset[str], bare: bool) -> None:
        self._lists = lists
        self._lost = lost
        self._form: Callable[[str], str] = _bare if bare else _read

    def flag(self, flag: Flag, written: Mapping[str, Any]) -> FlagRules:
        """All rules of one flag."""
        return FlagRules(
            flag,
            any=self.rules(written["any"]),
            any_with={Label(label): self.rules(lines) for label, lines in written.get("any_with", {}).items()},
            unless=self.rules(written.get("unless", ())),
            never_with=frozenset(map(Label, written["never_with"])),
        )

    def rules(self, lines: Iterable[str]) -> Rules:
        """The rules of some lines, without those that cannot stand where accents are missing."""
        return Rules(self._rule(line) for line in lines if self._stays(line))

    def _rule(self, line: str) -> Rule:
        patterns = tuple("(?<= )" + self._pattern(part) for part in line.split(" & "))
        return Rule(patterns, tuple(frozenset(self._first_words(place)) for place in self._places(line)))

    def _places(self, line: str) -> list[str]:
        return [place for place in line.split() if place != "&" and not _GAP.fullmatch(place)]

    def _stays(self, line: str) -> bool:
        """Whether every place of the line still has a choice."""
        return all(map(self._choices, self._places(line)))

    def _choices(self, place: str) -> list[str]:
        return [choice for choice in place.split("|") if choice not in self._lost]

    def _list(self, choice: str) -> list[str]:
        return [line for line in self._lists[choice.removeprefix("@")] if self._stays(line)]

    def _pattern(self, line: str) -> str:
        return "".join(map(self._place, line.split()))

    def _place(self, place: str) -> str:
        gap = _GAP.fullmatch(place)
        if gap:
            return rf"(?:\S+ ){{0,{gap[1]}}}"
        return "(?:" + "|".join(map(self._choice, self._choices(place))) + ")"

    def _choice(self, choice: str) -> str:
        if choice.startswith("@"):
            return "|".join(map(self._pattern, self._list(choice)))
        return "".join((_NUMBER if word == "#" else re.escape(self._form(word))) + " " for word in choice.split("_"))

    def _first_words(self, place: str) -> Iterator[str]:
        for choice in self._choices(place):
            if choice.startswith("@"):
                for line in self._list(choice):
                    yield from self._first_words(line.split()[0])
            else:
                first = choice.split("_")[0]
                yield "#" if first == "#" else self._form(first).split()[0]


def _read(word: str) -> str:
    """A word of a rule as messages read once shorthand and dialect are written out."""
    return " ".join(readings().anywhere(plain(word)))


def _bare(word: str) -> str:
    return without_accents(plain(word))
