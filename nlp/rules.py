"""Reads the rules of the flags: words in order, with room between them, that a person can read and correct."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from nlp.clean import plain, without_accents
from nlp.labels import Flag, Label

RULES_FILE = Path(__file__).parent / "data" / "flags.json"

_GAP = re.compile(r"~(\d+)")
_NUMBER = r"#\d"


class Rule(NamedTuple):
    """One way to earn a flag: a pattern, and for each of its places the words one of which a message must have."""

    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]

    def find(self, text: str, words: frozenset[str]) -> str | None:
        """The words of the message that fit, or None; `text` is its words between single blanks."""
        if any(need.isdisjoint(words) for need in self.needs):
            return None
        found = self.pattern.search(text)
        return found[0].strip() if found else None


class FlagRules(NamedTuple):
    """All that earns one flag, what looks like it and does not, and the labels with which it cannot stand."""

    flag: Flag
    any: tuple[Rule, ...]
    any_with: Mapping[Label, tuple[Rule, ...]]
    unless: tuple[Rule, ...]
    never_with: frozenset[Label]


@cache
def flag_rules(bare: bool) -> tuple[FlagRules, ...]:
    """The rules of all flags; `bare` for messages typed without accents."""
    written = json.loads(RULES_FILE.read_text(encoding="utf-8"))
    form = (lambda word: without_accents(plain(word))) if bare else plain
    return tuple(_read(Flag(flag), rules, _Lists(written["lists"], form)) for flag, rules in written["rules"].items())


def _read(flag: Flag, rules: Mapping[str, Any], lists: "_Lists") -> FlagRules:
    return FlagRules(
        flag,
        any=lists.rules(rules["any"]),
        any_with={Label(label): lists.rules(lines) for label, lines in rules.get("any_with", {}).items()},
        unless=lists.rules(rules.get("unless", ())),
        never_with=frozenset(map(Label, rules["never_with"])),
    )


class _Lists:
    """Turns a line such as "đòi|xin ~4 @cash" into a pattern, with the named lists of the file."""

    def __init__(self, lists: Mapping[str, Sequence[str]], form: Callable[[str], str]) -> None:
        self._lists = lists
        self._form = form

    def rules(self, lines: Iterable[str]) -> tuple[Rule, ...]:
        return tuple(Rule(re.compile("(?<= )" + self._pattern(line)), self._needs(line)) for line in lines)

    def _pattern(self, line: str) -> str:
        return "".join(self._place(place) for place in line.split())

    def _place(self, place: str) -> str:
        gap = _GAP.fullmatch(place)
        if gap:
            return rf"(?:\S+ ){{0,{gap[1]}}}"
        return "(?:" + "|".join(self._choice(choice) for choice in place.split("|")) + ")"

    def _choice(self, choice: str) -> str:
        if choice.startswith("@"):
            return "|".join(map(self._pattern, self._lists[choice[1:]]))
        return "".join((_NUMBER if word == "#" else re.escape(self._form(word))) + " " for word in choice.split("_"))

    def _needs(self, line: str) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(self._first_words(place)) for place in line.split() if not _GAP.fullmatch(place))

    def _first_words(self, place: str) -> Iterable[str]:
        for choice in place.split("|"):
            if choice.startswith("@"):
                for line in self._lists[choice[1:]]:
                    yield from self._first_words(line.split()[0])
            else:
                first = choice.split("_")[0]
                yield "#" if first == "#" else self._form(first)
