"""Finds in the tree of units the one that a citizen means, however they write its name: in full, in short, misspelt, or by its old name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from nlp.clean import readable, without_accents
from nlp.entities.reading import Reading, read
from nlp.entities.unit_words import Named, bodies_in

LEAST_SCORE = 80.0
"""Likeness, of 100, below which a name is another's."""

EXACT, BY_KIND, BY_DESK = 1.0, 0.9, 0.6
"""How sure a unit is that bears this very name, is the only one of its kind, or keeps the desks."""

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
    """The name proper, "tan mai", without accents; empty where there is none."""


class UnitTree:
    """The units of an office, ready for being searched. Several thousand names cost some tens of milliseconds to prepare."""

    def __init__(self, units: Sequence[UnitName]) -> None:
        self._known = [known for unit in units for known in _taken_apart(unit)]
        self._parents = {unit.id: unit.parent_id for unit in units}
        self._by_whole: dict[str, int] = {}
        self._kinds: dict[int, str] = {}
        self._by_kind: dict[str, list[_Known]] = {}
        for known in self._known:
            self._by_whole.setdefault(known.whole, known.unit_id)
            if known.kind:
                self._kinds.setdefault(known.unit_id, known.kind)
                self._by_kind.setdefault(known.kind, []).append(known)
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
        whole = _bare_line(reading, body.first, body.after)
        core = _bare_line(reading, *body.core)
        for words in (whole, _bare_line(reading, body.core[0], (body.name or body.core)[1])):
            if words in self._by_whole:
                return Match(self._by_whole[words], EXACT)
        own = _bare_line(reading, *body.name) if body.name else ""
        found = self._by_likeness(body.kind, core, own, told)
        return found._replace(score=BY_DESK) if found and body.desk else found

    def _of_kind(self, kind: str, core: str, own: str, told: frozenset[str]) -> Match | None:
        """The unit of that kind with this own name; without one the only of the kind, or the brother of a unit told."""
        candidates = self._by_kind.get(kind, [])
        if own:
            return _by_own_name(candidates, own, core)
        likest = _likest(candidates, core)
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
        core = _bare_line(reading, *body.core) if body else whole
        yield _Known(unit.id, whole, body.kind if body else None, core, own)


def _bare_line(reading: Reading, first: int, after: int) -> str:
    return " ".join(_bare(reading.form(place)) for place in range(first, after))


@lru_cache(maxsize=20_000)
def _bare(form: str) -> str:
    return without_accents(form)


def _by_own_name(candidates: Sequence[_Known], own: str, core: str) -> Match | None:
    """Of the units of that kind the one whose own name is likest, or whose initials these are ("TM" for Tân Mai)."""
    best: Match | None = None
    for known in candidates:
        if not known.own:
            continue
        initials = "".join(word[0] for word in known.own.split())
        score = LEAST_SCORE + 10 if own == initials else fuzz.ratio(own, known.own, score_cutoff=LEAST_SCORE)
        likeness = score * (0.9 + 0.1 * fuzz.ratio(core, known.core) / 100) / 100
        if score and (best is None or likeness > best.score):
            best = Match(known.unit_id, round(likeness, 3))
    return best


def _likest(candidates: Sequence[_Known], core: str) -> list[_Known]:
    """The units of the kind whose sort of office is called most alike."""
    scored = [(fuzz.token_set_ratio(core, known.core), known) for known in candidates]
    best = max((score for score, _ in scored), default=0.0)
    return [known for score, known in scored if score >= best - 1.0 and score >= LEAST_SCORE / 2]


def _only(known: Sequence[_Known]) -> int | None:
    units = {each.unit_id for each in known}
    return units.pop() if len(units) == 1 else None


class _Same:
    """A sequence of units as a key that is cheap to hash; a tree of thousands is compared only when its ends agree."""

    def __init__(self, units: tuple[UnitName, ...]) -> None:
        self.units = units

    def __hash__(self) -> int:
        return hash((len(self.units), self.units[:1], self.units[-1:]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and (self.units is other.units or self.units == other.units)


def tree_of(units: Sequence[UnitName]) -> UnitTree | None:
    """The tree of these units, prepared once and kept; None without units."""
    return _tree(_Same(tuple(units))) if units else None


@lru_cache(maxsize=8)
def _tree(same: _Same) -> UnitTree:
    return UnitTree(same.units)


def is_common_alias(reading: Reading, first: int, after: int) -> bool:
    """Whether an alias is so short, in small letters, that it may be a common word ("xây dựng")."""
    return after - first < _SHORT_ALIAS and not reading.syllables[first].is_capital


def own_names(reading: Reading, bodies: Sequence[Named]) -> frozenset[str]:
    """The names proper told in a message, without accents."""
    return frozenset(_bare_line(reading, *body.name) for body in bodies if body.name)
