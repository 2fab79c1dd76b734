"""Makes of a citizen's message the words that the classifier may learn: what names anybody, officials too, or holds a number is no lesson."""

from collections.abc import Collection

from nlp.clean import plain, without_accents
from nlp.entities.reading import Reading, read
from nlp.entities.spoken import spoken_of
from nlp.redact import redact, settled


def lesson_words(text: str, full_names: Collection[str], given_names: Collection[str]) -> str | None:
    """The message without what leads to its citizen; None if nothing is left, or if a number or anybody's name stands in it still.

    `full_names` are found however they are typed, `given_names` (of people around the unit) where they stand in capitals; any other name is
    found as `nlp.entities` finds names. A full name is looked for in what was typed, for a part of it may have been hidden as a citizen's.
    """
    words = redact(text).text
    if not words.strip() or any(sign.isnumeric() for sign in words) or _names_somebody(read(settled(text)), full_names, ()):
        return None
    spoken = spoken_of(words)
    if spoken.names or any(person.name for person in spoken.persons) or _names_somebody(spoken.reading, full_names, given_names):
        return None
    return words


def _names_somebody(reading: Reading, full_names: Collection[str], given_names: Collection[str]) -> bool:
    told = f" {' '.join(_form(syllable.raw) for syllable in reading.syllables)} "
    if any(f" {form} " in told for form in map(_form, full_names) if " " in form):
        return True
    given = {plain(name) for name in given_names}
    return any(syllable.raw[:1].isupper() and plain(syllable.raw) in given for syllable in reading.syllables)


def _form(words: str) -> str:
    return without_accents(" ".join(map(plain, words.split())))
