"""A mark of what the working calendar says just now, so that a tap that finds the mark unchanged need not read the calendar again.

The database itself sets a new mark at each change of the tables behind the calendar, whoever makes it. The mark is random and not counted:
one given in a transaction that was undone must never come again with other contents.

The revision 0002 makes these triggers too. SQLite drops a table's triggers when a later revision rebuilds the table (Alembic's batch): such a
revision must make them anew and set a new mark with `NEW_STAMP`. A test sees that the triggers are there.
"""

from __future__ import annotations

from sqlalchemy import DDL, String, event
from sqlalchemy.orm import Mapped, mapped_column

from office.records.base import Record
from office.records.units import DayOverride, Rule, SessionHours, UnitParent

WATCHED = tuple(each.__tablename__ for each in (SessionHours, DayOverride, Rule, UnitParent))
"""The tables that `office.calendar_tables` reads."""


_DEEDS = ("insert", "update", "delete")


class CalendarStamp(Record):
    """One row, with id 1. Not a part of what the office knows: a backup leaves it out."""

    __tablename__ = "calendar_stamp"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stamp: Mapped[str] = mapped_column(String(36))


NEW_STAMP = {
    # in a trigger an outer INSERT OR IGNORE would turn the conflict of an upsert into nothing done; these two cannot conflict
    "sqlite": ("DELETE FROM calendar_stamp", "INSERT INTO calendar_stamp (id, stamp) VALUES (1, lower(hex(randomblob(16))))"),
    "postgresql": (
        "INSERT INTO calendar_stamp (id, stamp) VALUES (1, gen_random_uuid()::text) ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp",
    ),
}
"""By database: the statements that set a new mark, also where there is none."""

# a restore moves the old tables into a schema of their own: they go on marking their own calendar
_FUNCTION = """CREATE OR REPLACE FUNCTION stamp_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE 'INSERT INTO ' || quote_ident(TG_TABLE_SCHEMA) || '.calendar_stamp (id, stamp) VALUES (1, gen_random_uuid()::text)'
    ' ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp';
  RETURN NULL;
END $$"""

# tables that a restore put aside may still need it
_NO_FUNCTION = "DO $$ BEGIN DROP FUNCTION stamp_calendar(); EXCEPTION WHEN dependent_objects_still_exist THEN NULL; END $$"


def watching(dialect: str, table: str) -> list[str]:
    """The statements that let a table's changes set a new mark."""
    if dialect == "sqlite":
        body = " ".join(f"{each};" for each in NEW_STAMP["sqlite"])
        return [f"CREATE TRIGGER {table}_{deed}_stamps AFTER {deed.upper()} ON {table} BEGIN {body} END" for deed in _DEEDS]
    # before the change: who writes takes the mark's row first, so two who write cannot wait for each other's rows
    deeds = " OR ".join(each.upper() for each in (*_DEEDS, "truncate"))
    return [_FUNCTION, f"CREATE TRIGGER {table}_stamps BEFORE {deeds} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION stamp_calendar()"]


def no_longer_watching(dialect: str) -> list[str]:
    """The statements that take all triggers away."""
    if dialect == "sqlite":
        return [f"DROP TRIGGER {table}_{deed}_stamps" for table in WATCHED for deed in _DEEDS]
    return [*(f"DROP TRIGGER {table}_stamps ON {table}" for table in WATCHED), _NO_FUNCTION]


def _made_with_the_tables() -> None:
    """Let `metadata.create_all` make what the revision makes."""
    for dialect, first in NEW_STAMP.items():
        made = {CalendarStamp.__tablename__: first} | {table: tuple(watching(dialect, table)) for table in WATCHED}
        for table, statements in made.items():
            for each in statements:
                ddl = DDL(each).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
                event.listen(Record.metadata.tables[table], "after_create", ddl)


_made_with_the_tables()
