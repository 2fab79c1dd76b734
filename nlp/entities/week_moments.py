"""What days of the week and edges of a month mean: "thứ ba tuần trước", "t6 này", "đầu tháng", "cuối năm ngoái"."""

import datetime as dt
import re
from collections.abc import Mapping

from nlp.clean import without_accents
from nlp.entities import days
from nlp.entities.day_moments import Reader, month_told, year_told
from nlp.entities.telling import Moment, Telling

_WEEK = 7


def _weekday(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    if match["sunday"] and _is_a_branch(telling, moment):
        return None
    weekday = 6 if match["sunday"] else telling.words.weekdays[match["weekday"]]
    if weekday == telling.today.weekday() and (match["today"] or telling.words.days_ago.get(_two_before(telling, moment)) == 0):
        return moment.on(telling.today)
    if match["today"]:
        moment = moment._replace(after=moment.after - 2)
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
    if telling.is_habit(moment) and not match["past"]:
        return moment
    if not match["past"] and _stays_open(telling, weekday, moment, match[0].split()[0] in telling.forms("hôm")):
        telling.appointed.add(weekday)
        return moment
    return moment.on(_last_weekday(telling, weekday))


def _two_before(telling: Telling, moment: Moment) -> str:
    at = moment.first - (1 if telling.reading.form(moment.first - 1) in (",", "(", "là", "la") else 0)
    return f"{telling.reading.form(at - 2)} {telling.reading.form(at - 1)}"


def _is_a_branch(telling: Telling, moment: Moment) -> bool:
    """Whether "CN" is the branch of an office ("CN VPĐKĐĐ", "cn ngân hàng")."""
    if moment.after >= len(telling.reading.syllables) or telling.reading.syllables[moment.after - 1].raw.lower() != "cn":
        return False
    following = telling.reading.syllables[moment.after]
    return (following.raw.isupper() and len(following.raw) > 1) or telling.counts(moment, "branch_of")


def _stays_open(telling: Telling, weekday: int, moment: Moment, told_as_past: bool) -> bool:
    """Whether the day may be any; "dẫn má tới hôm thứ bảy" is past, though "tới" may look ahead."""
    if weekday in telling.appointed or telling.is_asked(moment) or telling.is_reported(moment):
        return True
    return telling.is_ahead(moment) and not (told_as_past and telling.comes_after(moment, "tới"))


def _last_weekday(telling: Telling, weekday: int) -> dt.date:
    """A weekday told without its week: of the week told before, if it has come; else the last."""
    if telling.week_told is not None:
        found = days.weekday_of(telling.today, weekday, telling.week_told)
        if telling.told_last and found < telling.told_last and (telling.today - found).days > _WEEK:  # the story goes on in the next week
            found += dt.timedelta(days=_WEEK)
        if found < telling.today:
            return found
    return days.weekday_before(telling.today, weekday)


def _is_ordinal(telling: Telling, match: re.Match[str], moment: Moment) -> bool:
    """Whether "thứ ba" is the third of something, or in a message without accents "thu 3" is to collect three."""
    if match[0].split()[0] in telling.forms("hôm"):
        return False
    if match[0].split()[0] in telling.forms("ngày") or telling.reading.form(moment.first - 1) in telling.words.lists["ordinal_of"]:
        return not telling.comes_after(moment, "giờ")
    if not match["weekday"].isdigit() and telling.counts_points:
        return True
    if not telling.reading.bare:
        return False
    led = moment.first == 0 or telling.comes_after(moment, "hôm sáng chiều tối trưa ngày từ đến tới vào tuần lúc , .")
    return telling.counts(moment) or not (match["weekday"].isdigit() or led or telling.follows(moment) == ",")


_EDGES = {"đầu": "first", "giữa": "middle", "cuối": "last", "tháng": "month", "tuần": "week", "năm": "year"}
_BARE_EDGES = {without_accents(word): value for word, value in _EDGES.items()}


def _edge(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    names = _BARE_EDGES if telling.reading.bare else _EDGES
    edge, span, which = names[match["edge"]], names[match["span"]], match["which"] or ""
    month = month_told(telling, which) if which and span == "month" else None
    back = 1 if which in telling.phrases("trước", "rồi", "vừa rồi", "ngoái") else -1 if which in telling.phrases("sau", "tới") else 0
    if which and month is None and not back and which not in telling.phrases("này", "nay"):
        moment = moment._replace(after=moment.after - len(which.split()))
    if not which and not match["year"] and (telling.is_reported(moment) or telling.is_asked(moment)):
        return moment
    ahead = back < 0 or which in telling.phrases("này", "nay") or telling.is_ahead(moment)
    return moment.on(_edge_of(telling, edge, span, month, back, match["year"], ahead))


def _edge_of(telling: Telling, edge: str, span: str, month: int | None, back: int, year: str | None, ahead: bool) -> dt.date | None:
    if span == "week":
        return days.edge_of_week(telling.today, edge, back, ahead)
    if span == "year":
        return days.edge_of_year(telling.today, edge, back)
    found = days.edge_of_month(telling.today, edge, month, back, ahead)
    return days.a_date(year_told(telling, year), found.month, found.day) if found and year else found


WEEK_READERS: Mapping[str, Reader] = {"weekday": _weekday, "edge": _edge}
