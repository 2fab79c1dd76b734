"""Finds the names of persons, in capitals or as people type them in a hurry ("chi hoa", "nguyen van canh")."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from nlp.clean import plain, without_accents
from nlp.entities.phrases import written
from nlp.entities.reading import Reading

LONGEST_NAME = 5
_SURE_LENGTH = 3
_INITIALS = ("a", "y", "o")
"""Syllables of the mountain peoples' names that are short forms elsewhere."""


class NameWords(NamedTuple):
    """The syllables that names are made of, in one way of typing."""

    family: frozenset[str]
    family_in_small: frozenset[str]
    middle: frozenset[str]
    given: frozenset[str]
    common_words: frozenset[str]
    not_before: Mapping[str, frozenset[str]]
    after: frozenset[str]
    sure_middle: frozenset[str]
    given_unaccented: frozenset[str]
    """All given names without accents, common words too, for names that stand beside others."""
    sure_family: frozenset[str]
    """Families' names that are hardly anything else in small letters."""
    given_in_full: frozenset[str]
    """All given names, those too that are common words and stand for a name only after the family's."""
    never_with_middle: frozenset[str]
    """What reads as a family's name before "văn" and "thị" and is something else: "đoàn văn nghệ"; without accents "mà", "vì"."""
    never_loose: frozenset[str]


class Name(NamedTuple):
    """A name as a range of syllables; `full` with the family's name."""

    first: int
    after: int
    full: bool


@cache
def name_words(bare: bool) -> NameWords:
    """The words of names.json, with accents or without."""
    known = written("names")

    def forms(listed: Iterable[str]) -> frozenset[str]:
        return frozenset(without_accents(plain(word)) if bare else plain(word) for word in listed)

    given, common = forms(known["given"]), forms(known["common_words"])
    unaccented = frozenset(map(without_accents, given | forms(known["only_in_full"])))
    if bare:
        given -= frozenset(known["never_bare"])
        common |= frozenset(known["common_bare"])
    return NameWords(
        family=forms(known["family"]),
        family_in_small=forms(known["family_in_small"]),
        middle=forms(known["middle"]),
        given=given,
        common_words=common,
        not_before={next(iter(forms([name]))): forms(words) for name, words in known["not_before"].items()},
        after=forms(known["after"]),
        sure_middle=forms(("văn", "thị")),
        given_unaccented=unaccented,
        sure_family=forms(known["families_sure"]),
        given_in_full=forms(known["given"]) | forms(known["only_in_full"]),
        never_with_middle=frozenset(known["never_in_bare_full"]) if bare else forms(known["never_in_small_full"]),
        never_loose=frozenset(known["never_named_bare"]) if bare else forms(known["never_named"]),
    )


@cache
def _not_names() -> frozenset[str]:
    return frozenset(written("names")["not_a_name"])


def _words(reading: Reading, first: int, after: int) -> str:
    return reading.text[slice(*reading.span(first, after))]


@cache
def _places() -> frozenset[str]:
    return frozenset(written("names")["places"])


def name_at(reading: Reading, place: int, introduced: bool) -> Name | None:
    """The name that begins here; `introduced` by a title or by words such as "tên tôi là"."""
    return _in_capitals(reading, place, introduced) or _in_small(reading, place, introduced)


def _in_capitals(reading: Reading, place: int, introduced: bool) -> Name | None:
    if _is_of_a_place(reading, place):
        return None
    if reading.shouted:
        return _in_block_letters(reading, place, introduced) if introduced else None
    after = place
    while after < min(place + LONGEST_NAME, len(reading.syllables)) and _is_capital_name(reading, after, first=after == place):
        after += 1
        if len(reading.syllables[after - 1].raw) == 1 and reading.form(after) == ".":
            break
    count = after - place
    words = name_words(reading.bare)
    full = count >= 2 and reading.form(place) in words.family
    if count == 0:
        return _in_block_letters(reading, place, introduced)
    if any(_words(reading, start, after) in _places() for start in range(place, min(place + 2, after))):
        return None
    if not (full or introduced) or (introduced and count == 1 and _goes_on(reading, place)):
        return None
    return Name(place, after, full)


def _in_block_letters(reading: Reading, place: int, introduced: bool) -> Name | None:
    """A full name as banks write it: "LE VAN TUNG"."""
    words = name_words(bare=True)
    after = place
    while after < min(place + LONGEST_NAME, len(reading.syllables)) and _is_in_capitals(reading, after):
        form = without_accents(reading.form(after))
        if form not in words.family if after == place else form not in words.middle and form not in words.given_unaccented:
            break
        after += 1
    return Name(place, after, True) if after - place >= (2 if introduced else _SURE_LENGTH) else None


