"""Measures the classifier as strangers will meet it: whole authors are judged by a model that never read them.

`measure` judges, `figures` counts, `nlp.report` prints and draws; nothing here changes a model.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlp.classify import Classifier, Judgement
from nlp.corpus import DATA, Text
from nlp.fit import Fitting
from nlp.keyboards import bare, hurried
from nlp.labels import LABELS, Flag, Label
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


def figures(judged: Judged) -> Figures:
    """The figures of some judgements."""
    right = np.array([judgement.label == text.label for text, judgement in judged])
    sure = np.array([judgement.sure for _, judgement in judged])
    return Figures(
        texts=len(judged),
        macro_f1=float(np.mean([f1(judged, label) for label in LABELS])),
        accuracy=float(right.mean()),
        top_three=float(np.mean([text.label in dict(judgement.top) for text, judgement in judged])),
        sure_share=float(sure.mean()),
        sure_accuracy=float(right[sure].mean()) if sure.any() else float("nan"),
        calibration_error=_calibration_error(np.array([judgement.confidence for _, judgement in judged]), right),
    )


def f1(judged: Judged, label: Label) -> float:
    """The harmonic mean of precision and recall of one label; 0 if it neither is nor is named."""
    hits = sum(text.label == label == judgement.label for text, judgement in judged)
    named = sum((text.label == label) + (judgement.label == label) for text, judgement in judged)
    return 2 * hits / named if named else 0.0


def macro_f1_interval(judged: Judged, seed: int = 0) -> tuple[float, float]:
    """Between which values macro-F1 lies in 95 of 100 draws of as many messages from these (bootstrap)."""
    truth = np.array([LABELS.index(text.label) for text, _ in judged])
    named = np.array([LABELS.index(judgement.label) for _, judgement in judged])
    draws = np.random.default_rng(seed).integers(0, len(truth), (_RESAMPLES, len(truth)))
    values = [_macro_f1(truth[draw], named[draw]) for draw in draws]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def _macro_f1(truth: np.ndarray, named: np.ndarray) -> float:
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
