"""The figures of units, persons, times, redaction and tracks: what counts as found, as too much, and as leaked."""

import json
from pathlib import Path

import pytest

from nlp.labels import Label
from nlp.measure_entities import Figures, measure, read_marked, read_tree, table

TEXT = "Tôi là Lê Thị Mơ, 0912345678. Hôm qua chị Hoa ở quầy số 3 quát tôi"
RIGHT = {
    "id": "1", "text": TEXT, "units": [[48, 57]], "people": [[38, 57]], "times": [[30, 37, "2026-11-22"]],
    "redact": [[7, 16, "person"], [18, 28, "phone"]], "today": "2026-11-23", "track": "feedback",
}  # fmt: skip


def figures(tmp_path: Path, **changed: object) -> Figures:
    file = tmp_path / "marked.jsonl"
    file.write_text(json.dumps(RIGHT | changed, ensure_ascii=False) + "\n", encoding="utf-8")
    return measure(read_marked(file), lambda text: (Label.COMMUNICATION, ()))


def test_all_that_is_marked_and_found_counts(tmp_path: Path):
    found = figures(tmp_path)
    assert [found.units.f1, found.people.f1, found.times.f1] == pytest.approx([1, 1, 1])
    assert [found.numbers.recall, found.names.recall, found.tracks.recall] == [1, 1, 1]
    assert found.mistakes == []


def test_what_is_not_marked_is_too_much(tmp_path: Path):
    found = figures(tmp_path, units=[], people=[], redact=[])
    assert [found.units.precision, found.people.precision, found.names.precision] == [0, 0, 0]


def test_a_wrong_date_is_missed_and_too_much(tmp_path: Path):
    found = figures(tmp_path, times=[[30, 37, "2026-11-21"]])
    assert (found.times.missed, found.times.wrong) == (1, 1)


def test_marks_may_tell_which_unit_of_a_tree_is_meant(tmp_path: Path):
    tree = {"tree": [{"code": "xa", "names": ["UBND xã Hạ Ví Dụ"]}, {"code": "mc", "names": ["Một cửa xã Hạ Ví Dụ"], "parent": "xa"}]}
    file = tmp_path / "marked.jsonl"
    marked = [RIGHT | {"id": code, "units": [[48, 57, code]]} for code in ("mc", "xa", None)]
    file.write_text("\n".join(json.dumps(row) for row in (tree, *marked)), encoding="utf-8")
    found = measure(read_marked(file), lambda text: (Label.COMMUNICATION, ()), read_tree(file))
    assert (found.texts, found.matches.found, found.matches.missed) == (3, 1, 2)
    assert "xa unit of the tree: quầy số 3 = xa, matched mc" in found.mistakes
    assert "unit of the tree" in table(found)


def test_what_is_left_of_an_identifier_is_told(tmp_path: Path):
    found = figures(tmp_path, redact=[[38, 45, "person"], [7, 28, "phone"]])
    assert (found.names.missed, found.numbers.missed) == (1, 0)
    assert "1 person leaks: Hoa of chị Hoa" in found.mistakes


def test_another_track_is_a_mistake(tmp_path: Path):
    found = figures(tmp_path, track="denunciation")
    assert found.tracks.missed == 1
    assert "accuracy   0.000" in table(found)


def test_marks_outside_the_text_are_refused(tmp_path: Path):
    with pytest.raises(ValueError, match="outside"):
        figures(tmp_path, units=[[60, 99]])


def test_the_texts_for_development_are_found_as_well_as_promised():
    data = Path(__file__).parents[2] / "nlp" / "data" / "entities" / "dev.jsonl"
    found = measure(read_marked(data), lambda text: (Label.OTHER, ()))
    assert found.texts >= 250
    assert found.people.f1 >= 0.85
    assert found.units.f1 >= 0.90
    assert found.times.f1 >= 0.90
    assert found.numbers.recall >= 0.98
    assert found.names.recall >= 0.92
