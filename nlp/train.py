"""Teaches the classifier from the labelled messages: in seconds, the same model from the same messages, honest about how sure it may be.

How sure it may be is measured on authors it has not read: a quarter of them at a time is left out, and judged by a model of the others.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nlp.corpus import Text, fingerprint, voices
from nlp.model import Model, Numbers, spread
from nlp.recipe import learning_recipe

if TYPE_CHECKING:
    from nlp.fit import Fitting

PROMISED_ACCURACY = 0.92
"""What "sure" promises: of messages judged sure, at least this share is judged rightly."""

FLAG_PRECISION = 0.7
"""Of the messages on which a flag is raised by what was learned, at least this share earn it, measured among authors who wrote near-misses
on purpose; among ordinary messages it is 0.7 to 0.84 on the validation authors, with a third more found than at 0.85."""

MARGIN = 0.01
"""A threshold chosen on some authors loses about this much on others."""

LEAST_AUTHORS = 2
FOLDS = 4
"""Parts of the authors, each left out once."""

Progress = Callable[[int, int], None]
"""Called with steps done and steps in all."""


def quiet(done: int, total: int) -> None:
    """The progress nobody looks at."""


def version_of(texts: Sequence[Text]) -> str:
    """The name of the model that these messages and this recipe give; another text or another recipe is another version."""
    return hashlib.sha256(f"{fingerprint(list(texts))} {learning_recipe()}".encode()).hexdigest()[:12]


def train(texts: Sequence[Text], progress: Progress = quiet) -> Model:
    """The model of these messages. About a minute for 8,000 of them on one core; raises ValueError below two authors."""
    from nlp.fit import Fitting  # scikit-learn is loaded by who trains, not by who asks for a judgement

    steps = Steps(progress, total=len(texts) + FOLDS + 2)
    model = learn(Fitting(texts, steps.one), range(len(texts)), version_of(texts), steps.one)
    steps.finish()
    return model


def learn(fitting: "Fitting", places: Iterable[int], version: str, step: Callable[[], None]) -> Model:
    """The model of the messages at these places, and how far it may be trusted; `step` is called for each part of the authors left out."""
    rows = np.array(list(places))
    authors = voices([fitting.texts[place] for place in rows])
    if len(authors) < LEAST_AUTHORS:
        raise ValueError("texts of at least two authors are needed, so that one can be left out")
    scores, truth, marks, marked = [], [], [], []
    for part in range(min(FOLDS, len(authors))):
        left_out = frozenset(authors[part::FOLDS])
        out = np.array([place for place in rows if fitting.texts[place].author in left_out])
        label_scores, flag_scores = fitting.scores(np.setdiff1d(rows, out), out)
        scores.append(label_scores)
        truth.append(fitting.main[out])
        whole = fitting.read_whole(out)
        marks.append(flag_scores[whole])
        marked.append(fitting.marked[out][whole])
        step()
    trust = trust_of(np.concatenate(scores), np.concatenate(truth))
    marked_at = flags_from(np.concatenate(marks), np.concatenate(marked))
    return fitting.model(rows, version, trust.sharpness, trust.sure_at, marked_at)


@dataclass(frozen=True, slots=True)
class Trust:
    """How scores become probabilities, and from which probability on a judgement is sure."""

    sharpness: float
    sure_at: float


def trust_of(scores: Numbers, truth: NDArray[np.int64]) -> Trust:
    """Measured on messages the scores' models had not read; `truth` are places in `LABELS`."""
    sharpness = min((step / 20 for step in range(4, 200)), key=lambda tried: _surprise(spread(scores, tried), truth))
    likely = spread(scores, sharpness)
    return Trust(sharpness, _sure_at(likely.max(axis=1), likely.argmax(axis=1) == truth))


def flags_from(scores: Numbers, marked: NDArray[np.bool_]) -> Numbers:
    """For each flag the least score from which on so many of those raised are right; beyond every score if that is never so."""
    return np.array([_raised_from(scores[:, place], marked[:, place]) for place in range(marked.shape[1])], np.float32)


def _raised_from(scores: Numbers, true: NDArray[np.bool_]) -> float:
    order = np.argsort(-scores, kind="stable")
    precision = np.cumsum(true[order]) / np.arange(1, len(order) + 1)
    kept = np.flatnonzero(precision >= FLAG_PRECISION)
    return float(scores[order[kept[-1]]]) if len(kept) else float("inf")


def _surprise(likely: Numbers, truth: NDArray[np.int64]) -> float:
    return float(-np.log(likely[np.arange(len(truth)), truth] + 1e-9).mean())


def _sure_at(confidence: Numbers, right: NDArray[np.bool_]) -> float:
    """The least confidence above which the promise holds; above every confidence seen if it never does."""
    order = np.argsort(-confidence, kind="stable")
    accuracy = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    kept = np.flatnonzero(accuracy >= PROMISED_ACCURACY + MARGIN)
    return round(float(confidence[order[kept[-1]]]), 4) if len(kept) else 1.0


class Steps:
    """Counts what is done and tells who watches."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def one(self) -> None:
        """One more step is done."""
        self._done += 1
        self._progress(self._done, self._total)

    def finish(self) -> None:
        """All is done."""
        self._progress(self._total, self._total)
