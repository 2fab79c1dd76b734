"""The contract of `congvu classify`: JSON Lines in, JSON Lines out, and a bad line stops nothing."""

import datetime as dt
import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import command
from nlp.classify import Classifier
from nlp.command import MOST_BYTES, classify_lines
from nlp.labels import FLAGS, LABELS

LINES = st.text(max_size=60).map(lambda text: json.dumps({"id": 1, "text": text}).encode())
KEYS = ["id", "label", "also", "confidence", "sure", "flags", "reasons", "top", "entities", "redacted", "track"]


def run(classifier: Classifier, *lines: bytes) -> list[dict[str, Any]]:
    out = io.BytesIO()
    answered = classify_lines(lines, out, classifier)
    rows = [json.loads(line) for line in out.getvalue().decode("utf-8").splitlines()]
    assert answered == len(rows)
    return rows


def test_a_line_is_answered(classifier: Classifier):
    (row,) = run(classifier, '{"id": "7", "text": "đòi 500 nghìn mới làm giấy"}\n'.encode())
    assert list(row) == KEYS
    assert row["id"] == "7"
    assert row["label"] == "BRIBERY"
    assert row["flags"] == ["money"]
    assert isinstance(row["sure"], bool)
    assert 0 < row["confidence"] < 1
    assert row["reasons"]


def test_the_companions_of_the_judgement_are_told(classifier: Classifier):
    text = "Tôi là Lê Thị Mơ, 0912345678. Hôm qua chị Hoa ở quầy số 3 đòi 500 nghìn mới làm"
    (row,) = run(classifier, json.dumps({"id": 1, "text": text, "today": "2026-11-23"}).encode())
    assert row["top"][0] == [row["label"], row["confidence"]]
    assert len(row["top"]) == 3
    assert [unit["kind"] for unit in row["entities"]["units"]] == ["one_stop"]
    (person,) = row["entities"]["people"]
    assert (person["name"], person["place"], person["person_id"]) == ("Hoa", "quầy số 3", None)
    (time,) = row["entities"]["times"]
    assert (time["words"], time["date"], time["clock"]) == ("Hôm qua", "2026-11-22", None)
    assert row["redacted"] == text.replace("Lê Thị Mơ", "[tên người]").replace("0912345678", "[số điện thoại]")
    assert row["track"] == {"kind": "denunciation", "reason": "đòi 500 nghìn mới làm", "grave": True, "emergency": None}


def test_times_are_told_as_of_today_unless_the_line_says_otherwise(classifier: Classifier):
    out = io.BytesIO()
    classify_lines(['{"id": 1, "text": "14h30 hôm qua quầy đóng cửa"}'.encode()], out, classifier, dt.date(2026, 3, 1))
    (time,) = json.loads(out.getvalue())["entities"]["times"]
    assert (time["date"], time["clock"]) == ("2026-02-28", "14:30")


