"""A complaint being written: kept in the conversation's memory until it is sent, dropped or taken up again."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from aiogram.fsm.context import FSMContext
from pydantic import BaseModel, Field

from office.cases import Filing

MAX_STORY = 20_000
MAX_FILES = 20
RESTS_AFTER = dt.timedelta(hours=6)
"""A draft untouched for so long is offered again before anything is added to it."""


class Draft(BaseModel):
    """What is known so far. A field that is None was not asked yet."""

    story: str = ""
    judged: dict[str, Any] = Field(default_factory=dict)
    category: str | None = None
    also: list[str] = Field(default_factory=list)
    flags: list[str] = Field(default_factory=list)
    unit_id: int | None = None
    unit_name: str = ""
    happened: str | None = None
    files: list[int] = Field(default_factory=list)
    files_asked: bool = False
    identity: str | None = None
    said_of_self: str = ""
    touched_at: dt.datetime

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

    def add_files(self, file_ids: list[int]) -> int:
        """Add evidence. Returns how many were taken."""
        room = MAX_FILES - len(self.files)
        self.files += file_ids[:room]
        return min(room, len(file_ids))

    def filing(self) -> Filing:
        """The draft as it is sent."""
        assert self.unit_id is not None
        assert self.category is not None
        assert self.identity is not None
        return Filing(
            unit_id=self.unit_id,
            text=self.story,
            happened=self.happened or "",
            identity=self.identity,
            category=self.category,
            also=self.also,
            flags=self.flags,
            judged=self.judged,
            file_ids=self.files,
            said_of_self=self.said_of_self,
        )
