"""Draws the poster for a desk or a wall: a large code to scan, three steps that anyone can follow, and what is promised to who writes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import segno
from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_FONTS = Path(__file__).parent / "fonts"
_PLAIN, _BOLD = "BeVietnamPro-Regular", "BeVietnamPro-Bold"
_BLUE, _INK, _SOFT, _WARM, _PALE = (HexColor(c) for c in ("#0B4F8A", "#14212E", "#4A5A6A", "#C2410C", "#EEF4FA"))
_WIDTH, _HEIGHT = A4
_EDGE = 17 * mm
_SMALL, _BETWEEN = 28 * mm, 8 * mm
"""Side of a small code, and what lies between two."""

SIZES = {"a4": A4, "a5": A5}


@dataclass(frozen=True)
class PosterWords:
    """Everything written on the poster but for the small codes' captions. `steps` are three; `mark` crosses a trial print."""

    office: str
    unit: str
    title: str
    about: str
    scan: str
    steps: tuple[str, ...]
    promises: tuple[str, ...]
    urgent: str
    typed: str
    mark: str = ""


@dataclass(frozen=True)
class SmallCode:
    """A code in the corner for those who prefer another channel: what it opens, the channel's name, and what to do there."""

    address: str
    name: str
    then: str


def poster(words: PosterWords, address: str, small: Sequence[SmallCode] = (), *, size: str = "a4") -> bytes:
    """The poster as a PDF of one page. `address` is what the large code opens; of `small` codes there are two at most."""
    _fonts()
    out = io.BytesIO()
    page = Canvas(out, pagesize=SIZES[size], invariant=1, pageCompression=1)
    page.setTitle(f"{words.title} – {words.unit}")
    page.scale(SIZES[size][0] / _WIDTH, SIZES[size][1] / _HEIGHT)
    _head(page, words)
    below = _large_code(page, words, address, (131 if small else 125) * mm)
    below = _steps(page, words, below)
    _foot(page, words, small, below)
    if words.mark:
        _cross(page, words.mark)
    page.save()
    return out.getvalue()


@cache
def _fonts() -> None:
    for name in (_PLAIN, _BOLD):
        pdfmetrics.registerFont(TTFont(name, str(_FONTS / f"{name}.ttf")))


def _fitted(text: str, font: str, size: float, width: float, lines: int) -> tuple[list[str], float]:
    """The text in at most so many lines of nearly equal length, in the largest size up to `size` that allows it."""
    while True:
        broken = simpleSplit(text, font, size, width)
        if (len(broken) <= lines and all(pdfmetrics.stringWidth(line, font, size) <= width for line in broken)) or size < 7:
            return [_cut(line, font, size, width) for line in _balanced(text, font, size, width, broken[:lines])], size
        size -= 0.5


def _cut(line: str, font: str, size: float, width: float) -> str:
    """A word wider than the sheet, such as an endless address, is cut."""
    if pdfmetrics.stringWidth(line, font, size) <= width:
        return line
    while pdfmetrics.stringWidth(f"{line}…", font, size) > width:
        line = line[:-1]
    return f"{line}…"


def _balanced(text: str, font: str, size: float, width: float, broken: list[str]) -> list[str]:
    """No last line of one word: the narrowest breaking that needs no more lines."""
    narrower = width
    while len(broken) > 1 and (narrower := narrower - size) > width / 2:
        tried = simpleSplit(text, font, size, narrower)
        if len(tried) > len(broken):
            break
        broken = tried
    return broken


def _block(
    page: Any, text: str, x: float, top: float, width: float, *, font: str, size: float, lines: int, colour: Any, centred: bool = False
) -> float:
    """Write a block of text whose first line hangs from `top`; returns where it ends."""
    broken, size = _fitted(text, font, size, width, lines)
    page.setFillColor(colour)
    page.setFont(font, size)
    y = top - size * 0.95
    for line in broken:
        if centred:
            page.drawCentredString(x + width / 2, y, line)
        else:
            page.drawString(x, y, line)
        y -= size * 1.3
    return y + size * 1.3 - size * 0.35


