"""Draws the digest's one picture for a phone: three big figures, attendance day by day, and what people complained of beside the week before.

Colours are from Okabe and Ito's palette, told apart with any colour vision; every bar carries its number as well.
"""

from __future__ import annotations

import io
import textwrap
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PIL import Image

WIDTH = 1080
"""Pixels of the picture. Telegram shows 1,280 at most; phones have about 1,080."""

_BLUE, _ORANGE, _EMPTY, _BEFORE = "#0072B2", "#E69F00", "#DCE3EA", "#A3AFBC"
_INK, _SOFT, _TILE = "#15202B", "#55626F", "#F1F5F9"
_LEFT, _RIGHT = 64, WIDTH - 64
_COLUMN_HEIGHT, _ROW_HEIGHT = 260, 84
_one_at_a_time = threading.Lock()  # matplotlib's caches are not made for several threads


@dataclass(frozen=True)
class Tile:
    """A big figure: `94%`, what it is, and how it stood before."""

    value: str
    name: str
    note: str


@dataclass(frozen=True)
class Day:
    """One day's column. `on_time` and `late` are shares (0-1) of the sessions expected; the rest was not recorded."""

    name: str
    total: str
    on_time: float
    late: float


@dataclass(frozen=True)
class Bar:
    """One category with its new cases in the week and in the week before."""

    name: str
    now: int
    before: int


@dataclass(frozen=True)
class Chart:
    """All that the picture shows, in the words of the person who reads it. Without days or bars that part is left out."""

    title: str
    subtitle: str
    tiles: tuple[Tile, ...]
    days_title: str
    days_legend: tuple[str, str, str]
    days: tuple[Day, ...]
    bars_title: str
    bars_legend: tuple[str, str]
    bars: tuple[Bar, ...]
    footnote: str


def draw(chart: Chart) -> bytes:
    """The picture as PNG. Takes half a second: call it in a thread and outside a transaction."""
    with _one_at_a_time:
        return _fewer_colours(_drawn(chart))


def warm_up() -> None:
    """Load what draws, so that the first head who asks need not wait seconds for it."""
    draw(Chart("0", "0", (Tile("0", "0", "0"),), "0", ("0", "0", "0"), (Day("0", "0", 0.5, 0.1),), "0", ("0", "0"), (Bar("0", 1, 1),), "0"))


def _drawn(chart: Chart) -> bytes:
    subtitle = textwrap.wrap(chart.subtitle, 50, max_lines=2, placeholder=" …")
    page = _Page(
        170 + 38 * len(subtitle) + (234 if chart.tiles else 0) + (_COLUMN_HEIGHT + 214 if chart.days else 0)
        + (_ROW_HEIGHT * len(chart.bars) + 120 if chart.bars else 0)
    )  # fmt: skip
    page.heading(chart.title, subtitle)
    if chart.tiles:
        page.tiles(chart.tiles)
    if chart.days:
        page.section(chart.days_title, zip(chart.days_legend, (_BLUE, _ORANGE, _EMPTY), strict=True))
        page.columns(chart.days)
    if chart.bars:
        page.section(chart.bars_title, zip(chart.bars_legend, (_BLUE, _BEFORE), strict=True))
        page.rows(chart.bars)
    page.foot(chart.footnote)
    return page.png()


