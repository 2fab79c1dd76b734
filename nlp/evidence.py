"""Tells how much a message says at all: of "anh ơi" or "ok" nothing can be known, however clear one word may look."""

import json
from collections.abc import Container, Sequence
from functools import cache
from pathlib import Path

from nlp.clean import plain, typed_without_accents, without_accents
from nlp.words import Word

SMALL_WORDS_FILE = Path(__file__).parent / "data" / "small_words.json"

ENOUGH_WORDS = 4
"""Different telling words with which a message says enough to be judged for what it is."""


def telling_words(words: Sequence[Word], known: Container[str]) -> set[str]:
    """The different syllables of a message that are known and say something of a matter, with shorthand written out."""
    small = small_words(typed_without_accents([word.form for word in words]))
    return {form for word in words for form in word.read if form not in small and form in known and form.isalpha()}


def share_told(telling: int) -> float:
    """How far a message with so many telling words may be believed, 0 to 1."""
    return min(1.0, telling / ENOUGH_WORDS)


@cache
def small_words(bare: bool) -> frozenset[str]:
    """The small words; without accents only those that then are no other word."""
    written = json.loads(SMALL_WORDS_FILE.read_text(encoding="utf-8"))
    words = frozenset(plain(word) for line in written["words"] for word in line.split())
    if not bare:
        return words
    lost = frozenset(map(plain, written["lost_without_accents"].split()))
    return frozenset(map(without_accents, words - lost)) | (words - lost)
