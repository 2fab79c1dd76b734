"""The figures are what they say they are."""

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from nlp import evaluate
from nlp.classify import Judgement
from nlp.corpus import Text, read_corpus, voices
from nlp.evaluate import WAYS, figures, macro_f1_interval, measure, read_split
from nlp.fit import Fitting
from nlp.keyboards import hurried
from nlp.labels import Label
from nlp.report import draw_confusions, table


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


def test_the_authors_asked_are_judged_by_a_model_of_the_others(few_texts: list[Text], tmp_path: Path):
    evaluation = measure(few_texts, asked=["a03"], kept_out=[])
    for way in WAYS:
        assert {one.author for one, _ in evaluation.judged[way]} == {"a03"}
    printed = table(evaluation)
    assert all(word in printed for word in ("as typed", "no accents", "shorthand", "a03", "privacy_leak", "also:", "Nghệ An", "over 200"))
    draw_confusions(evaluation.judged["as typed"], tmp_path / "confusions.png")
    with Image.open(tmp_path / "confusions.png") as picture:
        assert picture.size == (1080, 960)


def test_what_is_asked_is_never_taught(few_texts: list[Text], monkeypatch: pytest.MonkeyPatch):
    taught: list[str] = []
    plain = evaluate.Fitting

    def watched(texts: list[Text], step: Callable[[], None]) -> Fitting:
        taught.extend(text.author for text in texts)
        return plain(texts, step)

    monkeypatch.setattr(evaluate, "Fitting", watched)
    other = [replace(text, id=f"b{number}", author="a04") for number, text in enumerate(few_texts[::4])]
    measure([*few_texts, *other], asked=["a03"], kept_out=["a04"])
    assert set(taught) == {"a01", "a02"}


def test_the_split_names_authors_that_exist_and_none_twice():
    split = read_split()
    assert not split.validation & split.test
    assert split.held_out <= set(voices(read_corpus()))


def test_an_interval_lies_around_the_figure(few_texts: list[Text]):
    judged = [(text, judgement(text.label if place % 3 else Label.OTHER, 0.5, False)) for place, text in enumerate(few_texts)]
    low, high = macro_f1_interval(judged)
    assert low < figures(judged).macro_f1 < high


def test_shorthand_is_the_same_for_the_same_seed():
    typed = "cán bộ không làm việc đúng giờ, người dân chờ cả buổi"
    assert hurried(typed, "1") == hurried(typed, "1") != typed
