"""Measures the classifier as strangers will meet it: whole authors are judged by a model that never read them.

`measure` judges, `figures` counts, `nlp.report` prints and draws; nothing here changes a model.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from nlp.classify import Classifier, Judgement
from nlp.corpus import DATA, Text
from nlp.fit import Fitting
from nlp.keyboards import bare, hurried
from nlp.labels import FLAGS, LABELS, Flag, Label
from nlp.train import FOLDS, Progress, Steps, learn, quiet

WAYS: dict[str, Callable[[Text], str]] = {
    "as typed": lambda text: text.text,
    "no accents": lambda text: bare(text.text),
    "shorthand": lambda text: hurried(text.text, text.id),
}
_CALIBRATION_BINS = 10
_RESAMPLES = 1_000


@dataclass(frozen=True, slots=True)
class Split:
    """The authors kept from training while figures are made."""

    validation: frozenset[str]
    test: frozenset[str]

    @property
    def held_out(self) -> frozenset[str]:
        return self.validation | self.test


def read_split(data: Path = DATA) -> Split:
    """Which authors are held out, from `split.json`."""
    written = json.loads((data / "split.json").read_text(encoding="utf-8"))
    return Split(frozenset(written["validation"]), frozenset(written["test"]))


@dataclass(frozen=True, slots=True)
class Figures:
    """How well one set of messages was judged; shares of 1."""

    texts: int
    macro_f1: float
    accuracy: float
    top_three: float
    sure_share: float
    sure_accuracy: float
    calibration_error: float
    flag_recall: float = float("nan")
    """Of the flags that people set, the share that was raised; the mean over the flags that occur."""
    confidence: float = float("nan")
    """The mean of what was said to be the probability of being right; beside `accuracy` it tells whether that holds."""
    labels: int = len(LABELS)
    """How many labels macro-F1 is the mean of."""


Judged = Sequence[tuple[Text, Judgement]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All judgements on the authors asked, by the way the messages were typed."""

    judged: dict[str, list[tuple[Text, Judgement]]]


def measure(texts: Sequence[Text], asked: Iterable[str], kept_out: Iterable[str], progress: Progress = quiet) -> Evaluation:
    """Judge every message of the authors `asked`, typed in three ways, by a model of all authors but those `kept_out`.

    Whoever is asked is kept out too. Some two minutes for 8,000 messages.
    """
    asked = frozenset(asked)
    out = frozenset(kept_out) | asked
    taught = [text for text in texts if text.author not in out]
    questions = [text for text in texts if text.author in asked]
    steps = Steps(progress, total=len(taught) + FOLDS + len(questions))
    model = learn(Fitting(taught, steps.one), range(len(taught)), "evaluation", steps.one)
    classifier = Classifier(model)
    judged: dict[str, list[tuple[Text, Judgement]]] = {way: [] for way in WAYS}
    for text in questions:
        for way, typed in WAYS.items():
            judged[way].append((text, classifier.judge(typed(text))))
        steps.one()
    steps.finish()
    return Evaluation(judged)


def figures(judged: Judged, of_labels: Sequence[Label] = LABELS) -> Figures:
    """The figures of some judgements; macro-F1 is the mean over `of_labels`, each of which counts as 0 if nobody names it."""
    right = np.array([judgement.label == text.label for text, judgement in judged])
    sure = np.array([judgement.sure for _, judgement in judged])
    recalls = [found.recall for flag in FLAGS if (found := flag_figures(judged, flag)).true]
    return Figures(
        texts=len(judged),
        macro_f1=float(np.mean([f1(judged, label) for label in of_labels])),
        accuracy=float(right.mean()),
        top_three=float(np.mean([text.label in dict(judgement.top) for text, judgement in judged])),
        sure_share=float(sure.mean()),
        sure_accuracy=float(right[sure].mean()) if sure.any() else float("nan"),
        calibration_error=_calibration_error(np.array([judgement.confidence for _, judgement in judged]), right),
        flag_recall=float(np.mean(recalls)) if recalls else float("nan"),
        confidence=float(np.mean([judgement.confidence for _, judgement in judged])),
        labels=len(of_labels),
    )


