"""Texts that are sent as files go along as the story does: whoever handles the case reads them with what leads to the reporter hidden.

No more is read than what can be hidden in a second; of a longer text handlers get the beginning, and the whole is sealed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from office import Session
from office.files import content_of, file_by_id, store
from talk.texts import say

MOST_READ = 20_000
"""Characters read of all texts that are sent together: as many as a story may have."""

_LARGEST = 1_000_000
"""Bytes of a text that is looked into at all: opening a larger one would hold up everybody."""

_ENDS = re.compile(r"\n|[.!?…;][\"'”’)]*\s")
"""Where a text may be cut: not within a name or a number, of which half would stay."""

Hide = Callable[[Sequence[str]], Awaitable[list[str]]]
"""Hides in several texts: a name told in one is hidden in all."""


class Texts(NamedTuple):
    """Files as they go along, and what their texts said."""

    files: list[int]
    read: list[str]
    sealed: list[int]
    """Those of which only a copy goes along, with something hidden."""
    kept_back: bool
    """Whether handlers do not get all of them."""


async def handed_on(file_ids: Sequence[int], hide: Hide | None, db: Session, now: dt.datetime) -> Texts:
    """The files as handlers get them. `hide` takes out what leads to the reporter; without it all go along as they are."""
    texts = await _read(file_ids, db)
    read = {file_id: texts[file_id].read for file_id in file_ids if file_id in texts and texts[file_id].read}
    in_them = dict(zip(read, await hide(list(read.values())), strict=True)) if hide else {}
    files, sealed, kept_back = [], [], False
    for file_id in file_ids:
        text = texts.get(file_id)
        hidden = in_them.get(file_id, "")
        if text is None or hide is None or (text.is_whole and hidden == text.read):
            files.append(file_id)
            continue
        if not text.is_whole:
            kept_back = True
            hidden = f"{hidden.rstrip()}\n\n{say('files-kept-back-here')}\n".lstrip()
        copy = await store(db, "document", say("files-unnamed"), "text/plain", hidden.encode(), now)
        files.append(copy.id)
        sealed.append(file_id)
    return Texts(files, list(read.values()), sealed, kept_back)


class _Read(NamedTuple):
    """A text, as far as it is read."""

    read: str
    is_whole: bool


async def _read(file_ids: Sequence[int], db: Session) -> dict[int, _Read]:
    """Those of the files that are texts. The short ones are read first; once one had to be cut, no more is read."""
    known = [await file_by_id(db, file_id) for file_id in file_ids]
    texts = {}
    left = MOST_READ
    for file in sorted((each for each in known if each is not None and each.mime == "text/plain"), key=lambda each: each.size):
        text = await _text(db, file.id) if left and file.size <= _LARGEST else None
        read = _beginning(text, left) if text is not None else ""
        texts[file.id] = _Read(read, read == text)
        left = left - len(read) if read == text else 0
    return texts


async def too_long(file_ids: Sequence[int], db: Session) -> bool:
    """Whether handlers will not get all of these texts, if something is to be hidden from them."""
    return not all(text.is_whole for text in (await _read(file_ids, db)).values())


def kept_back_said() -> str:
    """That handlers do not get all of the texts, and what one can do."""
    return say("files-kept-back", most=f"{MOST_READ:,}".replace(",", "."))


async def _text(db: Session, file_id: int) -> str | None:
    """What the file says; None for bytes that earlier versions kept without looking."""
    try:
        return (await content_of(db, file_id)).decode()
    except UnicodeDecodeError:
        return None


def _beginning(text: str, most: int) -> str:
    """As much of the text as may be read, up to the end of a line or sentence; nothing, if that would be less than half of it."""
    if len(text) <= most:
        return text
    end = max((found.end() for found in _ENDS.finditer(text, 0, most)), default=0)
    return text[:end] if 2 * end >= most else ""