def _head(page: Canvas, words: PosterWords) -> None:
    band = 63 * mm
    page.setFillColor(_BLUE)
    page.rect(0, _HEIGHT - band, _WIDTH, band, stroke=0, fill=1)
    page.setFillColor(HexColor("#F2B705"))
    page.rect(0, _HEIGHT - band - 1.6 * mm, _WIDTH, 1.6 * mm, stroke=0, fill=1)
    width = _WIDTH - 2 * _EDGE
    end = _block(page, words.office, _EDGE, _HEIGHT - 9 * mm, width, font=_PLAIN, size=14, lines=1, colour=white, centred=True)
    end = _block(page, words.title, _EDGE, end - 3 * mm, width, font=_BOLD, size=46, lines=1, colour=white, centred=True)
    _block(page, words.about, _EDGE, end - 4 * mm, width, font=_PLAIN, size=19, lines=2, colour=white, centred=True)


def _large_code(page: Canvas, words: PosterWords, address: str, bottom: float) -> float:
    width = _WIDTH - 2 * _EDGE
    top = _block(page, words.unit, _EDGE, _HEIGHT - 69 * mm, width, font=_BOLD, size=25, lines=2, colour=_INK, centred=True)
    side = min(90 * mm, top - 4 * mm - bottom)
    left = (_WIDTH - side) / 2 + 19 * mm
    _phone(page, left - 38 * mm, bottom + side / 2)
    page.setFillColor(white)
    page.setStrokeColor(_BLUE)
    page.setLineWidth(2.6)
    page.roundRect(left, bottom, side, side, 6 * mm, stroke=1, fill=1)
    _code(page, address, left + 3 * mm, bottom + 3 * mm, side - 6 * mm)
    end = _block(page, words.scan, _EDGE, bottom - 3 * mm, width, font=_BOLD, size=20, lines=1, colour=_WARM, centred=True)
    return _block(page, words.typed, _EDGE, end - 1.5 * mm, width, font=_PLAIN, size=11, lines=2, colour=_SOFT, centred=True)


def _phone(page: Canvas, left: float, middle: float) -> None:
    """A telephone that looks at the code, and an arrow from it: understood without reading."""
    width, height = 24 * mm, 45 * mm
    page.setFillColor(_INK)
    page.roundRect(left, middle - height / 2, width, height, 3.5 * mm, stroke=0, fill=1)
    page.setFillColor(white)
    page.roundRect(left + 1.8 * mm, middle - height / 2 + 5 * mm, width - 3.6 * mm, height - 9 * mm, 1 * mm, stroke=0, fill=1)
    page.circle(left + width / 2, middle - height / 2 + 2.5 * mm, 1.2 * mm, stroke=0, fill=1)
    page.setStrokeColor(_BLUE)
    page.setLineWidth(2.4)
    reach, arm = 6.6 * mm, 3.4 * mm
    x, y = left + width / 2, middle + 0.5 * mm
    for across, up in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
        page.line(x + across * reach, y + up * reach, x + across * (reach - arm), y + up * reach)
        page.line(x + across * reach, y + up * reach, x + across * reach, y + up * (reach - arm))
    page.setFillColor(_BLUE)
    for across, up in ((-1, 1), (1, 1), (-1, -1)):
        page.rect(x + across * 2.6 * mm - 1.5 * mm, y + up * 2.6 * mm - 1.5 * mm, 3 * mm, 3 * mm, stroke=0, fill=1)
    page.setFillColor(_WARM)
    arrow = page.beginPath()
    tip = left + width + 11 * mm
    for number, (dx, dy) in enumerate(((0, 0), (-5, 4.5), (-5, 1.7), (-9, 1.7), (-9, -1.7), (-5, -1.7), (-5, -4.5))):
        (arrow.lineTo if number else arrow.moveTo)(tip + dx * mm, middle + dy * mm)
    arrow.close()
    page.drawPath(arrow, stroke=0, fill=1)