def test_answers_keep_vietnamese_readable(classifier: Classifier):
    out = io.BytesIO()
    classify_lines(['{"id": "số 1", "text": "cán bộ quát dân"}'.encode()], out, classifier)
    assert '"số 1"' in out.getvalue().decode("utf-8")


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (b"nonsense", {"id": None, "error": "not JSON"}),
        (b"[" * 100_000, {"id": None, "error": "not JSON"}),
        (b'{"id": NaN, "text": "a"}', {"id": None, "error": "not JSON"}),
        (b'{"id": "1", "text": "\xff"}', {"id": None, "error": "not UTF-8"}),
        (b"[1]", {"id": None, "error": "not an object"}),
        (b'{"text": "a"}', {"id": None, "error": "no id"}),
        (b'{"id": "1"}', {"id": "1", "error": "no text"}),
        (b'{"id": "1", "text": null}', {"id": "1", "error": "text is not a string"}),
        (b'{"id": "1", "text": 5}', {"id": "1", "error": "text is not a string"}),
        (b'{"id": "1", "text": "a", "today": "hom nay"}', {"id": "1", "error": "today is no date"}),
        (b'{"id": "1", "text": "a", "today": 5}', {"id": "1", "error": "today is no date"}),
        ('{"id": "1", "text": "hôm qua", "today": "0001-01-01"}'.encode(), {"id": "1", "error": "today is no date"}),
        ('{"id": "1", "text": "ngày mai", "today": "9999-12-31"}'.encode(), {"id": "1", "error": "today is no date"}),
        (b'{"id": 1e999, "text": "a"}', {"id": None, "error": "not JSON"}),
        (b'{"id": "1", "text": "a", "more": -1e999}', {"id": None, "error": "not JSON"}),
        (b'{"id": "1", "text": "' + b"a" * MOST_BYTES + b'"}', {"id": None, "error": "line too long"}),
    ],
)
def test_a_bad_line_is_answered_with_its_error_and_the_rest_goes_on(classifier: Classifier, line: bytes, answer: dict[str, Any]):
    good = b'{"id": "good", "text": "cho lau qua"}'
    rows = run(classifier, good, line, good)
    assert rows[1] == answer
    assert [rows[0]["id"], rows[2]["id"]] == ["good", "good"]
    assert "label" in rows[2]


@pytest.mark.parametrize("day", ["1990-01-01", "2099-12-31"])
def test_the_first_and_the_last_day_reckon_backwards_and_forwards(classifier: Classifier, day: str):
    for text in ("hôm qua", "ngày mai", "rằm tháng 7", "thứ 2 tuần trước", "đầu năm ngoái"):
        (row,) = run(classifier, json.dumps({"id": 1, "text": text, "today": day}).encode())
        assert "label" in row, text


def test_a_fault_of_the_program_stops_nothing_and_quotes_nobody(classifier: Classifier, monkeypatch: pytest.MonkeyPatch):
    def failing(text: str, *more: object) -> None:
        raise ZeroDivisionError(text)

    good, bad = b'{"id": 1, "text": "cho lau qua"}', b'{"id": 2, "text": "BAD"}'
    find = command.find
    monkeypatch.setattr(command, "find", lambda text, day: failing(text) if text == "BAD" else find(text, day))
    rows = run(classifier, good, bad, good)
    assert rows[1] == {"id": 2, "error": "fault: ZeroDivisionError"}
    assert "label" in rows[2]


@pytest.mark.parametrize("depth", [300, 900, 990, 1_000, 5_000])
def test_an_id_of_any_depth_stops_nothing(classifier: Classifier, depth: int):
    rows = run(classifier, b'{"text": "a", "id": ' + b"[" * depth + b"]" * depth + b"}", b'{"id": 1, "text": "a"}')
    assert rows[1]["id"] == 1


def test_empty_lines_are_passed_over_and_a_byte_order_mark_is_no_error(classifier: Classifier):
    rows = run(classifier, b'\xef\xbb\xbf{"id": 1, "text": "a"}\r\n', b"\n", b'  {"id": 2, "text": ""}  \n')
    assert [row["id"] for row in rows] == [1, 2]
    assert rows[1]["label"] == "OTHER"


def test_half_a_surrogate_in_an_id_comes_back(classifier: Classifier):
    (row,) = run(classifier, b'{"id": "\\ud800", "text": "a"}')
    assert row["id"] == "\ud800"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=60), LINES), max_size=5))
def test_every_line_that_is_not_empty_is_answered(classifier: Classifier, lines: list[bytes]):
    rows = run(classifier, *lines)
    first = [line.removeprefix(b"\xef\xbb\xbf") for line in lines[:1]]
    assert len(rows) == sum(bool(line.strip()) for line in [*first, *lines[1:]])
    for row in rows:
        assert set(row) == {"id", "error"} or (row["label"] in LABELS and set(row["flags"]) <= set(FLAGS))
