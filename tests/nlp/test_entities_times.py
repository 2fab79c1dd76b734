"""When it happened, as people tell it, is a real date: proper Vietnamese, without accents, in shorthand, by the moon."""

import datetime as dt

import pytest
from holidays.calendars.chinese import VIETNAMESE_CALENDAR, _ChineseLunisolar
from hypothesis import given
from hypothesis import strategies as st

from nlp.entities import TimeMention, find
from nlp.entities.lunar import lunar_day, solar_day
from nlp.entities.numbers import number

MONDAY = dt.date(2026, 11, 23)


def times(text: str, today: dt.date = MONDAY) -> tuple[TimeMention, ...]:
    return find(text, today).times


def dates(text: str, today: dt.date = MONDAY) -> list[str | None]:
    return [time.date.isoformat() if time.date else None for time in times(text, today)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("sáng thứ 3 tuần trước tôi ra xã", "2026-11-17"),
        ("hôm kia tôi gọi không ai nghe", "2026-11-21"),
        ("bữa qua ổng đi đám giỗ", "2026-11-22"),
        ("bựa qua tui đi", "2026-11-22"),
        ("hẹn 14h30 ngày 5/11 mà quầy tắt đèn", "2026-11-05"),
        ("ngày 05/11/2026 tôi nhận quyết định", "2026-11-05"),
        ("ngày mười ba tháng mười một tôi tới uỷ ban", "2026-11-13"),
        ("rằm tháng 9 vừa rồi ông hứa trả lời", "2026-10-24"),
        ("hồ sơ nộp từ đầu tháng", "2026-11-01"),
        ("cuối tháng trước nộp đơn", "2026-10-31"),
        ("cách đây 2 tuần tôi gửi đơn", "2026-11-09"),
        ("ba hôm trước tôi gửi thư", "2026-11-20"),
        ("nửa tháng trước", "2026-11-08"),
        ("Thứ hai 16/11 anh quên tên tôi", "2026-11-16"),
        ("tối thứ Bảy có người ném đá", "2026-11-21"),
        ("chủ nhật tuần trước nữa", "2026-11-15"),
        ("hồi sáng tui ngồi đợi", "2026-11-23"),
        ("tối 14 họp dân", "2026-11-14"),
        ("hôm 19 tôi mang hồ sơ ra", "2026-11-19"),
        ("ông cụ mất mùng 2 tháng 9 âm", "2026-10-11"),
        ("27/7 năm ngoái", "2025-07-27"),
        ("t5 tuần trước e đi đổi bằng", "2026-11-19"),
        ("hqua e lên phường", "2026-11-22"),
        ("thu 6 tuan truoc minh len xa", "2026-11-20"),
        ("hom kia minh goi", "2026-11-21"),
        ("tu dau thang toi gio chua xong", "2026-11-01"),
        ("chieu nay luc 15h40", "2026-11-23"),
        ("ngày 5/11/90 tôi nhận sổ", "1990-11-05"),
        ("mồng 10 tháng 3 xã nghỉ", "2026-04-26"),
        ("mùng 5 tháng 5", "2026-06-19"),
        ("2026-11-05 tôi nộp", "2026-11-05"),
        ("mai lên lấy có được không", "2026-11-24"),
        ("ngày kia tôi quay lại", "2026-11-25"),
        ("còn 3 ngày nữa", "2026-11-26"),
        ("hai tuần nữa", "2026-12-07"),
        ("hôm nay thứ hai", "2026-11-23"),
        ("bữa hôm qua tụi em lên", "2026-11-22"),
        ("thu tu tuan truoc minh len", "2026-11-18"),
        ("ngay 16 co giao nghi", "2026-11-16"),
        ("Thứ 2 tới giờ ko có ai trực", "2026-11-16"),
    ],
)
def test_what_is_told_becomes_a_date(text: str, date: str):
    assert dates(text) == [date]


@pytest.mark.parametrize(
    "text",
    [
        "bữa hổm tui ra xã",
        "hôm trước tôi hỏi",
        "mấy hôm nay loa rè",
        "tháng trước nộp đơn",
        "sáng nào cũng muộn",
        "thứ bảy có làm việc không ạ",
        "hồi 11/2026 tôi nộp",
        "từ năm 2022",
        "bảo mai quay lại",
        "thầy nói cuối năm lấy",
    ],
)
def test_what_is_left_open_has_no_date(text: str):
    assert set(dates(text)) == {None}


@pytest.mark.parametrize(
    "text",
    [
        "đợi hơn 3 giờ",
        "lần thứ ba tôi viết",
        "quầy thứ hai",
        "lệ phí 1/2 số tiền",
        "nhà số 12/3 Lê Lợi",
        "Nghị định 118/2025/NĐ-CP",
        "thu 3 trieu khong bien lai",
        "toi sang quay so 4",
        "tôi 71 tuổi, đi 5 lần",
        "Thứ nhất là chậm, thứ hai là thô lỗ",
        "đạt 9/10 điểm",
        "chia 2/3",
        "địa chỉ 5/11",
        "chị Mai lên lấy",
        "lên CN VPĐKĐĐ lấy sổ",
        "cau moi hoi toi can gi",
    ],
)
def test_other_numbers_are_no_times(text: str):
    assert [time for time in times(text) if time.date or time.clock] == []


