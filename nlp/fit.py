"""Finds the weights: one logistic regression for each label, on messages as typed and on their unaccented copies."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from nlp.corpus import Text
from nlp.counts import Rows, learn_names, look_at, weigh_rows
from nlp.labels import LABELS
from nlp.model import Model, Numbers

STRENGTH = 5.0
"""How closely the weights follow the messages (scikit-learn's C); 2 to 10 give the same within chance."""

SPOKEN_WEIGHT = 3.0
"""A secondary label counts as much as so many primary ones when learning what a message speaks of; there are few."""

Answers = NDArray[np.bool_]


class Fitting:
    """All messages, looked at once; models of any part of them."""

    def __init__(self, texts: Sequence[Text], step: Callable[[], None]) -> None:
        self._seen = look_at([text.text for text in texts], step)
        self.main = np.array([LABELS.index(text.label) for text in texts], np.int64)
        self._spoken_of = np.array([[label in (text.label, *text.also) for label in LABELS] for text in texts])

    def scores_without(self, out: Rows) -> Numbers:
        """Scores of the messages `out` by a model of all the others."""
        rest = np.setdiff1d(np.arange(self._seen.size), out)
        learned = learn_names(self._seen, rest)
        weights, bias = self._main_weights(weigh_rows(self._seen, learned, self._both(rest)), rest)
        return np.asarray(weigh_rows(self._seen, learned, out) @ weights + bias, np.float32)

    def model(self, version: str, sharpness: float, sure_at: float) -> Model:
        """The model of all messages."""
        every = np.arange(self._seen.size)
        learned = learn_names(self._seen, every)
        table = weigh_rows(self._seen, learned, self._both(every))
        main, main_bias = self._main_weights(table, every)
        spoken_of, spoken_of_bias = self._spoken_weights(table, every)
        return Model(version, learned.vocabulary, main, main_bias, spoken_of, spoken_of_bias, sharpness, sure_at)

    def _both(self, texts: Rows) -> Rows:
        return np.concatenate([texts, texts + self._seen.size])

    def _main_weights(self, table: sparse.csr_matrix, texts: Rows) -> tuple[Numbers, Numbers]:
        answers = self.main[texts][:, None] == np.arange(len(LABELS))
        return _fit(table, np.tile(answers, (2, 1)), np.ones(answers.shape[0] * 2)[:, None].repeat(len(LABELS), 1))

    def _spoken_weights(self, table: sparse.csr_matrix, texts: Rows) -> tuple[Numbers, Numbers]:
        answers = self._spoken_of[texts]
        beside = answers & (self.main[texts][:, None] != np.arange(len(LABELS)))
        return _fit(table, np.tile(answers, (2, 1)), np.tile(np.where(beside, SPOKEN_WEIGHT, 1.0), (2, 1)))


def _fit(table: sparse.csr_matrix, answers: Answers, importance: NDArray[np.float64]) -> tuple[Numbers, Numbers]:
    """Weights (columns by labels) and biases, rounded as they are stored, so that a stored model judges like a fresh one."""
    weights = np.zeros((table.shape[1], len(LABELS)), np.float16)
    bias = np.zeros(len(LABELS), np.float32)
    for place in range(len(LABELS)):
        if answers[:, place].any():
            one = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, tol=0.01, random_state=0)
            one.fit(table, answers[:, place], sample_weight=importance[:, place])
            weights[:, place], bias[place] = one.coef_[0], one.intercept_[0]
        else:
            bias[place] = -10.0
    return weights.astype(np.float32), bias
