"""What all records share: the base class, time that is always UTC, and large integer keys, counted or drawn by lot."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Annotated, Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

UTC = dt.UTC


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware moment. SQLite has no zone, so the zone is taken off on the way in and put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


BigKey = BigInteger().with_variant(Integer, "sqlite")
Key = Annotated[int, mapped_column(BigKey, primary_key=True, autoincrement=True)]


def drawn() -> int:
    """A `DrawnKey`."""
    return secrets.randbits(62)


def _drawn_short() -> int:
    return secrets.randbits(56)


DrawnKey = Annotated[int, mapped_column(BigKey, primary_key=True, autoincrement=False, default=drawn)]
"""A number that tells nothing of the order in which rows came (docs/decisions/0007)."""
ShortDrawnKey = Annotated[int, mapped_column(BigKey, primary_key=True, autoincrement=False, default=_drawn_short)]
"""The same with 17 digits at most, for what stands in addresses."""


class Record(DeclarativeBase):
    """The base of every table. Constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {dt.datetime: UtcDateTime(), dict[str, Any]: JSON(), list[str]: JSON(), int: BigKey}
