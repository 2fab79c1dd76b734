"""Runs revisions on the connection that the caller hands in. The caller owns the transaction: a revision happens wholly or not at all."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import BigInteger, Connection, Engine

from office.records import Record
from office.records.base import UtcDateTime


def render(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Our own types as plain ones: a revision must stay what it was when the records move on."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, BigInteger):
        return "BIG"
    return False


def run(connection: Connection) -> None:
    attributes = context.config.attributes
    context.configure(
        connection=connection,
        target_metadata=Record.metadata,
        render_item=render,
        render_as_batch=attributes.get("batch", True),  # SQLite cannot change most of a table in place
        process_revision_directives=attributes.get("tidy"),
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes["connection"]
if isinstance(given, Engine):
    with given.begin() as opened:
        run(opened)
else:
    run(given)
