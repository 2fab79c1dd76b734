"""Hours as people write them; what names none, or two, is not guessed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talk.hours import hours_in


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("7h40", ["07:40", "19:40"]),
        ("7:40", ["07:40", "19:40"]),
        ("07.40", ["07:40", "19:40"]),
        ("7 giờ", ["07:00", "19:00"]),
        ("tôi đến lúc 7 giờ 40 phút", ["07:40", "19:40"]),
        ("7 giờ rưỡi", ["07:30", "19:30"]),
        ("7 rưỡi", ["07:30", "19:30"]),
        ("8 gio kem 10", ["07:50", "19:50"]),
        ("8h kém 15 sáng", ["07:45"]),
        ("2h chiều", ["14:00"]),
        ("chiều 1g30", ["13:30"]),
        ("7h tối", ["19:00"]),
        ("13h25", ["13:25"]),
        ("12h", ["12:00"]),
        ("sáng 7h25", ["07:25"]),
        ("25h", []),
        ("7h75", []),
        ("từ 7h đến 11h", []),
        ("quên bấm", []),
        ("20/11", []),
        ("7", []),
        ("", []),
    ],
)
def test_an_hour(words: str, meant: list[str]) -> None:
    assert [f"{hour:%H:%M}" for hour in hours_in(words)] == meant


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(["{}h{:02}", "{}:{:02}", "{} giờ {:02}"]))
def test_every_minute_of_the_day(hour: int, minute: int, form: str) -> None:
    assert hours_in(form.format(hour, minute))[0] == dt.time(hour, minute)


@given(st.text(max_size=60))
def test_any_words_are_read_or_not(words: str) -> None:
    assert len(hours_in(words)) <= 2