class _Page:
    """A sheet measured in pixels from the top left, filled from the top down."""

    def __init__(self, height: int) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # loaded here: it takes a second and fifty megabytes
        from matplotlib.figure import Figure

        self._figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=100, facecolor="white")
        FigureCanvasAgg(self._figure)
        self._sheet = self._figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        self._sheet.axis("off")
        self._height = height
        self._y = 0.0

    def png(self) -> bytes:
        out = io.BytesIO()
        self._figure.savefig(out, format="png", dpi=100)
        return out.getvalue()

    def heading(self, title: str, subtitle: list[str]) -> None:
        self._text(_LEFT, 84, title, 46, weight="bold")
        self._y = 104
        for line in subtitle:
            self._y += 38
            self._text(_LEFT, self._y, line, 30, _SOFT)

    def tiles(self, tiles: tuple[Tile, ...]) -> None:
        gap, top = 24, self._y + 34
        width = (_RIGHT - _LEFT - gap * (len(tiles) - 1)) / len(tiles)
        for number, tile in enumerate(tiles):
            left = _LEFT + number * (width + gap)
            self._box(left, top, width, 200, _TILE, rounding=20)
            self._text(left + 24, top + 50, tile.name, 27, _SOFT)
            self._text(left + 24, top + 124, tile.value, 66, weight="bold")
            self._text(left + 24, top + 172, tile.note, 24, _SOFT)
        self._y = top + 200

    def section(self, title: str, legend: Iterable[tuple[str, str]]) -> None:
        self._text(_LEFT, self._y + 64, title, 34, weight="bold")
        left = float(_LEFT)
        for name, colour in legend:
            self._box(left, self._y + 90, 24, 24, colour, rounding=5)
            left = self._text(left + 34, self._y + 111, name, 25, _SOFT) + 40
        self._y += 114

    def columns(self, days: tuple[Day, ...]) -> None:
        top, bottom = self._y + 52, self._y + 52 + _COLUMN_HEIGHT
        step = (_RIGHT - _LEFT) / len(days)
        width = min(120, step * 0.7)
        for number, day in enumerate(days):
            middle = _LEFT + step * (number + 0.5)
            self._box(middle - width / 2, top, width, bottom - top, _EMPTY)
            blue, orange = day.on_time * (bottom - top), day.late * (bottom - top)
            self._box(middle - width / 2, bottom - blue, width, blue, _BLUE)
            self._box(middle - width / 2, bottom - blue - orange, width, orange, _ORANGE)
            self._text(middle, top - 14, day.total, 30, weight="bold", align="center")
            self._text(middle, bottom + 36, day.name, 26, align="center")
        self._y = bottom + 48

    def rows(self, bars: tuple[Bar, ...]) -> None:
        left, most = 470, max(max(bar.now, bar.before, 4) for bar in bars)
        scale = (_RIGHT - 60 - left) / most
        for number, bar in enumerate(bars):
            top = self._y + 26 + number * _ROW_HEIGHT
            self._text(_LEFT, top + 38, bar.name, 29)
            self._box(left, top, max(bar.now * scale, 3), 34, _BLUE)
            self._box(left, top + 38, max(bar.before * scale, 3), 18, _BEFORE)
            self._text(left + bar.now * scale + 16, top + 28, str(bar.now), 30, weight="bold")
            self._text(left + bar.before * scale + 16, top + 56, str(bar.before), 23, _SOFT)
        self._y += _ROW_HEIGHT * len(bars) + 6

    def foot(self, text: str) -> None:
        self._text(_LEFT, self._height - 30, text, 22, _SOFT)

    def _text(
        self, x: float, y: float, text: str, pixels: int, colour: str = _INK, *, weight: str = "normal", align: str = "left"
    ) -> float:
        """Write with the base line at `y`; the right edge of what was written."""
        style: dict[str, Any] = {"fontsize": pixels * 0.72, "color": colour, "weight": weight, "ha": align, "va": "baseline"}
        written = self._sheet.text(x, y, text, family="DejaVu Sans", parse_math=False, **style)
        return float(written.get_window_extent().x1)

    def _box(self, x: float, y: float, width: float, height: float, colour: str, *, rounding: float = 0) -> None:
        from matplotlib.patches import FancyBboxPatch, Rectangle

        if width <= 0 or height <= 0:
            return
        if rounding:
            shape = f"round,pad=0,rounding_size={rounding}"
            self._sheet.add_patch(FancyBboxPatch((x, y), width, height, boxstyle=shape, facecolor=colour, edgecolor="none"))
        else:
            self._sheet.add_patch(Rectangle((x, y), width, height, facecolor=colour, edgecolor="none"))


def _fewer_colours(png: bytes) -> bytes:
    """The same picture in a third of the bytes: it is sent by mobile networks and kept."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").quantize(96).save(out, "PNG", optimize=True)
    return out.getvalue()
