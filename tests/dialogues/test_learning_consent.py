"""Nobody is learned from who was not told so first: whenever the office begins with it, and however a citizen comes in."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from bot.judge import Judging
from bot.learning_consent import note_consent
from bot.settings import Settings
from office.database import Database
from office.learning import told_since
from office.moments import VIETNAM
from office.records import Case
from tests.dialogue import BrowserLine, Someone, TestClock
from tests.dialogues.test_complaint import STORY, tell_and_send, to_the_summary
from tests.play import Play, open_play
from tests.small_office import SmallOffice

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


async def test_consent_begins_when_it_is_said_and_ends_when_it_is_not(database: Database) -> None:
    later = NOW + dt.timedelta(days=3)

    async def known() -> dt.datetime | None:
        async with database.reading() as session:
            return await told_since(session)

    assert await note_consent(database, False, NOW) is None
    assert await known() is None
    assert await note_consent(database, True, NOW) == NOW
    assert await note_consent(database, True, later) == NOW
    assert await known() == NOW
    assert await note_consent(database, False, later) is None
    assert await note_consent(database, True, later) == later


INTRODUCED, LEARNS = "trợ lý tự động", "bỏ tên người và các con số"


@pytest.fixture
def learning(settings: Settings) -> Settings:
    """The same office, started again with the setting."""
    return settings.model_copy(update={"learn_from_corrections": True})


async def may_learn(database: Database) -> list[bool]:
    async with database.reading() as session:
        return [judged["may_learn"] for judged in (await session.execute(select(Case.judged).order_by(Case.id))).scalars()]


@pytest.mark.parametrize("learns", [True, False])
async def test_the_notice_says_what_is_learned(
    learns: bool, settings: Settings, learning: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice
) -> None:
    async with open_play("browser", learning if learns else settings, clock, judge, small_office) as play:
        citizen = await play.citizen()
        await citizen.says("/start")
        introduction = await citizen.hears("Danh tính của anh/chị được giữ kín")
        await citizen.hears("kể giúp tôi")
        await citizen.says("/quyenriengtu")
        notice = await citizen.hears("Mục đích")
        await citizen.says("/start")
        await citizen.hears("kể giúp tôi")
        async with play.app.database.reading() as session:
            assert (await told_since(session) is not None) is learns
    assert (LEARNS in introduction.text, LEARNS in notice.text) == (learns, learns)
    assert ("chỉ dùng để giải quyết" in introduction.text) is not learns


@pytest.mark.parametrize("first", ["/start", STORY])
async def test_who_was_greeted_before_learning_began_is_told_before_it_is_done(
    first: str, settings: Settings, learning: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice
) -> None:
    async with open_play("browser", settings, clock, judge, small_office) as play:
        citizen = await play.citizen()
        await tell_and_send(citizen)
        assert await may_learn(play.app.database) == [False]
    clock.forward(minutes=1)  # within the hour in which they were greeted, to which times of contacts are rounded
    async with open_play("browser", learning, clock, judge, small_office) as play:
        citizen = again(citizen, play)
        await citizen.says(first)
        await citizen.hears(INTRODUCED, LEARNS)
        if first == "/start":
            await citizen.hears("kể giúp tôi")
            await citizen.says(STORY)
            await citizen.hears(buttons=("Loại khác",))
        await to_the_end(citizen)
        assert await may_learn(play.app.database) == [False, True]
        await citizen.says("/start")
        await citizen.hears("kể giúp tôi")


async def test_a_story_told_before_learning_began_is_not_learned(
    settings: Settings, learning: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice
) -> None:
    async with open_play("browser", settings, clock, judge, small_office) as play:
        citizen = await play.citizen()
        await to_the_summary(citizen)
    async with open_play("browser", learning, clock, judge, small_office) as play:
        citizen = again(citizen, play)
        await citizen.taps("📨 Gửi")
        await citizen.hears(INTRODUCED, LEARNS, "Mã biên nhận")
        assert await may_learn(play.app.database) == [False]


def again(citizen: Someone, play: Play) -> Someone:
    """The same person, after the program was started again at another address."""
    assert isinstance(citizen.line, BrowserLine)
    line = BrowserLine(play.http, play.app.address, citizen.line._token)
    line._seq = citizen.line._seq
    back = play._enter(Someone(citizen.name, line, play.app))
    back.seen = citizen.seen
    return back


async def to_the_end(citizen: Someone) -> None:
    for label, heard in (
        ("Loại khác", "gần nhất"), ("Giao tiếp", "đơn vị nào"), ("Bộ phận một cửa", "gửi kèm"),
        ("Không có", "cách nào"), ("Giữ kín", "xem lại"), ("📨 Gửi", "Mã biên nhận"),
    ):  # fmt: skip
        await citizen.taps(label)
        await citizen.hears(heard)
