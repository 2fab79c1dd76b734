"""The figures are what they say they are."""

import math

import pytest

from nlp.classify import Judgement
from nlp.corpus import Text
from nlp.evaluate import WAYS, Evaluation, figures, measure, table
from nlp.keyboards import hurried
from nlp.labels import Label


def text(label: Label) -> Text:
    return Text("x-1", "chờ lâu", label, (), (), "chat", "x")


def judgement(label: Label, confidence: float, sure: bool) -> Judgement:
    return Judgement(label, (), confidence, sure, (), (), ((label, confidence), (Label.PRAISE, 0.1)), "v")


def test_figures_of_a_few_judgements():
    found = figures(
        [
            (text(Label.DELAY), judgement(Label.DELAY, 0.9, True)),
            (text(Label.DELAY), judgement(Label.DRESS, 0.9, True)),
            (text(Label.DRESS), judgement(Label.DRESS, 0.5, False)),
            (text(Label.PRAISE), judgement(Label.DRESS, 0.5, False)),
        ]
    )
    assert found.accuracy == 0.5
    assert found.sure_share == 0.5
    assert found.sure_accuracy == 0.5
    assert found.top_three == 0.75
    assert found.calibration_error == pytest.approx(0.5 * 0.4 + 0.5 * 0.0)
    assert found.macro_f1 == pytest.approx((2 / 3 + 2 / 4) / 14)


def test_no_sure_judgement_has_no_accuracy():
    assert math.isnan(figures([(text(Label.DELAY), judgement(Label.DELAY, 0.3, False))]).sure_accuracy)


def test_each_author_is_judged_by_a_model_of_the_others(few_texts: list[Text]):
    few = few_texts[::3]
    evaluation = measure(few)
    for way in WAYS:
        assert {one.id for one, _ in evaluation.judged[way]} == {one.id for one in few}
        assert all(found.version == f"without {one.author}" for one, found in evaluation.judged[way])
    printed = table(Evaluation(evaluation.judged))
    assert all(word in printed for word in ("as typed", "no accents", "shorthand", "a01", "privacy_leak", "also:"))


def test_shorthand_is_the_same_for_the_same_seed():
    typed = "cán bộ không làm việc đúng giờ, người dân chờ cả buổi"
    assert hurried(typed, "1") == hurried(typed, "1") != typed
