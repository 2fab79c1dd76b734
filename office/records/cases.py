"""What citizens said and what was done about it. Who said it stands apart, sealed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from office.records.base import Key, Record


class Case(Record):
    """One matter. States: `new` -> `accepted` -> `answered` -> `closed`, or `withdrawn` by the citizen at any time before.

    `unit_id` is the unit it is about; `handled_by_id` the unit whose head answers, which lies above when the head is the one accused or the
    matter is grave.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        Index("ix_case_file_handled_state", "handled_by_id", "state"),
        Index("ix_case_file_unit_created", "unit_id", "created_at"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(12), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    handled_by_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[str] = mapped_column(String(10), default="new")
    text: Mapped[str] = mapped_column(Text)
    happened: Mapped[str] = mapped_column(String(300), default="")
    person: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Whom the citizen speaks of, in their words: unproven, and matched with nobody here."""
    place: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Where in the unit: the desk, the room."""
    identity: Mapped[str] = mapped_column(String(14))  # confidential | anonymous | open
    category: Mapped[str] = mapped_column(String(20))
    also: Mapped[list[str]] = mapped_column(default=list)
    flags: Mapped[list[str]] = mapped_column(default=list)
    judged: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What the classifier said, with its version: the citizen's own choice is `category`."""
    grave: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[dt.datetime]
    accept_due_at: Mapped[dt.datetime]
    answer_due_at: Mapped[dt.datetime]
    accepted_at: Mapped[dt.datetime | None]
    answered_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    answer: Mapped[str | None] = mapped_column(Text)


class CaseEvent(Record):
    """One step in a case. `open_to_reporter` steps are what the citizen may read; the rest is the office's own."""

    __tablename__ = "case_event"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    at: Mapped[dt.datetime]
    kind: Mapped[str] = mapped_column(
        String(20)
    )  # filed | added | accepted | answered | opened_again | closed | withdrawn | recategorised | asked
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    open_to_reporter: Mapped[bool] = mapped_column(default=True)


class SealedReporter(Record):
    """Who filed the case. Read by `office.reporters` alone. `tag` lets a citizen's own contact find its cases, and nobody else's."""

    __tablename__ = "sealed_reporter"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(40), index=True)
    sealed: Mapped[bytes]


class SealedWords(Record):
    """A citizen's words as they were told, where names or numbers were hidden from the case. Read by `office.stories` alone."""

    __tablename__ = "sealed_words"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("case_event.id"))
    """The step with which they were added; None for the story itself."""
    sealed: Mapped[bytes]


class SealedNames(Record):
    """The names that were hidden in a case, so that they are hidden in what is added later. Read by `office.names_hidden` alone, for no eyes."""

    __tablename__ = "sealed_names"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    sealed: Mapped[bytes]


class StoredFile(Record):
    """A file that someone sent or that the office made. The bytes are sealed; photos have lost their metadata before."""

    __tablename__ = "stored_file"

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(12))
    mime: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sealed_name: Mapped[bytes]
    content: Mapped[bytes] = mapped_column(deferred=True)
    created_at: Mapped[dt.datetime]


class CaseFile(Record):
    """That a stored file is evidence in a case."""

    __tablename__ = "case_evidence"
    __table_args__ = (UniqueConstraint("case_id", "file_id"),)

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    sealed: Mapped[bool] = mapped_column(default=False, server_default=false())
    """It holds what handlers must not read, as it was sent: they get a copy with that hidden, and only unsealing hands this out."""
