"""The self-check of the day: one tap when all went well, a few when not; private; gentle the day after."""

from __future__ import annotations

from sqlalchemy import func, select

from office.moments import today
from office.records import SelfCheck
from office.self_check import Answers, own_check
from tests.dialogue import Someone
from tests.play import Play


async def answers(play: Play) -> Answers | None:
    async with play.app.database.reading() as session:
        found = await own_check(session, play.office.people["MC02"], today(play.clock()))
    return found[0] if found else None


async def how_many(play: Play) -> int:
    async with play.app.database.reading() as session:
        return int((await session.execute(select(func.count()).select_from(SelfCheck))).scalar_one())


async def all_kept(official: Someone) -> None:
    await official.says("/tukiemtra")
    await official.hears("4 xin, 4 luôn")
    await official.taps("Làm trọn tất cả")


async def test_all_in_one_tap(play: Play) -> None:
    official = await play.official("MC02")
    play.clock.set("2026-11-23 16:40")
    await official.says("/tukiemtra")
    await official.hears("thứ Hai 23/11", "chỉ riêng anh/chị xem được", buttons=("Làm trọn tất cả", "Có điều chưa trọn", "Bỏ qua"))
    await official.taps("Làm trọn tất cả")
    await official.hears("làm trọn tất cả", "1/1 ngày, 1 ngày làm trọn", buttons=("Ghi thêm", "Làm lại"))
    assert await answers(play) == Answers()


async def test_some_things_in_four_taps_and_a_note(play: Play) -> None:
    official = await play.official("MC02")
    await official.says("tự kiểm tra")
    await official.hears("4 xin, 4 luôn")
    await official.taps("Có điều chưa trọn")
    await official.hears("chọn nhóm", buttons=("4 xin", "4 luôn", "Thẻ, trang phục", "Không rượu bia", "Hồ sơ đúng hẹn", "Xong"))
    await official.taps("4 luôn")
    await official.hears("4 luôn: điều nào", buttons=("Luôn mỉm cười", "Luôn giúp đỡ", "Nhóm khác"))
    await official.taps("Luôn mỉm cười")
    await official.hears("Đã ghi chưa trọn: luôn mỉm cười")
    await official.taps("Hồ sơ đúng hẹn")
    await official.hears("luôn mỉm cười, hồ sơ đúng hẹn")
    assert await answers(play) is None
    await official.taps("Xong")
    await official.hears("Hôm nay chưa trọn: luôn mỉm cười, hồ sơ đúng hẹn", "0 ngày làm trọn")
    await official.taps("Ghi thêm cho riêng mình")
    await official.hears("không ai đọc được")
    await official.says("đông người quá, mai bình tĩnh hơn")
    await official.hears("Đã giữ ghi chú")
    assert await answers(play) == Answers(("luon_mim_cuoi", "files_on_time"), "đông người quá, mai bình tĩnh hơn")
    await official.says("/tukiemtra")
    await official.hears("đã tự kiểm tra lúc 07:00", "luôn mỉm cười", "“đông người quá", buttons=("Làm lại",))


async def test_a_mark_is_taken_away_by_a_second_tap_and_typing_is_the_same_as_tapping(play: Play) -> None:
    official = await play.official("MC02")
    await official.says("/tukiemtra")
    await official.hears("4 xin, 4 luôn")
    await official.says("2")
    await official.hears("chọn nhóm")
    await official.says("khong ruou bia")
    await official.hears("Đã ghi chưa trọn: không rượu bia")
    await official.says("hôm nay trời đẹp")
    await official.hears("Đã ghi chưa trọn: không rượu bia")
    await official.taps("Không rượu bia")
    await official.hears("chọn nhóm")
    await official.taps("4 xin")
    await official.hears("4 xin: điều nào")
    await official.taps("Nhóm khác")
    await official.hears("chọn nhóm")
    await official.taps("Xong")
    await official.hears("làm trọn tất cả")
    assert await answers(play) == Answers()


