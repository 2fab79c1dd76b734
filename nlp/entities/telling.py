"""What the reader of times knows on the way through a message: what stands around a word, and what was told before."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from nlp.clean import without_accents
from nlp.entities.reading import Reading
from nlp.entities.time_words import Words

_STOPS = frozenset(".;!?\n")
_PAUSES = _STOPS | {",", ":"}
_NEAR = 6


class Firmness(IntEnum):
    """How firmly a day is told."""

    OPEN = 0
    """Not at all: "hôm trước"."""
    IMPLIED = 1
    """By habit of speech: "hồi sáng"."""
    RELATIVE = 2
    """"hôm qua", "thứ ba"."""
    EXPLICIT = 3
    """"5/11"."""


class Moment(NamedTuple):
    """One thing told about time: which syllables, the day and how firmly, the part of the day, the hour."""

    first: int
    after: int
    day: dt.date | None = None
    firmness: Firmness = Firmness.OPEN
    part: str | None = None
    clock: dt.time | None = None
    alone: bool = True
    """Whether it says when by itself; "chiều" alone does not."""

    def on(self, day: dt.date | None, firmness: Firmness = Firmness.RELATIVE, part: str | None = None) -> "Moment":
        """The same words, meaning that day."""
        return self._replace(day=day, firmness=firmness, part=part or self.part)


@dataclass
class Telling:
    """One message, told on one day."""

    reading: Reading
    today: dt.date
    words: Words
    told_before: dt.date | None = None
    """The last full date told, from which "ngày 12" goes on."""
    week_told: int | None = None
    """The week told, in weeks ago, to which a later "thứ năm" belongs."""
    appointed: set[int] = field(default_factory=set)
    """Weekdays for which somebody was called at a time we do not know."""

    def forms(self, line: str) -> frozenset[str]:
        """Words as this message would have them."""
        return frozenset(without_accents(line).split() if self.reading.bare else line.split())

    def phrases(self, *lines: str) -> frozenset[str]:
        """Phrases as this message would have them."""
        return frozenset(map(without_accents, lines) if self.reading.bare else lines)

    def before(self, place: int, within: int = _NEAR, stops: frozenset[str] = _STOPS) -> list[str]:
        """The forms before a place, nearest first, back to the end of the sentence before."""
        near: list[str] = []
        for back in range(place - 1, max(place - 1 - within, -1), -1):
            if self.reading.form(back) in stops:
                break
            near.append(self.reading.form(back))
        return near

    def follows(self, moment: Moment) -> str:
        """The form after a moment."""
        return self.reading.form(moment.after)

    def comes_after(self, moment: Moment, line: str) -> bool:
        """Whether one of these words stands just before a moment."""
        return moment.first > 0 and self.reading.form(moment.first - 1) in self.forms(line)

    def is_ahead(self, moment: Moment) -> bool:
        """Whether the day is spoken of as still to come."""
        if self.comes_after(moment, "từ"):
            return False
        future = self.words.lists["future"]
        following = f"{self.reading.form(moment.after)} {self.reading.form(moment.after + 1)}"
        return following in future or not future.isdisjoint(self.before(moment.first, 4, _PAUSES))

    def is_reported(self, moment: Moment) -> bool:
        """Whether somebody else said it, at a time we do not know."""
        return not self.words.lists["reported"].isdisjoint(self.before(moment.first, 4, _PAUSES))

    def is_asked(self, moment: Moment) -> bool:
        """Whether the sentence asks about such days in general ("thứ bảy có làm việc không")."""
        ahead = self._rest_of_sentence(moment.after)
        asked = self.forms("có").isdisjoint([*ahead, *self.before(moment.first, 8)])
        return not asked and not self.forms("không ko k hông").isdisjoint(ahead)

    def _rest_of_sentence(self, place: int, within: int = 10) -> Iterable[str]:
        forms = []
        for ahead in range(place, place + within):
            if self.reading.form(ahead) in _STOPS:
                break
            forms.append(self.reading.form(ahead))
        return forms

    def counts(self, moment: Moment, what: str = "counted") -> bool:
        """Whether the number counts what follows ("3 người")."""
        return self.follows(moment) in self.words.lists[what]
