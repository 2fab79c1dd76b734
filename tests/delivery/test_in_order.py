"""What waited for somebody's word comes in the order in which it was planned, on whichever days; and a number means the menu said last."""

from __future__ import annotations

import datetime as dt

import pytest
from aiogram.fsm.context import FSMContext

from office import Session
from office.database import Database
from office.outbox import Claimed
from talk.reply import Choice, Reply
from talk.router import Router
from talk.talk import Talk
from talk.turn import Turn
from tests.delivery.kit import ANSWER, LONG_SILENT, NUMBERED, WINDOW, Scripted, Stage, news, plainly
from tests.delivery.test_moved import with_a_button
from tests.delivery.test_parted import code_of, joins, parts
from tests.delivery.test_taken_back import erased
from tests.small_office import SmallOffice


async def test_what_waits_since_different_days_comes_in_order(database: Database, small_office: SmallOffice) -> None:
    """A new case, and that it was withdrawn: the other way round neither could be understood."""
    zalo = Scripted("zalo_oa", window=WINDOW)
    stage = Stage(database, zalo)
    head = await stage.contact("zalo_oa", heard=LONG_SILENT, person_id=small_office.people["CT01"])
    for number in range(0, 8, 2):
        for words in (f"{number}", f"{number + 1}"):
            await stage.plan(head, "digest", {"texts": [words]})
        await stage.settle()
        stage.now += dt.timedelta(days=1)
    assert await stage.states() == ["held"] * 8
    await stage.word("zalo_oa")
    assert zalo.said == [*"01234567", ANSWER]


async def test_what_was_planned_after_it_comes_after_it(database: Database, small_office: SmallOffice) -> None:
    """Though that was to be said at another hour, and so was not held."""
    zalo = Scripted("zalo_oa", window=WINDOW)
    stage = Stage(database, zalo)
    head = await stage.contact("zalo_oa", heard=LONG_SILENT, person_id=small_office.people["CT01"])
    for words in "0123":
        await stage.plan(head, "digest", {"texts": [words]})
        await stage.settle()
    await stage.plan(head, "digest", {"texts": ["4"]}, due_at=stage.now + dt.timedelta(hours=5))
    stage.now += dt.timedelta(hours=6)
    await stage.word("zalo_oa")
    assert zalo.said == [*"01234", ANSWER]


def with_a_menu() -> Router:
    router = Router(name="menu")

    @router.turn()
    async def menu(turn: object) -> Reply:
        picked = getattr(turn, "choice", None)
        return Reply(text=ANSWER if picked is None else f"{ANSWER} {picked}", rows=((Choice.anytime("Điểm danh", "check_in"),),))

    return router


async def test_where_menus_are_buttons_too_a_number_means_that_answer(database: Database) -> None:
    telegram = Scripted("telegram")
    stage = Stage(database, telegram, write=with_a_button)
    stage.talk = Talk(database, with_a_menu(), lambda: stage.now)
    citizen = await stage.contact("telegram")

    async def speaks() -> None:
        await stage.word("telegram", carried=False)

    telegram.meanwhile = speaks
    await stage.tell(citizen, news("answered", 1))
    assert telegram.said == ["Trả lời", ANSWER]
    await stage.word("telegram", said="1")
    assert telegram.said[-1] == f"{ANSWER} check_in"


def with_a_question() -> Router:
    router = Router(name="question")

    @router.turn()
    async def asked(turn: Turn, state: FSMContext) -> Reply:
        if await state.get_state() is None:
            await state.set_state("how many")
            return Reply(text="Mấy người?")
        return Reply(text=f"{turn.choice or turn.words} người")

    return router


