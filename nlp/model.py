"""The learned part of the classifier: what each thing seen in a message says for and against each label.

Needs nothing but numpy, so that the running program never loads the libraries it was trained with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.labels import FLAGS, LABELS, Flag, Label
from nlp.views import VIEWS, Heard, View, known_sights

Numbers = NDArray[np.float32]

VIEW_WEIGHTS: Mapping[View, float] = {View.WORDS: 1.0, View.BARE: 0.7}
"""How much each view counts; found by leaving out one author at a time, where differences under 0.01 are chance."""

DOUBT = 0.02
"""However clear a message looks, one in fifty is taken wrongly: measured on authors left out, where a softmax says 0.997 and 0.974 are right."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names each view knows, with their column, and how rare each column is (idf)."""

    columns: Mapping[View, Mapping[str, int]]
    rarity: Numbers
    joined: frozenset[str] = frozenset()
    """Words of several syllables, which the reasons must not tear apart."""


class Weighed(NamedTuple):
    """A message as columns with values, and where in the message each of them was seen."""

    columns: NDArray[np.int64]
    values: Numbers
    times: NDArray[np.int64]
    """How often each column was seen."""
    seen: NDArray[np.int64]
    """For each time something known was seen its place in `columns`."""
    first: NDArray[np.int64]
    last: NDArray[np.int64]


class Scores(NamedTuple):
    """What a model says of one message, before it is made into probabilities."""

    main: Numbers
    spoken_of: Numbers
    marks: Numbers
    said: Numbers
    """What each of the message's columns says, in the columns of `Model.said`."""


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
    said: Numbers = field(init=False, repr=False, compare=False)
    """All three tables side by side, so that a message's columns are fetched once; in half precision, to which weights are rounded when taught."""

    def __post_init__(self) -> None:
        said = np.concatenate([self.main, self.spoken_of, self.marks], axis=1, dtype=np.float16)
        for name, start, size in (
            ("main", 0, len(LABELS)),
            ("spoken_of", len(LABELS), len(LABELS)),
            ("marks", 2 * len(LABELS), len(FLAGS)),
        ):
            object.__setattr__(self, name, said[:, start : start + size])  # the same numbers, kept once
        object.__setattr__(self, "said", said)

    def scores(self, weighed: Weighed) -> Scores:
        """The scores of a message for each label as the main one, for each label at all, and for each flag."""
        said = self.said.take(weighed.columns, axis=0).astype(np.float32)
        scores = weighed.values @ said
        labels = len(LABELS)
        return Scores(
            scores[:labels] + self.main_bias,
            scores[labels : 2 * labels] + self.spoken_of_bias,
            scores[2 * labels :] + self.marks_bias,
            said,
        )

    def probabilities(self, scores: Scores) -> Numbers:
        """How likely each label (in the order of `LABELS`) is the main one; they add up to 1."""
        return spread(scores.main, self.sharpness)

    def mentions(self, scores: Scores) -> Numbers:
        """How likely the message speaks of each label, as its main one or beside it; each on its own."""
        return np.asarray(1 / (1 + np.exp(-scores.spoken_of)), np.float32)

    def marked(self, scores: Scores) -> tuple[Flag, ...]:
        """The flags that the message earns by what was learned."""
        return tuple(flag for flag, raised in zip(FLAGS, (scores.marks >= self.marked_at).tolist(), strict=True) if raised)

    def word_weights(self, weighed: Weighed, scores: Scores, label: Label, words: int) -> list[float]:
        """What each of the message's words said for the label (below zero: against it)."""
        said = weighed.values * scores.said[:, LABELS.index(label)]
        spans = weighed.last - weighed.first + 1
        shares = (said / weighed.times)[weighed.seen] / spans
        weights = np.bincount(weighed.first, shares, minlength=words)
        for step in range(1, int(spans.max(initial=0))):
            reached = spans > step
            weights += np.bincount(weighed.first[reached] + step, shares[reached], minlength=words)
        found: list[float] = weights.tolist()
        return found


def spread(scores: Numbers, sharpness: float) -> Numbers:
    """Probabilities from scores, over the last axis: a softmax that always keeps its `DOUBT`."""
    risen = np.exp(sharpness * (scores - scores.max(axis=-1, keepdims=True)))
    shares = risen / risen.sum(axis=-1, keepdims=True)
    return np.asarray((1 - DOUBT) * shares + DOUBT / scores.shape[-1], np.float32)


def weigh(vocabulary: Vocabulary, heard: Heard) -> Weighed:
    """What is known of the message as values: log of its count times rarity, each view brought to its own length."""
    order: dict[int, int] = {}
    index: list[int] = []
    first: list[int] = []
    last: list[int] = []
    ends = []
    place_of = order.setdefault
    for runs in known_sights(heard, vocabulary.columns):
        for columns, begins, finishes in runs:
            index += [place_of(column, len(order)) for column in columns]
            first += begins
            last += finishes
        ends.append(len(order))
    places = np.array(list(order), np.int64)
    at = np.array(index, np.int64)
    times = np.bincount(at, minlength=len(order))
    values = _scaled(times, vocabulary.rarity[places], ends)
    return Weighed(places, values, times, at, np.array(first, np.int64), np.array(last, np.int64))


def _scaled(times: NDArray[np.int64], rarity: Numbers, ends: Sequence[int]) -> Numbers:
    """Values of one message, the part of each view (they end at `ends`) brought to its length."""
    values = (1 + np.log(times)) * rarity
    for view, (start, end) in zip(VIEWS, pairwise([0, *ends]), strict=True):
        part = values[start:end]
        part *= VIEW_WEIGHTS[view] / (sqrt(part @ part) or 1.0)
    return values.astype(np.float32)
