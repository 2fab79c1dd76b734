"""The learned part of the classifier: what each thing seen in a message says for and against each label.

Needs nothing but numpy, so that the running program never loads the libraries it was trained with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.labels import LABELS, Label
from nlp.views import VIEWS, Sight, View

Numbers = NDArray[np.float32]

VIEW_WEIGHTS: Mapping[View, float] = {View.WORDS: 1.0, View.BARE: 0.7, View.LETTERS: 0.3, View.SEGMENTS: 0.3}
"""How much each view counts; found by leaving out one author at a time, where differences under 0.01 are chance."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names each view knows, with their column, and how rare each column is (idf)."""

    columns: Mapping[View, Mapping[str, int]]
    rarity: Numbers


@dataclass(frozen=True, slots=True)
class Weighed:
    """A message as columns with values, and where in the message each of them was seen."""

    columns: NDArray[np.int32]
    values: Numbers
    places: Sequence[tuple[int, int, int]]
    """Index into `columns`, first word, last word."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of two readings of a message: what it is mainly about, and what it speaks of at all."""

    version: str
    vocabulary: Vocabulary
    main: Numbers
    main_bias: Numbers
    spoken_of: Numbers
    spoken_of_bias: Numbers
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

    def word_weights(self, weighed: Weighed, label: Label, words: int) -> list[float]:
        """What each of the message's words said for the label (below zero: against it)."""
        said = weighed.values * self.main[weighed.columns, LABELS.index(label)]
        times = np.bincount([index for index, _, _ in weighed.places], minlength=len(said))
        weights = [0.0] * words
        for index, first, last in weighed.places:
            share = float(said[index]) / int(times[index]) / (last - first + 1)
            for word in range(first, last + 1):
                weights[word] += share
        return weights

    def _scores(self, weighed: Weighed, weights: Numbers, bias: Numbers) -> Numbers:
        return np.asarray(weighed.values @ weights[weighed.columns] + bias, np.float32)


def spread(scores: Numbers, sharpness: float) -> Numbers:
    """Probabilities from scores, over the last axis (softmax)."""
    risen = np.exp(sharpness * (scores - scores.max(axis=-1, keepdims=True)))
    return np.asarray(risen / risen.sum(axis=-1, keepdims=True), np.float32)


def weigh(vocabulary: Vocabulary, seen: Mapping[View, Sequence[Sight]]) -> Weighed:
    """The message's known sights as values: log of their count times rarity, each view brought to its own length."""
    columns: list[int] = []
    values: list[Numbers] = []
    places: list[tuple[int, int, int]] = []
    for view in VIEWS:
        counts = _count(vocabulary.columns[view], seen[view], len(columns), places)
        if counts:
            columns.extend(counts)
            values.append(scaled(np.fromiter(counts.values(), np.float32), vocabulary.rarity[list(counts)], VIEW_WEIGHTS[view]))
    joined = np.concatenate(values) if values else np.zeros(0, np.float32)
    return Weighed(np.array(columns, np.int32), joined, places)


def scaled(counts: Numbers, rarity: Numbers, length: float) -> Numbers:
    """Values of one view of one message, brought to the given length."""
    values = (1 + np.log(counts)) * rarity
    return np.asarray(values * (length / np.sqrt(np.sum(values * values))), np.float32)


def _count(known: Mapping[str, int], sights: Sequence[Sight], offset: int, places: list[tuple[int, int, int]]) -> dict[int, int]:
    counts: dict[int, int] = {}
    order: dict[int, int] = {}
    for name, first, last in sights:
        column = known.get(name)
        if column is not None:
            counts[column] = counts.get(column, 0) + 1
            places.append((offset + order.setdefault(column, len(order)), first, last))
    return counts
