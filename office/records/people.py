"""The people of the office: who they are, which posts they hold and since when, and the codes that invite them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from office.records.base import Key, Record


class Person(Record):
    """An official. Citizens have no such row: nothing is known of them but their contact."""

    __tablename__ = "person"

    id: Mapped[Key]
    staff_code: Mapped[str] = mapped_column(String(40), unique=True)
    full_name: Mapped[str] = mapped_column(String(120))
    sample: Mapped[bool] = mapped_column(default=False)


class Post(Record):
    """That a person holds a role in a unit from a day until before another day."""

    __tablename__ = "post"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))  # see office.people.Role
    title: Mapped[str] = mapped_column(String(120), default="")
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]


class Invitation(Record):
    """A code that links an official's account once. Only its tag is kept."""

    __tablename__ = "invitation"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    code_tag: Mapped[str] = mapped_column(String(40), unique=True)
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class Guess(Record):
    """A wrong code typed by a contact; too many in an hour and the door stays shut for a while."""

    __tablename__ = "guess"

    id: Mapped[Key]
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    at: Mapped[dt.datetime]
