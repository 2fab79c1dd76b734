"""The learned part of the classifier: what each thing seen in a message says for and against each label.

Needs nothing but numpy, so that the running program never loads the libraries it was trained with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.labels import FLAGS, LABELS, Flag, Label
from nlp.views import VIEWS, Sight, View

Numbers = NDArray[np.float32]

VIEW_WEIGHTS: Mapping[View, float] = {View.WORDS: 1.0, View.BARE: 0.7}
"""How much each view counts; found by leaving out one author at a time, where differences under 0.01 are chance."""

DOUBT = 0.02
"""However clear a message looks, one in fifty is taken wrongly: measured on authors left out, where a softmax says 0.997 and 0.974 are right."""

_NO_COLUMNS, _NO_VALUES, _NO_PLACES = np.zeros(0, np.int32), np.zeros(0, np.float32), np.zeros((0, 3), np.int32)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names each view knows, with their column, and how rare each column is (idf)."""

    columns: Mapping[View, Mapping[str, int]]
    rarity: Numbers
    joined: frozenset[str] = frozenset()
    """Words of several syllables, which the reasons must not tear apart."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A message as columns with values, and where in the message each of them was seen."""

    columns: NDArray[np.int32]
    values: Numbers
    places: NDArray[np.int32]
    """One row for each time something known was seen: its index in `columns`, the first word, the last word."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of two readings of a message: what it is mainly about, and what it speaks of at all."""

    version: str
    vocabulary: Vocabulary
    main: Numbers
    main_bias: Numbers
    spoken_of: Numbers
    spoken_of_bias: Numbers
    marks: Numbers
    """For each flag (in the order of `FLAGS`) what a column says for it."""
    marks_bias: Numbers
    marked_at: Numbers
    """Least score at which each flag is raised."""
    sharpness: float
    """Turns scores into probabilities that hold on authors never seen."""
    sure_at: float
    """Least probability at which the main label may be taken without asking."""

    def probabilities(self, weighed: Weighed) -> Numbers:
        """How likely each label (in the order of `LABELS`) is the main one; they add up to 1."""
        return spread(self._scores(weighed, self.main, self.main_bias), self.sharpness)

    def mentions(self, weighed: Weighed) -> Numbers:
        """How likely the message speaks of each label, as its main one or beside it; each on its own."""
        scores = self._scores(weighed, self.spoken_of, self.spoken_of_bias)
        return np.asarray(1 / (1 + np.exp(-scores)), np.float32)

    def marked(self, weighed: Weighed) -> tuple[Flag, ...]:
        """The flags that the message earns by what was learned."""
        scores = self._scores(weighed, self.marks, self.marks_bias)
        return tuple(flag for flag, score, least in zip(FLAGS, scores, self.marked_at, strict=True) if score >= least)

    def word_weights(self, weighed: Weighed, label: Label, words: int) -> list[float]:
        """What each of the message's words said for the label (below zero: against it)."""
        index, first, last = weighed.places.T
        said = weighed.values * self.main[weighed.columns, LABELS.index(label)]
        spans = last - first + 1
        shares = (said / np.bincount(index, minlength=len(said)))[index] / spans
        weights = np.zeros(words)
        for step in range(int(spans.max(initial=0))):
            reached = spans > step
            weights += np.bincount(first[reached] + step, shares[reached], minlength=words)
        return list(map(float, weights))

    def _scores(self, weighed: Weighed, weights: Numbers, bias: Numbers) -> Numbers:
        return np.asarray(weighed.values @ weights[weighed.columns] + bias, np.float32)


def spread(scores: Numbers, sharpness: float) -> Numbers:
    """Probabilities from scores, over the last axis: a softmax that always keeps its `DOUBT`."""
    risen = np.exp(sharpness * (scores - scores.max(axis=-1, keepdims=True)))
    shares = risen / risen.sum(axis=-1, keepdims=True)
    return np.asarray((1 - DOUBT) * shares + DOUBT / scores.shape[-1], np.float32)


def weigh(vocabulary: Vocabulary, seen: Mapping[View, Sequence[Sight]]) -> Weighed:
    """The message's known sights as values: log of their count times rarity, each view brought to its own length."""
    columns, values, places = [_NO_COLUMNS], [_NO_VALUES], [_NO_PLACES]
    known_before = 0
    for view in VIEWS:
        known = vocabulary.columns[view]
        order: dict[int, int] = {}
        counts: list[int] = []
        found: list[tuple[int, int, int]] = []
        for name, first, last in seen[view]:
            column = known.get(name)
            if column is None:
                continue
            place = order.setdefault(column, len(order))
            if place == len(counts):
                counts.append(0)
            counts[place] += 1
            found.append((place + known_before, first, last))
        names = np.fromiter(order, np.int32, len(order))
        columns.append(names)
        values.append(scaled(np.array(counts, np.int64), vocabulary.rarity[names], VIEW_WEIGHTS[view]))
        places.append(np.array(found, np.int32).reshape(-1, 3))
        known_before += len(names)
    return Weighed(np.concatenate(columns), np.concatenate(values), np.concatenate(places))


def scaled(counts: NDArray[np.int64], rarity: Numbers, length: float) -> Numbers:
    """Values of one view of one message, brought to the given length."""
    values = (1 + np.log(counts)) * rarity
    whole = float(np.sqrt(np.sum(values * values))) or 1.0
    return np.asarray(values * (length / whole), np.float32)
