"""Measures the classifier as strangers will meet it: each author is judged by a model that never read that author.

`measure` gives the figures, `table` prints them; nothing here changes a model.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from nlp.classify import Classifier, Judgement
from nlp.corpus import Text, voices
from nlp.fit import Fitting
from nlp.keyboards import bare, hurried
from nlp.labels import FLAGS, LABELS, Flag, Label
from nlp.train import Progress, Steps, learn, quiet

WAYS: dict[str, Callable[[Text], str]] = {
    "as typed": lambda text: text.text,
    "no accents": lambda text: bare(text.text),
    "shorthand": lambda text: hurried(text.text, text.id),
}
_CALIBRATION_BINS = 10
_FLAG_HEAD = f"{'flag':<22}{'precision':>10}{'recall':>8}   (its rules were written with these texts in view)"


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
    """All judgements on authors left out, by the way the messages were typed."""

    judged: dict[str, list[tuple[Text, Judgement]]]


def measure(texts: Sequence[Text], progress: Progress = quiet) -> Evaluation:
    """Leave each author out once and judge all that author's messages, typed in three ways. Two minutes for 1,500 messages."""
    authors = voices(texts)
    steps = Steps(progress, total=len(texts) + len(authors) * len(authors) + sum(text.author in authors for text in texts))
    fitting = Fitting(texts, steps.one)
    judged: dict[str, list[tuple[Text, Judgement]]] = {way: [] for way in WAYS}
    for author in authors:
        taught = [place for place, text in enumerate(texts) if text.author != author]
        classifier = Classifier(learn(fitting, taught, f"without {author}", steps.one))
        for text in texts:
            if text.author == author:
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
        macro_f1=float(np.mean([_f1(judged, label) for label in LABELS])),
        accuracy=float(right.mean()),
        top_three=float(np.mean([text.label in dict(judgement.top) for text, judgement in judged])),
        sure_share=float(sure.mean()),
        sure_accuracy=float(right[sure].mean()) if sure.any() else float("nan"),
        calibration_error=_calibration_error(np.array([judgement.confidence for _, judgement in judged]), right),
    )


def table(evaluation: Evaluation) -> str:
    """The figures as text: by way of typing, by author, by label, by flag, and what is named beside the main label."""
    typed = evaluation.judged["as typed"]
    return "\n\n".join(
        [
            _figures_table("typed", evaluation.judged.items()),
            _figures_table("author", _grouped(typed, lambda text: text.author)),
            _figures_table("register", _grouped(typed, lambda text: text.register)),
            "\n".join([f"{'label':<16}{'F1':>6}", *(f"{label:<16}{_f1(typed, label):>6.2f}" for label in LABELS)]),
            "\n".join([_FLAG_HEAD, *(_flag_line(typed, flag) for flag in FLAGS)]),
            _also_line(typed),
        ]
    )


def _figures_table(title: str, groups: Iterable[tuple[str, Judged]]) -> str:
    head = f"{title:<12}{'texts':>6}{'macro-F1':>10}{'accuracy':>10}{'top 3':>7}{'sure':>6}{'right if sure':>15}{'ECE':>6}"
    return "\n".join([head, *(_figures_line(name, figures(judged)) for name, judged in groups)])


def _figures_line(name: str, found: Figures) -> str:
    return (
        f"{name:<12}{found.texts:>6}{found.macro_f1:>10.3f}{found.accuracy:>10.3f}{found.top_three:>7.3f}"
        f"{found.sure_share:>6.2f}{found.sure_accuracy:>15.3f}{found.calibration_error:>6.3f}"
    )


def _grouped(judged: Judged, key: Callable[[Text], str]) -> list[tuple[str, Judged]]:
    names = sorted({key(text) for text, _ in judged})
    return [(name, [pair for pair in judged if key(pair[0]) == name]) for name in names]


def _f1(judged: Judged, label: Label) -> float:
    hits = sum(text.label == label == judgement.label for text, judgement in judged)
    named = sum((text.label == label) + (judgement.label == label) for text, judgement in judged)
    return 2 * hits / named if named else 0.0


def _flag_line(judged: Judged, flag: Flag) -> str:
    hits = sum(flag in text.flags and flag in judgement.flags for text, judgement in judged)
    raised = sum(flag in judgement.flags for _, judgement in judged)
    true = sum(flag in text.flags for text, _ in judged)
    return f"{flag:<22}{hits / max(1, raised):>10.2f}{hits / max(1, true):>8.2f}"


def _also_line(judged: Judged) -> str:
    named = [(text, label) for text, judgement in judged for label in judgement.also]
    right = sum(label in (text.label, *text.also) for text, label in named)
    true = sum(len(text.also) for text, _ in judged)
    found = sum(label in text.also for text, label in named)
    return f"also: {len(named)} named, {right / max(1, len(named)):.2f} of them in the text; {found / max(1, true):.2f} of {true} found"


def _calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    bins = np.minimum((confidence * _CALIBRATION_BINS).astype(int), _CALIBRATION_BINS - 1)
    gaps = (abs(confidence[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean() for one in set(bins.tolist()))
    return float(sum(gaps))
