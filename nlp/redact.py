"""Hides from those who must not know the reporter what leads to a citizen: numbers, addresses and names of private persons.

Officials' titles and names stay, for without them nobody could look into the matter. The full text is shown by unsealing only.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.addresses import addresses_in
from nlp.clean import MAX_CHARACTERS, plain, readable, without_accents
from nlp.entities.names import Name
from nlp.entities.reading import Reading, read, shown
from nlp.entities.spoken import spoken_of
from nlp.entities.standing import Judged, is_certain
from nlp.folding import folded
from nlp.identifiers import identifiers_in
from nlp.layout import hidden_in
from nlp.name_or_word import is_of_a_word
from nlp.pieces import PIECE, parted
from nlp.redaction_words import marks
from nlp.told_names import stays, told_names

_MOST_ROUNDS = 4
_MOST_MARKS = 3
_RAW_LIMIT = 4 * MAX_CHARACTERS
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_MAY_BE_HEAPED = re.compile(r"[^\x00-\x7f\w\s–—…“”‘’«»•·°]")
"""What is neither a letter, a digit nor a usual sign: only a text that holds such a thing may have marks heaped on a letter, or hidden ones."""
_LINES = "\x85\u2028\u2029"
_PERSON = "person"

Span = tuple[int, int, str]
"""Where in the `settled` text something was hidden, and its kind: a key of `marks` in redaction.json."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """A message without what leads to a citizen."""

    message: str
    """As it was read: `settled`."""
    text: str
    spans: tuple[Span, ...]
    names: frozenset[str] = frozenset()
    """The given names that were hidden, as they are written alone: "Sen"."""


def redact(text: str, keep_people: Iterable[str] = (), known: Iterable[str] = ()) -> Redacted:
    """Hide what leads to a citizen; `keep_people` are full names of officials, which stay; `known` are the given names of private persons
    that were told elsewhere, as `Redacted.names` holds them.

    Hidden again, the outcome stays as it is.
    """
    message = settled(text)
    kept, told = frozenset(map(_name_form, keep_people)), frozenset(known)
    spans: list[Span] = []
    for _ in range(_MOST_ROUNDS):  # hiding one name may show that another is a private person's too
        hidden, places = _replaced(message, spans)
        new = _found(hidden, kept, told)
        if not new:
            break
        spans = _joined([*spans, *(_back(place, places) for place in new)])
    names = (message[start:end].split()[-1] for start, end, kind in spans if kind == _PERSON)
    return Redacted(message, _replaced(message, spans)[0], tuple(spans), frozenset(_given(name) for name in names if len(name) > 1))


def _given(name: str) -> str:
    return name[:1].upper() + name[1:].lower()


def settled(text: str) -> str:
    """The message as `readable` gives it, so that reading it once more changes nothing.

    Marks heaped on a letter are cut first, and hidden characters between them go, for putting thousands of them in order takes long.
    """
    message = shown(text if text.isascii() else _unheaped(text[:_RAW_LIMIT]))
    for _ in range(_MOST_ROUNDS):
        again = readable(_unheaped(message))
        if again == message:
            break
        message = again
    return message


def _unheaped(text: str) -> str:
    """The text with at most `_MOST_MARKS` marks on a letter, in any script, and no hidden characters among them."""
    if not _MAY_BE_HEAPED.search(text):
        return text
    kept, heap = [], 0
    for letter in text:
        if letter.isascii() or letter.isalnum():
            heap = 0
        elif unicodedata.category(letter) in _UNSEEN:
            if letter in _LINES:
                kept.append(letter)
                heap = 0
            continue
        elif unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me"):
            heap += 1
            if heap > _MOST_MARKS:
                continue
        else:
            heap = 0
        kept.append(letter)
    return "".join(kept)


def _found(text: str, kept: frozenset[str], told: frozenset[str]) -> list[Span]:
    bare = folded(text)
    for mark in _bare_marks():
        bare = bare.replace(mark, "[" + "\x01" * (len(mark) - 2) + "]")
    spans: list[Span] = [(each.start, each.end, each.kind) for each in identifiers_in(bare)]
    reading = read(text)
    cased = bare.lower() if reading.shouted else bare
    spans += [(start, end, "address") for start, end in addresses_in(text, cased, accented=not reading.bare)]
    return _joined([*spans, *_names(text, kept, told)])


@cache
def _bare_marks() -> tuple[str, ...]:
    return tuple(folded(mark) for mark in marks().values())


# --- names --------------------------------------------------------------------------------------------------------------------------


def _names(text: str, kept: frozenset[str], told: frozenset[str]) -> list[Span]:
    spoken = spoken_of(text)
    reading = spoken.reading
    staying = {place for each in spoken.names if stays(spoken, each) for place in range(each.name.first, each.name.after)}
    private = [each.name for each in spoken.names if _is_private(reading, each, told) and each.name.first not in staying]
    hidden = [name for name in [*private, *told_names(spoken)] if not _is_kept(reading, name, kept)]
    spans: list[Span] = [(*reading.span(name.first, name.after), _PERSON) for name in hidden]
    return spans + _again(reading, hidden, spoken.names, told)


def _is_private(reading: Reading, judged: Judged, told: frozenset[str]) -> bool:
    """Also who has the name of a private person told elsewhere, unless the words around it surely speak of an official."""
    return judged.private or (reading.syllables[judged.name.after - 1].raw in told and not is_certain(judged))


def _again(reading: Reading, private: Sequence[Name], judged: Sequence[Judged], told: frozenset[str]) -> list[Span]:
    """The same given names where they stand alone ("Bảo bị mắng"), in capitals; and full names told once more."""
    known = {reading.syllables[name.after - 1].raw for name in private if not reading.shouted}
    given = told | {raw for raw in known if raw[:1].isupper() and len(raw) > 1}
    taken = {place for each in judged for place in range(each.name.first, each.name.after)}
    return [
        (syllable.start, syllable.end, _PERSON)
        for place, syllable in enumerate(reading.syllables)
        if syllable.raw in given and place not in taken and not _begins_a_name(reading, place) and not is_of_a_word(reading, place)
    ]


def _begins_a_name(reading: Reading, place: int) -> bool:
    """Whether a longer name in capitals goes on from here or up to here, of a street or a ward."""
    neighbours = [reading.syllables[at] for at in (place - 1, place + 1) if 0 <= at < len(reading.syllables)]
    return any(each.is_capital and each.is_word for each in neighbours if each.raw[:1].isupper() and each.raw.istitle())


def _is_kept(reading: Reading, name: Name, kept: frozenset[str]) -> bool:
    forms = [reading.form(place) for place in range(name.first, name.after)]
    told = without_accents(" ".join(forms))
    return any(told == full or full.endswith(f" {told}") for full in kept)


@lru_cache(maxsize=4_000)
def _name_form(name: str) -> str:
    return without_accents(" ".join(map(plain, name.split())))


# --- places -------------------------------------------------------------------------------------------------------------------------


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order; what overlaps becomes one, of the longer one's kind."""
    joined: list[Span] = []
    for start, end, kind in sorted(spans):
        if joined and start < joined[-1][1]:
            before = joined[-1]
            longer = before[2] if before[1] - before[0] >= end - start else kind
            joined[-1] = (before[0], max(before[1], end), longer)
        else:
            joined.append((start, end, kind))
    return joined