def _is_in_capitals(reading: Reading, place: int) -> bool:
    return reading.syllables[place].raw.isupper() and not reading.syllables[place].short


def _is_capital_name(reading: Reading, place: int, first: bool) -> bool:
    syllable = reading.syllables[place]
    words = name_words(reading.bare)
    if not syllable.is_capital or syllable.short or (syllable.raw.isupper() and len(syllable.raw) > 1):
        return False
    if reading.text[syllable.end : syllable.end + 1].isdigit():
        return False
    following = reading.syllables[place + 1] if place + 1 < len(reading.syllables) else None
    if first and syllable.raw in _not_names():
        return following is not None and following.raw.istitle() and (syllable.raw == "Y" or following.form in words.sure_middle)
    return first or syllable.raw not in _not_names() or syllable.form in words.middle or syllable.form in words.given


def _is_of_a_place(reading: Reading, place: int) -> bool:
    """Whether it names a street, a village, a school: "đường Lê Lợi", "12 Trần Phú"."""
    before = reading.form(place - 1)
    return before[:1].isdigit() or before in _place_words(reading.bare)


@cache
def _place_words(bare: bool) -> frozenset[str]:
    return frozenset(without_accents(word) if bare else word for word in written("people")["place_names_after"])


def _goes_on(reading: Reading, place: int) -> bool:
    """Whether a single capital begins a common phrase ("ông Chủ tịch", "anh Công an")."""
    return reading.form(place + 1) in name_words(reading.bare).not_before.get(reading.form(place), ())


def _in_small(reading: Reading, place: int, introduced: bool) -> Name | None:
    words = name_words(reading.bare)
    if place >= len(reading.syllables) or reading.syllables[place].short:
        return None
    if reading.form(place) in words.family_in_small:
        full = _full_in_small(reading, place, introduced, words)
        if full:
            return full
    if not introduced or reading.cased or not _is_given_in_small(reading, place, words):
        return None
    second = place + 1
    two = (
        reading.shouted
        and reading.form(second) in words.given
        and reading.form(place) in words.middle
        and _ends_well(reading, second + 1, words)
    )
    return Name(place, second + 1 if two else second, False)


def _full_in_small(reading: Reading, place: int, introduced: bool, words: NameWords) -> Name | None:
    """Family, middle and given name: "nguyễn thị bưởi", "le van canh"; the fewer words say so, the surer each must be."""
    after = place + 1
    while after < place + LONGEST_NAME - 1 and _is_middle(reading, after, words):
        after += 1
    by_initial = after > place + 1 and reading.syllables[after - 1].raw.lower() in _INITIALS and reading.form(place) in words.sure_family
    certain = (by_initial or reading.form(place + 1) in words.sure_middle) and reading.form(place) not in words.never_with_middle
    last = reading.form(after)
    if _is_spoken(reading, after) and (
        last in words.given_in_full or (certain and not reading.bare and last.isalpha() and last not in words.after)
    ):
        after += 1
    sure = reading.form(place) in words.sure_family
    least = _SURE_LENGTH if certain or not introduced else 2
    listed = (sure and (introduced or not reading.bare)) or (introduced and not reading.bare and after - place >= _SURE_LENGTH)
    return Name(place, after, True) if after - place >= least and (certain or listed) else None


def _is_middle(reading: Reading, place: int, words: NameWords) -> bool:
    return _is_spoken(reading, place) and (reading.form(place) in words.middle or reading.syllables[place].raw.lower() in _INITIALS)


def _is_spoken(reading: Reading, place: int) -> bool:
    syllable = reading.syllables[place] if place < len(reading.syllables) else None
    return syllable is not None and (not syllable.short or syllable.raw.lower() in _INITIALS)


def loose_name_at(reading: Reading, place: int) -> Name | None:
    """A given name beside a title that only what follows it shows to be one ("anh bang tu phap", "ông quyết toà án")."""
    words = name_words(reading.bare)
    form = reading.form(place)
    known = form in words.given_in_full or form in words.given
    return Name(place, place + 1, False) if known and _is_spoken(reading, place) and form not in words.never_loose else None


def _is_given_in_small(reading: Reading, place: int, words: NameWords) -> bool:
    form = reading.form(place)
    if form not in words.given or reading.form(place + 1) in words.not_before.get(form, ()):
        return False
    return form not in words.common_words or _ends_well(reading, place + 1, words)


def _ends_well(reading: Reading, place: int, words: NameWords) -> bool:
    """Whether what follows follows a name: a stop, a verb, a desk."""
    following = reading.form(place)
    return not following or not following[0].isalpha() or following in words.after
