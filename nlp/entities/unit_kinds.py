"""Tells bodies of one kind apart by what they are called: a hospital is no health station, the district's office not the commune's."""

from functools import cache, lru_cache
from typing import NamedTuple

from nlp.word_lists import form, written

_COMMUNE = 1


class Sort(NamedTuple):
    """What the words before a body's own name say of it; None where they do not say."""

    sort: str | None
    """Within its kind: the stage of a school, a hospital or a station."""
    level: str | None
    """The word for its level: "xa", "phuong", "huyen"."""
    tier: int | None
    """1 for communes, 2 for districts, 3 for provinces."""

    def may_be(self, known: "Sort", named: bool) -> bool:
        """Whether a body told so may be the one known; of a body `named` the very word of its level must agree."""
        if self.sort and known.sort and self.sort != known.sort:
            return False
        if self.tier and (known.tier or 1) != self.tier:
            return False
        exactly = named or (self.tier or 0) > _COMMUNE
        return not (exactly and self.level and known.level and self.level != known.level)


@lru_cache(maxsize=4_000)
def sort_of(kind: str, bare: str) -> Sort:
    """Read the words of a body without accents, its own name left out."""
    line = f" {bare} "
    sort = next((name for words, name in _sorts(kind) if f" {words} " in line), None)
    level = next((words for words, _ in _tiers() if f" {words} " in line), None)
    return Sort(sort, level, dict(_tiers())[level] if level else None)


@cache
def _sorts(kind: str) -> tuple[tuple[str, str], ...]:
    listed = written("units")["sorts"].get(kind, {})
    pairs = [(form(words, bare=True), name) for name, all_words in listed.items() for words in all_words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _tiers() -> tuple[tuple[str, int], ...]:
    pairs = [(form(words, bare=True), tier) for words, tier in written("units")["tiers"].items()]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
