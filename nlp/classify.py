"""Says what a message is about, how sure that is, and which of its words decided; the one door of this room for judging."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlp import store
from nlp.clean import readable
from nlp.corpus import DATA, read_corpus
from nlp.evidence import ENOUGH_WORDS, share_told, telling_words
from nlp.flags import cannot_stand_with, flags_of, money_is_in_order
from nlp.labels import FLAGS, LABELS, Flag, Label
from nlp.lexicon import joined_in
from nlp.model import Model, Numbers, Scores, weigh
from nlp.reasons import reasons_in
from nlp.recipe import judging_version
from nlp.train import Progress, quiet, train, version_of
from nlp.views import View, heard_in
from nlp.words import Word, words_of

MODEL_ROOT = Path(__file__).parent / "model"

ALSO_AT = 0.33
"""Least probability at which a second label is named; at this, a third of those named are right on unseen authors."""

MOST_ALSO = 2
OFFERED = 3
LEAST_KNOWN_SHARE = 1 / 3
"""A message of which fewer words are known is not Vietnamese, or not a message."""

BY_RULE = frozenset({Flag.THREAT_OR_VIOLENCE, Flag.SEXUAL_HARASSMENT, Flag.MONEY})
"""Flags for which the readable rules are heard beside what was learned: where a matter may be grave, missing it is worse than asking."""

NO_IDEA = 1 / len(LABELS)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the classifier makes of one message; advice, never a decision."""

    label: Label
    also: tuple[Label, ...]
    confidence: float
    """Probability that `label` is the main one, 0 to 1, measured on authors never seen; of a message that says little, drawn to no idea."""
    sure: bool
    """Whether `label` may be taken without asking: then about nine in ten are right (docs/decisions/0009-what-the-classifier-reads.md)."""
    flags: tuple[Flag, ...]
    reasons: tuple[str, ...]
    """Words of the message that decided, as typed, weightiest first; they may hold a name."""
    top: tuple[tuple[Label, float], ...]
    """The likeliest labels with their probabilities, for buttons."""
    version: str
    """The model that judged, and the reading of what it says: "c55604982bf4-9d1e05"."""


class Classifier:
    """Judges messages with one model. Not for several threads at once; one worker thread is fine."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._version = f"{model.version}-{judging_version()}"
        self.judge("cán bộ phường không trả lời")

    @property
    def version(self) -> str:
        """The version that every judgement carries: of the model, and of how it is read."""
        return self._version

    def judge(self, text: str) -> Judgement:
        """Judge one message; any text gives a judgement, an empty or meaningless one OTHER, unsure."""
        return self.judge_readable(readable(text))

    def judge_readable(self, shown: str) -> Judgement:
        """Judge one message that `nlp.clean.readable` has made readable already."""
        words = words_of(shown)
        telling = self._telling(words)
        if not telling:
            return self._no_idea(words)
        heard = heard_in(words)
        weighed = weigh(self.model.vocabulary, heard)
        scores = self.model.scores(weighed)
        likely = _believed(self.model.probabilities(scores), share_told(len(telling)))
        best = int(likely.argmax())
        label, confidence = LABELS[best], float(likely[best])
        enough = len(telling) >= ENOUGH_WORDS
        doubted = label is Label.BRIBERY and money_is_in_order(words)
        sure = enough and not doubted and confidence >= self.model.sure_at
        weights = self.model.word_weights(weighed, scores, label, len(words))
        joined = joined_in(words, heard, self.model.vocabulary.joined)
        return Judgement(
            label=label,
            also=self._also(scores, best),
            confidence=round(confidence, 4),
            sure=sure,
            flags=self._flags(words, scores, label, sure) if enough and not doubted else self._ruled(words),
            reasons=reasons_in(shown, words, weights, joined),
            top=_top(likely),
            version=self.version,
        )

    def _telling(self, words: Sequence[Word]) -> set[str]:
        """The words that say something; none if so few are known that this is no Vietnamese, or no message."""
        known = self.model.vocabulary.columns[View.WORDS]
        lettered = {word.form: word.read for word in words if word.form.isalpha()}
        number = sum(1 for read in lettered.values() if read[0] in known or (len(read) > 1 and not known.keys().isdisjoint(read)))
        return telling_words(words, known) if number and number >= LEAST_KNOWN_SHARE * len(lettered) else set()

    def _flags(self, words: Sequence[Word], scores: Scores, label: Label, sure: bool) -> tuple[Flag, ...]:
        """What was learned, and for some flags what the rules find."""
        ruled, marked = flags_of(words, label, sure, BY_RULE), frozenset(self.model.marked(scores))
        if sure:
            marked -= cannot_stand_with(label)
        return tuple(flag for flag in FLAGS if flag in marked or flag in ruled)

    def _ruled(self, words: Sequence[Word]) -> tuple[Flag, ...]:
        """Of a message whose label is not to be believed: what the rules find in its words alone."""
        ruled = flags_of(words, Label.OTHER, False, BY_RULE)
        return tuple(flag for flag in FLAGS if flag in ruled)

    def _also(self, scores: Scores, main: int) -> tuple[Label, ...]:
        mentions = self.model.mentions(scores)
        mentions[[main, LABELS.index(Label.OTHER)]] = 0
        likely = (-mentions).argsort(kind="stable")[:MOST_ALSO].tolist()
        return tuple(LABELS[place] for place in likely if mentions[place] >= ALSO_AT)

    def _no_idea(self, words: Sequence[Word]) -> Judgement:
        nothing = round(NO_IDEA, 4)
        return Judgement(Label.OTHER, (), nothing, False, self._ruled(words), (), ((Label.OTHER, nothing),), self.version)


def open_classifier(root: Path = MODEL_ROOT, data: Path = DATA, progress: Progress = quiet) -> Classifier:
    """The classifier of the corpus under `data`: loaded from `root`, or trained (about a minute) and stored there first.

    Raises `BadCorpus` if the corpus cannot be read and OSError if `root` cannot be written.
    """
    texts = read_corpus(data)
    try:
        return Classifier(store.load(root / version_of(texts)))
    except (FileNotFoundError, store.DamagedModel):
        model = train(texts, progress)
    store.save(model, root)
    return Classifier(model)


def _believed(likely: Numbers, share: float) -> Numbers:
    """Probabilities drawn towards no idea, the more the less a message says."""
    return likely if share == 1 else np.asarray(NO_IDEA + share * (likely - NO_IDEA), np.float32)


def _top(likely: Numbers) -> tuple[tuple[Label, float], ...]:
    order = (-likely).argsort(kind="stable")[:OFFERED]
    return tuple((LABELS[place], round(float(likely[place]), 4)) for place in order.tolist())
