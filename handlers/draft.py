"""A complaint being written: kept in the conversation's memory until it is sent, dropped or taken up again."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple, Self

from aiogram.fsm.context import FSMContext
from pydantic import BaseModel, Field

from office.cases import Filing
from office.learning import MAY_LEARN

MAX_STORY = 20_000
MAX_FILES = 20
RESTS_AFTER = dt.timedelta(hours=6)
"""A draft untouched for so long is offered again before anything is added to it."""


class Shown(NamedTuple):
    """The words of a complaint as those may read them who handle it."""

    story: str
    happened: str
    person: str
    place: str


class Draft(BaseModel):
    """What is known so far. A field that is None was not asked yet."""

    story: str = ""
    judged: dict[str, Any] = Field(default_factory=dict)
    category: str | None = None
    also: list[str] = Field(default_factory=list)
    flags: list[str] = Field(default_factory=list)
    understood: int = 0
    """So many characters of the story had been told when the citizen was asked what it is about."""
    unit_id: int | None = None
    unit_name: str = ""
    units_told: list[tuple[int, str]] = Field(default_factory=list)
    """Units that the story names, the likeliest first: number and name."""
    happened_told: str | None = None
    """The day that the story tells; `happened` as long as the person says nothing else."""
    happened: str | None = None
    people_told: list[str] = Field(default_factory=list)
    """Of whom the story speaks; this stands as long as the person says nothing else."""
    person: str | None = None
    desks_told: list[str] = Field(default_factory=list)
    """The desks or rooms that the story tells; the same."""
    place: str | None = None
    files: list[int] = Field(default_factory=list)
    files_asked: bool = False
    identity: str | None = None
    said_of_self: str = ""
    touched_at: dt.datetime

    @property
    def whom(self) -> str:
        """Of whom it speaks, in the citizen's own words; often nobody in particular."""
        return ", ".join(self.people_told) if self.person is None else self.person

    @property
    def spot(self) -> str:
        """Where in the unit it was, in the citizen's own words."""
        return ", ".join(self.desks_told) if self.place is None else self.place

    @classmethod
    async def load(cls, state: FSMContext) -> Self | None:
        kept = await state.get_value("draft")
        return cls.model_validate(kept) if kept else None

    async def save(self, state: FSMContext, now: dt.datetime) -> None:
        self.touched_at = now
        await state.update_data(draft=self.model_dump(mode="json"))

    def add_words(self, words: str) -> bool:
        """Add to the story. False if it is full: the rest is not taken."""
        if len(self.story) + len(words) > MAX_STORY:
            return False
        self.story = f"{self.story}\n{words}".strip()
        return True

    def tell_anew(self, words: str) -> None:
        """Another story in place of the first: what was taken from that one is asked again."""
        self.story, self.category = words, None
        if self.happened == self.happened_told:
            self.happened = None

    def add_files(self, file_ids: list[int]) -> int:
        """Add evidence. Returns how many were taken."""
        taken = file_ids[: max(0, MAX_FILES - len(self.files))]
        self.files += taken
        return len(taken)

    def add_all(self, words: str, file_ids: list[int]) -> list[str]:
        """Add to the story and to the evidence. Returns the texts that say what was too much."""
        troubles = [] if self.add_words(words) else ["complaint-too-long"]
        return troubles if self.add_files(file_ids) == len(file_ids) else [*troubles, "complaint-too-many-files"]

    def filing(
        self, shown: Shown, files: list[int], sealed: list[int], whole: list[str], *, names: frozenset[str], may_learn: bool
    ) -> Filing:
        """The draft as it is sent: words and files as handlers may see them, `whole` and `sealed` as they were, the `names` hidden in them;
        whether its words may teach the classifier is kept beside what that said."""
        assert self.unit_id is not None
        assert self.category is not None
        assert self.identity is not None
        return Filing(
            unit_id=self.unit_id,
            text=shown.story,
            whole="\n".join(whole),
            names=names,
            happened=shown.happened,
            person=shown.person,
            place=shown.place,
            identity=self.identity,
            category=self.category,
            also=self.also,
            flags=self.flags,
            judged={**self.judged, MAY_LEARN: may_learn},
            file_ids=files,
            sealed_ids=sealed,
            said_of_self=self.said_of_self,
        )


class Held(BaseModel):
    """Words and files that are kept until the person has said what they belong to."""

    words: str = ""
    files: list[int] = Field(default_factory=list)

    def add(self, words: str, file_ids: list[int]) -> list[str]:
        """Keep more. Returns the texts that say what was too much."""
        story = Draft(story=self.words, files=self.files, touched_at=_ANY_TIME)
        troubles = story.add_all(words, file_ids)
        self.words, self.files = story.story, story.files
        return troubles

    def draft(self, now: dt.datetime) -> Draft:
        """A complaint that begins with them."""
        return Draft(story=self.words, files=self.files, touched_at=now)


_ANY_TIME = dt.datetime.min.replace(tzinfo=dt.UTC)
