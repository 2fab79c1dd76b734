"""`congvu classify`: JSON Lines in, JSON Lines out, one judgement a line, and one bad line never stops the rest."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from nlp.classify import Classifier, Judgement


class BadLine(ValueError):
    """A line cannot be judged; carries the id if the line had one."""

    def __init__(self, reason: str, id: object = None) -> None:
        super().__init__(reason)
        self.id = id


def classify_lines(lines: Iterable[bytes], out: BinaryIO, classifier: Classifier) -> int:
    """Judge each line `{"id", "text"}` and write its answer at once, in the same order, as UTF-8; returns the lines answered.

    A bad line is answered with `{"id", "error"}`: "not JSON", "not UTF-8", "not an object", "no id", "no text" or "text is not a string".
    Empty lines are passed over.
    """
    answered = 0
    for answer in _answers(lines, classifier):
        out.write(_line(answer))
        out.flush()
        answered += 1
    return answered


def as_row(id: object, judgement: Judgement) -> dict[str, object]:
    """A judgement as the object that `congvu classify` writes."""
    return {
        "id": id,
        "label": judgement.label,
        "also": list(judgement.also),
        "confidence": judgement.confidence,
        "sure": judgement.sure,
        "flags": list(judgement.flags),
        "reasons": list(judgement.reasons),
    }


def _answers(lines: Iterable[bytes], classifier: Classifier) -> Iterator[dict[str, object]]:
    for number, line in enumerate(lines):
        bare = (line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line).strip()
        if not bare:
            continue
        try:
            id, text = _read(bare)
        except BadLine as bad:
            yield {"id": bad.id, "error": str(bad)}
        else:
            yield as_row(id, classifier.judge(text))


def _read(line: bytes) -> tuple[object, str]:
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
    return id, row["text"]


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
