"""An official's day at the door: in time, late, too early, by old buttons, out again; and the month that comes of it."""

from __future__ import annotations

import datetime as dt
import io

from PIL import Image
from sqlalchemy import event, select

from office.moments import VIETNAM
from office.records import Attendance, Post
from talk.reply import Choice, Reply
from tests.dialogue import Someone
from tests.play import Play


async def arrivals(play: Play) -> list[Attendance]:
    async with play.app.database.reading() as session:
        return list((await session.execute(select(Attendance).order_by(Attendance.id))).scalars())


async def reminded(play: Play, someone: Someone, session_name: str, day: str) -> None:
    """A reminder's button reaches the official, as the schedule sends it."""
    button = Choice.anytime(f"Điểm danh {session_name} {day}", f"check_in:{session_name}:{day}")
    await play.shows(someone, f"reminder {day} {session_name}", Reply(text="Nhắc", rows=((button,),)))
    await someone.hears("Nhắc")


async def test_one_tap_and_a_second(play: Play) -> None:
    official = await play.official("MC02")
    play.clock.set("2026-11-23 07:28")
    await official.taps("Điểm danh")
    await official.hears("07:28", "buổi sáng", buttons=("Tự kiểm tra", "Công của tôi", "Bấm nhầm"))
    play.clock.forward(minutes=3)
    await official.says("điểm danh")
    await official.hears("đã điểm danh buổi sáng lúc 07:28", buttons=("Công của tôi",))
    assert [(each.session, each.late_minutes) for each in await arrivals(play)] == [("morning", 0)]


async def test_late_is_kept_before_the_reason_and_without_it(play: Play) -> None:
    official = await play.official("MC02")
    play.clock.set("2026-11-23 07:52")
    await official.says("/diemdanh")
    await official.hears("07:52", "muộn 22 phút", "07:30", "lý do", buttons=("Hỏng xe", "Việc gia đình", "Để sau", "Bấm nhầm"))
    (kept,) = await arrivals(play)
    assert (kept.late_minutes, kept.late_reason) == (22, None)
    play.clock.forward(minutes=10)
    await official.says("thủng lốp giữa đường")
    await official.hears("Đã ghi lý do: “thủng lốp giữa đường”", buttons=("Sửa lý do", "Không phải"))
    (kept,) = await arrivals(play)
    assert (kept.late_minutes, kept.late_reason) == (22, "thủng lốp giữa đường")
    assert kept.arrived_at == dt.datetime(2026, 11, 23, 7, 52, tzinfo=VIETNAM)


async def test_a_reason_by_one_tap_then_changed_then_taken_away(play: Play) -> None:
    official = await play.official("MC02")
    play.clock.set("2026-11-23 08:00")
    await official.says("/diemdanh")
    await official.hears("muộn 30 phút")
    await official.taps("Việc gia đình")
    await official.hears("“Việc gia đình”")
    await official.taps("Sửa lý do")
    await official.hears("vài chữ")
    await official.says("đưa con đi khám")
    await official.hears("“đưa con đi khám”")
    await official.taps("Không phải lý do")
    await official.hears("Đã bỏ")
    assert [each.late_reason for each in await arrivals(play)] == [None]
    await official.says("/diemdanh")
    await official.hears("đã điểm danh", buttons=("Ghi lý do",))


async def test_words_long_after_the_question_are_not_taken_for_a_reason(play: Play) -> None:
    """A head reads reasons: what may be a complaint about the head must not become one."""
    official = await play.official("MC02")
    play.clock.set("2026-11-23 08:00")
    await official.says("/diemdanh")
    await official.hears("muộn 30 phút")
    play.clock.forward(hours=2)
    await official.says("trưởng phòng quát nạt dân")
    await official.hears("hay là việc khác", buttons=("Là lý do", "Gửi phản ánh"))
    assert [each.late_reason for each in await arrivals(play)] == [None]
    await official.taps("Là lý do đến muộn")
    await official.hears("“trưởng phòng quát nạt dân”")


async def test_a_long_text_is_no_reason(play: Play) -> None:
    official = await play.official("MC02")
    play.clock.set("2026-11-23 08:00")
    await official.says("/diemdanh")
    await official.hears("muộn 30 phút")
    await official.says("kể lể " * 60)
    await official.hears("dưới 200 ký tự")
    await official.says("/huy")
    await official.hears("Đã dừng")
    assert [each.late_reason for each in await arrivals(play)] == [None]


