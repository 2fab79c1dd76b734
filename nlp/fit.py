"""Finds the weights, on messages as typed and on their unaccented copies: one logistic regression for each label, and for the main label
complement naive Bayes added to it. Both are linear, so their sum is one table of weights and costs nothing when judging.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB

from nlp.corpus import CORRECTED, TERMS_AUTHOR, Text
from nlp.counts import Rows, learn_names, look_at, weigh_rows
from nlp.labels import FLAGS, LABELS
from nlp.model import Model, Numbers

STRENGTH = 5.0
"""How closely the weights follow the messages (scikit-learn's C); 2 to 10 give the same within chance."""

SPOKEN_WEIGHT = 3.0
"""A secondary label counts as much as so many primary ones when learning what a message speaks of; there are few."""

TERM_WORD_WEIGHT = 0.1
LEAST_TERM_WEIGHT = 0.3
"""A phrase of the field's own words counts less than a whole message, by its words up to ten: being short, it would speak too loud."""

BAYES_SHARE = 1.0
"""How much of the naive Bayes weights is added; it helps most where words are few or strange (docs/decisions/0009-what-the-classifier-reads.md)."""

BAYES_SMOOTHING = 0.3

Answers = NDArray[np.bool_]


class Fitting:
    """All messages, looked at once; models of any part of them."""

    def __init__(self, texts: Sequence[Text], step: Callable[[], None]) -> None:
        self.texts = texts
        self.main = np.array([LABELS.index(text.label) for text in texts], np.int64)
        self._seen = look_at([text.text for text in texts], step)
        self.marked = np.array([[flag in text.flags for flag in FLAGS] for text in texts])
        self._spoken_of = np.array([[label in (text.label, *text.also) for label in LABELS] for text in texts])

    def scores(self, taught: Rows, asked: Rows) -> tuple[Numbers, Numbers]:
        """Scores of the messages `asked` by a model of the messages `taught`: of the labels, and of the flags."""
        learned = learn_names(self._seen, taught)
        table, questions = weigh_rows(self._seen, learned, self._both(taught)), weigh_rows(self._seen, learned, asked)
        weights, bias = self._main_weights(table, taught)
        marks, marks_bias = self._marks_weights(table, taught)
        return np.asarray(questions @ weights + bias, np.float32), np.asarray(questions @ marks + marks_bias, np.float32)

    def model(self, taught: Rows, version: str, sharpness: float, sure_at: float, marked_at: Numbers) -> Model:
        """The model of the messages `taught`."""
        learned = learn_names(self._seen, taught)
        table = weigh_rows(self._seen, learned, self._both(taught))
        main, main_bias = self._main_weights(table, taught)
        spoken_of, spoken_of_bias = self._spoken_weights(table, taught)
        marks = self._marks_weights(table, taught)
        return Model(version, learned.vocabulary, main, main_bias, spoken_of, spoken_of_bias, *marks, marked_at, sharpness, sure_at)

    def read_whole(self, texts: Rows) -> Answers:
        """Whether a person read each message for everything. In a correction only the category was: its flags and further labels are the
        classifier's own, and must not teach it.
        """
        return np.array([self.texts[place].author != CORRECTED for place in texts], bool)

    def _both(self, texts: Rows) -> Rows:
        return np.concatenate([texts, texts + self._seen.size])

    def _main_weights(self, table: sparse.csr_matrix, texts: Rows) -> tuple[Numbers, Numbers]:
        answers = self._main_answers(texts)
        importance = self._importance(texts, np.zeros_like(answers))
        weights, bias = _fit(table, np.tile(answers, (2, 1)), importance)
        bayes = _bayes(table, np.tile(self.main[texts], 2), importance[:, 0])
        return np.asarray((weights + BAYES_SHARE * bayes).astype(np.float16), np.float32), bias

    def _spoken_weights(self, table: sparse.csr_matrix, texts: Rows) -> tuple[Numbers, Numbers]:
        table, texts = self._whole_rows(table, texts)
        answers = self._spoken_of[texts]
        return _fit(table, np.tile(answers, (2, 1)), self._importance(texts, answers & ~self._main_answers(texts)))

    def _marks_weights(self, table: sparse.csr_matrix, texts: Rows) -> tuple[Numbers, Numbers]:
        """Few messages earn a flag: together they count as much as all the others."""
        table, texts = self._whole_rows(table, texts)
        answers = np.tile(self.marked[texts], (2, 1))
        share = np.clip(answers.mean(axis=0), 1 / len(answers), 1 - 1 / len(answers))
        return _fit(table, answers, np.where(answers, 0.5 / share, 0.5 / (1 - share)))

    def _whole_rows(self, table: sparse.csr_matrix, texts: Rows) -> tuple[sparse.csr_matrix, Rows]:
        whole = self.read_whole(texts)
        return (table, texts) if whole.all() else (table[np.tile(whole, 2)], texts[whole])

    def _main_answers(self, texts: Rows) -> Answers:
        return np.asarray(self.main[texts][:, None] == np.arange(len(LABELS)))

    def _importance(self, texts: Rows, beside: Answers) -> NDArray[np.float64]:
        """How much each answer counts, for the messages as typed and then for their copies."""
        importance = np.where(beside, SPOKEN_WEIGHT, 1.0) * np.array([_weight(self.texts[place]) for place in texts])[:, None]
        return np.tile(importance, (2, 1))


def _weight(text: Text) -> float:
    if text.author != TERMS_AUTHOR:
        return 1.0
    return min(1.0, max(LEAST_TERM_WEIGHT, TERM_WORD_WEIGHT * len(text.text.split())))


def _bayes(table: sparse.csr_matrix, labels: Rows, importance: NDArray[np.float64]) -> Numbers:
    """What each column says for each label by how often other labels have it; no bias, all labels are as likely."""
    taught = ComplementNB(alpha=BAYES_SMOOTHING).fit(table, labels, sample_weight=importance)
    weights = np.zeros((table.shape[1], len(LABELS)), np.float32)
    weights[:, taught.classes_] = taught.feature_log_prob_.T
    return np.asarray(weights - weights.mean(axis=1, keepdims=True), np.float32)


def _fit(table: sparse.csr_matrix, answers: Answers, importance: NDArray[np.float64]) -> tuple[Numbers, Numbers]:
    """Weights (columns by answers) and biases, rounded as they are stored, so that a stored model judges like a fresh one."""
    size = answers.shape[1]
    weights = np.zeros((table.shape[1], size), np.float16)
    bias = np.zeros(size, np.float32)
    for place in range(size):
        if answers[:, place].any():
            one = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, tol=0.01, random_state=0)
            one.fit(table, answers[:, place], sample_weight=importance[:, place])
            weights[:, place], bias[place] = one.coef_[0], one.intercept_[0]
        else:
            bias[place] = -10.0
    return weights.astype(np.float32), bias
