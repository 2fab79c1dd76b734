"""Makes a file fit for Zalo: pictures are drawn anew until they are small enough, documents are taken if Zalo takes their kind."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import PurePath

from PIL import Image, ImageOps

from talk.reply import Enclosure

MEGABYTE = 1024 * 1024
_BIGGEST = {"image": MEGABYTE, "gif": 5 * MEGABYTE, "file": 5 * MEGABYTE}
"""[?] For gif the facts give no limit; programs in use speak of 5 MB."""

_KINDS = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/csv": ".csv",
}
_QUALITIES = (88, 75, 62)
_SMALLEST = 320
"""Pixels of the longer side; nothing is legible below."""


@dataclass(frozen=True)
class Upload:
    """What is uploaded: `kind` is `image`, `gif` or `file`."""

    kind: str
    name: str
    mime: str
    content: bytes = field(repr=False)


def prepared(enclosure: Enclosure, content: bytes) -> Upload | None:
    """The file as Zalo takes it; None if it takes no such file. Takes up to a second for a large picture: call it in a thread."""
    if enclosure.kind == "picture":
        return _picture(enclosure, content)
    ending = _KINDS.get(enclosure.mime)
    if ending is None or len(content) > _BIGGEST["file"]:
        return None
    name = enclosure.name if enclosure.name.lower().endswith(ending) else f"{enclosure.name}{ending}"
    return Upload("file", name, enclosure.mime, content)


def _picture(enclosure: Enclosure, content: bytes) -> Upload | None:
    stem = PurePath(enclosure.name).stem or "anh"
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.format == "GIF" and len(content) <= _BIGGEST["gif"]:
                return Upload("gif", f"{stem}.gif", "image/gif", content)
            if picture.format in ("PNG", "JPEG") and len(content) <= _BIGGEST["image"]:
                ending = "png" if picture.format == "PNG" else "jpg"
                return Upload("image", f"{stem}.{ending}", f"image/{'png' if ending == 'png' else 'jpeg'}", content)
            upright = ImageOps.exif_transpose(picture)
            drawn = _few_colours(upright) if picture.format == "PNG" else None
            if drawn is not None:
                return Upload("image", f"{stem}.png", "image/png", drawn)
            return Upload("image", f"{stem}.jpg", "image/jpeg", _smaller(upright))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _few_colours(picture: Image.Image) -> bytes | None:
    """A chart with 256 colours, its letters as sharp as before; None if that is not small enough."""
    out = io.BytesIO()
    _on_white(picture).quantize(256, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue() if out.tell() <= _BIGGEST["image"] else None


def _smaller(picture: Image.Image) -> bytes:
    """A JPEG of at most 1 MB: first less exact, then smaller. Raises ValueError if even a tiny one is not small enough."""
    drawn = _on_white(picture)
    while True:
        for quality in _QUALITIES:
            out = io.BytesIO()
            drawn.save(out, "JPEG", quality=quality, optimize=True)
            if out.tell() <= _BIGGEST["image"]:
                return out.getvalue()
        if max(drawn.size) < _SMALLEST:
            raise ValueError("the picture cannot be made small enough")
        drawn = drawn.resize((max(1, drawn.width * 3 // 4), max(1, drawn.height * 3 // 4)), Image.Resampling.LANCZOS)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    clear = picture.convert("RGBA")
    ground = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(ground, clear).convert("RGB")
