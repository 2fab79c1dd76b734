"""The head's Monday: the digest comes once, says what counts, opens what it counts; reminders know when to be silent."""

from __future__ import annotations

import asyncio

from sqlalchemy import select

from bot.schedule import Schedule
from office.database import Database
from office.records import Digest, DigestReading, OutboxMessage, Post
from office.vault import Vault
from tests.conftest import KEY_TEXT
from tests.dialogues.test_case_desk import file_some
from tests.dialogues.test_complaint import tell_and_send
from tests.play import Play


async def tick(play: Play) -> None:
    await play.app.schedule.tick(play.clock())


async def a_week_with_one_case(play: Play, filed: str = "2026-11-24 09:00") -> None:
    """One case in the week of 23 November, told while the schedule sleeps; its notice is left to the head."""
    play.clock.set(filed)
    await tell_and_send(await play.citizen(), day="thứ Ba 24/11")


async def test_monday_half_past_seven_once(play: Play) -> None:
    head = await play.official("CT01")
    await a_week_with_one_case(play)
    await head.hears("phản ánh mới")
    play.clock.set("2026-11-30 07:29")
    await tick(play)
    await head.hears("bắt đầu lúc 07:30")
    play.clock.set("2026-11-30 07:30")
    await tick(play)
    picture = await head.hears()
    assert picture.files
    digest = await head.hears("BẢN TIN TUẦN 23/11 – 29/11", "Phản ánh mới: 1", "Giao tiếp", buttons=("Mới (1)", "Đã xem"))
    assert "quát" not in digest.text
    await tick(play)
    await head.taps("Mới (1)")
    await head.hears("1 phản ánh mới", buttons=("Số ",))
    await head.taps("Đã xem")
    await head.hears("ghi nhận")
    await head.taps("Đã xem")
    await head.hears("đã xem bản tin này rồi")
    async with play.app.database.reading() as session:
        assert len((await session.execute(select(DigestReading))).all()) == 1


async def test_after_three_hours_of_downtime_it_still_goes_out_once(play: Play) -> None:
    head = await play.official("CT01")
    play.clock.set("2026-11-30 10:30")
    await tick(play)
    await head.hears("BẢN TIN TUẦN", "không có ai điểm danh")
    later = Schedule(play.app.database, play.clock)  # the program starts once more and remembers nothing
    await later.tick(play.clock())


async def test_two_schedulers_at_the_same_time_make_one(play: Play) -> None:
    head = await play.official("CT01")
    play.clock.set("2026-11-30 07:30")
    other = Database(play.app.settings.database, Vault.from_text(KEY_TEXT), synchronous="NORMAL")
    await asyncio.gather(*(Schedule(base, play.clock).tick(play.clock()) for base in (play.app.database, other, play.app.database)))
    await other.close()
    await head.hears("bắt đầu lúc 07:30")
    await head.hears("BẢN TIN TUẦN")
    async with play.app.database.reading() as session:
        planned = (await session.execute(select(OutboxMessage).where(OutboxMessage.kind == "digest"))).all()
        units = (await session.execute(select(Digest.unit_id))).scalars().all()
    assert len(planned) == 1
    assert len(units) == len(set(units))


async def test_a_monday_off_moves_it_to_the_next_working_day(play: Play) -> None:
    """Monday 31 August 2026 is off (bridge before 2 September), so are Tuesday and Wednesday: the digest goes out on Thursday."""
    play.clock.set("2026-08-28 08:00")
    head = await play.official("CT01")
    for day in ("2026-08-31", "2026-09-01", "2026-09-02"):
        play.clock.set(f"{day} 09:00")
        await tick(play)
        await head.hears_nothing()
    play.clock.set("2026-09-03 09:00")
    await tick(play)
    await head.hears("BẢN TIN TUẦN 24/8 – 30/8")


async def test_who_no_longer_heads_the_unit_gets_none(play: Play) -> None:
    head = await play.official("CT01")
    play.clock.set("2026-11-30 07:30")
    await tick(play)
    async with play.app.database.transaction() as session:
        post = (await session.execute(select(Post).where(Post.person_id == play.office.people["CT01"]))).scalar_one()
        post.valid_to = play.clock().date()
    await head.hears_nothing()


async def test_on_request_this_week_so_far(play: Play) -> None:
    head, official = await play.official("CT01"), await play.official("MC01")
    play.clock.set("2026-11-23 07:25")
    await official.says("/diemdanh")
    await official.hears("có mặt")
    play.clock.set("2026-11-25 09:00")
    await head.says("/bantin")
    await head.hears()
    await head.hears("đến giờ này", "Có mặt", buttons=("Tuần trước", "chuyên cần"))
    await head.taps("chuyên cần")
    await head.hears("thứ Hai 23/11", "Phạm Văn Tiếp Nhận")
    await head.taps("Tuần trước")
    await head.hears("16/11 – 22/11")


