"""Finds the names of persons, in capitals or as people type them in a hurry ("chi hoa", "nguyen van canh")."""

from functools import cache
from typing import NamedTuple

from nlp.clean import without_accents
from nlp.entities.name_words import NameWords, by_birth, known_words, name_words
from nlp.entities.phrases import written
from nlp.entities.place_names import is_of_a_place
from nlp.entities.reading import Reading

LONGEST_NAME = 5
_SURE_LENGTH = 3
_INITIALS = ("a", "y", "o")
"""Syllables of the mountain peoples' names that are short forms elsewhere."""


_APOSTROPHES = ("'", "’", "`")
"""In small letters too these show a highlander's name: "k'brin"."""

_SHORT_FAMILIES = ("Ng", "Tr", "Ph")
"""Families' names as they are cut short: "Ng. Thị Mơ"."""


class Name(NamedTuple):
    """A name as a range of syllables; `full` with the family's name."""

    first: int
    after: int
    full: bool


@cache
def _not_names() -> frozenset[str]:
    return frozenset(written("names")["not_a_name"])


def name_at(reading: Reading, place: int, introduced: bool) -> Name | None:
    """The name that begins here; `introduced` by a title or by words such as "tên tôi là". None for a place that bears a name."""
    if place >= len(reading.syllables) or _is_of_a_phrase(reading, place):
        return None
    name = _in_capitals(reading, place, introduced) or _in_small(reading, place, introduced)
    return None if name is None or is_of_a_place(reading, place, introduced) else name


def is_known(reading: Reading, name: Name) -> bool:
    """Whether the words are such as names are made of."""
    forms = [reading.form(place) for place in range(name.first, name.after)]
    known = known_words(reading.bare)
    return (
        name.full or all(form in known for form in forms) or (len(forms) > 1 and (forms[-1] in known or forms[0] in by_birth(reading.bare)))
    )


def _is_of_a_phrase(reading: Reading, place: int) -> bool:
    """Whether what stands before makes it another word: "gia đình", "biểu dương", "tháng Giêng"."""
    return reading.form(place - 1) in name_words(reading.bare).not_after.get(reading.form(place), ())


def _in_capitals(reading: Reading, place: int, introduced: bool) -> Name | None:
    if reading.shouted:
        return _in_block_letters(reading, place, introduced) if introduced else None
    after, count = _run(reading, place)
    words = name_words(reading.bare)
    full = count >= 2 and (
        reading.form(place) in words.family
        or reading.syllables[place].raw in _SHORT_FAMILIES
        or (count > 2 and _has_sure_middle(reading, place))
    )
    if count == 0:
        return _in_block_letters(reading, place, introduced)
    if not (full or introduced) or (introduced and count == 1 and _goes_on(reading, place)):
        return None
    if not introduced and count == 2 and _goes_on_before(reading, place):
        return None
    return Name(place, after, full)


def _has_sure_middle(reading: Reading, place: int) -> bool:
    """Whether "Văn" or "Thị" shows a rare family's name: "Lang Văn Tuyến"; "Nhà Văn Hóa" is none."""
    second, third = reading.syllables[place + 1], reading.form(place + 2)
    common = reading.form(place) in written("names")["never_before_sure_middle"] or third in written("names")["never_after_sure_middle"]
    return second.raw in ("Văn", "Thị") and reading.syllables[place + 2].raw.istitle() and not common


def _run(reading: Reading, place: int) -> tuple[int, int]:
    """Where a name in capitals that begins here ends, and how many words it has; over "-", "." and a broken line too."""
    after, count = place, 0
    while count < LONGEST_NAME:
        at = after + _joint(reading, after) if count else after
        length = _piece(reading, at, first=count == 0) if at < len(reading.syllables) else 0
        if not length:
            break
        after, count = at + length, count + 1
    return after, count


