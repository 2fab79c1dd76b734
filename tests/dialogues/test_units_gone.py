"""A unit is closed or merged while somebody writes about it: the case goes nowhere that was not shown."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update

from office.records import Case, Unit
from tests.dialogue import Someone
from tests.dialogues.test_told import STORY, choose
from tests.play import Play


async def closes(play: Play, code: str, into: str | None = None) -> None:
    merged = {"merged_into_id": play.office.units[into]} if into else {}
    async with play.app.database.transaction() as session:
        await session.execute(update(Unit).where(Unit.code == code).values(closed_on=dt.date(2026, 11, 23), **merged))


async def to_the_summary(citizen: Someone) -> None:
    await citizen.hears("gửi kèm")
    await citizen.taps("tiếp tục")
    await citizen.hears("cách nào")
    await citizen.taps("Giữ kín")
    await citizen.hears("xem lại", "Bộ phận một cửa")


async def told_at_the_desk(citizen: Someone) -> None:
    await citizen.says("/start an-binh-mot-cua")
    await citizen.hears("trợ lý tự động")
    await citizen.hears("đang ở")
    await citizen.says("Cán bộ bảo tôi cứ ngồi đợi, không ai gọi số, rồi quát to giữa phòng.")
    await choose(citizen, "Giao tiếp")
    await citizen.taps("Hôm nay")
    await to_the_summary(citizen)


async def units_of_cases(play: Play) -> list[int]:
    async with play.app.database.reading() as session:
        return [*(await session.execute(select(Case.unit_id))).scalars()]


async def test_the_unit_of_the_desk_was_closed(play: Play) -> None:
    citizen = await play.citizen()
    await told_at_the_desk(citizen)
    await closes(play, "an-binh-mot-cua")
    await citizen.taps("📨 Gửi")
    await citizen.hears("“Bộ phận một cửa xã An Bình” nay đã thôi hoạt động")
    await citizen.hears("đơn vị nào")
    assert await units_of_cases(play) == []
    await citizen.taps("Trạm Y tế")
    await citizen.hears("xem lại", "Trạm Y tế")
    await citizen.taps("📨 Gửi")
    await citizen.hears("Mã biên nhận")
    assert await units_of_cases(play) == [play.office.units["an-binh-tram-y-te"]]


async def test_the_unit_of_the_desk_was_merged_before_it_was_shown(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.says("/start an-binh-mot-cua")
    await citizen.hears("trợ lý tự động")
    await citizen.hears("đang ở")
    await closes(play, "an-binh-mot-cua", into="hoa-lac")
    await citizen.says("Hôm nay cán bộ bảo tôi cứ ngồi đợi, không ai gọi số, rồi quát to giữa phòng.")
    await choose(citizen, "Giao tiếp")
    await citizen.taps("tiếp tục")
    await citizen.hears("cách nào")
    await citizen.taps("Giữ kín")
    await citizen.hears("xem lại", "Hoà Lạc")
    await citizen.taps("📨 Gửi")
    await citizen.hears("Mã biên nhận")
    assert await units_of_cases(play) == [play.office.units["hoa-lac"]]


async def test_a_case_about_a_merged_unit_is_shown_again_before_it_goes(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.says(STORY)
    await choose(citizen, "Giao tiếp")
    await citizen.taps("Đúng")
    await to_the_summary(citizen)
    await closes(play, "an-binh-mot-cua", into="hoa-lac")
    await citizen.taps("📨 Gửi")
    await citizen.hears("nay đã sáp nhập vào", "bấm gửi một lần nữa")
    shown = await citizen.hears("xem lại", "Hoà Lạc")
    assert "Nơi xảy ra: Bộ phận một cửa" not in shown.text
    assert await units_of_cases(play) == []
    await citizen.taps("📨 Gửi")
    await citizen.hears("Mã biên nhận")
    assert await units_of_cases(play) == [play.office.units["hoa-lac"]]


async def test_why_the_unit_is_asked_anew_is_said(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.says(STORY)
    await choose(citizen, "Giao tiếp")
    await citizen.taps("Đúng")
    await to_the_summary(citizen)
    await closes(play, "an-binh-mot-cua")
    await citizen.taps("📨 Gửi")
    await citizen.hears("nay đã thôi hoạt động", "vẫn còn nguyên")
    await citizen.hears("đơn vị nào")