async def test_later_is_an_answer(play: Play) -> None:
    official = await play.official("MC02")
    play.clock.set("2026-11-23 08:00")
    await official.says("/diemdanh")
    await official.hears("muộn 30 phút")
    await official.taps("Để sau")
    await official.hears("thêm lúc nào trong ngày cũng được")


async def test_a_late_tap_amid_another_conversation_leaves_it_alone(play: Play) -> None:
    official = await play.official("MC02")
    play.clock.set("2026-11-23 08:00")
    await official.says("/nghi")
    await official.hears("ngày nào")
    await official.says("/diemdanh")
    await official.hears("muộn 30 phút", "chọn giúp lý do", buttons=("Mưa bão", "Ghi lý do"))
    await official.says("thứ Sáu")
    await official.hears("vắng thứ Sáu 27/11 vì việc gì")
    await official.taps("Mưa bão")
    await official.hears("“Mưa bão”")
    await official.taps("Nghỉ phép")
    await official.hears("Báo vắng: nghỉ phép, thứ Sáu 27/11")


async def test_a_slip_is_taken_back_but_not_after_five_minutes(play: Play) -> None:
    official = await play.official("MC02")
    play.clock.set("2026-11-23 07:00")
    await official.says("/diemdanh")
    await official.hears("07:00")
    play.clock.forward(minutes=4)
    await official.taps("Bấm nhầm")
    await official.hears("Đã bỏ lần điểm danh buổi sáng", buttons=("Điểm danh buổi sáng",))
    assert await arrivals(play) == []
    await official.taps("Điểm danh buổi sáng")
    await official.hears("07:04")
    play.clock.forward(minutes=6)
    await official.taps("Bấm nhầm")
    await official.hears("quá 5 phút")
    assert len(await arrivals(play)) == 1


async def test_after_a_slip_no_reason_is_awaited(play: Play) -> None:
    official = await play.official("MC02")
    play.clock.set("2026-11-23 08:00")
    await official.says("/diemdanh")
    await official.hears("muộn 30 phút")
    await official.taps("Bấm nhầm")
    await official.hears("Đã bỏ")
    contact = await play.contact_of(official)
    assert contact.state is None


async def test_when_nothing_can_be_checked_in_to(play: Play) -> None:
    official = await play.official("MC02")
    for moment, heard in [
        ("2026-11-23 06:00", ("Còn sớm", "07:30", "từ 06:30")),
        ("2026-11-23 11:45", ("nghỉ trưa", "Buổi chiều", "từ 12:30")),
        ("2026-11-23 17:30", ("hết lúc 17:00",)),
        ("2026-11-24 08:00", ("Ngày Văn hóa Việt Nam", "07:30 thứ Tư 25/11")),
        ("2026-11-28 08:00", ("ngày nghỉ", "07:30 thứ Hai 30/11")),
    ]:
        play.clock.set(moment)
        await official.says("/diemdanh")
        await official.hears(*heard)
    assert await arrivals(play) == []


async def test_old_reminders_answer_kindly_and_offer_the_session_of_now(play: Play) -> None:
    official = await play.official("MC02")
    await reminded(play, official, "morning", "2026-11-23")
    play.clock.set("2026-11-23 13:20")
    await official.taps("Điểm danh morning")
    await official.hears("buổi khác", "buổi chiều", buttons=("Điểm danh buổi chiều",))
    assert await arrivals(play) == []
    await official.taps("Điểm danh buổi chiều")
    await official.hears("13:20", "buổi chiều")
    play.clock.set("2026-11-25 07:20")
    await official.taps("Điểm danh morning 2026-11-23")
    await official.hears("buổi khác", "buổi sáng")
    assert len(await arrivals(play)) == 1


async def test_on_leave_but_there_after_all(play: Play) -> None:
    official = await play.official("MC02")
    await official.says("/nghi hôm nay nghỉ phép")
    await official.hears("Đúng chứ ạ?")
    await official.taps("Đúng")
    await official.hears("Đã ghi")
    play.clock.set("2026-11-23 07:25")
    await official.says("/diemdanh")
    await official.hears("đã báo vắng (nghỉ phép)", buttons=("tôi đi làm",))
    await official.taps("tôi đi làm")
    await official.hears("Đã huỷ báo vắng", buttons=("Điểm danh",))
    await official.taps("Điểm danh")
    await official.hears("07:25", "buổi sáng")


