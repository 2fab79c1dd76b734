"""What each shape of a day means: "5/11", "ngày 12", "thứ ba tuần trước", "rằm tháng chín", "cách đây hai tuần", "đầu tháng"."""

import datetime as dt
import itertools
import re
from collections.abc import Callable, Mapping

from nlp.clean import without_accents
from nlp.entities import days
from nlp.entities.numbers import number
from nlp.entities.telling import Firmness, Moment, Telling

OTHER_WORDS = frozenset({"toi", "sang", "dem", "som", "xe"})
"""Without accents these are "tôi", "sang", "đem" far more often than parts of the day."""

Reader = Callable[[Telling, re.Match[str], Moment], Moment | None]

_SHARES = frozenset({"24/7", "1/2", "1/3", "2/3", "3/4", "1/4"})
_LED_BY = "từ đến tới vào lúc sáng chiều tối trưa đêm hẹn nộp hạn trước sau qua cũ là giờ hai ba tư năm sáu bảy nhật gửi đơn , ("
_NUMBERS_OF = "hạng số nhà ngõ ngách hẻm kiệt lớp quầy đường tổ khóm phố căn phòng thửa điều khoản định"
_AFTER_TET = 20
"""Days after Tết in which "mùng bảy" is of the lunar month."""


# --- with the month -----------------------------------------------------------------------------------------------------------------


