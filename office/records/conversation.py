"""Who talks with the bot and where, what was heard already, and what waits to be said.

All of it stands beside a contact, so nothing here is numbered in the order in which it came: the neighbour of a case would be its reporter
(docs/decisions/0007).
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from office.records.base import DrawnKey, Record, ShortDrawnKey

_DUE = text("state = 'due'")
_HELD = text("state = 'held'")


class Contact(Record):
    """One person's address on one channel, and where the conversation stands.

    `memory` is sealed: a half-written complaint stands in it. `serial` counts conversations, so that a button of an earlier one is known as old.
    """

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: Mapped[ShortDrawnKey]
    channel: Mapped[str] = mapped_column(String(16))
    address: Mapped[str] = mapped_column(String(128))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str | None] = mapped_column(String(80))
    serial: Mapped[int] = mapped_column(default=0)
    memory: Mapped[bytes | None]
    noticed_at: Mapped[dt.datetime | None]
    """When the person was told that this is an automatic assistant and how data is kept (AI law art. 11; data law)."""
    created_at: Mapped[dt.datetime]
    heard_at: Mapped[dt.datetime]
    gone_at: Mapped[dt.datetime | None]
    party: Mapped[int | None] = mapped_column(index=True)
    """The same number, drawn by lot, on all contacts that one person joined by a code (`office.parties`)."""
    borrowed: Mapped[bool] = mapped_column(default=False, server_default=false())
    """That it speaks for an official came by joining, not by an invitation: parting takes it away again."""
    failing: Mapped[bool] = mapped_column(default=False, server_default=false())
    """A notice could not be delivered here after several tries: another contact of the person is tried first, until this one is heard."""
    holds: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Something waits for the person's next word, and is then the first thing said."""
    allowance: Mapped[int | None]
    """How many messages the channel said it still takes for this person; unknown unless it said so since the last word."""
    knocked: Mapped[bool] = mapped_column(default=False, server_default=false())
    """A paid template went out since the person's last word: one knock at the door is enough."""


class JoiningCode(Record):
    """A code shown on one channel and typed on another joins the two. Only its tag is kept, for minutes."""

    __tablename__ = "joining_code"
    __table_args__ = ({"sqlite_with_rowid": False},)

    code_tag: Mapped[str] = mapped_column(String(40), primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    expires_at: Mapped[dt.datetime]


class HeardUpdate(Record):
    """The claim of one update of a channel: it is here exactly when its effects are."""

    __tablename__ = "heard_update"
    __table_args__ = ({"sqlite_with_rowid": False},)  # SQLite's hidden number of a row would tell the order

    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    update_key: Mapped[str] = mapped_column(String(128), primary_key=True)
    heard_at: Mapped[dt.datetime] = mapped_column(index=True)


class OutboxMessage(Record):
    """Something to say to one contact, once.

    `key` is a tag of (what, for whom, for which period): planning twice makes one row. `body` is sealed: either the messages themselves or
    the notice to write at the moment of sending; it is erased once sent. States: `due` -> `sent`, or `dropped` (no longer needed, too late),
    `gone` (the person cannot be reached), `failed` (gave up), `unknown` (may have arrived, and a repeat would be worse); `held` waits for
    the person's next word and is then `due` again. A row is being
    sent while `lease_until` is in the future; a lease that has run out means that the sender died. What led to a citizen's words (answers,
    notices to a reporter) is deleted when it ends; of notices to officials the row stays, so that none is planned twice.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "due_at", sqlite_where=_DUE, postgresql_where=_DUE),
        Index("ix_outbox_of_contact", "contact_id", "place", sqlite_where=_DUE, postgresql_where=_DUE),
        Index("ix_outbox_held", "contact_id", sqlite_where=_HELD, postgresql_where=_HELD),
    )

    id: Mapped[DrawnKey]
    key: Mapped[str] = mapped_column(String(40), unique=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    place: Mapped[int]
    """Its place behind the rows of this contact that were due or held when it was put here: one contact's rows go out in this order."""
    kind: Mapped[str] = mapped_column(String(40))
    body: Mapped[bytes | None]
    repeat_ok: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(String(10), default="due")
    parts_sent: Mapped[int] = mapped_column(default=0)
    in_doubt: Mapped[bool] = mapped_column(default=False)
    """A part of it may have been lost, and was not repeated."""
    sending_part: Mapped[int | None]
    """The part that was about to be sent, of a row that must not be said twice: after a crash that part may have arrived."""
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime | None]
    lease_until: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    reason: Mapped[str | None] = mapped_column(String(200))


class ChannelPause(Record):
    """Until when a whole channel asked us to be silent (its rate limit); all senders keep to it."""

    __tablename__ = "channel_pause"

    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    until: Mapped[dt.datetime]


class BrowserMessage(Record):
    """One bubble of a browser conversation; the browser has no server of its own that keeps it. `body` is sealed."""

    __tablename__ = "browser_message"
    __table_args__ = (UniqueConstraint("contact_id", "mark"), Index("ix_browser_message_of_contact", "contact_id", "seq"))

    id: Mapped[DrawnKey]
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    seq: Mapped[int]
    """Its place in this conversation."""
    mine: Mapped[bool]
    mark: Mapped[str] = mapped_column(String(80))
    """The page's own id of a message sent, or a tag of the outbox row and part of one received: makes each bubble stand once."""
    body: Mapped[bytes]
    at: Mapped[dt.datetime]
