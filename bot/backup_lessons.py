"""What the office taught its classifier, as a part of the backup: the messages allowed and refused for learning, and the model that judges."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from nlp.home import make_home
from nlp.installed import Unusable, installed

FOLDER = "nlp/"
_MODEL_FILES = ("card.json", "model.json", "vocabulary.json", "weights.npz")

LessonFile = Annotated[
    str,
    StringConstraints(
        pattern=r"^(?:(?:corrections|refused)\.jsonl|installed\.json|model/[0-9a-f]{12}/(?:(?:card|model|vocabulary)\.json|weights\.npz))$"
    ),
]
"""A file in DATA_DIR/nlp that a backup may hold; no other path is ever written."""


class Lesson(BaseModel):
    """One file: its size in bytes, and how it must look."""

    size: int
    sha256: str


def write_lessons(archive: zipfile.ZipFile, home: Path) -> dict[str, Lesson]:
    """Put the files into the archive. Of the models only the one that judges: the others can be taught again."""
    written = {}
    for name in ("corrections.jsonl", "refused.jsonl", *_model_files(home)):
        if (home / name).is_file():
            data = (home / name).read_bytes()
            archive.writestr(FOLDER + name, data)
            written[name] = Lesson(size=len(data), sha256=hashlib.sha256(data).hexdigest())
    return written


def _model_files(home: Path) -> list[str]:
    try:
        card = installed(home)
    except Unusable:  # the built-in model judges: there is nothing to keep
        return []
    return ["installed.json", *(f"model/{card.version}/{name}" for name in _MODEL_FILES)] if card else []


def read_lesson(archive: zipfile.ZipFile, name: str, lesson: Lesson) -> bytes:
    """The bytes of one file. Raises ValueError if they are not those that were put in, and whatever a broken archive raises."""
    with archive.open(FOLDER + name) as part:
        data = part.read(lesson.size + 1)
    if len(data) != lesson.size or hashlib.sha256(data).hexdigest() != lesson.sha256:
        raise ValueError(name)
    return data


@contextmanager
def lessons_in_place(home: Path, file: Path, lessons: Mapping[str, Lesson] | None, stamp: str) -> Iterator[None]:
    """Put the backup's files in the place of those there, which are kept aside; if the block fails, these are back.

    `lessons` is None for a backup of the time when none were kept: then nothing is touched.
    """
    if lessons is None or not (lessons or home.exists()):
        yield
        return
    fresh, aside = home.with_name(f"{home.name}.restoring"), home.with_name(f"{home.name}.{stamp}")
    shutil.rmtree(fresh, ignore_errors=True)
    was_there = home.exists()
    try:
        _unpack(file, lessons, fresh)
        if was_there:
            os.replace(home, aside)
        try:
            if lessons:
                os.replace(fresh, home)
            yield
        except BaseException:
            shutil.rmtree(home, ignore_errors=True)
            if was_there:
                os.replace(aside, home)
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _unpack(file: Path, lessons: Mapping[str, Lesson], folder: Path) -> None:
    make_home(folder)
    with zipfile.ZipFile(file) as archive:
        for name, lesson in lessons.items():
            make_home((folder / name).parent)
            with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(read_lesson(archive, name, lesson))
                out.flush()
                os.fsync(out.fileno())
