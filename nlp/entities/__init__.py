"""What a message says of where, who and when: the units it names, the officials it speaks of, the times it tells as real dates.

reading, phrases, numbers   the message syllable by syllable          names, posts, persons   where it speaks of persons
unit_words, unit_kinds      bodies named, and of what sort            standing                official or private
unit_tree, known_people     found in the tree and in the records      same                    rows kept as a key
time_words, telling         shapes of days and hours                  units, people, times    what `find` gives
day_, week_, hour_moments   what each shape means                     days, lunar             reckoning of days
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.entities.known_people import PersonName
from nlp.entities.people import PersonMention, people_in
from nlp.entities.reading import shown
from nlp.entities.spoken import spoken_of
from nlp.entities.times import TimeMention, times_in
from nlp.entities.unit_tree import UnitName, tree_of
from nlp.entities.units import UnitMention, units_in

__all__ = ["Entities", "PersonMention", "PersonName", "TimeMention", "UnitMention", "UnitName", "find"]


@dataclass(frozen=True, slots=True)
class Entities:
    """What a message names; places are offsets in `nlp.clean.readable(text)`."""

    units: tuple[UnitMention, ...]
    people: tuple[PersonMention, ...]
    times: tuple[TimeMention, ...]


def find(text: str, today: dt.date, units: Sequence[UnitName] = (), people: Sequence[PersonName] = ()) -> Entities:
    """What a message told on `today` names, matched against the tree of units and the people who work there; any text gives an answer."""
    spoken = spoken_of(shown(text))
    named = units_in(spoken, units)
    return Entities(named, people_in(spoken, people, named, tree_of(units)), times_in(spoken.reading, today))
