"""Days as people write them, accents or not; what is unclear is not guessed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talk.days import absence_in, days_in, past_day_in

TODAY = dt.date(2026, 11, 23)  # a Monday


def day(text: str) -> dt.date:
    number, month, *year = map(int, text.split("/"))
    return dt.date(year[0] if year else 2026, month, number)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("hôm nay", "23/11", "23/11"),
        ("mai", "24/11", "24/11"),
        ("Ngày mai tôi xin nghỉ ạ", "24/11", "24/11"),
        ("ngay kia", "25/11", "25/11"),
        ("mốt", "25/11", "25/11"),
        ("25/11", "25/11", "25/11"),
        ("25-11-2026", "25/11", "25/11"),
        ("ngày 25", "25/11", "25/11"),
        ("ngày 20", "20/12", "20/12"),
        ("ngày 25 tháng 11 năm 2026", "25/11", "25/11"),
        ("2/1", "2/1/2027", "2/1/2027"),
        ("20/11", "20/11", "20/11"),  # past: said so later
        ("thứ 6", "27/11", "27/11"),
        ("thứ hai", "23/11", "23/11"),
        ("t5", "26/11", "26/11"),
        ("CN", "29/11", "29/11"),
        ("thu sau tuan sau", "4/12", "4/12"),
        ("thứ Hai 30/11", "30/11", "30/11"),
        ("thứ hai ngày 30/11", "30/11", "30/11"),
        ("mai, thứ 3", "24/11", "24/11"),
        ("từ 25/11 đến 27/11", "25/11", "27/11"),
        ("25/11-27/11", "25/11", "27/11"),
        ("25-27/11", "25/11", "27/11"),
        ("tu ngay 25 den het ngay 27 thang 11", "25/11", "27/11"),
        ("từ thứ hai 30/11 đến thứ tư 2/12", "30/11", "2/12"),
        ("từ mai đến thứ 6", "24/11", "27/11"),
        ("từ 28/12 đến 2/1", "28/12", "2/1/2027"),
        ("25/11, 26/11", "25/11", "26/11"),
        ("3 ngày từ mai", "24/11", "26/11"),
        ("từ mai, hai ngày", "24/11", "25/11"),
        ("1 tuần từ 30/11", "30/11", "6/12"),
        ("cả tuần sau", "30/11", "4/12"),
        ("từ mai đến hết tuần này", "24/11", "27/11"),
        ("từ 27/11 đến 25/11", "27/11", "25/11"),  # backwards: said so later
    ],
)
def test_understood(words: str, first: str, last: str) -> None:
    assert days_in(words, TODAY) == (day(first), day(last))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "xin chào",
        "31/11",
        "30/2",
        "99/99",
        "ngày 0",
        "năm 2026",
        "thứ 2 và thứ 6",
        "thứ 3, thứ 4, thứ 5",
        "việc này",
        "thai sản",
        "8h30",
        "3 ngày từ 31/12/9999",
    ],
)
def test_not_guessed(words: str) -> None:
    assert days_in(words, TODAY) is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("mai đi công tác", "mission"),
        ("mai tôi ốm", "sick"),
        ("25/11 tập huấn", "study"),
        ("nghi phep 25/11", "leave"),
        ("mai nghỉ", None),
        ("đi khám bệnh viện", "sick"),
    ],
)
def test_why(words: str, kind: str | None) -> None:
    assert absence_in(words) == kind


@given(
    st.text(alphabet=st.sampled_from("0123456789/-. tuthusaunaymaidenngay–"), max_size=60),
    st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)),
)
def test_any_words_are_borne(words: str, today: dt.date) -> None:
    found = days_in(words, today)
    assert found is None or all(isinstance(each, dt.date) for each in found)


@given(st.text(max_size=200))
def test_any_text_is_borne(words: str) -> None:
    days_in(words, TODAY)
    absence_in(words)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("hôm qua", "22/11"),
        ("hom kia", "21/11"),
        ("sáng hôm nay", "23/11"),
        ("thứ Sáu", "20/11"),
        ("t6", "20/11"),
        ("thứ Hai", "23/11"),
        ("thứ Sáu 20/11", "20/11"),
        ("19/11", "19/11"),
        ("27/11", "27/11"),
        ("từ 19/11 đến 20/11", None),
        ("quên bấm", None),
    ],
)
def test_a_day_that_has_been(words: str, meant: str | None) -> None:
    assert past_day_in(words, TODAY) == (day(meant) if meant else None)
