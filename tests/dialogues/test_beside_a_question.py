"""On a channel whose menus are numbers, a notice in the middle of a question takes no number away: its choices are words to type."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, update

from bot.judge import Judging
from bot.settings import Settings
from office.cases import tell_handlers
from office.records import Case, Contact, OutboxMessage
from tests.dialogue import Someone, TestClock, settle
from tests.dialogues.test_complaint import tell_and_send
from tests.play import Play, open_play
from tests.small_office import SmallOffice

BY_WORDS = "nhắn đúng dòng chữ trên"


@pytest.fixture
async def zalo(settings: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice) -> AsyncIterator[Play]:
    async with open_play("zalo_bot+browser", settings, clock, judge, small_office) as stage:
        yield stage


async def raw(someone: Someone) -> list[str]:
    """What stands on the screen, menus and all; read without the kit."""
    await settle(someone._app)
    return [heard.text for heard in someone.line._person.takes_unread()]  # type: ignore[attr-defined]


async def filed(play: Play) -> None:
    """A case from somebody on the page, for the head on Zalo."""
    await tell_and_send(await play.citizen("trên trang", on="browser"))


async def told_again(play: Play, state: str = "due") -> None:
    """All cases are announced once more, at one moment; or they wait for the head's next word (`held`)."""
    now = play.clock()
    async with play.app.database.transaction() as session:
        for case in (await session.execute(select(Case).order_by(Case.id))).scalars().all():
            await tell_handlers(session, case, "case_new", f"{case.id}:{now}", now)
        await session.execute(update(OutboxMessage).where(OutboxMessage.state == "due").values(state=state))
        await session.execute(update(Contact).where(Contact.person_id == play.office.people["CT01"]).values(holds=state == "held"))


def numbers_of(text: str) -> list[str]:
    return [line.partition(".")[0] for line in text.splitlines() if line.partition(".")[0].isdecimal()]


async def test_the_numbers_stay_with_the_question(zalo: Play) -> None:
    head = await zalo.official("CT01")
    await head.says("/nghi")
    question = (await raw(head))[-1]
    assert "1. " in question
    assert "2. " in question
    await filed(zalo)
    [notice] = await raw(head)
    assert "phản ánh mới" in notice
    assert "1. " not in notice
    assert notice.splitlines()[-2].startswith("• ")
    assert BY_WORDS in notice
    await head.says("1")
    [answer] = await raw(head)
    assert "Phản ánh số" not in answer
    await head.says(notice.splitlines()[-2].removeprefix("• "))
    assert any("Phản ánh số" in text for text in await raw(head))


async def test_a_notice_that_comes_alone_has_numbers(zalo: Play) -> None:
    head = await zalo.official("CT01")
    await filed(zalo)
    [notice] = await raw(head)
    assert "1. " in notice
    assert BY_WORDS not in notice
    await head.says("1")
    assert any("Phản ánh số" in text for text in await raw(head))


async def test_of_several_each_has_words_of_its_own_and_the_last_has_the_numbers(zalo: Play) -> None:
    head = await zalo.official("CT01")
    for _ in range(2):
        await filed(zalo)
        await raw(head)
    await told_again(zalo)
    first, last = await raw(head)
    assert (numbers_of(first), first.splitlines()[-2], BY_WORDS in first) == ([], "• 📂 Mở xem 1", True)
    assert (numbers_of(last), last.splitlines()[-2], BY_WORDS in last) == (["1"], "1. 📂 Mở xem", False)
    for said, number in (("1", 2), ("mo xem 1", 1)):
        await head.says(said)
        assert any(f"Phản ánh số {number} " in text for text in await raw(head))


async def test_of_several_in_a_question_each_has_words_of_its_own(zalo: Play) -> None:
    head = await zalo.official("CT01")
    for _ in range(2):
        await filed(zalo)
        await raw(head)
    await head.says("/nghi")
    [question] = await raw(head)
    await told_again(zalo)
    assert [(numbers_of(text), text.splitlines()[-2]) for text in await raw(head)] == [([], "• 📂 Mở xem"), ([], "• 📂 Mở xem 2")]
    await head.says(numbers_of(question)[0])
    [answer] = await raw(head)
    assert "việc gì" in answer
    await head.says("Mở xem 2")
    assert any("Phản ánh số 2 " in text for text in await raw(head))


async def test_what_waited_for_the_next_word_leaves_the_numbers_to_the_answer(zalo: Play) -> None:
    head = await zalo.official("CT01")
    await filed(zalo)
    await raw(head)
    await told_again(zalo, "held")
    assert await raw(head) == []
    await head.says("/trogiup")  # its menu stands in no conversation
    notice, menu = await raw(head)
    assert (numbers_of(notice), BY_WORDS in notice) == ([], True)
    assert numbers_of(menu)[0] == "1"
    await head.says("1")
    assert not any("Phản ánh số" in text for text in await raw(head))
