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
from nlp.evaluate import WAYS, figures, group_figures, macro_f1_gain, macro_f1_interval, measure, read_split
from nlp.fit import Fitting
from nlp.keyboards import hurried
from nlp.labels import Flag, Label
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
    marked = [replace(text, hard=text.author == "a03" and place % 2 == 0) for place, text in enumerate(few_texts)]
    evaluation = measure(marked, asked=["a03"], kept_out=[])
    for way in WAYS:
        assert {one.author for one, _ in evaluation.judged[way]} == {"a03"}
    printed = table(evaluation)
    assert all(
        word in printed
        for word in ("as typed", "no accents", "shorthand", "a03", "privacy_leak", "also:", "Nghệ An", "over 200", "hard cases")
    )
    assert "draws of 1 authors" in printed
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


def by_authors(few_texts: list[Text], right: str) -> list[tuple[Text, Judgement]]:
    """Only one author is understood."""
    return [(text, judgement(text.label if text.author == right else Label.OTHER, 0.5, False)) for text in few_texts]


def test_an_interval_is_as_wide_as_authors_differ(few_texts: list[Text]):
    judged = by_authors(few_texts, "a01")
    alike = [(replace(text, author="one"), one) for text, one in judged]
    (low, high), (low_alike, high_alike) = macro_f1_interval(judged), macro_f1_interval(alike)
    assert high - low > 1.5 * (high_alike - low_alike)
    assert low < 0.1  # in some draws nobody is understood


def test_two_models_are_compared_on_the_same_draws(few_texts: list[Text]):
    before = by_authors(few_texts, "a01")
    assert macro_f1_gain(before, before) == (0.0, 0.0)
    place = next(place for place, (text, one) in enumerate(before) if one.label != text.label)
    after = [(text, judgement(text.label, 0.5, False)) if at == place else (text, one) for at, (text, one) in enumerate(before)]
    low, high = macro_f1_gain(before, after)
    assert 0 <= low < high < 0.1  # though each alone may be anywhere in its own, much wider interval
    with pytest.raises(ValueError, match="same messages"):
        macro_f1_gain(before, after[1:])


def test_labels_that_do_not_occur_in_a_part_do_not_count_against_it():
    judged = [(text(label), judgement(label, 0.9, True)) for label in (Label.DELAY, Label.DRESS)] * 40
    assert (group_figures(judged).macro_f1, group_figures(judged).labels) == (1.0, 2)
    assert figures(judged).macro_f1 == pytest.approx(2 / 14)
    missed = [*judged, (text(Label.DELAY), judgement(Label.PRAISE, 0.9, True))]
    assert group_figures(missed).labels == 3
    assert group_figures(missed).macro_f1 < 0.7


def test_recall_of_flags_is_the_mean_over_those_that_occur():
    money, threat = (replace(text(Label.DELAY), flags=(flag,)) for flag in (Flag.MONEY, Flag.THREAT_OR_VIOLENCE))
    raised, none = replace(judgement(Label.DELAY, 0.9, True), flags=(Flag.MONEY,)), judgement(Label.DELAY, 0.9, True)
    assert figures([(money, raised), (money, none), (threat, none)]).flag_recall == pytest.approx((0.5 + 0) / 2)
    assert math.isnan(figures([(text(Label.DELAY), none)]).flag_recall)


def test_shorthand_is_the_same_for_the_same_seed():
    typed = "cán bộ không làm việc đúng giờ, người dân chờ cả buổi"
    assert hurried(typed, "1") == hurried(typed, "1") != typed