@pytest.mark.parametrize(
    ("text", "clock", "part"),
    [
        ("lúc 14h30", dt.time(14, 30), None),
        ("bảy giờ rưỡi sáng nay", dt.time(7, 30), "morning"),
        ("2h chiều hôm qua", dt.time(14), "afternoon"),
        ("bốn giờ kém mười lăm", dt.time(3, 45), None),
        ("từ 7 rưỡi", dt.time(7, 30), None),
        ("12 giờ đêm qua", dt.time(0), "night"),
    ],
)
def test_the_hour_and_the_part_of_the_day_are_read(text: str, clock: dt.time, part: str | None):
    (time,) = times(text)
    assert (time.clock, time.part) == (clock, part)


def test_day_part_and_hour_that_stand_together_are_one_time():
    (time,) = times("Lúc 8 giờ sáng thứ hai tuần trước, tôi có mặt")
    assert (time.words, time.date, time.clock) == ("8 giờ sáng thứ hai tuần trước", dt.date(2026, 11, 16), dt.time(8))


def test_a_day_without_its_month_goes_on_from_the_date_before():
    assert dates("nộp 18/9, hẹn ngày 30 mà chưa có") == ["2026-09-18", "2026-09-30"]


def test_spans_of_hours_and_days_are_two_times():
    assert [time.clock for time in times("7h30-11h30")] == [dt.time(7, 30), dt.time(11, 30)]
    assert dates("8h15-9h45 sáng nay")[-1] == "2026-11-23"
    assert dates("5/11-9/11 không ai trực") == ["2026-11-05", "2026-11-09"]


def test_the_next_day_follows_the_day_told():
    assert dates("Tối 14/11 nhà em bị trộm. Sáng hôm sau có hai anh tới") == ["2026-11-14", "2026-11-15"]
    assert dates("Hôm sau con rể tui tới") == []


@pytest.mark.parametrize("today", [dt.date(1, 1, 1), dt.date(9999, 12, 31), dt.date(1990, 1, 1), dt.date(2099, 12, 31)])
@pytest.mark.parametrize("text", ["hôm qua", "ngày mai", "rằm tháng 7", "thứ 2 tuần trước", "đầu năm ngoái", "cách đây 59 tháng", "30 tết"])
def test_days_far_off_are_not_reckoned(text: str, today: dt.date):
    assert set(dates(text, today)) == {None}


def test_two_dates_are_two_times():
    assert dates("nộp 31-10, hẹn 14-11, giờ 19/11 chưa có") == ["2026-10-31", "2026-11-14", "2026-11-19"]


def test_days_around_tet_are_reckoned_by_the_moon():
    after = dt.date(2027, 2, 20)
    assert dates("mùng 2 tết tôi lên trạm", after) == ["2027-02-07"]
    assert dates("chiều 30 tết anh xuống thu xe", after) == ["2027-02-05"]
    assert dates("mùng bảy xã làm việc lại", after) == ["2027-02-12"]
    assert dates("hôm 23 tháng chạp tôi nộp", after) == ["2027-01-30"]


def test_what_is_still_to_come_may_lie_ahead():
    assert dates("cán bộ hẹn 30/11 trả kết quả") == ["2026-11-30"]
    assert dates("ngày mai một cửa có làm không") == ["2026-11-24"]
    assert dates("người ta bảo thứ hai tuần sau quay lại") == [None]


@given(st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31)))
def test_there_and_back_by_the_moon_is_the_same_day(day: dt.date):
    lunar = lunar_day(day)
    assert 1 <= lunar.day <= 30
    assert lunar.leap or solar_day(lunar.year, lunar.month, lunar.day) == day


@pytest.mark.parametrize(("feast", "month", "day"), [("lunar_new_year_date", 1, 1), ("hung_kings_date", 3, 10)])
def test_the_moon_agrees_with_the_library_on_the_feasts_it_knows_for_vietnam(feast: str, month: int, day: int):
    known = _ChineseLunisolar(VIETNAMESE_CALENDAR)
    years = range(1990, 2080)
    assert [solar_day(year, month, day) for year in years] == [getattr(known, feast)(year)[0] for year in years]


def test_a_lunar_month_of_29_days_has_no_thirtieth():
    assert solar_day(2026, 12, 30) is None


@pytest.mark.parametrize(
    ("words", "value"), [("mười bảy", 17), ("hai mươi mốt", 21), ("muoi lam", 15), ("tư", 4), ("07", 7), ("hoa", None)]
)
def test_numbers_in_words(words: str, value: int | None):
    assert number(words) == value


@given(
    st.sampled_from(["hôm qua", "thứ 3", "ngày 12", "5/11", "rằm tháng 9", "đầu tháng", "tuần trước thứ 5"]),
    st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)),
)
def test_what_is_told_as_past_is_never_in_the_future(words: str, today: dt.date):
    assert all(time.date is None or time.date <= today for time in times(f"{words} tôi ra xã", today))
