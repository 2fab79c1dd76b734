"""Teaches the classifier anew with an office's own corrections, and says honestly whether that made it better or worse.

Both are measured on the same fixed set: the validation authors, whom neither has read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.classify import Classifier
from nlp.corpus import Text
from nlp.evaluate import Figures, Judged, Split, figures, macro_f1_gain
from nlp.fit import Fitting
from nlp.model import Model
from nlp.train import FOLDS, Progress, Steps, learn, quiet, version_of

MOST_F1_LOST = 0.005
MOST_SURE_ACCURACY_LOST = 0.01
MOST_FLAG_RECALL_LOST = 0.02
"""How much a new model may lose on the fixed set: about what chance does to a good one."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What learning from corrections did to the figures on the fixed set."""

    before: Figures
    """Of a model taught by the training authors alone."""
    after: Figures
    """Of one taught by them and by the corrections."""
    gain: tuple[float, float]
    """Between which values the gain in macro-F1 lies in 95 of 100 draws of authors and messages."""
    model: Model | None
    """Taught by all authors and the corrections, to be installed; None if the corrections did harm."""


def retrain(corpus: Sequence[Text], corrections: Sequence[Text], split: Split, progress: Progress = quiet) -> Trial:
    """Measure what the corrections do, and teach the model to install unless they do harm. Some minutes for 9,000 messages."""
    texts = [*corpus, *corrections]
    questions = [text for text in corpus if text.author in split.validation]
    steps = Steps(progress, total=len(texts) + 3 * FOLDS + 2 * len(questions) + 1)
    fitting = Fitting(texts, steps.one)
    taught = [place for place, text in enumerate(corpus) if text.author not in split.held_out]
    judged_before = judged_after = _tried(fitting, taught, questions, steps)
    if corrections:
        judged_after = _tried(fitting, [*taught, *range(len(corpus), len(texts))], questions, steps)
    before, after = figures(judged_before), figures(judged_after)
    model = None if is_worse(before, after) else learn(fitting, range(len(texts)), version_of(texts), steps.one)
    steps.finish()
    return Trial(before, after, macro_f1_gain(judged_before, judged_after), model)


def is_worse(before: Figures, after: Figures) -> bool:
    """Whether so much was lost that the new model must not be installed; to be sure of nothing any more is a loss, too, and so is to miss
    what a reader must see at once.
    """
    if before.flag_recall - after.flag_recall > MOST_FLAG_RECALL_LOST:  # never so where no message earns a flag: that is not a number
        return True
    if before.macro_f1 - after.macro_f1 > MOST_F1_LOST:
        return True
    if before.sure_share == 0:
        return False
    return after.sure_share == 0 or before.sure_accuracy - after.sure_accuracy > MOST_SURE_ACCURACY_LOST


def _tried(fitting: Fitting, taught: Sequence[int], questions: Sequence[Text], steps: Steps) -> Judged:
    classifier = Classifier(learn(fitting, taught, "trial", steps.one))
    judged = []
    for text in questions:
        judged.append((text, classifier.judge(text.text)))
        steps.one()
    return judged
