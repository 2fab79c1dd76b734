"""Long lists page by page: which part is shown, and the buttons to what comes before and after it."""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import dataclass
from typing import Self

from talk.reply import Choice
from talk.texts import say


@dataclass(frozen=True)
class Part:
    """The part of a list that is shown: after `skipped` others at most `size` of `count`."""

    skipped: int
    size: int
    count: int

    @classmethod
    def of(cls, whole: Sized, skipped: int, size: int) -> Self:
        """The part of a list after `skipped` others, or the last one if the list has become shorter than that."""
        last = (max(1, len(whole)) - 1) // size * size
        return cls(min(skipped, last), size, len(whole))

    def said(self) -> str:
        """« (11–20)», or nothing of a list that is shown whole."""
        if self.count <= self.size:
            return ""
        return say("pages-part", first=self.skipped + 1, last=min(self.skipped + self.size, self.count))

    def rows(self, data: str) -> tuple[tuple[Choice, ...], ...]:
        """The buttons to the parts before and after; `data` is that of the list, to which the number skipped is added."""
        back = Choice.anytime(say("pages-back-button"), f"{data}:{max(0, self.skipped - self.size)}")
        more = Choice.anytime(say("pages-more-button"), f"{data}:{self.skipped + self.size}")
        row = ((back,) if self.skipped else ()) + ((more,) if self.skipped + self.size < self.count else ())
        return (row,) if row else ()


def skipped(said: str) -> int:
    """How many a button says to skip; buttons can be forged."""
    return int(said) if said.isdecimal() and len(said) < 6 else 0
