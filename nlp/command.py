"""`congvu classify`: JSON Lines in, JSON Lines out, one judgement a line, and one bad line never stops the rest."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from nlp.classify import Classifier, Judgement
from nlp.entities import Entities, find
from nlp.redact import redact
from nlp.track import advise

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class BadLine(ValueError):
    """A line cannot be judged; carries the id if the line had one."""

    def __init__(self, reason: str, id: object = None) -> None:
        super().__init__(reason)
        self.id = id


def classify_lines(lines: Iterable[bytes], out: BinaryIO, classifier: Classifier, today: dt.date | None = None) -> int:
    """Judge each line `{"id", "text"}` and write its answer at once, in the same order, as UTF-8; returns the lines answered.

    Times are told as of `today`, by default the day in Vietnam; a line may carry its own, as `"today": "2026-11-23"`.
    A bad line is answered with `{"id", "error"}`: "not JSON", "not UTF-8", "not an object", "no id", "no text", "text is not a string" or
    "today is no date". Empty lines are passed over.
    """
    answered = 0
    for answer in _answers(lines, classifier, today or dt.datetime.now(VIETNAM).date()):
        out.write(_line(answer))
        out.flush()
        answered += 1
    return answered


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
        "track": asdict(advise(text, judgement.label, judgement.flags)),
    }


def _entities(entities: Entities) -> dict[str, object]:
    return {
        "units": [asdict(unit) for unit in entities.units],
        "people": [asdict(person) for person in entities.people],
        "times": [asdict(time) | {"date": _iso(time.date), "clock": _iso(time.clock)} for time in entities.times],
    }


def _iso(moment: dt.date | dt.time | None) -> str | None:
    if isinstance(moment, dt.time):
        return moment.isoformat("minutes")
    return moment.isoformat() if moment else None


def _answers(lines: Iterable[bytes], classifier: Classifier, today: dt.date) -> Iterator[dict[str, object]]:
    for number, line in enumerate(lines):
        bare = (line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line).strip()
        if not bare:
            continue
        try:
            id, text, told_on = _read(bare)
        except BadLine as bad:
            yield {"id": bad.id, "error": str(bad)}
        else:
            yield as_row(id, text, classifier.judge(text), told_on or today)


def _read(line: bytes) -> tuple[object, str, dt.date | None]:
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
        return dt.date.fromisoformat(written if isinstance(written, str) else "")
    except ValueError:
        raise BadLine("today is no date", id) from None


def _parse(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8"), parse_constant=_refuse)
    except UnicodeDecodeError:
        raise BadLine("not UTF-8") from None
    except (ValueError, RecursionError):
        raise BadLine("not JSON") from None


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _line(answer: dict[str, object]) -> bytes:
    try:
        return json.dumps(answer, ensure_ascii=False).encode("utf-8") + b"\n"
    except UnicodeEncodeError:  # half of a surrogate pair in an id
        return json.dumps(answer).encode("ascii") + b"\n"
