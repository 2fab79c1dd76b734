"""Long texts are cut at sentences, nothing of them is lost, and the buttons stay under the last piece."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from talk.clean import clean
from talk.fit import Limits, fit, split, width
from talk.reply import Choice, Enclosure, Reply


@given(st.text(max_size=400), st.integers(5, 120))
def test_nothing_but_spaces_is_lost_and_no_piece_is_too_wide(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(width(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_cut_at_the_end_of_a_sentence() -> None:
    assert split("Một câu ngắn. Câu thứ hai dài hơn một chút. Hết.", 30) == ["Một câu ngắn.", "Câu thứ hai dài hơn một chút.", "Hết."]


def test_buttons_stay_under_the_last_piece_and_long_captions_follow_the_picture() -> None:
    button = Choice(label="Gửi", data="send")
    picture = Enclosure(file_id=1, kind="picture", name="a.png", mime="image/png")
    parts = fit(Reply(text="Một câu. " * 40, rows=((button,),), enclosure=picture), Limits(text=200, caption=50))
    assert parts[0].enclosure == picture
    assert not parts[0].text
    assert [bool(part.rows) for part in parts] == [False] * (len(parts) - 1) + [True]


@given(st.text(max_size=300))
def test_clean_leaves_nothing_that_hides_or_breaks(text: str) -> None:
    made = clean(text)
    made.encode("utf-8")
    assert not any(c in made for c in "\u202e\u200e\u200b\x00\x07\ufeff")
    assert clean(made) == made


def test_lone_surrogates_and_family_emoji() -> None:
    assert clean("a\ud800b") == "a\ufffdb"
    assert clean("👩‍👩‍👧 chào") == "👩‍👩‍👧 chào"
