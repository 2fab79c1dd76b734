"""Tells a given name from the same syllable in another word: where a reporter is called Công, "Công bị mắng" is hidden and "Công an" stays.

Hidden there, it would tell the name ("[tên người] an xã"), and what is complained of would be garbled.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from nlp.entities.phrases import Phrases, phrases
from nlp.entities.reading import Reading
from nlp.word_lists import written

_BEFORE_A_SENTENCE = frozenset(".!?…;:\n\"“”‘’'«([-–—•*+")


def is_of_a_word(reading: Reading, place: int) -> bool:
    """Whether the capitalised syllable here is the first of a known word, the second standing in small letters, and not a name before another."""
    following = reading.syllables[place + 1] if place + 1 < len(reading.syllables) else None
    if following is None or following.is_capital:
        return False
    known = _known()
    found = known.anywhere.at(reading, place)
    if found is None and not reading.bare and _begins_a_sentence(reading, place):
        found = known.at_a_beginning.at(reading, place)
    return found is not None and known.name_before.at(reading, place + 1) is None


def _begins_a_sentence(reading: Reading, place: int) -> bool:
    return place == 0 or reading.form(place - 1) in _BEFORE_A_SENTENCE


class _Known(NamedTuple):
    anywhere: Phrases[bool]
    at_a_beginning: Phrases[bool]
    name_before: Phrases[bool]


@cache
def _known() -> _Known:
    listed = written("name_or_word", folder="")
    return _Known(
        phrases(_words(listed["anywhere"]), listed["lost_without_accents"]),
        phrases(_words(listed["at_a_beginning"])),
        phrases(listed["name_before"]),
    )


def _words(seconds: Mapping[str, str]) -> list[str]:
    """The words by their first syllables written out: "công": "an chức" is "công an" and "công chức"."""
    return [f"{first} {second}" for first, listed in seconds.items() for second in listed.split()]
