"""Of whom and of which bodies a message speaks, read once for all that ask."""

from functools import lru_cache
from typing import NamedTuple

from nlp.entities.persons import Person, persons_in
from nlp.entities.reading import Reading, read
from nlp.entities.standing import Judged, names_judged
from nlp.entities.unit_words import Named, bodies_in


class Spoken(NamedTuple):
    """A message as read, with the bodies and persons it speaks of, and its names judged official or private."""

    reading: Reading
    bodies: tuple[Named, ...]
    persons: tuple[Person, ...]
    names: tuple[Judged, ...]


@lru_cache(maxsize=4)
def spoken_of(text: str) -> Spoken:
    """Read a `readable` text. The last few are kept, since several ask for the same message."""
    reading = read(text)
    bodies = tuple(bodies_in(reading))
    persons = tuple(persons_in(reading, bodies))
    return Spoken(reading, bodies, persons, tuple(names_judged(reading, persons)))
