"""What each shape of a day means: "5/11", "ngày 12", "thứ ba tuần trước", "rằm tháng chín", "cách đây hai tuần", "đầu tháng"."""

import datetime as dt
import re
from collections.abc import Callable, Mapping

from nlp.entities import days
from nlp.entities.numbers import number
from nlp.entities.telling import Firmness, Moment, Telling

OTHER_WORDS = frozenset({"toi", "sang", "dem", "som", "xe"})
"""Without accents these are "tôi", "sang", "đem" far more often than parts of the day."""

Reader = Callable[[Telling, re.Match[str], Moment], Moment | None]

_SHARES = frozenset({"24/7", "1/2", "1/3", "2/3", "3/4", "1/4"})
_LED_BY = "từ đến tới vào lúc sáng chiều tối trưa đêm hẹn nộp hạn trước sau qua cũ là giờ hai ba tư năm sáu bảy nhật gửi đơn , ("
_NUMBERS_OF = (
    "hạng số nhà chỉ tờ khu block tầng chia đạt được ngõ ngách hẻm kiệt lớp quầy đường tổ khóm phố căn phòng thửa điều khoản định non binh"
)
_LANES = "hẻm ngõ ngách kiệt đường phố"
_MOON = 29
_AFTER_TET = 20
"""Days after Tết in which "mùng bảy" is of the lunar month."""


# --- with the month -----------------------------------------------------------------------------------------------------------------