async def test_nothing_to_say_is_two_lines(play: Play) -> None:
    head = await play.official("CT02")
    play.clock.set("2026-11-30 07:45")
    await tick(play)
    digest = await head.hears(buttons=("Đã xem",))
    assert digest.text.splitlines() == [
        "📰 BẢN TIN TUẦN 23/11 – 29/11 · Ủy ban nhân dân xã Hoà Lạc",
        "Không có gì cần anh/chị xem. Chúc anh/chị tuần mới nhiều thuận lợi!",
    ]
    await head.says("/bantin")
    so_far = await head.hears("TUẦN NÀY 30/11 – 6/12", "Đến giờ này chưa có gì cần anh/chị xem.")
    assert len(so_far.text.splitlines()) == 2


async def test_after_tet_last_week_is_the_last_one_worked(play: Play) -> None:
    """16-20/2/2026 are holidays. A case of the Wednesday among them is new in the digest of Monday 23/2, and its number opens it."""
    play.clock.set("2026-02-13 09:00")
    head = await play.official("CT01")
    play.clock.set("2026-02-18 20:00")
    await file_some(play, 1)
    await head.hears("phản ánh mới")
    play.clock.set("2026-02-23 08:00")
    await tick(play)
    await head.hears()
    await head.hears("BẢN TIN TUẦN 9/2 – 15/2 (phản ánh tính cả những ngày nghỉ đến hết 22/2)", "Phản ánh mới: 1")
    await head.taps("Mới (1)")
    await head.hears("1 phản ánh mới:", buttons=("Số ",))
    await head.says("/bantin")
    await head.hears("TUẦN NÀY 23/2 – 1/3")
    await head.taps("Tuần trước")
    await head.hears()
    await head.hears("BẢN TIN TUẦN 9/2 – 15/2", buttons=("Đã xem", "Mới (1)"))


async def test_a_number_opens_all_that_it_counts(play: Play) -> None:
    numbers = await file_some(play, 15)
    head = await play.official("CT01")
    play.clock.set("2026-11-24 09:00")
    await head.hears("15 phản ánh đang chờ")
    await head.says("/bantin")
    await head.hears()
    await head.hears("Phản ánh mới: 15")
    await head.taps("Mới (15)")
    first = await head.hears("15 phản ánh mới (1–12)")
    await head.taps("Xem tiếp")
    rest = await head.hears("15 phản ánh mới (13–15)", buttons=("Xem trước đó",))
    shown = [label for page in (first, rest) for label in page.buttons if "Số " in label]
    assert [int(label.split("Số ")[1].split(" ")[0]) for label in shown] == numbers
    await head.taps(f"Số {numbers[-1]}")
    await head.hears(f"Phản ánh số {numbers[-1]}")


async def test_the_board_names_who_is_in_and_who_is_not(play: Play) -> None:
    head, official = await play.official("CT01"), await play.official("MC01")
    play.clock.set("2026-11-23 07:25")
    await official.says("/diemdanh")
    await official.hears("có mặt buổi sáng")
    play.clock.set("2026-11-23 08:00")
    await head.says("/homnay")
    await head.hears("Buổi sáng", "có mặt 1/5", "Phạm Văn Tiếp Nhận")


async def test_a_reminder_before_the_session_and_its_button(play: Play) -> None:
    official, done, away = await play.official("MC01"), await play.official("MC02"), await play.official("YT02")
    play.clock.set("2026-11-23 06:50")
    await away.says("/nghi hôm nay")
    while not any("Đúng" in label for label in (await away.hears()).buttons):
        break
    play.clock.set("2026-11-23 07:05")
    await done.says("/diemdanh")
    await done.hears("có mặt")
    play.clock.set("2026-11-23 07:16")
    await tick(play)
    await official.hears("bắt đầu lúc 07:30", buttons=("Điểm danh buổi sáng",))
    await tick(play)
    await official.taps("Điểm danh buổi sáng")
    await official.hears("có mặt buổi sáng")
    play.people.remove(away)


async def test_silent_on_the_swapped_day_off_and_awake_on_the_swapped_saturday(play: Play) -> None:
    official = await play.official("MC01")
    play.clock.set("2026-01-02 07:20")
    await tick(play)
    await official.hears_nothing()
    play.clock.set("2026-01-10 07:20")
    await tick(play)
    await official.hears("bắt đầu lúc 07:30")
