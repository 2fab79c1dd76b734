"""Announcing absence in one's own words, seeing it spelled out, and taking it back."""

from __future__ import annotations

from sqlalchemy import select

from office.records import Leave
from talk.reply import Choice, Reply
from tests.play import Play


async def kept(play: Play) -> list[tuple[str, str, str]]:
    async with play.app.database.reading() as session:
        rows = (await session.execute(select(Leave).order_by(Leave.first_day))).scalars()
        return [(f"{each.first_day}", f"{each.last_day}", each.kind) for each in rows]


async def test_days_then_why_then_yes(play: Play) -> None:
    official = await play.official("MC02")
    await official.says("/nghi")
    await official.hears("ngày nào", buttons=("Hôm nay", "Ngày mai"))
    await official.says("từ 25/11 đến 27/11")
    await official.hears("từ thứ Tư 25/11 đến thứ Sáu 27/11", "vì việc gì", buttons=("Nghỉ phép", "Đi công tác", "Đi học", "Nghỉ ốm"))
    await official.taps("Đi công tác")
    await official.hears("đi công tác, từ thứ Tư 25/11 đến thứ Sáu 27/11", "3 ngày làm việc", buttons=("Đúng", "Sửa ngày", "Thôi"))
    assert await kept(play) == []
    await official.taps("Đúng")
    await official.hears("Đã ghi", "không nhắc điểm danh", buttons=("Huỷ báo vắng 25/11-27/11",))
    assert await kept(play) == [("2026-11-25", "2026-11-27", "mission")]
    play.clock.set("2026-11-26 07:30")
    await official.says("/diemdanh")
    await official.hears("đã báo vắng (đi công tác)")


async def test_all_in_one_line(play: Play) -> None:
    official = await play.official("MC02")
    await official.says("/nghi thứ 6 nghỉ ốm")
    await official.hears("nghỉ ốm, thứ Sáu 27/11 (1 ngày làm việc)")
    await official.taps("Đúng")
    await official.hears("Đã ghi: nghỉ ốm")
    await official.says("/congtac 2/12")
    await official.hears("đi công tác, thứ Tư 2/12")
    await official.taps("Thôi")
    await official.hears("chưa ghi gì")
    assert await kept(play) == [("2026-11-27", "2026-11-27", "sick")]


async def test_what_was_not_meant_is_said_again(play: Play) -> None:
    official = await play.official("MC02")
    await official.says("xin nghỉ")
    await official.hears("ngày nào")
    await official.says("lúc nào đó")
    await official.hears("chưa hiểu ngày")
    await official.says("20/11")
    await official.hears("đã qua")
    await official.says("từ 27/11 đến 25/11")
    await official.hears("đứng trước ngày đầu")
    await official.says("mai")
    await official.hears("thứ Ba 24/11 vốn là ngày nghỉ")
    await official.says("25/11")
    await official.hears("thứ Tư 25/11", "vì việc gì")
    await official.says("nhà có việc")
    await official.hears("vì việc gì")
    await official.says("à 26/11 tập huấn")
    await official.hears("đi học, tập huấn, thứ Năm 26/11")
    await official.taps("Sửa ngày")
    await official.hears("ngày nào")
    await official.says("27/11")
    await official.hears("đi học, tập huấn, thứ Sáu 27/11")
    await official.says("/huy")
    await official.hears("Đã dừng")
    assert await kept(play) == []


async def test_announced_before_is_shown_and_can_be_taken_back(play: Play) -> None:
    official = await play.official("MC02")
    await official.says("/nghi từ 25/11 đến 27/11 nghỉ phép")
    await official.hears("3 ngày làm việc")
    await official.taps("Đúng")
    await official.hears("Đã ghi")
    await official.says("/nghi 26/11")
    await official.hears("đã báo vắng từ thứ Tư 25/11 đến thứ Sáu 27/11", buttons=("Huỷ báo vắng",))
    await official.says("/nghi")
    await official.hears("Đã báo: nghỉ phép", "ngày nào", buttons=("Huỷ báo vắng 25/11-27/11",))
    play.clock.set("2026-11-26 07:00")
    await official.taps("Huỷ báo vắng")
    await official.hears("Đã huỷ từ hôm nay", "thứ Tư 25/11", buttons=("Điểm danh", "Báo vắng lại"))
    assert await kept(play) == [("2026-11-25", "2026-11-25", "leave")]
    await official.taps("Huỷ báo vắng")
    await official.hears("đã qua hoặc đã được huỷ")


async def test_a_colleagues_leave_cannot_be_taken_back(play: Play) -> None:
    official, colleague = await play.official("MC02"), await play.official("MC01")
    await official.says("/nghi 25/11 nghỉ phép")
    await official.hears("1 ngày làm việc")
    await official.taps("Đúng")
    await official.hears("Đã ghi")
    async with play.app.database.transaction() as session:
        leave = (await session.execute(select(Leave))).scalar_one()
    await play.shows(colleague, "forged", Reply(text="Thử", rows=((Choice.anytime("Huỷ hộ", f"leave_cancel:{leave.id}"),),)))
    await colleague.hears("Thử")
    await colleague.taps("Huỷ hộ")
    await colleague.hears("đã qua hoặc đã được huỷ")
    assert len(await kept(play)) == 1