def _numeric(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    numbers = match["numeric"].split(match["mark"])
    day, month = int(numbers[0]), int(numbers[1])
    if len(numbers) == 2 and not match["lead"] and not _reads_as_date(telling, match, moment):
        return None
    if match["lunar"]:
        found = days.of_lunar(telling.today, month, day) if month <= 12 and day <= 30 else None
    elif len(numbers) == 3:
        found = days.a_date(days.full_year(numbers[2], telling.today), month, day) if len(numbers[2]) != 3 else None
    elif match["year"]:
        found = days.a_date(_year(telling, match["year"]), month, day)
    else:
        found = days.of_month(telling.today, month, day, telling.is_ahead(moment))
    return moment.on(found, Firmness.EXPLICIT) if found else None


def _reads_as_date(telling: Telling, match: re.Match[str], moment: Moment) -> bool:
    """Whether "5/11" without "ngày" is a day and no house, class or share."""
    led = telling.comes_after(moment, _LED_BY)
    if telling.comes_after(moment, _NUMBERS_OF):
        return False
    if match["mark"] != "/":
        return led or telling.follows(moment) in telling.words.lists["starts_a_story"]
    if led or moment.after >= len(telling.reading.syllables):
        return True
    following = telling.reading.syllables[moment.after]
    name_or_count = (following.is_capital and not telling.reading.shouted) or telling.counts(moment)
    return match["numeric"] not in _SHARES and not name_or_count


def _day_month(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    day, month = number(match["day"]), _month(telling, match["month"])
    if telling.reading.bare and not match["lead"] and not match["day"].isdigit():
        return None
    if day is None or month is None or telling.counts(moment, "per_day") or telling.follows(moment) in telling.forms("ngày tuần"):
        return None
    if match["lunar"] or match["month"] in telling.phrases("giêng", "chạp"):
        found = days.of_lunar(telling.today, month, day, telling.is_ahead(moment))
    elif match["year"]:
        found = days.a_date(_year(telling, match["year"]), month, day)
    else:
        found = days.of_month(telling.today, month, day, telling.is_ahead(moment))
    return moment.on(found, Firmness.EXPLICIT) if found else None


def _month(telling: Telling, written: str) -> int | None:
    month = int(written) if written.isdigit() else telling.words.months.get(written)
    return month if month and 1 <= month <= 12 else None


def _year(telling: Telling, written: str) -> int:
    digits = written[-4:]
    return int(digits) if digits.isdigit() else telling.today.year - (0 if written.endswith("nay") else 1)


def _full_moon(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    month = _month(telling, match["month"]) if match["month"] else None
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
    counted = moment.first > 0 and number(telling.reading.form(moment.first - 1)) is not None
    return None if _month(telling, match["month"]) is None or counted else moment


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
    if not by_mung and not by_hom and telling.counts(moment):
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
    if unit in telling.forms("năm"):
        return moment
    if unit in telling.forms("tháng"):
        if match["count"] in telling.forms("nửa"):
            return moment.on(telling.today - dt.timedelta(days=15))
        return moment if count is None else moment.on(days.months_away(telling.today, -count))
    if count is None:
        return moment
    return moment.on(telling.today - dt.timedelta(days=count * (7 if unit in telling.forms("tuần") else 1)))


def _open(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    return moment


def _days_ago(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    back = telling.words.days_ago[match["phrase"]]
    unknown = back is None or (back < 0 and telling.is_reported(moment))
    return moment if unknown else moment.on(telling.today - dt.timedelta(days=back or 0))


# --- days of the week, edges of the month -------------------------------------------------------------------------------------------


def _weekday(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    weekday = 6 if match["sunday"] else telling.words.weekdays[match["weekday"]]
    week = match["week"] or match["early"]
    if match["weekday"] and not week and _is_ordinal(telling, match, moment):
        return None
    weeks_ago = telling.words.weeks_ago.get(week) if week else None
    if weeks_ago is not None:
        telling.week_told = weeks_ago
        reported = weeks_ago < 0 and telling.is_reported(moment)
        return moment if reported else moment.on(days.weekday_of(telling.today, weekday, weeks_ago))
    if match["coming"]:
        return moment.on(telling.today if telling.today.weekday() == weekday else days.weekday_after(telling.today, weekday))
    if not match["past"] and _stays_open(telling, weekday, moment):
        telling.appointed.add(weekday)
        return moment
    return moment.on(_last_weekday(telling, weekday))


def _stays_open(telling: Telling, weekday: int, moment: Moment) -> bool:
    return weekday in telling.appointed or telling.is_asked(moment) or telling.is_reported(moment) or telling.is_ahead(moment)


def _last_weekday(telling: Telling, weekday: int) -> dt.date:
    """A weekday told without its week: of the week told before, if it has come; else the last."""
    if telling.week_told is not None:
        found = days.weekday_of(telling.today, weekday, telling.week_told)
        if found < telling.today:
            return found
    return days.weekday_before(telling.today, weekday)


def _is_ordinal(telling: Telling, match: re.Match[str], moment: Moment) -> bool:
    """Whether "thứ ba" is the third of something, or in a message without accents "thu 3" is to collect three."""
    if match[0].split()[0] in telling.forms("hôm"):
        return False
    if match[0].split()[0] in telling.forms("ngày") or telling.reading.form(moment.first - 1) in telling.words.lists["ordinal_of"]:
        return not telling.comes_after(moment, "giờ")
    if not match["weekday"].isdigit() and not telling.phrases("thứ nhất").isdisjoint(_pairs(telling)):
        return True
    if not telling.reading.bare:
        return False
    led = moment.first == 0 or telling.comes_after(moment, "hôm sáng chiều tối trưa ngày từ đến tới vào tuần lúc , .")
    return telling.counts(moment) or not (match["weekday"].isdigit() or led or telling.follows(moment) == ",")


def _pairs(telling: Telling) -> list[str]:
    forms = [syllable.form for syllable in telling.reading.syllables]
    return [f"{first} {second}" for first, second in itertools.pairwise(forms)]


_EDGES = {"đầu": "first", "giữa": "middle", "cuối": "last", "tháng": "month", "tuần": "week", "năm": "year"}
_BARE_EDGES = {without_accents(word): value for word, value in _EDGES.items()}


def _edge(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    names = _BARE_EDGES if telling.reading.bare else _EDGES
    edge, span, which = names[match["edge"]], names[match["span"]], match["which"] or ""
    month = _month(telling, which) if which and span == "month" else None
    back = 1 if which in telling.phrases("trước", "rồi", "vừa rồi", "ngoái") else -1 if which in telling.phrases("sau", "tới") else 0
    if which and month is None and not back and which not in telling.phrases("này", "nay"):
        moment = moment._replace(after=moment.after - len(which.split()))
    ahead = back < 0 or which in telling.phrases("này", "nay") or telling.is_ahead(moment)
    return moment.on(_edge_of(telling, edge, span, month, back, match["year"], ahead))


def _edge_of(telling: Telling, edge: str, span: str, month: int | None, back: int, year: str | None, ahead: bool) -> dt.date | None:
    if span == "week":
        return days.edge_of_week(telling.today, edge, back, ahead)
    if span == "year":
        return days.edge_of_year(telling.today, edge, back)
    found = days.edge_of_month(telling.today, edge, month, back, ahead)
    return days.a_date(_year(telling, year), found.month, found.day) if found and year else found


DAY_READERS: Mapping[str, Reader] = {
    "numeric": _numeric, "day_month": _day_month, "full_moon": _full_moon, "tet": _tet, "day": _day, "ago": _ago, "before": _ago,
    "weekday": _weekday, "every": _open, "edge": _edge, "month": _open_month, "since": _open, "days_ago": _days_ago,
    "part_and_number": _part_and_number, "feast": _feast, "solar_feast": _solar_feast, "year_end": _year_end,
}  # fmt: skip
