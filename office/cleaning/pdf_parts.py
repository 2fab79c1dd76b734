"""Where the parts of a PDF stand: its streams, what lies between them, and its objects. Nothing is moved, so no table has to be written anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_STREAM = re.compile(rb"(?<!end)stream[ \t]{0,8}(?:\r\n?|\n)")
_LENGTH = re.compile(rb"/Length\s+(\d{1,9})(?!\s+\d+\s+R)")
_STRING = re.compile(rb"[()\\]")
_BEGINS = re.compile(rb"<<|[(<]")
_MOST_STREAMS = 50_000
_MOST_DEFINITIONS, _LONGEST = 100, 64 * 1024


@dataclass(frozen=True)
class Stream:
    """One stream: the dictionary before it, and where its bytes stand."""

    about: bytes
    start: int
    end: int


def streams_of(pdf: bytes | bytearray) -> Iterator[Stream]:
    """The streams in their order. Raises ValueError for one without an end, and for too many."""
    after = count = 0
    while found := _STREAM.search(pdf, after):
        start = found.end()
        begins = max(pdf.rfind(gap + b"obj", after, found.start()) for gap in (b" ", b"\n", b"\r"))
        about = bytes(pdf[max(after, begins) : found.start()])
        declared = _declared_end(pdf, about, start)
        end = pdf.find(b"endstream", start) if declared is None else declared
        if end < 0:
            raise ValueError("a stream without an end")
        yield Stream(about, start, end)
        after, count = end, count + 1
        if count > _MOST_STREAMS:
            raise ValueError("too many streams")


def _declared_end(pdf: bytes | bytearray, about: bytes, start: int) -> int | None:
    """Where the dictionary says that the stream ends, if it does end there."""
    length = _LENGTH.search(about)
    if length is None:
        return None
    end = start + int(length[1])
    return end if re.match(rb"\s{0,4}endstream", pdf[end : end + 13]) else None


def between(pdf: bytes | bytearray, streams: list[Stream]) -> bytearray:
    """The file with spaces in the place of its streams' bytes: what is left is text, standing where it stood."""
    text = bytearray(pdf)
    for stream in streams:
        text[stream.start : stream.end] = b" " * (stream.end - stream.start)
    return text


def strings_in(text: bytes | bytearray, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Begin and end of what stands within each string of this part, and whether it is in hexadecimal. Raises ValueError."""
    at = start
    while found := _BEGINS.search(text, at, end):
        if found[0] == b"<<":
            at = found.end()
            continue
        begin, is_hex = found.end(), found[0] == b"<"
        stop = text.find(b">", begin, end) if is_hex else _end_of_string(text, begin, end)
        if stop < 0:
            raise ValueError("a string without an end")
        yield begin, stop, is_hex
        at = stop + 1


def _end_of_string(text: bytes | bytearray, at: int, end: int) -> int:
    depth = 1
    while found := _STRING.search(text, at, end):
        at = found.end()
        mark = found[0]
        if mark == b"\\":
            at += 1
        else:
            depth += 1 if mark == b"(" else -1
            if not depth:
                return found.start()
    raise ValueError("a string without an end")


def objects_in(text: bytes | bytearray, number: int) -> Iterator[tuple[int, int]]:
    """Where the definitions of an object stand; a file changed several times has several. Raises ValueError."""
    for count, found in enumerate(re.finditer(rb"(?<!\d)0{0,9}%d\s+\d+\s+obj\b" % number, text)):
        end = text.find(b"endobj", found.end(), found.end() + _LONGEST)
        if end < 0 or count >= _MOST_DEFINITIONS:
            raise ValueError("an object without an end")
        yield found.end(), end