def group_figures(judged: Judged) -> Figures:
    """The figures of a part, in which some labels may not occur: macro-F1 is the mean over those that people or the classifier name there."""
    named = {text.label for text, _ in judged} | {judgement.label for _, judgement in judged}
    return figures(judged, [label for label in LABELS if label in named])


def f1(judged: Judged, label: Label) -> float:
    """The harmonic mean of precision and recall of one label; 0 if it neither is nor is named."""
    hits = sum(text.label == label == judgement.label for text, judgement in judged)
    named = sum((text.label == label) + (judgement.label == label) for text, judgement in judged)
    return 2 * hits / named if named else 0.0


def macro_f1_interval(judged: Judged, seed: int = 0) -> tuple[float, float]:
    """Between which values macro-F1 lies in 95 of 100 draws of as many authors, and then of as many messages of each (two-stage bootstrap).

    Authors are drawn because they are what varies: messages of one author are alike. With a handful of authors it is still too narrow.
    """
    places = _in_groups(judged)
    low, high = np.percentile([_macro_f1(places[:, draw]) for draw in _draws(judged, seed)], [2.5, 97.5])
    return float(low), float(high)


def macro_f1_gain(before: Judged, after: Judged, seed: int = 0) -> tuple[float, float]:
    """Between which values the gain in macro-F1 from one model to the other lies in 95 of 100 draws. Both are asked the same messages of the
    same authors in each draw, so that what is hard for both does not hide the difference. Raises ValueError if they judged others.
    """
    if [text.id for text, _ in before] != [text.id for text, _ in after]:
        raise ValueError("two models are compared on the same messages only")
    one, other = _in_groups(before), _in_groups(after)
    gains = [_macro_f1(other[:, draw]) - _macro_f1(one[:, draw]) for draw in _draws(before, seed)]
    low, high = np.percentile(gains, [2.5, 97.5])
    return float(low), float(high)


def _in_groups(judged: Judged) -> np.ndarray:
    """What people and the classifier said, author by author."""
    ordered = sorted(judged, key=lambda pair: pair[0].author)
    return np.array([[LABELS.index(text.label) for text, _ in ordered], [LABELS.index(judgement.label) for _, judgement in ordered]])


def _draws(judged: Judged, seed: int) -> Iterator[np.ndarray]:
    """Places in the messages ordered by author."""
    sizes = [len(list(group)) for _, group in groupby(sorted(text.author for text, _ in judged))]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    chance = np.random.default_rng(seed)
    for _ in range(_RESAMPLES):
        authors = chance.integers(0, len(sizes), len(sizes))
        yield np.concatenate([chance.integers(starts[author], starts[author + 1], sizes[author]) for author in authors])


def _macro_f1(places: np.ndarray) -> float:
    truth, named = places
    size = len(LABELS)
    hits = np.bincount(truth[truth == named], minlength=size)
    both = np.bincount(truth, minlength=size) + np.bincount(named, minlength=size)
    return float(np.mean(2 * hits / np.maximum(both, 1)))


@dataclass(frozen=True, slots=True)
class FlagFigures:
    """How well one flag was raised."""

    precision: float
    recall: float
    true: int


def flag_figures(judged: Judged, flag: Flag) -> FlagFigures:
    """Precision and recall of a flag."""
    hits = sum(flag in text.flags and flag in judgement.flags for text, judgement in judged)
    raised = sum(flag in judgement.flags for _, judgement in judged)
    true = sum(flag in text.flags for text, _ in judged)
    return FlagFigures(hits / max(1, raised), hits / max(1, true), true)


def _calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    bins = np.minimum((confidence * _CALIBRATION_BINS).astype(int), _CALIBRATION_BINS - 1)
    gaps = (abs(confidence[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean() for one in set(bins.tolist()))
    return float(sum(gaps))
