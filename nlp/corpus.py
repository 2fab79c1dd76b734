"""The labelled messages that the classifier learns from, checked as they are read."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.labels import Flag, Label

DATA = Path(__file__).parent / "data"
REGISTERS = frozenset({"chat", "story", "letter", "comment", "quote", "news", "voice"})


TERMS_AUTHOR = "t00"
"""No voice but a list of the field's own words: always taught, never left out to test on."""


CORRECTED = "c00"
"""The author under whom all messages stand whose category an office's own people corrected (`nlp.corrections`)."""


class BadCorpus(ValueError):
    """A row of the corpus cannot be used; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Text:
    """One message with what a person found in it."""

    id: str
    text: str
    label: Label
    also: tuple[Label, ...]
    flags: tuple[Flag, ...]
    register: str
    author: str
    hard: bool = False
    """Marked as a hard case by whoever wrote it, for figures of their own; teaches like all others."""


def voices(texts: Sequence[Text]) -> list[str]:
    """The authors that can be left out to test on, in order."""
    return sorted({text.author for text in texts} - {TERMS_AUTHOR})


def read_corpus(data: Path = DATA) -> list[Text]:
    """All labelled messages under `data`, in the order of their files; raises `BadCorpus`."""
    texts = [text for file in _files(data) for text in _read(file)]
    ids = [text.id for text in texts]
    twice = sorted({one for one in ids if ids.count(one) > 1}) if len(set(ids)) < len(ids) else []
    if twice:
        raise BadCorpus(f"ids used twice: {', '.join(twice[:5])}")
    return texts


def fingerprint(texts: list[Text]) -> str:
    """A hash of all that is learned from: same texts in the same order, same hash."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(json.dumps([text.id, text.text, text.label, text.also, text.flags, text.author], ensure_ascii=True).encode())
    return digest.hexdigest()


def _files(data: Path) -> list[Path]:
    return sorted((data / "texts").glob("*.jsonl"))


def _read(file: Path) -> Iterator[Text]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield _text(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise BadCorpus(f"{file.name}:{number}: {error}") from error


def _text(row: Mapping[str, Any]) -> Text:
    text = Text(
        id=row["id"],
        text=row["text"],
        label=Label(row["label"]),
        also=tuple(map(Label, row["also"])),
        flags=tuple(map(Flag, row["flags"])),
        register=row["register"],
        author=row["author"],
        hard=row.get("hard", False),
    )
    if not isinstance(text.hard, bool):
        raise ValueError(f"hard is neither true nor false: {text.hard!r}")
    if text.register not in REGISTERS:
        raise ValueError(f"unknown register {text.register!r}")
    if text.label in text.also or not text.text.strip():
        raise ValueError("empty text, or a label that is also secondary")
    return text