async def test_done_again_the_same_day_the_last_counts(play: Play) -> None:
    official = await play.official("MC02")
    await all_kept(official)
    await official.hears("làm trọn tất cả")
    await official.taps("Làm lại")
    await official.hears("4 xin, 4 luôn")
    await official.taps("Có điều chưa trọn")
    await official.hears("chọn nhóm")
    await official.taps("Thẻ, trang phục")
    await official.hears("điều nào")
    await official.taps("Đeo thẻ")
    await official.hears("đeo thẻ")
    await official.taps("Xong")
    await official.hears("chưa trọn: đeo thẻ")
    assert await answers(play) == Answers(("card",))
    assert await how_many(play) == 1


async def test_what_was_hard_yesterday_and_went_well_today_is_praised(play: Play) -> None:
    official = await play.official("MC02")
    for group, item in [("4 luôn", "Luôn mỉm cười"), ("4 luôn", "Luôn mỉm cười")]:
        await official.says("/tukiemtra")
        await official.hears("4 xin, 4 luôn")
        await official.taps("Có điều chưa trọn")
        await official.hears("chọn nhóm")
        await official.taps(group)
        await official.hears("điều nào")
        await official.taps(item)
        await official.hears("luôn mỉm cười")
        await official.taps("Xong")
        if today(play.clock()).day == 23:
            await official.hears("1/1 ngày")
            play.clock.set("2026-11-25 16:00")
    await official.hears("2/2 ngày", "«luôn mỉm cười» có lẽ đang khó", "thử lại")
    play.clock.set("2026-11-26 16:00")
    await all_kept(official)
    await official.hears("3/3 ngày, 1 ngày làm trọn", "Lần trước (thứ Tư 25/11) còn «luôn mỉm cười», hôm nay đã trọn")


async def test_skipped_days_off_and_leave(play: Play) -> None:
    official = await play.official("MC02")
    await official.says("/tukiemtra")
    await official.hears("4 xin, 4 luôn")
    await official.taps("Bỏ qua")
    await official.hears("không sao")
    play.clock.set("2026-11-24 09:00")
    await official.says("/tukiemtra")
    await official.hears("Ngày Văn hóa Việt Nam")
    play.clock.set("2026-11-28 09:00")
    await official.says("/tukiemtra")
    await official.hears("ngày nghỉ")
    assert await how_many(play) == 0


async def test_yesterdays_buttons_ask_about_today(play: Play) -> None:
    official = await play.official("MC02")
    await official.says("/tukiemtra")
    await official.hears("thứ Hai 23/11")
    play.clock.set("2026-11-25 08:00")
    await official.taps("Làm trọn tất cả")
    await official.hears("của ngày khác", "thứ Tư 25/11")
    assert await how_many(play) == 0
    await official.taps("Có điều chưa trọn")
    await official.hears("chọn nhóm")
    play.clock.set("2026-11-26 00:05")
    await official.taps("Xong")
    await official.hears("của ngày khác", "thứ Năm 26/11")
    assert await how_many(play) == 0


async def test_a_note_of_another_day_is_not_taken(play: Play) -> None:
    official = await play.official("MC02")
    await all_kept(official)
    await official.hears("làm trọn tất cả")
    await official.taps("Ghi thêm")
    await official.hears("vài dòng")
    play.clock.set("2026-11-25 09:00")
    await official.says("cán bộ kia vòi tiền tôi")
    await official.hears("chưa ghi tin vừa rồi vào đâu")
    await official.says("/tukiemtra")
    await official.hears("4 xin, 4 luôn")


async def test_after_check_in_it_is_offered_until_it_is_done(play: Play) -> None:
    official = await play.official("MC02")
    await official.says("/diemdanh")
    await official.hears("buổi sáng", buttons=("Tự kiểm tra",))
    await official.taps("Tự kiểm tra")
    await official.hears("4 xin, 4 luôn")
    await official.taps("Làm trọn tất cả")
    await official.hears("Đã ghi")
    await official.says("/diemdanh")
    message = await official.hears("đã điểm danh")
    assert not any("Tự kiểm tra" in label for label in message.buttons)
