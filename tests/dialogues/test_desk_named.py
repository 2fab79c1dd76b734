"""A unit's code or name typed alone is the same as its code scanned: on Zalo a poster cannot carry the unit along."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from office.records import Unit
from tests.dialogue import Someone
from tests.dialogues.test_complaint import UNDATED
from tests.play import Play

DESK = "Anh/chị đang ở: Bộ phận một cửa xã An Bình."


async def tells_the_rest(citizen: Someone) -> None:
    """The story; the unit is known and not asked."""
    await citizen.says(UNDATED)
    await citizen.hears(buttons=("Loại khác",))
    await citizen.taps("Loại khác")
    await citizen.hears("gần nhất")
    await citizen.taps("Giao tiếp")
    await citizen.hears("Chuyện xảy ra lúc nào")
    await citizen.taps("Không nhớ")
    await citizen.hears("gửi kèm")
    await citizen.taps("Không có")
    await citizen.hears("cách nào")
    await citizen.taps("Giữ kín")
    await citizen.hears("xem lại", "Bộ phận một cửa xã An Bình")


@pytest.mark.parametrize(
    "typed",
    ["an-binh-mot-cua", "AN BINH MOT CUA", "Bộ phận một cửa xã An Bình", "bo phan  mot cua xa an binh"],
    ids=["code", "spoken", "name", "bare"],
)
async def test_a_desk_typed_first_is_a_desk_scanned(play: Play, typed: str) -> None:
    citizen = await play.citizen()
    await citizen.says(typed)
    await citizen.hears("trợ lý tự động")
    await citizen.hears(DESK, buttons=("Gửi phản ánh",))
    await tells_the_rest(citizen)


async def test_a_desk_typed_where_the_story_was_asked(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.says("/start")
    await citizen.hears("trợ lý tự động")
    await citizen.hears("kể giúp tôi")
    await citizen.taps("Gửi phản ánh")
    await citizen.hears("kể")
    await citizen.says("an-binh-mot-cua")
    await citizen.hears(DESK, "kể giúp tôi")
    await tells_the_rest(citizen)


async def test_a_name_that_two_units_have_and_a_name_within_words_are_a_story(play: Play) -> None:
    async with play.app.database.transaction() as session:
        both = [play.office.units["an-binh-mot-cua"], play.office.units["hoa-lac"]]
        await session.execute(update(Unit).where(Unit.id.in_(both)).values(aliases=["Nơi nhận hồ sơ"]))
    citizen = await play.citizen()
    await citizen.says("Nơi nhận hồ sơ")
    assert "đang ở" not in (await citizen.hears("trợ lý tự động")).text
    await citizen.says("/huy")
    await citizen.hears()
    await citizen.says("Bộ phận một cửa xã An Bình làm việc tốt")
    assert "đang ở" not in (await citizen.hears()).text


async def test_an_official_who_types_a_unit_is_no_citizen_at_a_desk(play: Play) -> None:
    head = await play.official("CT01")
    await head.says("an-binh-mot-cua")
    assert "đang ở" not in (await head.hears()).text
