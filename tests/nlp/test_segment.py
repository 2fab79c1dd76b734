"""Underthesea is given little at a time, and what it joins is found again in the message."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import segment
from nlp.clean import readable
from nlp.words import Word, words_of


def joined(text: str) -> list[str]:
    words = words_of(readable(text))
    return [" ".join(word.form for word in words[start:end]) for start, end in segment.segments(words)]


def test_syllables_become_words():
    assert "hồ sơ" in joined("nộp hồ sơ từ sáng")
    assert joined("Đăng ký kết hôn") == ["đăng ký", "kết hôn"]


def test_numbers_and_marks_part_words():
    assert joined("hồ, sơ") == []
    assert joined("hồ 2 sơ") == []


@pytest.mark.parametrize("piece", ["a.", "a b ", "cán bộ ", "x@y.z "])
def test_hostile_repetition_costs_a_bounded_number_of_words(piece: str, monkeypatch: pytest.MonkeyPatch):
    given_at_once: list[int] = []
    tokenize = segment._word_tokenize()

    def counting(clause: str) -> list[str]:
        given_at_once.append(len(clause.split()))
        return tokenize(clause)

    monkeypatch.setattr(segment, "_word_tokenize", lambda: counting)
    segment.segments(words_of(readable(piece * 50_000)))
    assert sum(given_at_once) <= segment.MOST_WORDS
    assert max(given_at_once, default=0) <= segment.CLAUSE_WORDS


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_every_joined_word_lies_in_the_message(text: str):
    words = words_of(readable(text))
    last = 0
    for start, end in segment.segments(words):
        assert last <= start < end - 1 < len(words)
        last = end


def test_joining_is_exact_for_odd_letters():
    words = [Word(0, 0, "ß", ("ß",)), Word(0, 0, "hồ", ("hồ",)), Word(0, 0, "sơ", ("sơ",))]
    assert segment.segments(words) == [(1, 3)]


def test_loading_leaves_the_logging_of_the_program_alone():
    script = (
        "import logging; from nlp import segment; segment.segments([]); segment._word_tokenize(); assert logging.getLogger().handlers == []"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
