"""A long text is cut where people pause; put together again it is the same, and nothing that leads to somebody is lost on a seam."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.pieces import PASSAGE, PIECE, parted, passages_of, pieces_of
from nlp.redact import redact_whole

WAITING = "Tôi ngồi đợi ở ghế mà không ai gọi đến tên, ngoài trời thì mưa. "
HURRIED = "tôi ngồi đợi ở ghế mà không ai gọi đến tên ngoài trời thì mưa "
NAMED = "Gọi tôi số 0912 345 678 nhé, tôi tên là Lò Thị Sen ạ. "
HURRIEDLY_NAMED = "gọi tôi số 0912 345 678 nhé tôi tên là lò thị sen nhà ở bản nà pán "


@given(st.text(alphabet="aạ.,?\n 1", max_size=400), st.integers(2, 60))
def test_pieces_put_together_are_the_text(text: str, most: int) -> None:
    pieces = list(parted(text, most))
    assert "".join(piece + blanks for piece, blanks in pieces) == text
    assert all(len(piece) <= most for piece, _ in pieces)


def test_a_piece_ends_with_a_line_else_with_a_sentence() -> None:
    sentences = WAITING * 100
    assert all(piece.endswith("mưa.") for piece in pieces_of(sentences.strip()))
    lines = f"{WAITING * 30}\n" * 4
    assert [piece.count("\n") for piece in pieces_of(lines.strip())] == [0, 0, 0, 0]


def test_a_word_without_end_is_cut_all_the_same() -> None:
    assert [len(piece) for piece in pieces_of("a" * (PIECE + 5))] == [PIECE, 5]


def test_passages_are_messages_and_what_is_short_stands_with_the_next() -> None:
    text = f"Vâng.\n{WAITING}\n{WAITING}{WAITING}{WAITING}{WAITING}"
    passages = list(passages_of(text))
    assert passages[0] == f"Vâng.\n{WAITING.strip()}"
    assert all(len(passage) <= PASSAGE + 1 for passage in passages)
    assert len(passages) == 3


@pytest.mark.parametrize(("words", "named"), [(WAITING, NAMED), (HURRIED, HURRIEDLY_NAMED)], ids=["sentences", "no sentences"])
@pytest.mark.parametrize("place", range(2_856, 3_000, 9))
def test_nothing_leaks_on_a_seam(words: str, named: str, place: int) -> None:
    story = f"{(words * 60)[:place].rsplit(' ', 1)[0]} {named}{words * 5}"
    hidden = redact_whole(story)
    assert not {"0912", "345", "678", "sen"} & set(hidden.lower().replace(".", " ").replace(",", " ").split())


def test_where_something_is_hidden_the_rest_keeps_its_seams() -> None:
    story = f"{WAITING * 50}\n{WAITING * 50}Gọi tôi số 0912 345 678."
    hidden = redact_whole(story)
    assert hidden.split() == story.replace("0912 345 678", "[số điện thoại]").split()
    assert hidden.count("\n") == 1
