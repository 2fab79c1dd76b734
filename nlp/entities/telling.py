"""What the reader of times knows on the way through a message: what stands around a word, and what was told before."""

import datetime as dt
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from nlp.clean import without_accents
from nlp.entities.reading import Reading
from nlp.entities.time_words import Words

_STOPS = frozenset(".;!?\n")
_PAUSES = _STOPS | {",", ":"}
_NEAR = 6
_OWN_ACTS = frozenset({"gọi", "goi", "bao"})
_WRITERS = (["em"], ["tôi"], ["toi"], ["tui"], ["mình"], ["minh"], ["cháu"])
"""Who calls or reports ("em gọi hôm thứ ba") tells of a day of their own."""


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
    told_last: dt.date | None = None
    """The last day told however, of which "hôm sau" is the next."""
    told_last_at: int = 0
    """The syllable after it."""
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

    def told_in_sentence(self, moment: Moment) -> dt.date | None:
        """The last day told, if the sentence has not ended since."""
        between = range(self.told_last_at, moment.first)
        return None if any(self._ends_a_sentence(place) for place in between) else self.told_last

    def _ends_a_sentence(self, place: int) -> bool:
        """Whether the mark there does, and is not the stop of a short form ("p. tư pháp")."""
        form = self.reading.form(place)
        return form in _STOPS and not (form == "." and place > 0 and self.reading.syllables[place - 1].short)

    def day_before_told(self, moment: Moment) -> bool:
        """Whether "hôm trước" follows, the day before the one told: "sáng thứ hai đóng cửa mà nhắn lúc 9h tối hôm trước"."""
        after = moment.after + (self.follows(moment) in self.words.parts)
        return f"{self.reading.form(after)} {self.reading.form(after + 1)}" in self.phrases("hôm trước")

    def is_habit(self, moment: Moment) -> bool:
        """Whether it comes again and again: "cứ thứ hai là vắng", "cứ tối thứ bảy"."""
        return not self.forms("cứ").isdisjoint(self.before(moment.first, 2, _PAUSES))

    def is_reported(self, moment: Moment) -> bool:
        """Whether somebody else said it, at a time we do not know."""
        near = self.before(moment.first, 5, _PAUSES)
        said = (place for place, form in enumerate(near[:4]) if form in self.words.lists["reported"])
        return any(not (near[place] in _OWN_ACTS and near[place + 1 : place + 2] in _WRITERS) for place in said)

    def is_asked(self, moment: Moment) -> bool:
        """Whether the sentence asks about such days in general ("thứ bảy có làm việc không")."""
        ahead = self._rest_of_sentence(moment.after)
        (has,) = self.forms("có")
        if not self.forms("còn").isdisjoint(ahead) and not self.forms("không ko k hông").isdisjoint(ahead):
            return True
        if has not in self.before(moment.first, 8):
            ahead = ahead[ahead.index(has) + 1 :] if has in ahead else []
        return not self.forms("không ko k hông").isdisjoint(ahead)

    @cached_property
    def counts_points(self) -> bool:
        """Whether the writer goes through points ("thứ nhất …, thứ hai …")."""
        first = " thứ nhất "
        return (without_accents(first) if self.reading.bare else first) in f"{self.reading.line} "

    def _rest_of_sentence(self, place: int, within: int = 10) -> list[str]:
        forms: list[str] = []
        for ahead in range(place, place + within):
            if self.reading.form(ahead) in _STOPS:
                break
            forms.append(self.reading.form(ahead))
        return forms

    def counts(self, moment: Moment, what: str = "counted") -> bool:
        """Whether the number counts what follows ("3 người")."""
        return self.follows(moment) in self.words.lists[what]