async def test_going_home(play: Play) -> None:
    official = await play.official("MC02")
    await official.says("/ve")
    await official.hears("chưa điểm danh buổi sáng", buttons=("Điểm danh buổi sáng",))
    await official.taps("Điểm danh buổi sáng")
    await official.hears("07:00")
    play.clock.set("2026-11-23 11:20")
    await official.says("/ve")
    await official.hears("11:20", "sớm 10 phút", buttons=("Tự kiểm tra", "Bấm nhầm"))
    play.clock.set("2026-11-23 11:31")
    await official.says("về")
    await official.hears("đã báo về buổi sáng lúc 11:20", buttons=("Ghi lại giờ về: 11:31",))
    await official.taps("Ghi lại giờ về")
    await official.hears("Đã ghi lại giờ về buổi sáng: 11:31")
    assert [each.early_minutes for each in await arrivals(play)] == [0]
    await official.taps("Bấm nhầm")
    await official.hears("vẫn đang có mặt buổi sáng")
    assert [each.left_at for each in await arrivals(play)] == [None]
    play.clock.set("2026-11-23 17:05")
    await official.says("/ve")
    await official.hears("chưa thấy anh/chị điểm danh")


async def test_who_is_not_an_official_learns_how_to_link(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.says("/diemdanh")
    await citizen.hears("/lienket", buttons=("Gửi phản ánh",))
    former = await play.official("MC02")
    async with play.app.database.transaction() as session:
        post = (await session.execute(select(Post).where(Post.person_id == play.office.people["MC02"]))).scalar_one()
        post.valid_to = dt.date(2026, 11, 23)
    await former.taps("Điểm danh")
    await former.hears("/lienket")
    assert await arrivals(play) == []


async def test_the_month_as_a_picture_and_in_words(play: Play) -> None:
    official = await play.official("MC02")
    play.clock.set("2026-11-23 07:52")
    await official.says("/diemdanh")
    await official.hears("muộn 22 phút")
    await official.taps("Hỏng xe")
    await official.hears("Đã ghi lý do")
    await official.says("/congcuatoi")
    message = await official.hears(
        "Công tháng 11/2026",
        "Muộn: 1 buổi",
        "thứ Hai 23/11, buổi sáng: đến 07:52, muộn 22 phút (Hỏng xe, tắc đường)",
        buttons=("Tháng 10/2026",),
    )
    assert len(message.files) == 1
    await official.taps("Tháng 10/2026")
    message = await official.hears("Công tháng 10/2026", buttons=("Tháng 9/2026", "Tháng 11/2026"))
    assert len(message.files) == 1


async def test_the_picture_is_there_to_be_fetched(play: Play) -> None:
    from office.files import content_of
    from office.records import StoredFile

    official = await play.official("MC02")
    await official.says("công của tôi")
    await official.hears("Công tháng 11/2026")
    async with play.app.database.reading() as session:
        kept = (await session.execute(select(StoredFile))).scalar_one()
        content = await content_of(session, kept.id)
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.width == 1080


async def test_a_tap_is_a_turn_of_few_statements(play: Play) -> None:
    """Beyond what the channel itself keeps: claim, contact and that it was heard, who, calendar, day, arrival, outbox, memory."""
    official = await play.official("MC02")
    await official.says("/trogiup")  # the first word after the invitation also looks whether news waited for it
    await official.hears("Anh/chị có thể")
    statements: list[str] = []

    def count(*args: object) -> None:
        statements.append(str(args[2]))

    engine = play.app.database.engine.sync_engine
    play.clock.set("2026-11-23 07:20")
    event.listen(engine, "before_cursor_execute", count)
    await official.taps("Điểm danh")
    event.remove(engine, "before_cursor_execute", count)
    await official.hears("07:20")
    claim = next(place for place, each in enumerate(statements) if "heard_update" in each)
    of_the_turn = [each for each in statements[claim:] if "browser_message" not in each]
    assert len(of_the_turn) <= 9, of_the_turn
