"""What each shape of an hour or a part of the day means: "14h30", "bảy giờ rưỡi", "2 giờ chiều", "tối qua", "hồi sáng"."""

import datetime as dt
import re
from collections.abc import Mapping

from nlp.entities.day_moments import OTHER_WORDS, Reader
from nlp.entities.numbers import number
from nlp.entities.telling import Firmness, Moment, Telling

_NOT_BEFORE_HOUR = {"afternoon": 12, "evening": 12, "noon": 10}
_NOON, _MIDNIGHT = 12, 24
_OF_THE_DAY = ("trưa", "chiều", "tối")
"""Parts that go on with the day told before: "đi từ 5h mà trưa về tay không"."""

_WAYS_THERE = frozenset(("quay", "uy", "xa", "ben", "phuong", "cho", "phong", "nha", "do", "ban", "cong", "tram"))


def _part_and_day(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    if telling.reading.bare and _is_other_words(telling, match[0].strip(), moment):
        return None
    part, back = telling.words.parts[match["part"]], telling.words.part_with_day[match["phrase"]]
    if back is None or (back < 0 and telling.is_reported(moment)):
        return moment._replace(part=part)
    return moment.on(telling.today - dt.timedelta(days=back), Firmness.RELATIVE, part)


def _is_other_words(telling: Telling, phrase: str, moment: Moment) -> bool:
    """In a message without accents "sang qua" is to go over to, "toi qua" I went, "den toi nay" until now."""
    if phrase in ("sang qua", "dem qua"):
        begins = moment.first == 0 or telling.comes_after(moment, ". , mà thì")
        return not begins or telling.follows(moment) in _WAYS_THERE
    if phrase in ("som qua", "khuya qua", "toi mot"):
        return True
    if phrase == "toi qua":
        return telling.follows(moment) in _WAYS_THERE
    return phrase == "toi nay" and moment.first > 0 and not telling.comes_after(moment, ". hom")


def _earlier_today(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    part = next((value for word, value in telling.words.parts.items() if match["phrase"].endswith(word)), None)
    since = match["phrase"].split()[0] in telling.forms("từ")
    return moment.on(telling.told_last if since and telling.told_last else telling.today, Firmness.IMPLIED, part)


def _last_night(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    if telling.reading.bare and match["phrase"] == "hoi toi" and moment.first > 0 and not telling.comes_after(moment, ". ,"):
        return None  # "hỏi tôi"
    return moment.on(telling.today - dt.timedelta(days=1), Firmness.IMPLIED, "evening")


def _part(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    if telling.reading.bare and match[0].strip() in OTHER_WORDS:
        return None
    told = moment._replace(part=telling.words.parts[match["part"]], alone=" " in match["part"])
    goes_on = telling.told_last is not None and telling.comes_after(moment, "tới đến mà") and match["part"] in _OF_THE_DAY
    return told.on(telling.told_last, Firmness.IMPLIED) if goes_on else told


def _clock(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    groups = match.groupdict()
    part = telling.words.parts[groups["part"]] if groups["part"] else None
    hour, minute = number(match["hour"]), _minute(telling, groups.get("minute"), groups.get("less"))
    if hour is None or minute is None or hour > 24:
        return None
    if not groups.get("minute") and part is None and _lasts(telling, match, moment):
        return None
    return _on_its_day(telling, moment._replace(part=part, clock=_time(hour_of_day(hour, part) * 60 + minute)))


def _on_its_day(telling: Telling, moment: Moment) -> Moment:
    """An hour is of the day that its sentence has told: "hôm qua em đến lúc 7 giờ 20"; "hồi 3h sáng" and "mới 4h" by themselves of today."""
    if telling.comes_after(moment, "hồi"):
        return moment.on(telling.told_in_sentence(moment) or telling.today, Firmness.IMPLIED)
    day = telling.told_in_sentence(moment) if telling.comes_after(moment, "lúc mới") else None
    if day and telling.day_before_told(moment):
        return moment.on(day - dt.timedelta(days=1))
    return moment.on(day, Firmness.IMPLIED) if day else moment


def _time(minutes: int) -> dt.time:
    return dt.time(minutes // 60 % 24, minutes % 60)


def _minute(telling: Telling, written: str | None, less: str | None) -> int | None:
    if less:
        missing = number(less)
        return None if missing is None else -missing
    if not written:
        return 0
    if written in telling.forms("rưỡi"):
        return 30
    minute = number(written)
    return minute if minute is not None and minute < 60 else None


def hour_of_day(hour: int, part: str | None) -> int:
    """ "2 giờ chiều" is 14, "12 giờ đêm" is 0, "1 giờ trưa" is 13."""
    if part == "night":
        return hour + 12 if 6 < hour < 12 else 0 if hour == 12 else hour
    return hour + 12 if part in _NOT_BEFORE_HOUR and hour < _NOT_BEFORE_HOUR[part] else hour


def _lasts(telling: Telling, match: re.Match[str], moment: Moment) -> bool:
    """Whether "3 giờ" is how long something took."""
    near = telling.before(moment.first, 2)
    lead = next((form for form in near if form not in telling.words.lists["roughly"]), "")
    if lead == "sau" and match["hour"].isdigit() and _NOON < int(match["hour"]) < _MIDNIGHT:  # "gọi sau 20h"
        return False
    if lead in telling.words.lists["waiting"] or telling.follows(moment) in telling.forms("đồng liền làm trời mỗi một trong"):
        return True
    if telling.reading.bare and match[0].strip() in ("bay gio", "sau gio", "tu gio", "may gio"):
        return True
    return not match["hour"].isdigit() and number(match["hour"]) in (1, 2) and not telling.comes_after(moment, "lúc từ đến tới")


def _half(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    led = telling.comes_after(moment, "từ lúc đến tới gần khoảng tầm mới hơn hẹn đúng")
    found = _clock(telling, match, moment) if led or match["part"] else None
    if found is None or found.clock is None or not 5 <= found.clock.hour <= 23:
        return None
    return found._replace(clock=found.clock.replace(minute=30))


def _hour_and_part(telling: Telling, match: re.Match[str], moment: Moment) -> Moment | None:
    return _clock(telling, match, moment) if telling.comes_after(moment, "lúc tầm khoảng từ đến tới hồi gần") else None


HOUR_READERS: Mapping[str, Reader] = {
    "part_and_day": _part_and_day, "today": _earlier_today, "last_night": _last_night, "part": _part, "clock": _clock,
    "digital": _clock, "half": _half, "hour_and_part": _hour_and_part,
}  # fmt: skip
