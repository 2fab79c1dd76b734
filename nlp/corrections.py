"""What the office's own people allowed the classifier to learn from: messages whose category a person had corrected, redacted before
they come here. Under an id that only the office's key leads back from, sorted by it, so that the order tells nothing either.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from nlp.corpus import CORRECTED as CORRECTED
from nlp.corpus import BadCorpus, Text
from nlp.home import make_home, write_whole
from nlp.labels import Flag, Label

REGISTER = "chat"


class Corrections:
    """The messages accepted for learning, and the ids of those refused."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._accepted, self._refused = home / "corrections.jsonl", home / "refused.jsonl"

    def accepted(self) -> list[Text]:
        """The messages to learn from, sorted by id; raises `BadCorpus` for a file that somebody spoilt."""
        return [_text(row) for row in _rows(self._accepted)]

    def decided(self) -> set[str]:
        """The ids about which somebody has decided already; raises `BadCorpus`."""
        return {row["id"] for file in (self._accepted, self._refused) for row in _rows(file)}

    def accept(self, text: Text) -> None:
        """Keep a redacted message to learn from, once."""
        self._keep(self._accepted, {**{one.id: one for one in self.accepted()}, text.id: text}.values())

    def refuse(self, id: str) -> None:
        """Remember that this message shall not be learned from: its id and nothing else."""
        refused = {row["id"] for row in _rows(self._refused)} | {id}
        self._write(self._refused, [{"id": one} for one in sorted(refused)])

    def keep_only(self, ids: Collection[str]) -> int:
        """Take out all messages but these: what a citizen took back is not learned. Returns how many were taken out."""
        accepted = self.accepted()
        kept = [text for text in accepted if text.id in ids]
        if len(kept) < len(accepted):
            self._keep(self._accepted, kept)
        return len(accepted) - len(kept)

    def _keep(self, file: Path, texts: Iterable[Text]) -> None:
        self._write(file, [_row(text) for text in sorted(texts, key=lambda text: text.id)])

    def _write(self, file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
        make_home(self._home)
        write_whole(file, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def _rows(file: Path) -> list[dict[str, Any]]:
    if not file.exists():
        return []
    try:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]
        return [row for row in rows if isinstance(row["id"], str)]
    except (ValueError, KeyError, TypeError) as error:
        raise BadCorpus(f"{file.name}: {error}") from error


def _text(row: Mapping[str, Any]) -> Text:
    try:
        label, also, flags = Label(row["label"]), tuple(map(Label, row["also"])), tuple(map(Flag, row["flags"]))
        return Text(row["id"], str(row["text"]), label, also, flags, REGISTER, CORRECTED)
    except (ValueError, KeyError, TypeError) as error:
        raise BadCorpus(f"correction {row['id']}: {error}") from error


def _row(text: Text) -> dict[str, Any]:
    return {
        "id": text.id,
        "text": text.text,
        "label": text.label,
        "also": list(text.also),
        "flags": list(text.flags),
        "register": text.register,
        "author": text.author,
    }
