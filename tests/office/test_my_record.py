"""One's own month: what each day shows, and a picture that a phone can show."""

from __future__ import annotations

import datetime as dt
import io
import time

from PIL import Image

from office import Session
from office.attendance import check_in
from office.database import Database
from office.moments import VIETNAM
from office.month_picture import WIDTH, PictureWords, month_picture
from office.my_record import DayRecord, Mark, MonthRecord, SessionRecord, month_record
from office.records import Attendance, Leave, Person, Post
from office.self_check import Answers, save
from tests.small_office import SmallOffice

D = dt.date
NOW = dt.datetime(2026, 11, 25, 10, 0, tzinfo=VIETNAM)  # Wednesday morning

WORDS = PictureWords(
    title="Tháng 11/2026",
    name="Phạm Văn Tiếp Nhận",
    weekdays=("T2", "T3", "T4", "T5", "T6", "T7", "CN"),
    on_time="Đúng giờ",
    late="Muộn",
    missed="Thiếu",
    away="Báo vắng",
    self_check="Tự kiểm tra",
    legend_day="Mỗi ngày: bên trái là buổi sáng, bên phải là buổi chiều.",
    leave={"leave": "Phép", "mission": "Công tác", "study": "Đi học", "sick": "Ốm"},
)


async def month_of(session: Session, office: SmallOffice) -> dict[D, DayRecord]:
    record = await month_record(session, office.people["MC02"], office.units["an-binh-mot-cua"], D(2026, 11, 1), NOW)
    return {each.day: each for each in record.days}


async def test_each_day_shows_what_happened(database: Database, small_office: SmallOffice) -> None:
    person, unit = small_office.people["MC02"], small_office.units["an-binh-mot-cua"]
    async with database.transaction() as session:
        await check_in(session, person, unit, dt.datetime(2026, 11, 23, 7, 20, tzinfo=VIETNAM))
        await check_in(session, person, unit, dt.datetime(2026, 11, 23, 14, 0, tzinfo=VIETNAM))
        await check_in(session, person, unit, dt.datetime(2026, 11, 25, 7, 29, tzinfo=VIETNAM))
        session.add(Leave(person_id=person, first_day=D(2026, 11, 19), last_day=D(2026, 11, 22), kind="mission"))
        await save(session, person, unit, D(2026, 11, 23), Answers(), NOW)
        await session.flush()
        days = await month_of(session, small_office)
        record = await month_record(session, person, unit, D(2026, 11, 1), NOW)

    def marks(day: int) -> list[Mark]:
        return [each.mark for each in days[D(2026, 11, day)].sessions]

    assert len(days) == 30
    assert marks(23) == [Mark.ON_TIME, Mark.LATE]
    assert days[D(2026, 11, 23)].self_checked
    assert marks(24) == []
    assert days[D(2026, 11, 24)].holiday == "Ngày Văn hóa Việt Nam"
    assert marks(25) == [Mark.ON_TIME, Mark.OPEN]
    assert marks(26) == [Mark.OPEN, Mark.OPEN]
    assert marks(18) == [Mark.MISSED, Mark.MISSED]
    assert (marks(19), days[D(2026, 11, 19)].leave) == ([], "mission")
    assert marks(28) == []
    assert (record.sessions(Mark.ON_TIME), record.sessions(Mark.LATE), record.leave_days, record.self_checks) == (2, 1, 2, 1)
    assert record.sessions(Mark.MISSED) == 2 * 13  # 2-18 November without the weekends
    assert record.begun_days == 15