def _numeric(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    numbers = match["numeric"].split(match["mark"])
    day, month = int(numbers[0]), int(numbers[1])
    issued = telling.comes_after(moment, "cấp") and telling.reading.form(moment.first - 2) in telling.forms("ngày")
    if issued or telling.comes_after(moment, "sinh") or (len(numbers) == 3 and telling.comes_after(moment, "thành")):
        return None  # of a paper or a birth
    if len(numbers) == 2 and not match["lead"] and not _reads_as_date(telling, match, moment):
        return None
    if match["lunar"] or _is_feast(telling, match["lead"], month, day, len(numbers)):
        found = days.of_lunar(telling.today, month, day) if month <= 12 and day <= 30 else None
    elif len(numbers) == 3:
        found = days.a_date(days.full_year(numbers[2], telling.today), month, day) if len(numbers[2]) != 3 else None
    elif match["year"]:
        found = days.a_date(year_told(telling, match["year"]), month, day)
    else:
        found = days.of_month(telling.today, month, day, telling.is_ahead(moment))
    return moment.on(found, Firmness.EXPLICIT) if found else None


def _is_feast(telling: Telling, lead: str, month: int, day: int, numbers: int = 2) -> bool:
    """Whether "mùng" makes it a feast of the moon: "mùng 10 tháng 3", "mùng 5 tháng 5"."""
    by_mung = not telling.forms("mùng").isdisjoint(lead.split())
    return by_mung and numbers == 2 and [month, day] in telling.words.feasts.values()


def _iso(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    found = days.a_date(*map(int, match["iso"].split("-")))
    return moment.on(found, Firmness.EXPLICIT) if found else None


def _reads_as_date(telling: Telling, match: re.Match[str], moment: Moment) -> bool:
    """Whether "5/11" without "ngày" is a day and no house, class or share."""
    led = telling.comes_after(moment, _LED_BY)
    if telling.comes_after(moment, _NUMBERS_OF) or (not led and telling.follows(moment) in telling.forms(_LANES)):
        return False
    if match["mark"] != "/":
        return led or telling.follows(moment) in telling.words.lists["starts_a_story"]
    if not led and match["numeric"] in _SHARES:
        return False
    if telling.counts(moment, "shared"):
        return False
    if led or moment.after >= len(telling.reading.syllables):
        return True
    following = telling.reading.syllables[moment.after]
    name_or_count = (following.is_capital and not telling.reading.shouted) or telling.counts(moment)
    return not name_or_count


def _day_month(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    day, month = number(match["day"]), month_told(telling, match["month"])
    if telling.reading.bare and not match["lead"] and not match["day"].isdigit():
        return None
    if day is None or month is None or telling.counts(moment, "per_day") or telling.follows(moment) in telling.forms("ngày tuần"):
        return None
    if match["lunar"] or match["month"] in telling.phrases("giêng", "chạp") or _is_feast(telling, match["lead"], month, day):
        found = days.of_lunar(telling.today, month, day, telling.is_ahead(moment) or telling.is_asked(moment))
    elif match["year"]:
        found = days.a_date(year_told(telling, match["year"]), month, day)
    else:
        found = days.of_month(telling.today, month, day, telling.is_ahead(moment))
    return moment.on(found, Firmness.EXPLICIT) if found else None


def month_told(telling: Telling, written: str) -> int | None:
    month = int(written) if written.isdigit() else telling.words.months.get(written)
    return month if month and 1 <= month <= 12 else None


def year_told(telling: Telling, written: str) -> int:
    digits = written[-4:]
    return int(digits) if digits.isdigit() else telling.today.year - (0 if written.endswith("nay") else 1)


def _full_moon(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    month = month_told(telling, match["month"]) if match["month"] else None
    following = days.of_lunar(telling.told_before + dt.timedelta(days=_MOON), None, 15) if telling.told_before and not month else None
    if following and telling.told_before and telling.told_before < following <= telling.today:
        return moment.on(following, Firmness.EXPLICIT)
    return moment.on(days.of_lunar(telling.today, month, 15, telling.is_ahead(moment)), Firmness.EXPLICIT)


def _tet(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    day = number(match["day"] or match["first"])
    named = match["first"] or not telling.forms("mùng ngày hôm").isdisjoint(match[0].split())
    if day is None or not (20 < day <= 30 or (named and 1 <= day <= 20)):
        return None
    ahead = telling.is_ahead(moment)
    found = days.before_tet(telling.today, day, ahead) if day > 20 else days.of_lunar(telling.today, 1, day, ahead)
    return moment.on(found, Firmness.EXPLICIT)


def _open_month(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    before = telling.reading.form(moment.first - 1)
    counted = moment.first > 0 and number(before) is not None and not (telling.reading.bare and before == "tu")  # "từ tháng 6"
    return None if month_told(telling, match["month"]) is None or counted else moment


def _feast(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    if telling.comes_after(moment, "bánh quà đèn tiền cỗ"):
        return None
    month, day = telling.words.feasts[match["phrase"]]
    return moment.on(days.of_lunar(telling.today, month, day, telling.is_ahead(moment)))


def _solar_feast(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    month, day = telling.words.solar_feasts[match["phrase"]]
    return moment.on(days.of_month(telling.today, month, day, telling.is_ahead(moment)))


def _year_end(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    return moment.on(days.before_tet(telling.today, 30))


# --- a day of the month, or so long ago ---------------------------------------------------------------------------------------------


def _day(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    day = number(match["day"])
    by_mung = not telling.forms("mùng").isdisjoint(match["lead"].split())
    by_hom = not telling.forms("hôm").isdisjoint(match["lead"].split())
    if day is None or not 1 <= day <= 31 or (day < 10 and not by_mung and not match["day"].isdigit()):
        return None
    if telling.comes_after(moment, "mỗi một mấy hai ba bốn năm số trong") or (not by_mung and telling.counts(moment, "per_day")):
        return None
    if not by_mung and not by_hom and telling.counts(moment) and telling.follows(moment) not in telling.words.lists["titles"]:
        return None
    if match["lunar"]:
        return moment.on(days.of_lunar(telling.today, None, day), Firmness.EXPLICIT)
    found = _after_tet(telling, day) if by_mung else None
    found = found or days.of_day(telling.today, day, telling.told_before, telling.is_ahead(moment))
    return moment.on(found, Firmness.EXPLICIT) if found else None


def _after_tet(telling: Telling, day: int) -> dt.date | None:
    found = days.of_lunar(telling.today, 1, day)
    return found if found and (telling.today - found).days <= _AFTER_TET else None


def _part_and_number(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    day = int(match["day"])
    if telling.reading.bare and match["part"] in OTHER_WORDS:
        return None
    if not 10 <= day <= 31 or telling.counts(moment):
        return None
    found = days.of_day(telling.today, day, telling.told_before, telling.is_ahead(moment))
    return moment.on(found, Firmness.EXPLICIT, telling.words.parts[match["part"]]) if found else None


def _ago(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    unit, count = match["unit"], number(match["count"])
    if telling.reading.bare and match["count"] == "tu":  # "từ tuần trước"
        return moment._replace(first=moment.first + 1)
    if unit in telling.forms("năm"):
        return moment
    if unit in telling.forms("tháng"):
        if match["count"] in telling.forms("nửa"):
            return moment.on(telling.today - dt.timedelta(days=15))
        return moment if count is None else moment.on(days.months_away(telling.today, -count))
    if count is None:
        return moment
    return moment.on(telling.today - dt.timedelta(days=count * (7 if unit in telling.forms("tuần") else 1)))


def _in(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    """ "3 ngày nữa" is a day if it is counted from now and not from when somebody said it."""
    count = number(match["count"])
    if count is None or telling.is_reported(moment) or match["unit"] in telling.forms("tháng năm"):
        return moment
    return moment.on(telling.today + dt.timedelta(days=count * (7 if match["unit"] in telling.forms("tuần") else 1)))


def _next_day(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    if telling.told_last is None or telling.is_reported(moment):
        return moment._replace(alone=False)
    part = telling.words.parts[match["part"]] if match["part"] else None
    return moment.on(min(telling.told_last + dt.timedelta(days=1), telling.today), part=part)


def _tomorrow(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    """ "Mai lên lấy" is tomorrow; "chị Mai" and "một mai" are not."""
    led = moment.first == 0 or telling.comes_after(moment, ", . hẹn bảo kêu gọi nói dặn thì để đến tới ngày hôm sáng chiều")
    named = moment.first > 0 and telling.reading.syllables[moment.after - 1].raw.istitle() and telling.reading.cased
    alone = " " not in match[0].strip()
    if alone and match["word"] == "mot":  # "một"
        return None
    if alone and (not led or named or telling.follows(moment) not in telling.words.lists["tomorrow"]):
        return None
    if telling.is_reported(moment):
        return moment
    return moment.on(telling.today + dt.timedelta(days=1 if match["word"] == "mai" else 2))


def _open(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    return moment


def _days_ago(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    back = telling.words.days_ago[match["phrase"]]
    unknown = back is None or (back < 0 and telling.is_reported(moment))
    return moment if unknown else moment.on(telling.today - dt.timedelta(days=back or 0))


DAY_READERS: Mapping[str, Reader] = {
    "numeric": _numeric, "day_month": _day_month, "full_moon": _full_moon, "tet": _tet, "day": _day, "ago": _ago, "before": _ago,
    "every": _open, "month": _open_month, "since": _open, "days_ago": _days_ago,
    "iso": _iso, "month_of_year": _open, "year": _open, "in": _in, "next_day": _next_day, "tomorrow": _tomorrow,
    "part_and_number": _part_and_number, "feast": _feast, "solar_feast": _solar_feast, "year_end": _year_end,
}  # fmt: skip
