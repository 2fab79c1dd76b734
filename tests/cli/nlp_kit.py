"""What the tests of `congvu nlp` share: a corpus of a few messages, and a small model that an office taught."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import nlp_commands
from bot.learning_consent import lesson_id
from bot.opening import open_database
from bot.settings import Settings
from nlp import store
from nlp.corpus import DATA, Text, read_corpus
from nlp.corrections import Corrections
from nlp.installed import Card, install, recipe
from nlp.labels import Label
from nlp.train import train
from office.moments import VIETNAM
from tests.cli.conftest import Congvu

NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
HOME = Path("var/nlp")
AUTHORS = {"a01": 30, "a02": 30, "a03": 24, "a04": 12}
NO_FIGURES: dict[str, float | None] = {"macro_f1": 0.5, "accuracy": 0.5, "sure_share": 0.0, "sure_accuracy": None}


@pytest.fixture(scope="session")
def few() -> list[Text]:
    """A few messages of four authors: `a03` to validate on, `a04` to test on."""
    texts = read_corpus()
    return [text for author, most in AUTHORS.items() for text in [one for one in texts if one.author == author][:most]]


@pytest.fixture(scope="session")
def small_data(few: list[Text], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The few messages as a corpus of their own."""
    data = tmp_path_factory.mktemp("data")
    (data / "texts").mkdir()
    (data / "texts" / "few.jsonl").write_text("".join(json.dumps(as_row(text)) + "\n" for text in few))
    (data / "split.json").write_text(json.dumps({"validation": ["a03"], "test": ["a04"]}))
    shutil.copy(DATA / "authors.json", data)
    shutil.copytree(DATA / "readings", data / "readings")
    return data


@pytest.fixture
def corpus(small_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The commands read the small corpus."""
    monkeypatch.setattr(nlp_commands, "DATA", small_data)
    return small_data


@pytest.fixture(scope="session")
def model_folder(few: list[Text], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of two of the authors, as it is stored."""
    return store.save(train([text for text in few if text.author in ("a01", "a02")]), tmp_path_factory.mktemp("models"))


@pytest.fixture
def taught(here: Path, model_folder: Path) -> Card:
    """That model, installed by the office."""
    card = Card(model_folder.name, "0" * 12, recipe(), 3, NOW.isoformat(), NO_FIGURES)
    install(HOME, store.load(model_folder), card)
    return card


def as_row(text: Text) -> dict[str, object]:
    return {
        "id": text.id,
        "text": text.text,
        "label": text.label,
        "also": text.also,
        "flags": text.flags,
        "register": text.register,
        "author": text.author,
    }


def correction(number: int, text: Text, label: Label) -> Text:
    return replace(text, id=f"c00-{number:03}", label=label, also=(), flags=(), register="chat", author="c00")


def allow_learning(congvu: Congvu, monkeypatch: pytest.MonkeyPatch) -> None:
    """The office allows it and citizens are told."""
    monkeypatch.setenv("LEARN_FROM_CORRECTIONS", "true")
    assert congvu("migrate").code == 0
    with closing(sqlite3.connect("var/congvu.db")) as database, database:
        database.execute("INSERT INTO learning_notice (id, told_since) VALUES (1, '2026-11-01 00:00:00.000000')")
        database.execute("INSERT INTO unit (id, code, name, kind, aliases, sample) VALUES (1, 'xa', 'Xã', 'commune', '[]', 0)")


def accept_from_cases(texts: list[Text]) -> list[Text]:
    """Accept these as lessons of cases of citizens who had been told; as they are kept, in their order."""
    vault = open_database(Settings(_env_file=None)).vault  # type: ignore[call-arg]
    at, kept = "2026-11-18 02:00:00.000000", []
    with closing(sqlite3.connect("var/congvu.db")) as database, database:
        for number, text in enumerate(texts):
            code = f"{number:012d}"
            database.execute(
                "INSERT INTO case_file (code, unit_id, handled_by_id, state, text, happened, identity, category, also, flags, judged, grave,"
                " created_at, accept_due_at, answer_due_at)"
                " VALUES (?, 1, 1, 'new', 'x', '', 'anonymous', ?, '[]', '[]', '{\"label\": \"DRESS\", \"may_learn\": true}', 0, ?, ?, ?)",
                (code, text.label, at, at, at),
            )
            kept.append(replace(text, id=lesson_id(vault, code)))
            Corrections(HOME).accept(kept[-1])
    return sorted(kept, key=lambda text: text.id)
