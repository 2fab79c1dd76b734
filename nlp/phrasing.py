"""Makes of the words that decided phrases that can be read: two to six syllables, no word torn, never little words alone, as they were typed."""

import json
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from nlp.clean import plain, typed_without_accents, without_accents
from nlp.evidence import small_words
from nlp.words import Word

REASON_WORDS_FILE = Path(__file__).parent / "data" / "reason_words.json"

SHORTEST, LONGEST = 2, 6
"""Words of a phrase as typed: one alone convinces nobody, of more nobody sees what mattered."""

NEGATIONS = frozenset({"không", "chưa", "chẳng", "chả", "đừng", "khong", "chua", "chang", "cha"})

Span = tuple[int, int]
"""Words from the first to before the last."""


class _Lists(NamedTuple):
    links: frozenset[str]
    unfinished: frozenset[str]
    hanging: frozenset[str]
    vague: frozenset[str]
    leads: frozenset[str]


class Phrasing:
    """One message: where its whole words begin and end, and where a thought does."""

    def __init__(self, text: str, words: Sequence[Word], weights: Sequence[float], joined: Sequence[Span]) -> None:
        self._words, self._weights = words, weights
        bare = typed_without_accents([word.form for word in words])
        self._small, self._lists = small_words(bare), _lists(bare)
        self._begins, self._ends = list(range(len(words))), list(range(1, len(words) + 1))
        for start, end in joined:
            self._whole(start, end)
        self._open = [False] * (len(words) + 1)
        for place in range(1, len(words)):
            self._open[place] = self._goes_on(text, place)
            if words[place - 1].end == words[place].start:  # "200k" is three words for the classifier and one for people
                self._whole(self._begins[place - 1], self._ends[place])

    def _whole(self, start: int, end: int) -> None:
        for place in range(start, end):
            self._begins[place], self._ends[place] = start, end

    def _goes_on(self, text: str, place: int) -> bool:
        """Whether a phrase may go from the word before into this one."""
        before, word = self._words[place - 1], self._words[place]
        if before.ends_clause or text[before.end : word.start].strip(" "):
            return False
        return self._read(place) not in self._lists.links and self._read(place - 1) not in self._lists.links

    def _read(self, place: int) -> str:
        return self._words[place].read[-1]

    def parts(self, core: Span) -> list[Span]:
        """The core, cut where one thought ends and another begins."""
        cuts = [core[0], *(place for place in range(core[0] + 1, core[1]) if not self._open[place]), core[1]]
        return [(start, end) for start, end in pairwise(cuts) if self._read(start) not in self._lists.links]

    def meet(self, one: Span, other: Span) -> Span | None:
        """Both as one, if one goes on where the other ends."""
        first, second = sorted((one, other))
        return (first[0], second[1]) if first[1] == second[0] and self._open[second[0]] else None

    def phrase(self, core: Span, taken: Sequence[Span]) -> Span | None:
        """The phrase around a core that does not reach into those taken; None if it would not be one."""
        free = self._free(core, taken)
        start, end = self._trimmed((max(self._begins[core[0]], free[0]), min(self._ends[core[1] - 1], free[1])))
        if start > free[0] and (self._read(start - 1) in NEGATIONS or self._read(start - 1) in self._lists.leads):
            start -= 1
        start, end = self._grown((start, end), free)
        return (start, end) if SHORTEST <= end - start <= LONGEST and self._says_something((start, end)) else None

    def _free(self, core: Span, taken: Sequence[Span]) -> Span:
        """As far as the thought goes, to both sides."""
        start, end = core
        barred = {place for span in taken for place in range(*span)}
        while self._open[start] and start - 1 not in barred and core[1] - start < LONGEST:
            start -= 1
        while self._open[end] and end not in barred and end - core[0] < LONGEST:
            end += 1
        return start, end

    def _trimmed(self, span: Span) -> Span:
        """Without what hangs at its beginning."""
        start, end = span
        while end - start > 1 and self._read(start) in self._lists.hanging and self._says_something((self._ends[start], end)):
            start = self._ends[start]
        return start, end

    def _grown(self, span: Span, free: Span) -> Span:
        """With what it lacks, to the right if both sides are as good; and with what decided, too, right behind it."""
        start, end = span
        while True:
            lacks = end - start < SHORTEST or not self._says_something((start, end))
            right = self._ends[end] if end < free[1] and self._ends[end] <= free[1] else None
            left = self._begins[start - 1] if start > free[0] and self._begins[start - 1] >= free[0] else None
            if right is not None and right - start <= LONGEST and (self._is_unfinished(end) or self._belongs(end, right)):
                end = right
            elif self._is_unfinished(end) and self._says_something((start, self._begins[end - 1])):
                end = self._begins[end - 1]
                free = (free[0], end)
            elif (
                lacks
                and right is not None
                and right - start <= LONGEST
                and (left is None or self._is_telling(end) or not self._is_telling(start - 1))
            ):
                end = right
            elif lacks and left is not None and end - left <= LONGEST:
                start = left
            else:
                return start, end

    def _is_unfinished(self, end: int) -> bool:
        """Whether the phrase breaks off at a little word, although the thought goes on."""
        return self._open[end] and self._read(end - 1) in self._lists.unfinished and self._ends[end - 1] - self._begins[end - 1] == 1

    def _belongs(self, start: int, end: int) -> bool:
        """Whether a word right behind decided as well, or is the last of the thought."""
        if not self._open[end] and self._read(start) not in self._lists.hanging:
            return True
        return sum(self._weights[start:end]) > 0 and self._says_something((start, end))

    def _says_something(self, span: Span) -> bool:
        return any(map(self._is_telling, range(*span)))

    def _is_telling(self, place: int) -> bool:
        form = self._words[place].form
        return len(form) > 1 and form.isalpha() and form not in self._lists.vague and not self._small.issuperset(self._words[place].read)


@cache
def _lists(bare: bool) -> _Lists:
    written = json.loads(REASON_WORDS_FILE.read_text(encoding="utf-8"))
    lost = frozenset(map(plain, written["lost_without_accents"].split()))

    def forms(name: str) -> frozenset[str]:
        words = frozenset(map(plain, written[name].split()))
        return words | frozenset(map(without_accents, words - lost)) if bare else words

    return _Lists(*map(forms, _Lists._fields))
