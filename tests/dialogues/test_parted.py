"""Somebody else's channel was joined: the owner is told, takes it off, keeps office and news; whoever was taken off hears nothing more."""

from __future__ import annotations

from sqlalchemy import select, update

from office.contacts import find_contact
from office.outbox import plan_notice
from office.records import CaseEvent, Contact, JoiningCode
from tests.dialogue import Someone
from tests.dialogues.test_budget import answered, opened, zalo
from tests.dialogues.test_invitation import invited
from tests.dialogues.test_join import code_of, greeted, joined, many, many_filed
from tests.play import Play

__all__ = ["many", "zalo"]


async def marked(play: Play, someone: Someone, **fields: object) -> None:
    """The contact's row of somebody, as the courier left it."""
    known = await play.contact_of(someone)
    async with play.app.database.transaction() as session:
        await session.execute(update(Contact).where(Contact.id == known.id).values(**fields))


async def intruder(play: Play, code: str, on: str = "browser") -> Someone:
    """Somebody who read a code that was not for them, and joined."""
    someone = await greeted(await play.citizen("kẻ nhìn trộm", on=on))
    await someone.says(code)
    await someone.hears("Nối cuộc trò chuyện này với")
    await someone.taps("Nối hai kênh")
    return someone


async def keeps_the_office(head: Someone, other: Someone) -> None:
    await head.says("/phananh")
    await head.hears("phản ánh")
    await other.says("/diemdanh")
    await other.hears("dành cho cán bộ")


async def test_an_intruder_cannot_throw_the_head_out(many: Play) -> None:
    """Not even faster than the warning goes; and the head hears of it."""
    head = await many.official("CT01", on="telegram")
    thief = await intruder(many, await code_of(head))
    await many.press(thief, f"join_part:{(await many.contact_of(head)).id}")
    await thief.hears("Đã nối với")
    await thief.hears("Đã gỡ Telegram")
    await head.hears("vừa được gỡ khỏi trang web")
    await keeps_the_office(head, thief)


async def test_an_intruder_cannot_keep_the_office_of_a_head_who_was_warned(many: Play) -> None:
    head = await many.official("CT01", on="telegram")
    thief = await intruder(many, await code_of(head))
    await thief.hears("Đã nối với")
    await head.hears("vừa được nối với trang web")
    await thief.says("/noikenh")
    await thief.hears("đang nối với")
    await thief.taps("Gỡ Telegram")
    offered = await thief.hears("Đã gỡ", buttons=("Gửi phản ánh",))
    assert not any("Điểm danh" in label for label in offered.buttons)  # nor is an office offered that was only lent
    await head.hears("vừa được gỡ khỏi trang web", buttons=("Điểm danh",))
    await keeps_the_office(head, thief)


async def test_the_warning_waits_for_the_owner(many: Play) -> None:
    """Their channel takes nothing now, and the other way to them is the intruder's."""
    owner = await greeted(await many.citizen("chủ", on="zalo_oa"))
    code = await code_of(owner)
    await marked(many, owner, allowance=0)
    thief = await intruder(many, code, on="telegram")
    await thief.hears("Đã nối với")
    await owner.hears_nothing()
    await thief.says("/trogiup")
    await thief.hears("Anh/chị có thể")
    await owner.says("/trogiup")
    await owner.hears("vừa được nối với Telegram", buttons=("Gỡ Telegram",))
    await owner.hears("Anh/chị có thể")


async def owner_takes_off_zalo(owner: Someone) -> None:
    await owner.says("/noikenh")
    await owner.hears("đang nối")
    await owner.taps("Gỡ Zalo")
    await owner.hears("Đã gỡ Zalo")


async def test_news_on_its_way_goes_home(zalo: Play) -> None:
    """A step waits its ten minutes on the channel that is taken off."""
    head = await zalo.official("CT01", on="browser")
    owner, thief = await joined(zalo, here="telegram", there="zalo_oa")
    code = await many_filed(owner)
    zalo.clock.forward(hours=1)
    await thief.says("/trogiup")
    await thief.hears("Anh/chị có thể")
    await opened(head)
    await head.taps("Tiếp nhận")
    await head.hears("Đã tiếp nhận")
    await owner.hears_nothing()
    await owner_takes_off_zalo(owner)
    zalo.clock.forward(minutes=21)
    await owner.hears("đã được tiếp nhận", code)
    await thief.hears("vừa được gỡ khỏi Telegram")
    await thief.hears_nothing()


