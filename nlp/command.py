"""`congvu classify`: JSON Lines in, JSON Lines out, one judgement a line, and one bad line never stops the rest."""

import datetime as dt
import json
import math
from collections.abc import Iterable
from typing import Any, BinaryIO, NoReturn
from zoneinfo import ZoneInfo

from nlp.classify import Classifier, Judgement
from nlp.entities import Entities, PersonMention, TimeMention, UnitMention, find
from nlp.entities.reading import shown
from nlp.redact import redact
from nlp.track import Track, advise

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

MOST_BYTES = 1_000_000
"""Bytes of a line that are looked at; a message that is read to its end has some twenty thousand."""

_FIRST_YEAR, _LAST_YEAR = 1990, 2099
"""Years in which a message can have been told: the days that it speaks of are reckoned from there."""


class BadLine(ValueError):
    """A line cannot be judged; carries the id if the line had one."""

    def __init__(self, reason: str, id: object = None) -> None:
        super().__init__(reason)
        self.id = id


def classify_lines(lines: Iterable[bytes], out: BinaryIO, classifier: Classifier, today: dt.date | None = None) -> int:
    """Judge each line `{"id", "text"}` and write its answer at once, in the same order, as UTF-8; returns the lines answered.

    Times are told as of `today`, by default the day in Vietnam; a line may carry its own, as `"today": "2026-11-23"`, from 1990 to 2099.
    A bad line is answered with `{"id", "error"}`: "not JSON", "not UTF-8", "not an object", "no id", "no text", "text is not a string",
    "today is no date" or "line too long"; one at which the program itself fails with "fault: " and its name. Empty lines are passed over.
    """
    told_on = today or today_in_vietnam()
    answered = 0
    for number, line in enumerate(lines):
        if bare := bare_line(line, first=number == 0):
            out.write(answer_to(bare, classifier, told_on))
            out.flush()
            answered += 1
    return answered


def today_in_vietnam() -> dt.date:
    """The day as of which times are told unless somebody says otherwise."""
    return dt.datetime.now(VIETNAM).date()


def bare_line(line: bytes, first: bool) -> bytes:
    """The line without what surrounds it, a byte order mark before the first included; empty if nothing is to be answered."""
    return (line.removeprefix(b"\xef\xbb\xbf") if first else line).strip()


def answer_to(line: bytes, classifier: Classifier, today: dt.date) -> bytes:
    """The answer to one line that is not empty, as a line of JSON. Never raises for what a line may hold."""
    try:
        id, text, told_on = _read(line)
    except BadLine as bad:
        return _line({"id": bad.id, "error": str(bad)})
    try:
        return _line(as_row(id, text, classifier.judge_readable(shown(text)), told_on or today))
    except Exception as fault:  # whatever it is, the lines after this one still want their answers
        return _line({"id": id, "error": f"fault: {type(fault).__name__}"})


def as_row(id: object, text: str, judgement: Judgement, today: dt.date) -> dict[str, object]:
    """What `congvu classify` writes of a message: the judgement, and what its companions found."""
    return {
        "id": id,
        "label": judgement.label,
        "also": list(judgement.also),
        "confidence": judgement.confidence,
        "sure": judgement.sure,
        "flags": list(judgement.flags),
        "reasons": list(judgement.reasons),
        "top": [list(pair) for pair in judgement.top],
        "entities": _entities(find(text, today)),
        "redacted": redact(text).text,
        "track": _fields(advise(text, judgement.label, judgement.flags)),
    }


def _entities(entities: Entities) -> dict[str, object]:
    return {
        "units": list(map(_fields, entities.units)),
        "people": list(map(_fields, entities.people)),
        "times": [_fields(time) | {"date": _iso(time.date), "clock": _iso(time.clock)} for time in entities.times],
    }


def _fields(mention: UnitMention | PersonMention | TimeMention | Track) -> dict[str, object]:
    """Its fields by name; `dataclasses.asdict` copies all of them deeply, which took a twentieth of the time."""
    return {name: getattr(mention, name) for name in mention.__slots__}


def _iso(moment: dt.date | dt.time | None) -> str | None:
    if isinstance(moment, dt.time):
        return moment.isoformat("minutes")
    return moment.isoformat() if moment else None


def _read(line: bytes) -> tuple[object, str, dt.date | None]:
    if len(line) > MOST_BYTES:
        raise BadLine("line too long")
    row = _parse(line)
    if not isinstance(row, dict):
        raise BadLine("not an object")
    id = row.get("id")
    if id is None:
        raise BadLine("no id")
    if "text" not in row:
        raise BadLine("no text", id)
    if not isinstance(row["text"], str):
        raise BadLine("text is not a string", id)
    return id, row["text"], _told_on(row.get("today"), id)


def _told_on(written: object, id: object) -> dt.date | None:
    if written is None:
        return None
    try:
        day = dt.date.fromisoformat(written if isinstance(written, str) else "")
    except ValueError:
        day = None
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise BadLine("today is no date", id)
    return day


def _parse(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8"), parse_constant=_refuse, parse_float=_finite)
    except UnicodeDecodeError:
        raise BadLine("not UTF-8") from None
    except (ValueError, RecursionError):
        raise BadLine("not JSON") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _finite(written: str) -> float:
    value = float(written)
    return value if math.isfinite(value) else _refuse(written)


def _line(answer: dict[str, object]) -> bytes:
    try:
        return json.dumps(answer, ensure_ascii=False, allow_nan=False).encode("utf-8") + b"\n"
    except UnicodeEncodeError:  # half of a surrogate pair in an id
        return json.dumps(answer, allow_nan=False).encode("ascii") + b"\n"
    except RecursionError:  # an id nested so deeply that it can be read but not written
        return json.dumps({"id": None, "error": "not JSON"}).encode("ascii") + b"\n"
