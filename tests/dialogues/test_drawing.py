"""A chart is drawn while nothing is held: others are answered meanwhile, and a repeat sends the picture that was drawn."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import threading

import pytest
from PIL import Image

from bot.app import _warm_up
from office import digest_chart
from office.people import Role
from office.records import Post
from tests.dialogue import settle
from tests.dialogues.test_case_desk import file_some
from tests.play import Play


class Painter:
    """Draws a plain picture, but only when told to."""

    def __init__(self) -> None:
        self.begun, self.may_end, self.drawn = threading.Event(), threading.Event(), 0

    def __call__(self, _: object) -> bytes:
        self.begun.set()
        assert self.may_end.wait(20)
        self.drawn += 1
        out = io.BytesIO()
        Image.new("RGB", (60, 40), "white").save(out, "PNG")
        return out.getvalue()


@pytest.fixture
def painter(monkeypatch: pytest.MonkeyPatch) -> Painter:
    made = Painter()
    monkeypatch.setattr(digest_chart, "_drawn", made)
    return made


async def test_others_are_heard_while_a_chart_is_drawn(play: Play, painter: Painter) -> None:
    head, official = await play.official("CT01"), await play.official("MC01")
    await file_some(play, 1)
    await head.hears("phản ánh mới")
    play.clock.forward(minutes=5)

    async def ask() -> None:
        await head.says("/bantin")
        await settle(play.app)

    asked = asyncio.create_task(ask())
    try:
        assert await asyncio.to_thread(painter.begun.wait, 20)
        async with asyncio.timeout(5):
            await official.says("/trogiup")
    finally:
        painter.may_end.set()
        await asked
    await official.hears()
    picture = await head.hears()
    assert len(picture.files) == 1
    assert Image.open(io.BytesIO(await play.fetch(picture.files[0]))).size == (60, 40)
    await head.hears("TUẦN NÀY", buttons=("Tuần trước",))


@pytest.mark.parametrize("play", ["telegram"], indirect=True)
async def test_a_repeat_draws_nothing_again(play: Play, painter: Painter) -> None:
    painter.may_end.set()
    head = await play.official("CT01")
    await file_some(play, 1)
    await head.hears("phản ánh mới")
    play.clock.forward(minutes=5)
    assert play.telegram is not None
    play.telegram.faults.server_error("sendPhoto")
    await head.says("/bantin")
    await head.hears_nothing()
    play.clock.forward(seconds=10)
    assert (await head.hears()).files
    await head.hears("TUẦN NÀY")
    assert painter.drawn == 1


@pytest.mark.parametrize(("role", "loads"), [("web", 0), ("deliver", 1), ("schedule", 1)])
async def test_what_draws_is_loaded_at_start_where_charts_are_drawn(
    role: str, loads: int, painter: Painter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.WARM_UP_AFTER", 0)
    painter.may_end.set()
    await _warm_up(frozenset({role}))
    assert painter.drawn == loads


@pytest.mark.parametrize("play", ["telegram"], indirect=True)
async def test_without_its_picture_each_word_is_said_once(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first drawing fails, then a send: the repeat counts the parts that were counted before."""
    async with play.app.database.transaction() as session:
        unit = play.office.units["an-binh-mot-cua"]
        session.add(Post(person_id=play.office.people["CT01"], unit_id=unit, role=Role.HEAD, valid_from=dt.date(2025, 7, 1)))
    head = await play.official("CT01")
    await file_some(play, 1)
    await head.hears("phản ánh mới")
    play.clock.forward(minutes=5)
    painter = Painter()
    painter.may_end.set()
    tried = []

    def draw(asked: object) -> bytes:
        tried.append(asked)
        if len(tried) == 1:
            raise MemoryError
        return painter(asked)

    monkeypatch.setattr(digest_chart, "_drawn", draw)
    assert play.telegram is not None
    play.telegram.faults.server_error("sendMessage", skip=1)
    await head.says("/bantin")
    first = (await head.hears("TUẦN NÀY")).text
    await head.hears_nothing()
    play.clock.forward(seconds=10)
    second = (await head.hears("TUẦN NÀY")).text
    assert first != second
    assert len(tried) == 1, "what goes without its picture is not drawn anew for a repeat"