def _code(page: Canvas, address: str, x: float, y: float, side: float) -> None:
    """The code with its quiet zone, as dark runs, so that it stays sharp at any size."""
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=4)]
    module = side / len(rows)
    page.setFillColor(_INK)
    for number, row in enumerate(rows):
        column = 0
        while column < len(row):
            run = 0
            while column + run < len(row) and row[column + run]:
                run += 1
            if run:
                page.rect(x + column * module, y + side - (number + 1) * module, run * module, module * 1.02, stroke=0, fill=1)
            column += run + 1


def _steps(page: Canvas, words: PosterWords, top: float) -> float:
    step, radius = 16 * mm, 6.2 * mm
    top -= 5 * mm
    for number, text in enumerate(words.steps, start=1):
        middle = top - step * (number - 0.5)
        page.setFillColor(_BLUE)
        page.circle(_EDGE + radius + 4 * mm, middle, radius, stroke=0, fill=1)
        page.setFillColor(white)
        page.setFont(_BOLD, 22)
        page.drawCentredString(_EDGE + radius + 4 * mm, middle - 7.6, str(number))
        left = _EDGE + 2 * radius + 10 * mm
        broken, size = _fitted(text, _BOLD, 18, _WIDTH - _EDGE - left, 2)
        _block(page, text, left, middle + len(broken) * size * 0.65, _WIDTH - _EDGE - left, font=_BOLD, size=size, lines=2, colour=_INK)
    return float(top - step * len(words.steps))


def _foot(page: Canvas, words: PosterWords, small: Sequence[SmallCode], below: float) -> None:
    height = min(below - 6 * mm, 52 * mm)
    page.setFillColor(_PALE)
    page.rect(0, 0, _WIDTH, height, stroke=0, fill=1)
    width = _WIDTH - 2 * _EDGE
    for place, each in enumerate(reversed(small)):
        _small_code(page, each, _WIDTH - _EDGE - _SMALL - place * (_SMALL + _BETWEEN), height)
        width -= _SMALL + _BETWEEN
    top = height - 6 * mm
    size, lines = (13.0, 2) if len(small) < 2 else (11.5, 3)
    for promise in words.promises:
        page.setFillColor(_BLUE)
        page.circle(_EDGE + 1.2 * mm, top - size * 0.57, 1.2 * mm, stroke=0, fill=1)
        top = _block(page, promise, _EDGE + 5 * mm, top, width - 5 * mm, font=_PLAIN, size=size, lines=lines, colour=_INK) - 1.6 * mm
    _block(page, words.urgent, _EDGE + 5 * mm, top, width - 5 * mm, font=_BOLD, size=size, lines=2, colour=_WARM)


def _small_code(page: Canvas, small: SmallCode, left: float, height: float) -> None:
    """The code with its caption below; the caption is a little wider than the code."""
    page.setFillColor(white)
    page.roundRect(left, height - _SMALL - 4 * mm, _SMALL, _SMALL, 2 * mm, stroke=0, fill=1)
    _code(page, small.address, left, height - _SMALL - 4 * mm, _SMALL)
    x, width = left - _BETWEEN / 2 + 1 * mm, _SMALL + _BETWEEN - 2 * mm
    end = _block(page, small.name, x, height - _SMALL - 5 * mm, width, font=_BOLD, size=12, lines=1, colour=_INK, centred=True)
    _block(page, small.then, x, end - 0.8 * mm, width, font=_PLAIN, size=10, lines=2, colour=_SOFT, centred=True)


def _cross(page: Canvas, mark: str) -> None:
    """A trial print must not hang on a wall."""
    page.saveState()
    page.translate(_WIDTH / 2, _HEIGHT / 2)
    page.rotate(38)
    page.setFillColor(_WARM, alpha=0.16)
    page.setFont(_BOLD, 74)
    page.drawCentredString(0, -24, mark)
    page.restoreState()
