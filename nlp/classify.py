"""Says what a message is about, how sure that is, and which of its words decided; the one door of this room for judging."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp import store
from nlp.clean import readable
from nlp.corpus import DATA, read_corpus
from nlp.flags import flags_of
from nlp.labels import FLAGS, LABELS, Flag, Label
from nlp.lexicon import joined_in
from nlp.model import Model, Numbers, Weighed, weigh
from nlp.reasons import reasons_in
from nlp.train import Progress, quiet, train, version_of
from nlp.views import View, sights, syllables_of
from nlp.words import Word, words_of

MODEL_ROOT = Path(__file__).parent / "model"

ALSO_AT = 0.33
"""Least probability at which a second label is named; at this, a third of those named are right on unseen authors."""

MOST_ALSO = 2
OFFERED = 3
LEAST_KNOWN_WORDS = 3
"""With fewer different words that the model knows, a judgement is never sure."""

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
    """Probability that `label` is the main one, 0 to 1, measured on authors never seen."""
    sure: bool
    """Whether `label` may be taken without asking: then more than nine in ten are right."""
    flags: tuple[Flag, ...]
    reasons: tuple[str, ...]
    """Words of the message that decided, as typed, weightiest first; they may hold a name."""
    top: tuple[tuple[Label, float], ...]
    """The likeliest labels with their probabilities, for buttons."""
    version: str
    """The model that judged."""


class Classifier:
    """Judges messages with one model. Not for several threads at once; one worker thread is fine."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.judge("cán bộ phường không trả lời")

    @property
    def version(self) -> str:
        """The model's version, as every judgement carries it."""
        return self._model.version

    def judge(self, text: str) -> Judgement:
        """Judge one message; any text gives a judgement, an empty or meaningless one OTHER, unsure."""
        shown = readable(text)
        words = words_of(shown)
        seen = sights(words)
        weighed = weigh(self._model.vocabulary, seen)
        known = self._known_words(words)
        if len(known) == 0 or len(known) < LEAST_KNOWN_SHARE * len(_lettered(words)):
            return self._no_idea(words)
        likely = self._model.probabilities(weighed)
        best = int(likely.argmax())
        label, confidence = LABELS[best], float(likely[best])
        sure = confidence >= self._model.sure_at and len(known) >= LEAST_KNOWN_WORDS
        weights = self._model.word_weights(weighed, label, len(words))
        joined = joined_in(syllables_of(words), self._model.vocabulary.joined)
        return Judgement(
            label=label,
            also=self._also(weighed, label),
            confidence=round(confidence, 4),
            sure=sure,
            flags=self._flags(words, weighed, label, sure),
            reasons=reasons_in(shown, words, weights, joined),
            top=_top(likely),
            version=self.version,
        )

    def judge_many(self, texts: Iterable[str]) -> Iterator[Judgement]:
        """Judge messages one after another, as they come."""
        return map(self.judge, texts)

    def _flags(self, words: Sequence[Word], weighed: Weighed, label: Label, sure: bool) -> tuple[Flag, ...]:
        """What was learned, and for some flags what the rules find."""
        ruled = flags_of(words, label, sure)
        learned = self._model.marked(weighed)
        return tuple(flag for flag in FLAGS if flag in learned or (flag in BY_RULE and flag in ruled))

    def _known_words(self, words: Sequence[Word]) -> set[str]:
        known = self._model.vocabulary.columns[View.WORDS]
        return {word.form for word in words if word.form.isalpha() and any(form in known for form in word.read)}

    def _also(self, weighed: Weighed, label: Label) -> tuple[Label, ...]:
        mentions = self._model.mentions(weighed)
        others = [(float(mentions[place]), other) for place, other in enumerate(LABELS) if other not in (label, Label.OTHER)]
        likely = sorted((pair for pair in others if pair[0] >= ALSO_AT), reverse=True)
        return tuple(other for _, other in likely[:MOST_ALSO])

    def _no_idea(self, words: Sequence[Word]) -> Judgement:
        flags = tuple(flags_of(words, Label.OTHER, sure=False))
        return Judgement(Label.OTHER, (), round(NO_IDEA, 4), False, flags, (), ((Label.OTHER, round(NO_IDEA, 4)),), self.version)


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


def _lettered(words: Sequence[Word]) -> set[str]:
    return {word.form for word in words if word.form.isalpha()}


def _top(likely: Numbers) -> tuple[tuple[Label, float], ...]:
    order = (-likely).argsort(kind="stable")[:OFFERED]
    return tuple((LABELS[place], round(float(likely[place]), 4)) for place in order.tolist())
