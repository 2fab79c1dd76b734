"""What tests share: a real database of each kind, a running app on loopback, and people who speak to it on each channel."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import secrets
import shutil
import ssl
import zlib
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web_app

from bot import lean_aiogram  # isort: skip  # as `congvu run` does, before anything else loads aiogram
from bot.app import App, open_app, running
from bot.judge import Judging
from bot.migrate import migrate
from bot.settings import Settings
from office.database import Database
from office.vault import Vault
from tests.compiled_once import share_what_is_compiled
from tests.dialogue import TestClock
from tests.play import CHANNELS, Play, open_play
from tests.postgres_server import postgres_server, postgres_url
from tests.small_office import SmallOffice, build_small_office

__all__ = ["lean_aiogram", "postgres_server", "postgres_url"]

KEY_TEXT = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="
MONDAY_MORNING = "2026-11-23 07:00"

share_what_is_compiled()
ssl.create_default_context = cache(ssl.create_default_context)  # aiogram reads all certificates for each bot that it opens


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", action="append", choices=["sqlite", "postgresql"], help="run on this database only; default: both")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        kinds = metafunc.config.getoption("--database") or ["sqlite", "postgresql"]
        metafunc.parametrize("database_kind", kinds, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every dialogue runs on every channel and both databases, but not on all pairs: on PostgreSQL half run in the browser, half on Telegram."""
    left_out = [item for item in items if _is_for_others(item) or _runs_elsewhere(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _is_for_others(item: pytest.Item) -> bool:
    """Whether the test's marks say that it is for the other database, for other channels, or for another user of the machine."""
    if item.get_closest_marker("not_as_root") and os.geteuid() == 0:
        return True
    channel, database = _parameters(item)
    channels = item.get_closest_marker("only_on")
    wrong_channel = channels is not None and channel is not None and channel not in channels.args
    return wrong_channel or any(
        database == other and item.get_closest_marker(f"{one}_only") for one, other in (("postgresql", "sqlite"), ("sqlite", "postgresql"))
    )


def _runs_elsewhere(item: pytest.Item) -> bool:
    """Whether this dialogue runs on PostgreSQL on another channel: what a channel does is the same on both databases."""
    channel, database = _parameters(item)
    if channel is None or database != "postgresql":
        return False
    only_on = item.get_closest_marker("only_on")
    there = [each for each in ("browser", "telegram") if only_on is None or each in only_on.args]
    name = f"{item.path.name}::{getattr(item, 'originalname', item.name)}"
    return not there or channel != there[zlib.crc32(name.encode()) % len(there)]


def _parameters(item: pytest.Item) -> tuple[str | None, str | None]:
    given = getattr(getattr(item, "callspec", None), "params", {})
    return given.get("play"), given.get("database_kind")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where everything is installed (CI), a test that skips for something absent has failed."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and os.environ.get("CONGVU_NO_SKIP") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"


@pytest.fixture(autouse=True)
def no_app_outlives_its_test() -> Iterator[None]:
    """aiohttp remembers the routes asked last, each with the whole office behind it: megabytes for every test, and ever slower collecting."""
    yield
    web_app._cached_build_middleware.cache_clear()


@pytest.fixture
def clock() -> TestClock:
    """Monday, 23 November 2026, seven in the morning."""
    made = TestClock(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    made.set(MONDAY_MORNING)
    return made


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judging]:
    """The real classifier, loaded once."""
    judging = Judging()
    yield judging
    judging.close()


async def _prepare(url: str) -> SmallOffice:
    database = Database(url, Vault.from_text(KEY_TEXT))
    await migrate(database)
    async with database.transaction() as session:
        office = await build_small_office(session)
    await database.close()
    return office


@pytest.fixture(scope="session")
def template(database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, SmallOffice]:
    """A database with the small office in it, made once and copied for each test."""
    if database_kind == "sqlite":
        path = tmp_path_factory.mktemp("template") / "office.db"
        office = asyncio.run(_prepare(f"sqlite:///{path}"))
        return str(path), office
    server = request.getfixturevalue("postgres_server")
    name = f"template{secrets.token_hex(4)}"
    server.psql(f"CREATE DATABASE {name};")
    return name, asyncio.run(_prepare(server.get_uri(name)))


@pytest.fixture
def database_url(database_kind: str, template: tuple[str, SmallOffice], request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh copy of the small office's database."""
    if database_kind == "sqlite":
        shutil.copy(template[0], tmp_path / "office.db")
        yield f"sqlite:///{tmp_path}/office.db"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"t{secrets.token_hex(5)}"
    server.psql(f"CREATE DATABASE {name} TEMPLATE {template[0]} STRATEGY FILE_COPY;")  # the other strategy writes all of it to the log, too
    yield server.get_uri(name)
    server.psql(f"DROP DATABASE {name} WITH (FORCE);")


@pytest.fixture
def small_office(template: tuple[str, SmallOffice]) -> SmallOffice:
    """The ids of the small office; a copy, for some tests add people."""
    return SmallOffice(dict(template[1].units), dict(template[1].people))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The small office's database, for tests of rules."""
    opened = Database(database_url, Vault.from_text(KEY_TEXT), synchronous="NORMAL")
    yield opened
    await opened.close()


class _Told(Settings):
    """Settings that are what they are told; looking for each in the environment takes longer than all else."""

    @classmethod
    def settings_customise_sources(cls, settings_cls: Any, init_settings: Any, **_others: Any) -> Any:
        return (init_settings,)


@pytest.fixture
def settings(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a test: nothing from the machine's own environment, a free port."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    return _Told(  # type: ignore[call-arg]
        _env_file=None, data_dir=tmp_path, database_url=database_url, secret_key=KEY_TEXT, port=0, sample=False, sqlite_synchronous="NORMAL"
    )


@pytest.fixture
async def app(settings: Settings, clock: TestClock, judge: Judging) -> AsyncIterator[App]:
    """The program, listening; the test itself lets the courier carry."""
    async with open_app(settings, clock=clock, judge=judge) as opened, running(opened, frozenset({"web"})):
        yield opened


@pytest.fixture(params=CHANNELS)
async def play(
    request: pytest.FixtureRequest, settings: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice
) -> AsyncIterator[Play]:
    """A stage on one channel; a test that takes it runs on every channel that exists."""
    async with open_play(request.param, settings, clock, judge, small_office) as stage:
        yield stage


@pytest.fixture
def app_loop(
    settings: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice
) -> Iterator[tuple[App, TestClock, SmallOffice, asyncio.Runner]]:
    """The program in a loop that a property test can run again and again."""
    with asyncio.Runner() as runner:
        opening = open_app(settings, clock=clock, judge=judge)
        app = runner.run(opening.__aenter__())
        try:
            yield app, clock, small_office, runner
        finally:
            runner.run(opening.__aexit__(None, None, None))