async def test_an_answer_that_waits_is_said_to_the_owner(zalo: Play) -> None:
    """It waited on the intruder's Zalo, the only way that still seemed to work; the owner's word brings it, and Zalo hears nothing of it."""
    head = await zalo.official("CT01", on="browser")
    owner, thief = await joined(zalo, here="telegram", there="zalo_oa")
    code = await many_filed(owner)
    zalo.clock.forward(hours=1)
    await thief.says("/trogiup")
    await thief.hears("Anh/chị có thể")
    await marked(zalo, owner, failing=True)
    zalo.clock.forward(hours=49)
    await opened(head)
    await answered(head)
    await owner.hears_nothing()
    await owner.says("/noikenh")
    await owner.hears(code, "xin lỗi bà con")
    await owner.hears("đang nối", buttons=("Gỡ Zalo",))
    await owner.taps("Gỡ Zalo")
    await owner.hears("Đã gỡ Zalo")
    await thief.says("/trogiup")
    await thief.hears("vừa được gỡ khỏi Telegram")
    await thief.hears("Anh/chị có thể")


async def test_news_is_written_only_for_who_filed_the_case(zalo: Play) -> None:
    """Whatever row may still stand on a contact that was taken off: it goes home."""
    head = await zalo.official("CT01", on="browser")
    owner, thief = await joined(zalo, here="telegram", there="zalo_oa")
    zalo.clock.forward(hours=1)  # heard last is the owner, not whom the lot draws of two within the hour
    await many_filed(owner)
    await opened(head)
    await answered(head)
    await owner.hears("xin lỗi bà con")
    await owner_takes_off_zalo(owner)
    await thief.hears("vừa được gỡ khỏi Telegram")
    async with zalo.app.database.transaction() as session:
        event = (await session.execute(select(CaseEvent).where(CaseEvent.kind == "answered"))).scalar_one()
        args = {"kind": "case_answered", "case": event.case_id, "event": event.id}
        for someone in (owner, thief):
            contact = await find_contact(session, *someone.line.address)
            assert await plan_notice(session, f"again {someone.name}", contact, "reporter", args, zalo.clock())
    await owner.hears("xin lỗi bà con")
    await owner.hears("xin lỗi bà con")
    await thief.hears_nothing()


async def test_a_story_told_where_joining_was_to_be_confirmed_is_not_lost(many: Play) -> None:
    other = await greeted(await many.citizen("kia", on="telegram"))
    code = await code_of(other)
    someone = await greeted(await many.citizen("tôi", on="browser"))
    await someone.says(code)
    await someone.hears("Nối cuộc trò chuyện này với")
    await someone.says("Sáng nay tôi đến nộp hồ sơ khai sinh cho cháu mà cán bộ quát to giữa phòng, bảo tôi ngu rồi đuổi về")
    await someone.hears(buttons=("Loại khác",))


async def test_an_expired_code_does_not_stay(many: Play) -> None:
    await code_of(await greeted(await many.citizen("một", on="telegram")))
    many.clock.forward(minutes=11)
    await many.app.schedule.tick(many.clock())
    async with many.app.database.reading() as session:
        assert (await session.execute(select(JoiningCode))).first() is None


async def test_leaving_the_invited_account_takes_the_office_from_the_joined_one(many: Play) -> None:
    """It is told before it is confirmed; and beside another official's account no invitation is taken."""
    head = await many.official("CT01", on="telegram")
    page = await intruder(many, await code_of(head))
    await page.hears("Đã nối với")
    await head.hears("vừa được nối với trang web")
    await page.says(f"/lienket {await invited(many, 'MC02')}")
    await page.hears("của một cán bộ khác", "/noikenh")
    await page.says("/thoat")
    assert "cũng vậy" not in (await page.hears("Ngừng liên kết", buttons=("Ngừng liên kết", "Giữ nguyên"))).text
    await head.says("/thoat")
    await head.hears("Ngừng liên kết", "Các kênh anh/chị đã nối với kênh này cũng vậy")
    await head.taps("Ngừng liên kết")
    await head.hears("Đã ngừng liên kết")
    await page.says("/diemdanh")
    await page.hears("dành cho cán bộ")
