"""Finds the words of a message that name a public body, a part of one or a desk, and says of what kind it is."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from nlp.entities.not_bodies import Words, is_none, is_rented
from nlp.entities.numbers import number
from nlp.entities.phrases import Phrases, lexicon
from nlp.entities.reading import Reading
from nlp.word_lists import forms, written

LONGEST_NAME = 5
_ROOM_DIGITS = 3
_HAMLETS = frozenset({"ấp", "thôn"})
"""They are bodies only for who goes to them or asks them."""


class Named(NamedTuple):
    """Words that name a body, as a range of syllables, with the ranges of the kind of body and of its own name ("Tân Mai")."""

    first: int
    after: int
    kind: str
    core: tuple[int, int]
    name: tuple[int, int] | None = None
    weak: bool = False
    """A common word ("xã") that names a body only by what stands around it."""
    desk: bool = False


class _Lexicon(NamedTuple):
    strong: Phrases[str]
    named: Phrases[str]
    weak: Phrases[str]
    offices: Phrases[bool]
    fields: Phrases[str]
    desks: Phrases[bool]
    rooms: Phrases[bool]
    levels: Phrases[bool]
    towards: Phrases[bool]


@cache
def _lexicon() -> _Lexicon:
    known = written("units")
    lost = known["lost_without_accents"]

    def of_kinds(part: str) -> Phrases[str]:
        return Phrases(((phrase, kind) for kind, words in known[part].items() for phrase in words), lost)

    of_kind = {part: of_kinds(part) for part in ("strong", "named", "weak", "fields")}
    return lexicon(_Lexicon, _Lexicon._fields, "units", {"offices": lost, "desks": lost}, **of_kind)


def bodies_in(reading: Reading) -> Iterator[Named]:
    """All bodies named, in order, none over another."""
    place, begins = 0, _begins(reading.bare)
    while place < len(reading.syllables):
        found = _at(reading, place) if reading.syllables[place].form in begins else None
        if found:
            yield found
        place = found.after if found else place + 1


@cache
def _begins(bare: bool) -> frozenset[str]:
    known = _lexicon()
    parts: tuple[Phrases[str] | Phrases[bool], ...] = (known.strong, known.named, known.weak, known.offices, known.desks, known.rooms)
    return frozenset().union(*(part.begins(bare) for part in parts))


def _at(reading: Reading, place: int) -> Named | None:
    choices = (_strong(reading, place), _office(reading, place), _desk(reading, place), _weak(reading, place))
    found = max((choice for choice in choices if choice), key=lambda choice: choice.after, default=None)
    if found is None or found.desk or _in_a_number(reading, found):
        return found if found and found.desk else None
    whole = _with_name(reading, found)
    if whole.weak and not _is_body(reading, whole):
        return None
    return None if is_none(reading, Words(whole.first, whole.after, whole.kind, whole.weak, whole.name is not None)) else whole


def _in_a_number(reading: Reading, found: Named) -> bool:
    """Whether it only ends the number of a paper ("45/QĐ-UBND")."""
    start = reading.syllables[found.first].start
    return start > 0 and reading.text[start - 1] in "-/"


def _strong(reading: Reading, place: int) -> Named | None:
    found = _lexicon().strong.at(reading, place)
    if (
        found
        and reading.form(place + found[0]) in forms("units", "not_one_stop", reading.bare)
        and reading.form(place + 1) in ("cửa", "cua")
    ):
        return None
    if found is None:
        found = _lexicon().named.at(reading, place)
        if found is None or name_after(reading, place + found[0], numbered=found[1] != "school") is None:
            return None
    return Named(place, place + found[0], found[1], (place, place + found[0]))


def _weak(reading: Reading, place: int) -> Named | None:
    found = _lexicon().weak.at(reading, place)
    return Named(place, place + found[0], found[1], (place, place + found[0]), weak=True) if found else None


def _office(reading: Reading, place: int) -> Named | None:
    """ "Phòng" with its field: "phòng tư pháp", "bên đất đai"."""
    office = _lexicon().offices.at(reading, place)
    if not office:
        return None
    at = place + office[0]
    at += reading.form(at) == "." and reading.syllables[place].short  # "p. tư pháp"
    field = _lexicon().fields.at(reading, at)
    if not field:
        return None
    after = at + field[0]
    return Named(place, after, field[1], (place, after))


def _desk(reading: Reading, place: int) -> Named | None:
    """ "Quầy số 3", "bàn hai", "phòng 203"."""
    desk = _lexicon().desks.at(reading, place)
    at = place + desk[0] if desk else place
    which = number(reading.form(at)) if desk and not _lacks_accents(reading, at) else None
    if desk and which is not None and 1 <= which <= 50 and not (desk[0] == 1 and _counts(reading, at)):
        return Named(place, at + 1, "one_stop", (place, at + 1), desk=True)
    room = _lexicon().rooms.at(reading, place)
    at = place + room[0] if room else place
    digits = reading.form(at)
    if (
        room
        and digits.isdigit()
        and (len(digits) == _ROOM_DIGITS or room[0] == 2)
        and reading.form(at + 1) not in forms("units", "not_a_room_of", reading.bare)
        and not is_rented(reading, place, at + 1)
    ):
        return Named(place, at + 1, "office", (place, at + 1), desk=True)
    return None


def _counts(reading: Reading, place: int) -> bool:
    """Whether the number counts what follows it: "mở cửa 7h", "quầy hai người trực"."""
    return reading.form(place + 1) in forms("units", "counted_at_desks", reading.bare)


def _lacks_accents(reading: Reading, place: int) -> bool:
    """Whether it would be a number only without its accents: "bàn sau" is not "bàn sáu"."""
    form = reading.form(place)
    return not reading.bare and form.isalpha() and form.isascii() and form not in ("hai", "ba")


def _with_name(reading: Reading, found: Named) -> Named:
    """The same with the level and the name that follow: "trạm y tế", "xã", "Tân Lập", "cũ"."""
    after = found.after
    level = _lexicon().levels.at(reading, after)
    named_level = level is not None or reading.form(after - 1) in forms("units", "levels", reading.bare)
    after += level[0] if level else 0
    if reading.form(after) == "." and reading.syllables[after - 1].short and name_after(reading, after + 1, numbered=False):
        after += 1
    name = name_after(reading, after, numbered=named_level)
    after = name[1] if name else after
    if reading.form(after) in forms("units", "tails", reading.bare):
        after += 1
    return found._replace(after=after, name=name)


def name_after(reading: Reading, place: int, numbered: bool) -> tuple[int, int] | None:
    """The name of a body or place: capitals in a row, or a number where wards are numbered."""
    after = place
    while after < min(place + LONGEST_NAME, len(reading.syllables)) and _is_of_name(reading, after):
        after += 1
    if after == place and numbered and reading.form(place).isdigit() and len(reading.form(place)) <= 2:
        after += 1
    return (place, after) if after > place else None


def _is_of_name(reading: Reading, place: int) -> bool:
    syllable = reading.syllables[place]
    in_a_code = reading.text[syllable.end : syllable.end + 1].isdigit()
    return (
        syllable.is_word
        and syllable.is_capital
        and not reading.shouted
        and not in_a_code
        and syllable.raw not in written("units")["no_place"]
    )


def _is_body(reading: Reading, found: Named) -> bool:
    """Whether a common word names a body here: something goes to it, comes from it or is done by it."""
    before, following = reading.form(found.first - 1), reading.form(found.after)
    core = reading.form(found.first)
    named = found.name is not None and reading.syllables[found.name[0]].is_word
    works = named and _follows_another_word(reading, found.first)
    if core in _HAMLETS:
        return before in forms("units", "towards_hamlets", reading.bare)
    asked = reading.bare and before in ("len", "ra") and following == "hoi"  # "len xa hoi": hỏi
    if (
        before[:1].isdigit()
        or (before in forms("units", "not_after", reading.bare) and not works)
        or (reading.form(found.core[1]) in forms("units", "not_before", reading.bare) and not asked)
        or f"{before} {core}" in forms("units", "not_together", reading.bare)
    ):
        return False
    if following in forms("units", "asking_words", reading.bare):
        return False
    if core in ("trường", "truong") and following == "con":
        return True
    if reading.bare and core == "xa" and not named and before not in forms("units", "towards_xa", bare=True):  # "xa" is far, too
        return False
    return (
        bool(_lexicon().towards.ending_at(reading, found.first, 2))
        or following in forms("units", "acts", reading.bare)
        or named
        or not before
    )


def _follows_another_word(reading: Reading, place: int) -> bool:
    """Whether the word before belongs to what comes before it: "tổ công tác phường Kênh Đào", "giám thị trường Lê Văn Khổng"."""
    two = f"{reading.form(place - 2)} {reading.form(place - 1)}"
    return two in forms("units", "whole_before", reading.bare) and f"{reading.form(place - 3)} {two}" not in ("hợp tác xã", "hop tac xa")


def is_reached(reading: Reading, place: int) -> bool:
    """Whether something goes to what begins here ("lên", "sang", "bên") or an office word stands before it."""
    before = reading.form(place - 1)
    return bool(_lexicon().towards.ending_at(reading, place, 2)) or before in forms("units", "offices", reading.bare)