def _joint(reading: Reading, place: int) -> int:
    """1 where a mark joins two words of a name: "Nguyễn-Thị-Mơ", "N.T.Mơ", "Ng. Thị Mơ", a line broken after "Thị"."""
    if not 0 < place < len(reading.syllables) - 1:
        return 0
    before, mark, following = reading.syllables[place - 1 : place + 2]
    tight = before.end == mark.start and mark.end == following.start
    initial = len(before.raw) == 1 and before.is_capital
    joins = (
        (mark.form in ("-", "–") and tight)
        or (mark.form == "\n" and before.form in name_words(reading.bare).sure_middle)
        or (mark.form == "." and ((initial and tight) or before.raw in _SHORT_FAMILIES))
    )
    return int(joins and following.is_capital and following.raw not in _not_names())


def _piece(reading: Reading, place: int, first: bool) -> int:
    """How many syllables the word of a name in capitals that stands here reads as, 0 if it is none."""
    syllable = reading.syllables[place]
    words = name_words(reading.bare)
    if syllable.short:
        written_so = without_accents(syllable.raw.lower())
        after_initial = reading.form(place - 1) in _INITIALS and reading.syllables[place - 1].is_capital
        given = syllable.raw.istitle() and (after_initial or written_so in words.given_unaccented)
        known = syllable.raw in _SHORT_FAMILIES if first else given
        return sum(each.start == syllable.start for each in reading.syllables[place : place + LONGEST_NAME]) if known else 0
    if not first and reading.form(place - 1) in words.sure_middle and syllable.raw.istitle() and not _goes_on(reading, place):
        return int(not reading.text[syllable.end : syllable.end + 1].isdigit())
    return int(_is_capital_name(reading, place, first))


def _goes_on_before(reading: Reading, place: int) -> bool:
    """Whether it is the rest of a longer name in capitals in midst of a sentence, as of a place ("Đông Hà Thượng")."""
    before = reading.syllables[place - 1] if place > 1 else None
    if before is None or not before.raw.istitle() or before.raw in _not_names() or before.form in _titles():
        return False
    further = reading.syllables[place - 2]
    return further.is_word and not further.is_capital and before.form in name_words(reading.bare).given_in_full


@cache
def _titles() -> frozenset[str]:
    known = frozenset(written("people")["titles"])
    return known | frozenset(map(without_accents, known))


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


def _goes_on(reading: Reading, place: int) -> bool:
    """Whether a single capital begins a common phrase ("ông Chủ tịch", "anh Công an")."""
    return reading.form(place + 1) in name_words(reading.bare).not_before.get(reading.form(place), ())


def _in_small(reading: Reading, place: int, introduced: bool) -> Name | None:
    words = name_words(reading.bare)
    if place >= len(reading.syllables) or reading.syllables[place].short:
        return None
    if introduced and not reading.cased and reading.syllables[place].raw[1:2] in _APOSTROPHES:
        return Name(place, place + 1, False)
    sure = introduced and reading.form(place + 1) in words.sure_middle and reading.form(place) in words.family
    if (sure or reading.form(place) in words.family_in_small) and not _goes_on(reading, place):
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
    if by_initial and reading.bare and after > place + 2:  # "xe toi dang nam o tiem"
        return None
    certain = (by_initial or reading.form(place + 1) in words.sure_middle) and reading.form(place) not in words.never_with_middle
    last = reading.form(after)
    if _is_spoken(reading, after) and (
        last in words.given_in_full
        or (certain and (not reading.bare or (introduced and by_initial)) and last.isalpha() and last not in words.after)
    ):
        after += 1
    elif (
        introduced
        and reading.form(place + 1) in words.sure_middle
        and _is_spoken(reading, after)
        and last.isalpha()
        and last not in words.after
    ):
        after = _up_to_a_stop(reading, after)
    sure = reading.form(place) in words.sure_family
    least = _SURE_LENGTH if certain or not introduced else 2
    listed = (sure and (introduced or not reading.bare)) or (introduced and not reading.bare and after - place >= _SURE_LENGTH)
    return Name(place, after, True) if after - place >= least and (certain or listed) else None


def _up_to_a_stop(reading: Reading, place: int) -> int:
    """The end of a name of rare words in small letters, where a stop follows within two: "thach thi so phia, …"; else this place."""
    ends = (after for after in (place + 1, place + 2) if reading.form(after)[:1] in ("", ",", ".", "\n", "!", ";", ")"))
    return next(ends, place)


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
