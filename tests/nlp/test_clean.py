"""What a keyboard does to a message must not change what it says."""

import unicodedata
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.clean import MAX_CHARACTERS, plain, readable, typed_without_accents, without_accents
from nlp.words import LONGEST_WORD, MOST_ALIKE, MOST_WORDS, words_of


def test_hidden_characters_are_taken_out():
    assert readable("cán\u200b bộ\u202e \x00quát\ud800 dân\ufeff") == "cán bộ quát dân"


def test_decomposed_letters_are_composed():
    assert readable(unicodedata.normalize("NFD", "hồ sơ quá hẹn")) == "hồ sơ quá hẹn"


def test_lines_stay_and_blanks_are_one():
    assert readable(" a\r\nb\t\tc   d ") == "a\n\nb c d"


@given(st.text(alphabet="aAđĐơừỸe \n\t\r.…–“ð\u0301\u200b\u0302Å😀"))
def test_an_everyday_text_is_read_like_any_other(text: str):
    with patch("nlp.clean.is_everyday", return_value=False):
        read_slowly = readable(text)
    assert readable(text) == read_slowly


def test_eth_is_read_as_the_vietnamese_letter():
    assert readable("ðơn") == "đơn"


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("hoà", "hòa"),
        ("HOÁ", "hóa"),
        ("khoẻ", "khỏe"),
        ("uỷ", "ủy"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
        ("toàn", "toàn"),
        ("quáááá", "quá"),
        ("ℋồ", "hồ"),
    ],
)
def test_one_form_for_each_word(typed: str, form: str):
    assert plain(typed) == form


def test_accents_are_stripped():
    assert without_accents("Đường quầy ưỡn ẹo") == "Duong quay uon eo"


def test_a_message_without_accents_is_known():
    assert typed_without_accents(["can", "bo", "quat", "dan"])
    assert not typed_without_accents(["cán", "bộ", "quát", "dân", "to"])


def test_shorthand_and_dialect_are_written_out():
    read = [" ".join(word.read) for word in words_of("cbo ko làm, 8h30 mất 200k răng rứa")]
    assert read == ["cán bộ", "không", "làm", "#1", "giờ", "#2", "mất", "#3", "nghìn", "sao", "vậy"]


def test_words_remember_their_place():
    text = readable("Cán bộ QUÁT dân!!!")
    assert [text[word.start : word.end] for word in words_of(text)] == ["Cán", "bộ", "QUÁT", "dân", "!!!"]


@given(st.text())
def test_any_text_is_cleaned(text: str):
    shown = readable(text)
    assert len(shown) <= MAX_CHARACTERS
    assert readable(shown) == shown
    shown.encode("utf-8")
    for word in words_of(shown):
        assert 0 < len(word.form) <= LONGEST_WORD
        assert word.read


@pytest.mark.parametrize("piece", ["a.", "a ", "a", "ạ b ", "? a", "\u0301\u0316", "😡", "1/", "http://a."])
def test_a_hundred_kilobytes_leave_a_bounded_number_of_words(piece: str):
    words = words_of(readable(piece * (100_000 // len(piece))))
    assert len(words) <= MOST_WORDS


def test_endless_repetition_is_cut_short():
    assert len(words_of("ma " * 1_000)) == MOST_ALIKE
