"""The shapes in which people write a day or an hour, as patterns over the line of a reading."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from nlp.clean import without_accents
from nlp.entities.numbers import NUMBER
from nlp.entities.phrases import patterns
from nlp.word_lists import form, table, written

_MONTH = r"(?:\d{1,2}|@months)"
_YEAR = r"(?:năm )?(?P<year>(?:19|20)\d\d|năm nay|năm ngoái|năm trước|ngoái)"
_LUNAR = r"(?P<lunar> (?:\( )?@lunar)"
_UNIT = r"(?:ngày|hôm|tuần|tháng|năm)"
_WEEK = r"(?:đầu )?(?P<week>@weeks_ago)"
_NAMED = r"(?:thứ (?P<weekday>@weekdays|tư(?= (?:tuần|vừa|này)(?!\S)))|(?P<sunday>@sunday))"
_NO_MORE = r"(?! (?:giờ|nay|bây|hôm|lúc)(?!\S))"
_PART = r"(?: (?P<part>@parts)(?! @part_with_day(?!\S)))?"
_MINUTE = rf"(?P<minute>\d\d|\d(?= phút)|rưỡi|kém (?P<less>{NUMBER})|{NUMBER}(?= phút))"
_OF_SPAN = rf"(?P<which>trước|rồi|vừa rồi|này|nay|sau|tới|ngoái|{_MONTH}){_NO_MORE}"
_RELATIVE = rf"(?:{_WEEK}|(?P<past>@just_past)|(?P<coming>@coming)){_NO_MORE}"

_SHAPES = {
    "numeric": rf"(?P<lead>(?:ngày |hôm |mùng )*)(?P<numeric>\d{{1,2}}(?P<mark>[/.-])\d{{1,2}}(?:(?P=mark)\d{{2,4}})?)(?:{_LUNAR})?(?: {_YEAR})?",
    "iso": r"(?:ngày |hôm )?(?P<iso>(?:19|20)\d\d-\d{1,2}-\d{1,2})",
    "month_of_year": r"(?:hồi |từ )?(?:tháng )?\d{1,2}[/-](?:19|20)\d\d",
    "year": r"(?:hồi |từ )?năm (?:19|20)\d\d",
    "in": rf"(?:@roughly )?(?P<count>{NUMBER}|nửa|mấy|vài) (?P<unit>{_UNIT}) nữa",
    "next_day": r"(?:(?P<part>@parts) )?(?:ngày )?hôm sau",
    "tomorrow": r"(?:(?:ngày|hôm) )?(?P<word>mai|mốt)(?! (?:mốt|mai|sau)(?!\S))",
    "day_month": rf"(?P<lead>(?:ngày |hôm |mùng |rằm )*)(?P<day>{NUMBER}) tháng (?P<month>{_MONTH})(?:{_LUNAR})?(?: {_YEAR})?",
    "full_moon": rf"(?:(?:ngày|hôm) )?rằm(?: tháng (?P<month>{_MONTH}))?",
    "tet": rf"(?:(?:ngày|hôm) )?(?:(?:mùng )?(?P<day>{NUMBER}) tết|mùng (?P<first>{NUMBER}) đầu năm)",
    "day": rf"(?P<lead>(?:ngày |hôm |mùng )+)(?P<day>{NUMBER})(?:{_LUNAR})?",
    "ago": rf"(?:cách đây|cách nay|trước đây) (?:@roughly )?(?P<count>{NUMBER}|nửa|mấy|vài) (?P<unit>{_UNIT})(?: trước)?",
    "before": rf"(?:@roughly )?(?P<count>{NUMBER}|nửa|mấy|vài) (?P<unit>{_UNIT})(?: lễ)? trước",
    "weekday": rf"(?:(?P<early>@weeks_ago) (?:, )?)?(?:(?:ngày|hôm) )?{_NAMED}(?: {_RELATIVE})?(?P<today> hôm nay)?",
    "every": rf"(?:{_NAMED}|@parts|ngày|hôm) @every(?: cũng)?",
    "edge": rf"(?P<edge>đầu|giữa|cuối) (?P<span>tháng|tuần|năm)(?: {_OF_SPAN})?(?: năm (?P<year>\d{{4}}|ngoái|nay))?",
    "month": rf"(?:hồi )?tháng (?P<month>{_MONTH})(?:{_LUNAR})?(?: {_YEAR})?",
    "since": rf"(?:{NUMBER}|mấy|vài|cả|suốt) {_UNIT} (?:nay|rồi|qua)",
    "days_ago": r"(?P<phrase>@days_ago)",
    "part_and_day": r"(?P<part>@parts) (?P<phrase>@part_with_day)",
    "part_and_number": r"(?P<part>@parts) (?:ngày |hôm |mùng )?(?P<day>\d{1,2})(?! (?:tết|tháng|giờ)(?!\S))",
    "today": r"(?P<phrase>@ago_today)",
    "last_night": r"(?P<phrase>@last_night)",
    "part": r"(?P<part>@parts)",
    "feast": r"(?:(?:ngày|hôm) )?(?P<phrase>@feasts)",
    "solar_feast": r"(?:(?:ngày|hôm) )?(?P<phrase>@solar_feasts)",
    "year_end": r"(?P<phrase>@year_end)",
    "clock": rf"(?P<hour>{NUMBER}) giờ(?: {_MINUTE})?(?: phút)?{_PART}",
    "digital": rf"(?P<hour>\d{{1,2}}):(?P<minute>\d\d){_PART}",
    "half": rf"(?P<hour>{NUMBER}) rưỡi{_PART}",
    "hour_and_part": r"(?P<hour>\d{1,2}) (?P<part>sáng|chiều|tối|trưa|đêm)",
}

_NEEDED = {
    "year": "năm", "in": "nữa", "next_day": "sau", "tomorrow": "mai mốt",
    "day_month": "tháng", "full_moon": "rằm", "tet": "tết mùng", "day": "ngày hôm mùng", "ago": "cách trước", "before": "trước",
    "weekday": "thứ nhật cn", "every": "nào hàng hằng mỗi", "edge": "đầu giữa cuối", "month": "tháng", "since": "nay rồi qua",
    "feast": "thu tổ lan táo ngọ", "solar_feast": "tết khánh noel", "year_end": "giao tất", "clock": "giờ", "half": "rưỡi",
}  # fmt: skip
"""Words one of which a message must have before the pattern is tried at all."""


class Words(NamedTuple):
    """The words of times.json in one way of typing."""

    days_ago: Mapping[str, int | None]
    part_with_day: Mapping[str, int | None]
    parts: Mapping[str, str]
    weekdays: Mapping[str, int]
    weeks_ago: Mapping[str, int | None]
    months: Mapping[str, int]
    feasts: Mapping[str, Sequence[int]]
    solar_feasts: Mapping[str, Sequence[int]]
    lists: Mapping[str, frozenset[str]]


@cache
def shapes(bare: bool) -> Mapping[str, re.Pattern[str]]:
    """The pattern of each shape, for messages with accents or without."""
    lost = frozenset(written("times")["lost_without_accents"]) if bare else frozenset()
    lists = {
        name: tuple(word for word in words if word not in lost) for name, words in written("times").items() if not isinstance(words, str)
    }
    return {name: patterns(rf" (?:{shape})(?!\S)", lists)[bare] for name, shape in _SHAPES.items()}


@cache
def needed(bare: bool) -> Mapping[str, frozenset[str]]:
    """For each shape the words one of which a message must have; none for a shape that is always tried."""
    return {name: frozenset((without_accents(line) if bare else line).split()) for name, line in _NEEDED.items()}


@cache
def words(bare: bool) -> Words:
    """The words of times.json, with accents or without."""

    known = written("times")
    lost = frozenset(known["lost_without_accents"]) if bare else frozenset()
    tables = {name: table("times", name, bare) for name in Words._fields if name != "lists"}
    lists = {
        name: frozenset(form(word, bare) for word in value if word not in lost) for name, value in known.items() if isinstance(value, list)
    }
    return Words(**tables, lists=lists)
