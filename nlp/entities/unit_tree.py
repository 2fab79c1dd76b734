"""Finds in the tree of units the one that a citizen means, however they write its name: in full, in short, misspelt, or by its old name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from nlp.clean import readable, without_accents
from nlp.entities.reading import Reading, read
from nlp.entities.same import Same
from nlp.entities.unit_kinds import Sort, sort_of
from nlp.entities.unit_words import Named, bodies_in
from nlp.word_lists import forms

LEAST_SCORE = 80.0
"""Likeness, of 100, below which a name is another's."""

EXACT, BY_KIND, BY_DESK = 1.0, 0.9, 0.6
"""How sure a unit is that bears this very name, is the only one of its kind, or keeps the desks."""

_MOST_ALIKE = 30
"""Names looked at more closely."""

_MOST_DIGITS = 2
_SHORT_ALIAS = 3
_LONG_ALIAS = 12
_SHORT_MESSAGE = 300
_SMALL_TREE = 300
"""Beyond these the search for slips would cost more than a millisecond."""


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit of the tree with all names it goes by: the official one first, then aliases and names of units merged into it."""

    id: int
    names: tuple[str, ...]
    parent_id: int | None = None


class Match(NamedTuple):
    """A unit that may be meant, and how sure that is, 0 to 1."""

    unit_id: int
    score: float


class _Known(NamedTuple):
    """One name of one unit, taken apart."""

    unit_id: int
    whole: str
    kind: str | None
    core: str
    own: str
    """The name proper, "tan mai", without accents and with its number; empty where there is none."""
    sort: Sort


class UnitTree:
    """The units of an office, ready for being searched. Several thousand names cost some tens of milliseconds to prepare."""

    def __init__(self, units: Sequence[UnitName]) -> None:
        self._parents = {unit.id: unit.parent_id for unit in units}
        self._by_whole: dict[str, int] = {}
        self._kinds: dict[int, str] = {}
        self._by_kind: dict[str, _OfKind] = {}
        self._own_names: set[tuple[str, ...]] = set()
        for known in (known for unit in units for known in _taken_apart(unit)):
            self._by_whole.setdefault(known.whole, known.unit_id)
            if known.kind:
                self._kinds.setdefault(known.unit_id, known.kind)
                self._by_kind.setdefault(known.kind, _OfKind()).add(known)
            if known.own:
                self._own_names.add(tuple(known.own.split()))
        self._by_likeness = lru_cache(maxsize=2_000)(self._of_kind)
        self._aliases = frozenset(tuple(whole.split()) for whole in self._by_whole)
        self._alias_lengths: dict[str, list[int]] = {}
        for alias in self._aliases:
            lengths = self._alias_lengths.setdefault(alias[0], [])
            if len(alias) not in lengths:
                lengths.append(len(alias))
                lengths.sort(reverse=True)

    def kind_of(self, unit_id: int | None) -> str:
        """The kind of a unit, by its names."""
        return self._kinds.get(unit_id or 0, "office")

    def aliases_at(self, reading: Reading, place: int) -> int:
        """How many syllables a known name that begins here has; 0 if none does."""
        for length in self._alias_lengths.get(_bare(reading.form(place)), ()):
            if tuple(_bare(reading.form(at)) for at in range(place, place + length)) in self._aliases:
                return length
        return 0

    def match(self, reading: Reading, body: Named, told: frozenset[str]) -> Match | None:
        """The unit meant by these words; `told` are names proper of other units in the message, which tell brothers apart."""
        if reading.form(body.after) in forms("units", "others", reading.bare):
            return None
        whole = _bare_line(reading, body.first, body.after)
        number = _number_after(reading, body)
        if number and f"{whole} {number}" in self._by_whole:
            return Match(self._by_whole[f"{whole} {number}"], EXACT)
        for words in () if number else (whole, _bare_line(reading, body.core[0], (body.name or body.core)[1])):
            if words in self._by_whole:
                return Match(self._by_whole[words], EXACT)
        own = _bare_line(reading, *body.name) if body.name else self._own_name_at(reading, body.after)
        core = _bare_line(reading, *body.core)
        kept = _bare_line(reading, body.first, body.name[0] if body.name else body.after)
        found = self._by_likeness(body.kind, core, kept, f"{own} {number}" if own and number else own, told)
        return found._replace(score=BY_DESK) if found and body.desk else found

    def is_within(self, unit_id: int | None, other: int) -> bool:
        """Whether a unit is the other or a part of it."""
        seen: set[int] = set()
        while unit_id is not None and unit_id not in seen:
            if unit_id == other:
                return True
            seen.add(unit_id)
            unit_id = self._parents.get(unit_id)
        return False

    def _own_name_at(self, reading: Reading, place: int) -> str:
        """A name proper of the tree that is written here in small letters ("ubnd p. tan mai")."""
        place += reading.form(place) == "."
        for length in (4, 3, 2):
            words = tuple(_bare(reading.form(at)) for at in range(place, place + length))
            if words in self._own_names:
                return " ".join(words)
        return ""

    def _of_kind(self, kind: str, core: str, kept: str, own: str, told: frozenset[str]) -> Match | None:
        """The unit of that kind with this own name; without one the only of the kind, or the brother of a unit told."""
        candidates = self._by_kind.get(kind)
        if candidates is None:
            return None
        asked = sort_of(kind, kept)
        if own:
            return candidates.named(own, core, asked)
        likest = candidates.likest(core, asked)
        found = _only(likest) or _only([known for known in likest if known.own in told])
        return Match(found, BY_KIND) if found is not None else None

    def misspelt(self, bare: str) -> tuple[int, int, Match] | None:
        """A long name that stands in a text without accents with a slip or two: where it begins and ends, and its unit."""
        if len(bare) > _SHORT_MESSAGE or len(self._by_whole) > _SMALL_TREE:
            return None
        names = [whole for whole in self._by_whole if _LONG_ALIAS <= len(whole) <= len(bare)]
        best = process.extractOne(bare, names, scorer=fuzz.partial_ratio, score_cutoff=90.0)
        if best is None:
            return None
        found = fuzz.partial_ratio_alignment(best[0], bare)
        return (found.dest_start, found.dest_end, Match(self._by_whole[best[0]], best[1] / 100)) if found else None


def _taken_apart(unit: UnitName) -> Iterator[_Known]:
    for name in unit.names:
        reading = read(readable(name.split("(")[0]))
        if not reading.syllables:
            continue
        body = next(bodies_in(reading), None)
        whole = _bare_line(reading, 0, len(reading.syllables))
        own = _bare_line(reading, *body.name) if body and body.name else ""
        number = _number_after(reading, body) if body else ""
        core = _bare_line(reading, *body.core) if body else whole
        kind = body.kind if body else None
        sort = sort_of(kind or "", _bare_line(reading, body.first, body.name[0] if body.name else body.after) if body else whole)
        yield _Known(unit.id, whole, kind, core, f"{own} {number}" if own and number else own, sort)


def _number_after(reading: Reading, body: Named) -> str:
    """The number that ends a name: "Tiểu học Tân Mai 2"; not that of what follows ("xã Đồng Lạc 3 ngày")."""
    number = reading.form(body.after) if body.name else ""
    if not number.isdigit() or len(number) > _MOST_DIGITS or _is_counted(reading, body.after + 1):
        return ""
    return number


def _is_counted(reading: Reading, place: int) -> bool:
    return any(reading.form(place) in forms("times", part, reading.bare) for part in ("counted", "per_day"))


def _bare_line(reading: Reading, first: int, after: int) -> str:
    return " ".join(_bare(reading.form(place)) for place in range(first, after))


@lru_cache(maxsize=20_000)
def _bare(form: str) -> str:
    return without_accents(form)


class _OfKind:
    """The units of one kind by their own names, by the initials of these, and by what they are called."""

    def __init__(self) -> None:
        self._by_own: dict[str, list[_Known]] = {}
        self._by_initials: dict[str, list[str]] = {}
        self._by_core: dict[str, list[_Known]] = {}

    def add(self, known: _Known) -> None:
        """Put in one name of a unit."""
        self._by_core.setdefault(known.core, []).append(known)
        if known.own:
            self._by_own.setdefault(known.own, []).append(known)
            self._by_initials.setdefault("".join(word[0] for word in known.own.split()), []).append(known.own)

    def named(self, own: str, core: str, asked: Sort) -> Match | None:
        """The unit whose own name is likest, or whose initials these are ("TM" for Tân Mai)."""
        alike = process.extract(own, self._by_own.keys(), scorer=fuzz.ratio, score_cutoff=LEAST_SCORE, limit=_MOST_ALIKE)
        scored = [(name, score) for name, score, _ in alike if _digits(name) == _digits(own)]
        scored += [(name, LEAST_SCORE + 10) for name in self._by_initials.get(own, ())]
        best: Match | None = None
        for name, score in scored:
            for known in self._by_own[name]:
                likeness = round(score * (0.9 + 0.1 * fuzz.ratio(core, known.core) / 100) / 100, 3)
                if asked.may_be(known.sort, named=True) and (best is None or likeness > best.score):
                    best = Match(known.unit_id, likeness)
        return best

    def likest(self, core: str, asked: Sort) -> list[_Known]:
        """The units whose sort of office is called most alike."""
        scored = [(fuzz.token_set_ratio(core, called), called) for called in self._by_core]
        told = [(score, known) for score, called in scored for known in self._by_core[called] if asked.may_be(known.sort, named=False)]
        best = max((score for score, _ in told), default=0.0)
        return [known for score, known in told if score >= best - 1.0 and score >= LEAST_SCORE / 2]


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))


def _only(known: Sequence[_Known]) -> int | None:
    units = {each.unit_id for each in known}
    return units.pop() if len(units) == 1 else None


def tree_of(units: Sequence[UnitName]) -> UnitTree | None:
    """The tree of these units, prepared once and kept; None without units."""
    return _tree(Same(tuple(units))) if units else None


@lru_cache(maxsize=8)
def _tree(same: Same[UnitName]) -> UnitTree:
    return UnitTree(same.rows)


def is_common_alias(reading: Reading, first: int, after: int) -> bool:
    """Whether an alias is so short, in small letters, that it may be a common word ("xây dựng")."""
    return after - first < _SHORT_ALIAS and not reading.syllables[first].is_capital


def own_names(reading: Reading, bodies: Sequence[Named]) -> frozenset[str]:
    """The names proper told in a message, without accents."""
    return frozenset(_bare_line(reading, *body.name) for body in bodies if body.name)
