"""News that waited for somebody's word, with the whole app: what a number means meanwhile, what a crowd of them says, what they give away."""

from __future__ import annotations

from sqlalchemy import select

from bot.channels.base import Channel, Parcel
from bot.delivery.outcome import NeedsTemplate, Outcome
from office.moments import whole_hour
from office.records import Case, CaseEvent, OutboxMessage
from office.reporters import tell_reporter
from talk.reply import Choice, Reply
from tests.dialogue import settle
from tests.dialogues.test_budget import answered, opened, zalo
from tests.dialogues.test_complaint import tell_and_send
from tests.play import Play

__all__ = ["zalo"]


class Shut:
    """A channel that takes nothing for anybody."""

    def __init__(self, channel: Channel) -> None:
        self.name, self.limits, self.drops_repeats = channel.name, channel.limits, channel.drops_repeats
        self.window, self.free, self.gathers = channel.window, channel.free, channel.gathers

    async def knock(self, address: str) -> Outcome | None:
        return None

    async def send(self, parcel: Parcel) -> Outcome:
        return NeedsTemplate("eight messages are spent")


async def test_a_number_means_the_menu_that_was_shown(zalo: Play) -> None:
    """Not a button of the answer that could not be said yet: the next words would have been added to the old case."""
    head, citizen = await zalo.official("CT01", on="browser"), await zalo.citizen()
    code = await tell_and_send(citizen)
    menu = [Choice.anytime(f"Mục {number}", "help" if number == 1 else "privacy") for number in range(1, 8)]
    await zalo.shows(citizen, "menu", Reply(text="Anh/chị chọn:", rows=tuple((choice,) for choice in menu)))
    await citizen.hears("Mục 1")
    channels = zalo.app.courier._channels
    open_again = channels["zalo_oa"]
    channels["zalo_oa"] = Shut(open_again)
    await opened(head)
    await answered(head)
    await settle(zalo.app)
    channels["zalo_oa"] = open_again
    await citizen.says("1")
    await citizen.hears(code, "xin lỗi bà con")
    await citizen.hears("Anh/chị có thể")
    assert (await zalo.contact_of(citizen)).state is None


async def test_cases_that_were_all_withdrawn_are_told_one_by_one(zalo: Play) -> None:
    """None of them waits any more, so no word that counts the waiting stands for them."""
    head = await zalo.official("CT01")
    citizens = [await zalo.citizen(f"người dân {number}", on="browser") for number in range(4)]
    for citizen in citizens:
        await tell_and_send(citizen)
        await head.hears("phản ánh mới")
    zalo.clock.forward(hours=49)
    for citizen in citizens:
        await citizen.says("/tracuu")
        await citizen.hears(buttons=("Giao tiếp",))
        await citizen.taps("Giao tiếp")
        await citizen.hears(buttons=("Rút",))
        await citizen.taps("Rút")
        asked = await citizen.hears()
        await citizen.taps(next(label for label in asked.buttons if "út" in label))
        await citizen.hears()
    await head.hears_nothing()
    await head.says("/trogiup")
    for _ in citizens:
        await head.hears("đã rút lại phản ánh")
    await head.hears("Anh/chị có thể")


async def test_the_hour_in_which_news_came_does_not_tell_the_reporter(zalo: Play) -> None:
    """Steps of three cases in three hours, all of them held: nothing beside a contact tells of which hour its row is."""
    head = await zalo.official("CT01", on="browser")
    for number in range(3):
        await tell_and_send(await zalo.citizen(f"người dân {number}"))
        await head.hears("phản ánh mới")
    zalo.clock.set("2026-11-25 08:00")
    async with zalo.app.database.transaction() as session:
        for case in (await session.execute(select(Case))).scalars().all():
            zalo.clock.forward(hours=1, minutes=13)
            step = CaseEvent(case_id=case.id, kind="asked", at=zalo.clock(), note="Lúc mấy giờ?", open_to_reporter=True)
            session.add(step)
            await session.flush()
            await tell_reporter(session, case, "case_asked", step.id, zalo.clock())
    await settle(zalo.app)
    async with zalo.app.database.reading() as session:
        held = (await session.execute(select(OutboxMessage).where(OutboxMessage.state == "held"))).scalars().all()
        hours = {whole_hour(step.at) for step in (await session.execute(select(CaseEvent).where(CaseEvent.kind == "asked"))).scalars()}
    assert (len(held), len(hours)) == (3, 3)
    assert len({(row.kind, row.created_at, row.due_at, row.reason, row.attempts, row.place) for row in held}) == 1
    assert not {row.kind for row in held} & {"reporter", "reply"}
