"""Tells a place that bears somebody's name from the person: "phường Võ Thị Sáu", "thành phố Hồ Chí Minh", "12 Trần Phú"."""

from functools import cache, lru_cache

from nlp.clean import without_accents
from nlp.entities.phrases import Phrases, phrases, syllables_of, written
from nlp.entities.reading import Reading, read
from nlp.word_lists import forms

_LONGEST = 5
"""Syllables of the longest place."""

_WORDS = 4
"""Syllables of the longest words before a place: "ủy ban nhân dân"."""

_SHORT = 2
_ASKED = ("tên", "ten")


def is_of_a_place(reading: Reading, place: int, introduced: bool) -> bool:
    """Whether what begins here names a place; `introduced` as a person's name by what stands before it."""
    if reading.form(place - 1) in _ASKED:
        return False
    if any(_follows_a_place_word(reading, start) for start in _starts(reading, place)) or _whole(reading, place, _places()):
        return True
    if introduced:
        return False
    long = _run(reading, place)
    of_a_street = reading.form(place - 1)[:1].isdigit() and len(long) <= _SHORT
    return of_a_street or _whole(reading, place, _famous()) or " ".join(long) in _named_places(reading.text)


def _starts(reading: Reading, place: int) -> list[int]:
    """This place, and those before it from which words in capitals run up to it."""
    starts = [place]
    while not reading.shouted and len(starts) < _LONGEST and starts[-1] and reading.syllables[starts[-1] - 1].raw.istitle():
        starts.append(starts[-1] - 1)
    return starts


def _run(reading: Reading, place: int) -> list[str]:
    """The words in capitals from here."""
    after = place
    while after < min(place + _LONGEST, len(reading.syllables)) and reading.syllables[after].raw.istitle():
        after += 1
    return [reading.form(at) for at in range(place, after)]


def _whole(reading: Reading, place: int, known: Phrases[bool]) -> bool:
    """Whether a known place stands here and is not the beginning of a longer name ("Hoàng Mai Lan")."""
    found = known.at(reading, place)
    if not found:
        return False
    after = place + found[0]
    cased = reading.syllables[place].raw.istitle()
    return not (cased and after < len(reading.syllables) and reading.syllables[after].raw.istitle())


def _follows_a_place_word(reading: Reading, place: int) -> bool:
    if reading.form(place - 1) not in _last_words(reading.bare):
        return False
    found = _place_words().ending_at(reading, place, _WORDS)
    return found is not None and not (reading.bare and _is_a_post(reading, place - found[0], place))


def _is_a_post(reading: Reading, first: int, place: int) -> bool:
    """ "Chu tich xa Nguyen Van A" without accents: the level of a post, not the name of the commune."""
    of_a_post = place - first == 1 and reading.form(first) in ("xa", "phuong") and reading.form(first - 1) in ("tich", "an", "thu")
    return of_a_post and (len(_run(reading, place)) == 1 or reading.form(place) in forms("names", "family", bare=True))


@lru_cache(maxsize=4)
def _named_places(text: str) -> frozenset[str]:
    """What words such as "xã" call a place somewhere in the message, which may then be told without them."""
    reading = read(text)
    runs = (_run(reading, place) for place in range(1, len(reading.syllables)) if _begins(reading, place))
    return frozenset(" ".join(run) for run in runs if len(run) >= _SHORT)


def _begins(reading: Reading, place: int) -> bool:
    return reading.syllables[place].raw.istitle() and _follows_a_place_word(reading, place)


@cache
def _place_words() -> Phrases[bool]:
    return phrases(written("names")["place_words"], written("names")["place_words_lost"])


@cache
def _last_words(bare: bool) -> frozenset[str]:
    """The syllables with which words before a place may end, so that most names are passed over quickly."""
    last = (syllables_of(words)[-1] for words in written("names")["place_words"])
    return frozenset(map(without_accents, last)) if bare else frozenset(last)


@cache
def _places() -> Phrases[bool]:
    return phrases(written("names")["places"])


@cache
def _famous() -> Phrases[bool]:
    return phrases(written("names")["famous"])
