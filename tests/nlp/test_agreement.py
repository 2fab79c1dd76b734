"""Agreement is what Cohen wrote, and the two readings of the corpus are compared message by message."""

import math

import pytest
from sklearn.metrics import cohen_kappa_score

from nlp.agreement import agreements, cohens_kappa, compare, read_reading
from nlp.corpus import DATA
from nlp.labels import FLAGS


def row(label: str, *flags: str) -> dict[str, object]:
    return {"label": label, "also": [], "flags": list(flags)}


@pytest.mark.parametrize(
    ("first", "second"),
    [("AABBC", "AABBC"), ("AABBC", "AABCB"), ("ABABAB", "BABABA"), ("AAAAB", "AAABA"), ("ABCABCABC", "ABCABCCBA")],
)
def test_kappa_is_that_of_the_textbook(first: str, second: str):
    assert cohens_kappa(list(first), list(second)) == pytest.approx(cohen_kappa_score(list(first), list(second)))


def test_where_nothing_can_differ_there_is_no_kappa():
    assert math.isnan(cohens_kappa([True, True], [True, True]))
    assert math.isnan(cohens_kappa([], []))


def test_only_what_both_read_is_compared():
    first = {"1": row("DELAY", "money"), "2": row("DRESS"), "3": row("DRESS"), "only": row("OTHER", "money")}
    second = {"3": row("DRESS"), "2": row("DELAY"), "1": row("DELAY", "money"), "else": row("PRAISE")}
    found = {each.about: each for each in compare(first, second)}
    assert list(found) == ["label", *FLAGS]
    assert {each.texts for each in found.values()} == {3}
    assert found["label"].kappa == pytest.approx((2 / 3 - 4 / 9) / (1 - 4 / 9))
    assert (found["money"].kappa, found["money"].marked) == (1.0, 1)
    assert math.isnan(found["retaliation"].kappa)


def test_the_two_readings_of_the_corpus_are_compared_as_the_textbook_does():
    first, second = (read_reading(DATA / "readings" / f"{name}.jsonl") for name in ("first", "second"))
    both = sorted(first.keys() & second.keys())
    found = {each.about: each for each in agreements()}
    labels = [[reading[id]["label"] for id in both] for reading in (first, second)]
    assert found["label"].texts == len(both) == len(first)
    assert found["label"].kappa == pytest.approx(cohen_kappa_score(*labels))
    for flag in FLAGS:
        marks = [[flag in reading[id]["flags"] for id in both] for reading in (first, second)]
        assert found[flag].kappa == pytest.approx(cohen_kappa_score(*marks))