def _replaced(text: str, spans: Sequence[Span]) -> tuple[str, list[int]]:
    """The text with marks, and for each of its places the one in the text before, marks standing at their beginning."""
    parts, places, done = [], [], 0
    for start, end, kind in spans:
        mark = _marks()[kind]
        parts += [text[done:start], mark]
        places += [*range(done, start), *([start] * len(mark))]
        done = end
    return "".join([*parts, text[done:]]), [*places, *range(done, len(text) + 1)]


_marks = cache(marks)


def _back(span: Span, places: Sequence[int]) -> Span:
    start, end, kind = span
    return places[start], places[end - 1] + 1, kind


def redact_whole(text: str, keep_people: Iterable[str] = (), names: set[str] | None = None) -> str:
    """The same for a story of any length, piece by piece: `redact` reads no more of a message than a message has.

    A name told in one piece is hidden in all. `names` are those known from elsewhere; those told here are added to them. What is not hidden stays
    as it is, spaces and all, unless the text is so odd that only its tidied form can be relied on, or was not read to its end.
    """
    pieces = redacted_pieces(text, keep_people, names)
    if not any(each.spans for each, _ in pieces) and not _comes_apart(text):
        return text
    hidden = hidden_in(text, [(each.message, each.spans) for each, _ in pieces], _marks(), settled)
    return "".join(each.text + blanks for each, blanks in pieces) if hidden is None else hidden


def _comes_apart(text: str) -> bool:
    """Whether it holds letters that are tidied into several: then a piece may be longer than what is read of a message."""
    return any(len(unicodedata.normalize("NFC", letter)) > 1 for letter in set(text))


def redacted_pieces(text: str, keep_people: Iterable[str] = (), names: set[str] | None = None) -> list[tuple[Redacted, str]]:
    """The pieces of a story, each tidied and hidden, with the blanks that follow it; the rest as for `redact_whole`."""
    kept, known = tuple(keep_people), set() if names is None else names
    pieces = list(parted(text, PIECE, lambda before, after: _nothing_lost(before, after, kept)))
    found = [_learnt(piece, kept, known) for piece, _ in pieces]
    return [(_once_more(each, kept, known), blanks) for each, (_, blanks) in zip(found, pieces, strict=True)]


def _learnt(piece: str, kept: Sequence[str], known: set[str]) -> Redacted:
    found = redact(piece, kept, known)
    known |= found.names
    return found


def _once_more(found: Redacted, kept: Sequence[str], known: set[str]) -> Redacted:
    """With what is hidden now that other pieces have told of a name, if it may still stand here."""
    if not any(name in found.text for name in known):
        return found
    again = redact(found.message, kept, known)
    spans = _joined([*found.spans, *again.spans])
    return Redacted(found.message, _replaced(found.message, spans)[0], tuple(spans), found.names | again.names)


def _nothing_lost(before: str, after: str, kept: Sequence[str]) -> bool:
    """Whether as much is hidden to the left and right of a seam when each side is read by itself."""
    return redact(f"{before} {after}", kept).text == f"{redact(before, kept).text} {redact(after, kept).text}"