async def test_before_the_first_post_nothing_was_missed(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        newcomer = Person(staff_code="MOI", full_name="Người Mới")
        session.add(newcomer)
        await session.flush()
        session.add(Post(person_id=newcomer.id, unit_id=small_office.units["an-binh"], role="official", valid_from=D(2026, 11, 18)))
        await session.flush()
        record = await month_record(session, newcomer.id, small_office.units["an-binh"], D(2026, 11, 1), NOW)
    assert [day.day.day for day, each in record.each_session() if each.mark is Mark.MISSED] == [18, 18, 19, 19, 20, 20, 23, 23]


async def test_an_arrival_on_a_day_off_is_shown(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        arrived = dt.datetime(2026, 11, 21, 8, 0, tzinfo=VIETNAM)
        session.add(
            Attendance(
                person_id=small_office.people["MC02"],
                unit_id=small_office.units["an-binh"],
                day=arrived.date(),
                session="morning",
                arrived_at=arrived,
            )
        )
        await session.flush()
        days = await month_of(session, small_office)
    assert [each.mark for each in days[D(2026, 11, 21)].sessions] == [Mark.ON_TIME]


def full_month(first: D, length: int) -> MonthRecord:
    """Every kind of day in turn."""
    kinds = [(Mark.ON_TIME, Mark.ON_TIME), (Mark.LATE, Mark.MISSED), (Mark.MISSED, Mark.LATE), (Mark.OPEN, Mark.OPEN)]
    days = []
    for n in range(length):
        day = first + dt.timedelta(days=n)
        sessions = tuple(SessionRecord(name, mark) for name, mark in zip(("morning", "afternoon"), kinds[n % 4], strict=True))
        leave = "mission" if n % 9 == 8 else None
        days.append(DayRecord(day, day.weekday() < 5, () if leave or day.weekday() > 4 else sessions, leave, None, n % 2 == 0))
    return MonthRecord(first + dt.timedelta(days=20), tuple(days))


def test_the_picture_fits_a_phone_and_grows_with_the_weeks() -> None:
    sizes = []
    for first, length in [(D(2027, 2, 1), 28), (D(2026, 11, 1), 30)]:  # four weeks; six
        with Image.open(io.BytesIO(month_picture(full_month(first, length), WORDS))) as picture:
            assert picture.format == "PNG"
            sizes.append(picture.size)
    (narrow, four_weeks), (wide, six_weeks) = sizes
    assert narrow == wide == WIDTH == 1080
    assert four_weeks < six_weeks < 1500


def test_the_marks_can_be_told_apart_without_colour() -> None:
    """In shades of grey the bars of the four marks still differ: each has its own share of ink."""
    first = D(2026, 6, 1)  # a Monday: the first cells are worked days
    shares = set()
    for mark in Mark:
        record = MonthRecord(
            D(2026, 7, 1), tuple(DayRecord(first + dt.timedelta(days=n), True, (SessionRecord("morning", mark),)) for n in range(30))
        )
        with Image.open(io.BytesIO(month_picture(record, WORDS))) as picture:
            bar = picture.convert("L").crop((58, 410, 58 + 46, 410 + 28)).point(lambda shade: 255 if shade < 225 else 0)
            shares.add(round(sum(bar.histogram()[255:]) / (46 * 28), 1))
    assert len(shares) == 4, shares


def test_what_was_added_afterwards_is_underlined() -> None:
    def under_the_first_bar(kept: Attendance | None) -> int:
        session = SessionRecord("morning", Mark.ON_TIME, kept)
        days = tuple(DayRecord(D(2026, 6, 1) + dt.timedelta(days=n), True, (session,)) for n in range(30))  # the first cell is a Monday
        with Image.open(io.BytesIO(month_picture(MonthRecord(D(2026, 7, 1), days), WORDS))) as picture:
            return int(picture.convert("L").crop((58, 441, 58 + 46, 449)).getextrema()[0])

    assert under_the_first_bar(Attendance(corrected=False, left_corrected=False)) == under_the_first_bar(None) > 250
    assert under_the_first_bar(Attendance(corrected=True, left_corrected=False)) < 60
    assert under_the_first_bar(Attendance(corrected=False, left_corrected=True)) < 60


def test_drawing_is_quick_enough_for_a_turn() -> None:
    record = full_month(D(2026, 11, 1), 30)
    month_picture(record, WORDS)
    took = []
    for _ in range(5):
        begun = time.process_time()
        month_picture(record, WORDS)
        took.append(time.process_time() - begun)
    assert min(took) < 0.1