@pytest.mark.parametrize("typed", ["1", "Chưa ổn"])
async def test_a_number_means_the_answer_to_a_word_that_came_while_news_went_out(database: Database, typed: str) -> None:
    """The answer is said behind the news, and its menu is the newest; the words of the other stay good."""
    bot = Scripted("zalo_bot", limits=NUMBERED)
    stage = Stage(database, bot, write=with_a_button)
    stage.talk = Talk(database, with_a_menu(), lambda: stage.now, limits={"zalo_bot": NUMBERED})
    citizen = await stage.contact("zalo_bot")

    async def speaks() -> None:
        await stage.word("zalo_bot", carried=False)

    bot.meanwhile = speaks
    await stage.tell(citizen, news("answered", 1))
    assert ["1. Chưa ổn" in bot.said[0], "1. Điểm danh" in bot.said[1]] == [True, True]
    await stage.word("zalo_bot", said=typed)
    assert bot.said[-1].startswith(f"{ANSWER} {'check_in' if typed == '1' else 'add:CODE'}")


async def a_button_or_none(session: Session, claimed: Claimed, now: dt.datetime) -> list[Reply] | None:
    """An answer of the office has a button, other news has none."""
    return await (with_a_button if claimed.body["notice"]["kind"] == "case_answered" else plainly)(session, claimed, now)


@pytest.mark.parametrize("behind", ["news", "an answer"])
async def test_a_number_means_the_news_though_something_without_a_menu_comes_behind_it(database: Database, behind: str) -> None:
    """What is planned, or said to a word, while the news goes out: its menu is still the last that was said."""
    bot = Scripted("zalo_bot", limits=NUMBERED)
    stage = Stage(database, bot, write=a_button_or_none)
    citizen = await stage.contact("zalo_bot")
    await stage.shown(citizen, "Điểm danh", "check_in")

    async def comes() -> None:
        if behind == "news":
            await stage.plan(citizen, "reporter", news("closed", 2))
        else:
            await stage.word("zalo_bot", carried=False)

    bot.meanwhile = comes
    await stage.tell(citizen, news("answered", 1))
    assert ["1. Chưa ổn" in bot.said[0], bot.said[1:]] == [True, ["case_closed 2" if behind == "news" else ANSWER]]
    await stage.word("zalo_bot", said="1")
    assert bot.said[-1] == f"{ANSWER} add:CODE"


async def test_a_number_answers_the_question_that_was_asked_while_news_went_out(database: Database) -> None:
    """It is said behind the news: what is typed then is no button of that, and none of an older menu."""
    bot = Scripted("zalo_bot", limits=NUMBERED)
    stage = Stage(database, bot, write=with_a_button)
    stage.talk = Talk(database, with_a_question(), lambda: stage.now, limits={"zalo_bot": NUMBERED})
    citizen = await stage.contact("zalo_bot")

    async def speaks() -> None:
        await stage.word("zalo_bot", carried=False)

    bot.meanwhile = speaks
    await stage.tell(citizen, news("answered", 1))
    await stage.word("zalo_bot", said="1")
    assert bot.said[1:] == ["Mấy người?", "1 người"]


@pytest.mark.parametrize("numbered", [False, True])
@pytest.mark.parametrize("how", ["erased", "erased at home", "parts"])
async def test_nothing_is_remembered_of_what_was_taken_while_it_was_said(
    database: Database, small_office: SmallOffice, how: str, numbered: bool
) -> None:
    """Its button leads to the case: an erased contact would know of it again, and one that was taken out for the first time."""
    bot, telegram = Scripted("zalo_bot", **({"limits": NUMBERED} if numbered else {})), Scripted("telegram")
    stage = Stage(database, bot, telegram, write=with_a_button)
    other, home = await stage.contact("zalo_bot"), await stage.contact("telegram")
    await joins(stage, other, await code_of(stage, home))
    case = await stage.filed(home if how == "parts" else other, small_office.units["an-binh-mot-cua"])

    async def taken() -> None:
        await (parts(stage, home, other) if how == "parts" else erased(stage, other, all_joined=how == "erased at home"))

    bot.meanwhile = taken
    await stage.tell(other, news("answered", 1, case=case))
    assert len(bot.tried) == 1
    assert (await stage.known(other)).memory is None
