"""What waited for somebody's word comes in the order in which it was planned, on whichever days; and a number means the menu said last."""

from __future__ import annotations

import datetime as dt

import pytest

from office.database import Database
from talk.reply import Choice, Reply
from talk.router import Router
from talk.talk import Talk
from tests.delivery.kit import ANSWER, LONG_SILENT, NUMBERED, WINDOW, Scripted, Stage, news
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
