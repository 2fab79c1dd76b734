"""A form is read to its last line, however it is dotted, and noise of any kind costs time in proportion to its length."""

from __future__ import annotations

import datetime as dt
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from nlp.clean import MAX_CHARACTERS
from nlp.entities import PersonName, UnitName, find
from nlp.entities.reading import read
from nlp.entities.spoken import spoken_of
from nlp.labels import Label
from nlp.long_stories import find_in_story
from nlp.redact import redact, redact_whole
from nlp.track import advise

TODAY = dt.date(2026, 11, 23)
UNITS = [UnitName(5, ("Trạm Y tế xã An Bình",), 3)]
PEOPLE = [PersonName(7, "Trần Quốc Hưng", ("Chủ tịch UBND xã",), 3, is_head=True)]
HEAD = "Sáng nay ông Trần Quốc Hưng quát tôi giữa phòng ở Trạm Y tế xã An Bình.\n"
SIGNED = "Người viết: tôi tên là Lò Thị Sen, số 0912 345 678. Hôm sau Sen lại đến.\n"
HIDDEN = "Người viết: tôi tên là [tên người], số [số điện thoại]. Hôm sau [tên người] lại đến.\n"

MIXED = random.Random(7)
LINES = {
    "dots": "." * 90, "dashes": "-" * 90, "equals": "=" * 90, "stars": "*" * 90, "ellipses": "…" * 90, "underlines": "_" * 90,
    "dots apart": ". " * 60, "two kinds": ".-" * 60, "three kinds": ".,…" * 40, "brackets": "( ) " * 30, "blank": "\n" * 90,
    "dotted blank": ".\n" * 60,
    "any marks": "".join(MIXED.choice("!\"#$%&'*+,-./:;<=>?@^`{|}~–—‘’“”…") for _ in range(90)),
}  # fmt: skip
BESIDE = pytest.mark.parametrize("line", LINES.values(), ids=LINES)


def form(line: str, end: str, lines: int = 26) -> str:
    return "ĐƠN PHẢN ÁNH\n" + f"Nội dung: {line}\n" * lines + end


@BESIDE
@pytest.mark.parametrize("lines", [16, 26, 90])
def test_names_at_the_end_are_hidden(line: str, lines: int) -> None:
    assert redact_whole(form(line, SIGNED, lines)).endswith(HIDDEN)


@BESIDE
def test_who_where_and_when_are_found(line: str) -> None:
    found = find_in_story(form(line, HEAD), TODAY, UNITS, PEOPLE)
    assert [person.person_id for person in found.people] == [7]
    assert [unit.unit_id for unit in found.units] == [5]
    assert [moment.date for moment in found.times] == [TODAY]


@BESIDE
def test_danger_is_heard(line: str) -> None:
    assert advise(form(line, "Cứu tôi với, nó đang cầm dao đuổi đánh tôi.\n"), Label.COMMUNICATION).emergency == "113"


@pytest.mark.parametrize("dots", ["........", "…………", "….……", ". . . . .", ".… .…"])
def test_what_is_filled_in_on_a_dotted_line(dots: str) -> None:
    assert redact(f"Họ và tên: {dots} Sen {dots}").text == f"Họ và tên: {dots} [tên người] {dots}"
    assert redact(f"Tôi tên là {dots} Lò Thị Sen {dots}").text == f"Tôi tên là {dots} [tên người] {dots}"


def test_what_is_left_empty_takes_nothing_from_the_next_line() -> None:
    assert redact("Người viết: ..........\nTrạm Y tế xã").spans == ()


@pytest.mark.parametrize("blanks", ["", "\n" * 2_300], ids=["letters", "blanks"])
def test_behind_letters_that_come_apart_nothing_is_shown_unread(blanks: str) -> None:
    shown = redact_whole("\ufb2c" * (600 if blanks else 1_400) + blanks + "Tôi tên là Lò Thị Sen.")
    assert "Sen" not in shown


def full(piece: str) -> str:
    return (piece * MAX_CHARACTERS)[:MAX_CHARACTERS]


NOISE = {
    "dots": full("."), "dots and dashes": full(".-"), "brackets": full("()"), "lines": full(".\n"), "digits": full("a1"), "days": full("t2"),
    "initials": full("A.B,"), "titles": full("a,"), "lords": full("ông A,"), "head": full("ông Trần Quốc Hưng, "), "cut families": full("Ng.A."),
    "called": full(", tên A"), "comrades": full("đ/c,"), "bodies": full("cb,"), "tell": full("tên:"), "in brackets": full("[a"),
    "opened": full("["), "known": full("Sen, "),
    "marks": "".join(MIXED.choice("!\"#$%&'()*+,-./:;<=>?@[]^`{|}~–—‘’“”…") for _ in range(MAX_CHARACTERS)),
    "words and marks": "".join(MIXED.choice("aAàBbcdđ 0123.,-/@\n:()") for _ in range(MAX_CHARACTERS)),
}  # fmt: skip
EACH_NOISE = pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE)


def everything(text: str) -> None:
    read.cache_clear()
    spoken_of.cache_clear()
    redact(text, ("Trần Quốc Hưng",), ("Sen",))
    find(text, TODAY, UNITS, PEOPLE)
    advise(text, Label.BRIBERY)


@EACH_NOISE
def test_twice_the_noise_is_twice_the_work(noise: str) -> None:
    some, twice = noise[: MAX_CHARACTERS // 4], noise[: MAX_CHARACTERS // 2]
    everything(twice)
    assert steps(twice) < 2.4 * steps(some) + 10_000


@EACH_NOISE
def test_noise_takes_no_longer_than_a_second(noise: str) -> None:
    everything("Tôi tên là Lò Thị Sen.")
    began = time.process_time()
    everything(noise)
    assert time.process_time() - began < 1


def steps(text: str) -> int:
    """How much is done for a text: functions called and values drawn, which is the same on any machine."""
    with counted() as number:
        everything(text)
    return number[0]


@contextmanager
def counted() -> Iterator[list[int]]:
    number = [0]

    def count(frame: FrameType, event: str, arg: object) -> None:
        number[0] += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield number
    finally:
        sys.setprofile(before)
