"""Tells where words for a body speak of something else: a paper of the field, a ward in an address, a way to send, a rented room, a name."""

from functools import cache
from typing import NamedTuple

from nlp.entities.names import name_at
from nlp.entities.phrases import Phrases, phrases, written
from nlp.entities.reading import Reading
from nlp.word_lists import forms

_OF_A_FIELD = frozenset({"land", "justice", "tax", "insurance"})
_LONGEST_NAME = 3
_LOOKED_BACK = 6
_SENT_BACK = 4


class Words(NamedTuple):
    """Words that could name a body, as a range of syllables."""

    first: int
    after: int
    kind: str
    weak: bool
    named: bool
    """Whether its own name follows: "xã Tân Lập"."""


def is_none(reading: Reading, words: Words) -> bool:
    """Whether these words name no body here."""
    acts = reading.form(words.after) in forms("units", "acts", reading.bare)
    if words.weak and (_is_of_a_paper(reading, words) or _is_in_a_name(reading, words) or _is_a_gate(reading, words)):
        return True
    if _is_far_above(reading, words):
        return True
    if acts and reading.form(words.first - 1) not in _of(reading):
        return False
    return (
        _is_source(reading, words)
        or _is_another(reading, words)
        or _is_post(reading, words)
        or _is_centre(reading, words)
        or _is_in_an_address(reading, words)
    )


def is_rented(reading: Reading, first: int, after: int) -> bool:
    """Whether a room with a number is somebody's home: "thuê trọ ở phòng 302, số 14 ngõ 95"."""
    before = {reading.form(place) for place in range(first - _LOOKED_BACK, first)}
    following = after + (reading.form(after) == ",")
    return not before.isdisjoint(forms("units", "rents", reading.bare)) or (
        following > after and reading.form(following) in forms("units", "address_words", reading.bare)
    )


def _of(reading: Reading) -> tuple[str, ...]:
    return ("cua",) if reading.bare else ("của",)


def _is_of_a_paper(reading: Reading, words: Words) -> bool:
    """ "Hồ sơ đất đai", "biên lai thuế", "thuế môn bài": what the field deals with."""
    if words.kind not in _OF_A_FIELD:
        return False
    return reading.form(words.first - 1) in forms("units", "papers", reading.bare) or _things().at(reading, words.first) is not None


def _is_in_a_name(reading: Reading, words: Words) -> bool:
    """ "Mai Xuân Trường": the word is a person's name."""
    if reading.shouted or not reading.syllables[words.first].raw.istitle():
        return False
    for first in range(max(0, words.first - _LONGEST_NAME), words.first):
        name = name_at(reading, first, introduced=False)
        if name and name.full and name.after > words.first:
            return True
    return False


def _is_a_gate(reading: Reading, words: Words) -> bool:
    """ "Trước cổng trường": a place in the street, unless something is done there by the school."""
    return reading.form(words.first - 1) in forms("units", "gates", reading.bare) and words.kind == "school" and not words.named


def _is_source(reading: Reading, words: Words) -> bool:
    """ "Giấy báo tử của bệnh viện": only where a paper comes from."""
    if words.kind != "health":
        return False
    papers = forms("units", "papers", reading.bare)
    return reading.form(words.first - 1) in _of(reading) and any(
        reading.form(place) in papers for place in range(words.first - _SENT_BACK, words.first - 1)
    )


def _is_another(reading: Reading, words: Words) -> bool:
    """ "Vào trường mới", "sang trường khác", "giấy phép của phường cũ": one of which nothing is said."""
    if not words.weak or words.named or not reading.form(words.first - 1)[:1].isalpha():
        return False
    others = forms("units", "unspecific", reading.bare)
    told = reading.form(words.after) in others or reading.form(words.after - 1) in others
    return told and (words.kind != "committee" or reading.form(words.first - 1) in _of(reading))


def _is_post(reading: Reading, words: Words) -> bool:
    """ "Gửi bưu điện", "qua đường bưu điện": a way to send something."""
    if reading.form(words.first) not in ("bưu", "buu"):
        return False
    before = reading.form(words.first - 1)
    sent = forms("units", "sends", reading.bare)
    return before in sent or (
        before in ("qua", "bằng", "bang") and any(reading.form(at) in sent for at in range(words.first - _SENT_BACK, words.first))
    )


def _is_centre(reading: Reading, words: Words) -> bool:
    """ "Ra trung tâm xã mất hai tiếng": the middle of the place."""
    level = reading.form(words.first + 2) in forms("units", "levels", reading.bare)
    centre = (reading.form(words.first), reading.form(words.first + 1)) in (("trung", "tâm"), ("trung", "tam"))
    return centre and level and words.weak and not words.named


def _is_in_an_address(reading: Reading, words: Words) -> bool:
    """ "Tổ 11, phường Sông Cầu": where somebody lives."""
    if not (words.weak and words.named and words.kind == "committee" and reading.form(words.first - 1) in (",", "-")):
        return False
    near = (reading.form(place) for place in range(words.first - _LOOKED_BACK, words.first))
    return any(form in forms("units", "address_words", reading.bare) for form in near)


def _is_far_above(reading: Reading, words: Words) -> bool:
    """ "Lên tỉnh": a way told, no body, unless something is said of what it does."""
    if not words.weak or words.named or reading.form(words.first) != "tỉnh" or words.after - words.first > 1:
        return False
    return reading.form(words.after) not in forms("units", "answers", reading.bare)


@cache
def _things() -> Phrases[bool]:
    return phrases(written("units")["things_of_a_field"])
