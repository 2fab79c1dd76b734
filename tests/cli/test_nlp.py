"""`congvu nlp`: figures of authors held out; what helps is installed, harm is refused, and one can always go back."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from structlog.testing import capture_logs
from typer.testing import CliRunner

from bot.cli.commands import app
from bot.judge import Judging, open_best
from nlp import store
from nlp.classify import Classifier
from nlp.corpus import BadCorpus, Text
from nlp.corrections import Corrections
from nlp.evaluate import Figures
from nlp.installed import Card, Unusable, cards, install, installed, use
from nlp.labels import Label
from nlp.retrain import is_worse
from nlp.train import version_of
from tests.cli.conftest import Congvu
from tests.cli.nlp_kit import HOME, accept_from_cases, allow_learning, corpus, correction, few, model_folder, small_data, taught

__all__ = ["corpus", "few", "model_folder", "small_data", "taught"]


@pytest.mark.parametrize("command", ["", "evaluate", "review", "train", "versions", "use", "drift"])
def test_help_is_in_vietnamese(command: str, here: Path) -> None:
    shown = CliRunner().invoke(app, ["nlp", *command.split(), "--help"], prog_name="congvu", terminal_width=200)
    assert shown.exit_code == 0
    assert "Cách dùng:" in shown.output
    assert not re.search(r"\b(Usage|Options|Arguments|Commands|default|required)\b", shown.output.replace("[OPTIONS]", ""))


# --- measuring ----------------------------------------------------------------------------------------------------------------------


def test_the_validation_authors_are_judged(congvu: Congvu, corpus: Path, here: Path) -> None:
    done = congvu("nlp", "evaluate", "--picture", "confusions.png")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert any(line.split()[:2] == ["a03", "24"] for line in lines)
    assert not any(line.startswith("a04") for line in lines)
    kappas = [line.split("\t") for line in lines if "\t" in line]
    assert [kappa[0] for kappa in kappas][:3] == ["label", "threat_or_violence", "sexual_harassment"]
    assert all(0 < float(kappa[1]) <= 1 for kappa in kappas)
    with Image.open(here / "confusions.png") as picture:
        assert picture.format == "PNG"


def test_the_test_authors_are_judged_when_asked(congvu: Congvu, corpus: Path) -> None:
    lines = congvu("nlp", "evaluate", "--test").out.splitlines()
    assert any(line.split()[:2] == ["a04", "12"] for line in lines)
    assert not any(line.startswith("a03") for line in lines)


def test_a_picture_with_no_place_is_said_before_the_work(congvu: Congvu) -> None:
    done = congvu("nlp", "evaluate", "--picture", "nowhere/x.png")
    assert (done.code, done.out) == (1, "")
    assert "nowhere" in done.err


# --- teaching -----------------------------------------------------------------------------------------------------------------------


def test_what_helps_is_installed_and_judges(congvu: Congvu, corpus: Path, few: list[Text], monkeypatch: pytest.MonkeyPatch) -> None:
    allow_learning(congvu, monkeypatch)
    right = accept_from_cases([correction(number, text, text.label) for number, text in enumerate(few) if text.author == "a03"])
    done = congvu("nlp", "train")
    assert (done.code, done.err) == (0, "")
    before, after = [line.split("\t") for line in done.out.splitlines()[:2]]
    assert float(before[1]) < float(after[1])

    written = json.loads((HOME / "installed.json").read_text())
    version = version_of([*few, *right])
    assert (written["version"], written["corpus"], written["corrections"]) == (version, version_of(few), 24)
    assert f"{written['figures']['macro_f1']:.3f}" == after[1]
    assert dt.datetime.fromisoformat(written["at"]).tzinfo is not None
    assert HOME.stat().st_mode & 0o077 == 0

    listed = [line.split("\t") for line in congvu("nlp", "versions").out.splitlines()]
    assert [(row[0], row[-1]) for row in listed] == [(version_of(few), ""), (version, "đang dùng")]
    assert listed[1][2:4] == ["24", after[1]]

    asked = right[0].text
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps({"id": 1, "text": asked}).encode())))
    judged = json.loads(congvu("classify").out)
    theirs = Classifier(store.load(HOME / "model" / version)).judge(asked)
    assert (judged["label"], judged["confidence"]) == (theirs.label, theirs.confidence)

    assert congvu("nlp", "use", version_of(few)).code == 0
    assert installed(HOME) is None
    assert [line.split("\t")[-1] for line in congvu("nlp", "versions").out.splitlines()] == ["đang dùng", ""]


def test_what_does_harm_is_not_installed(
    congvu: Congvu, corpus: Path, few: list[Text], taught: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow_learning(congvu, monkeypatch)
    theirs = [(number, text) for number, text in enumerate(few) if text.author == "a03"]
    accept_from_cases([correction(number, text, Label.DRESS if text.label != Label.DRESS else Label.OTHER) for number, text in theirs])
    done = congvu("nlp", "train")
    assert done.code == 1
    assert "kém hơn" in done.err
    before, after = [line.split("\t") for line in done.out.splitlines()]
    assert float(after[1]) < float(before[1])
    assert installed(HOME) == taught
    assert [card.version for card in cards(HOME)] == [taught.version]


def test_a_spoilt_file_of_corrections_is_named(congvu: Congvu, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    allow_learning(congvu, monkeypatch)
    HOME.mkdir(parents=True, exist_ok=True)
    (HOME / "corrections.jsonl").write_text('{"id": "c00-1", "text": "x", "label": "NONSENSE", "also": [], "flags": []}\n')
    done = congvu("nlp", "train")
    assert (done.code, done.out) == (1, "")
    assert "NONSENSE" in done.err
    (HOME / "corrections.jsonl").write_text("not JSON\n")
    with pytest.raises(BadCorpus, match=r"corrections\.jsonl"):
        Corrections(HOME).accepted()


def figures(macro_f1: float, sure_share: float = 0.5, sure_accuracy: float = 0.9) -> Figures:
    return Figures(100, macro_f1, 0.8, 0.95, sure_share, sure_accuracy, 0.03)


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [
        (figures(0.800), figures(0.7951), False),
        (figures(0.800), figures(0.7949), True),
        (figures(0.800), figures(0.800, sure_accuracy=0.8901), False),
        (figures(0.800), figures(0.850, sure_accuracy=0.8899), True),
        (figures(0.800), figures(0.850, 0, float("nan")), True),
        (figures(0.800, 0, float("nan")), figures(0.800, 0, float("nan")), False),
        (figures(0.800, 0, float("nan")), figures(0.800, 0.1, 0.5), False),
    ],
)
def test_what_counts_as_worse(before: Figures, after: Figures, worse: bool) -> None:
    assert is_worse(before, after) is worse


# --- choosing a model ---------------------------------------------------------------------------------------------------------------


def test_going_back_to_an_older_version(congvu: Congvu, corpus: Path, taught: Card, few: list[Text]) -> None:
    newer = replace(store.load(HOME / "model" / taught.version), version="abcdefabcdef")
    install(HOME, newer, replace(taught, version=newer.version, at="2026-11-24T09:00:00+07:00"))
    listed = [line.split("\t") for line in congvu("nlp", "versions").out.splitlines()]
    assert [row[0] for row in listed] == [version_of(few), taught.version, newer.version]
    assert ["đang dùng" in row[-1] for row in listed] == [False, False, True]
    assert "nên dạy lại" in listed[1][-1]
    assert congvu("nlp", "use", taught.version.upper()).code == 0
    assert open_best(Path("var")).model.version == taught.version
    assert congvu("nlp", "use", "ffffffffffff").code == 1
    assert installed(HOME) == taught


def test_a_damaged_version_cannot_be_chosen(congvu: Congvu, corpus: Path, taught: Card) -> None:
    (HOME / "model" / taught.version / "weights.npz").write_bytes(b"")
    done = congvu("nlp", "use", taught.version)
    assert done.code == 1
    assert taught.version in done.err


def spoil_weights(card: Card) -> None:
    file = HOME / "model" / card.version / "weights.npz"
    file.write_bytes(file.read_bytes()[:-1] + b"x")


def remove_model(card: Card) -> None:
    shutil.rmtree(HOME / "model" / card.version)


def write_rubbish(_: Card) -> None:
    (HOME / "installed.json").write_text("[]")


def point_elsewhere(card: Card) -> None:
    shutil.copytree(HOME / "model" / card.version, HOME / "elsewhere")
    row = json.loads((HOME / "installed.json").read_text())
    (HOME / "installed.json").write_text(json.dumps(row | {"version": "../elsewhere"}))


def exchange_recipe(card: Card) -> None:
    row = json.loads((HOME / "installed.json").read_text())
    (HOME / "installed.json").write_text(json.dumps(row | {"recipe": "0" * 12}))


@pytest.mark.parametrize("spoil", [spoil_weights, remove_model, write_rubbish, point_elsewhere, exchange_recipe])
def test_what_cannot_be_used_is_said_and_the_built_in_model_judges(
    spoil: Callable[[Card], None], taught: Card, model_folder: Path, few: list[Text], small_data: Path, tmp_path: Path
) -> None:
    spoil(taught)
    built_in = tmp_path / "built-in"
    shutil.copytree(model_folder, built_in / version_of(few))
    with capture_logs() as logs:
        opened = open_best(Path("var"), data=small_data, root=built_in)
    assert opened.judge("Nộp hồ sơ quá hẹn hai tuần").version == opened.version
    assert [(line["log_level"], line["event"]) for line in logs] == [
        ("warning", "installed classifier cannot be used, the built-in one judges")
    ]


async def test_the_conversations_use_the_installed_model(taught: Card) -> None:
    judging = Judging(data_dir=Path("var"))
    assert (await judging("Nộp hồ sơ quá hẹn hai tuần")).version.startswith(f"{taught.version}-")
    judging.close()


def test_a_model_cannot_be_used_under_another_name(taught: Card) -> None:
    os.rename(HOME / "model" / taught.version, HOME / "model" / "abcdefabcdef")
    (HOME / "model" / "abcdefabcdef" / "card.json").write_text(
        json.dumps({**json.loads((HOME / "installed.json").read_text()), "version": "abcdefabcdef"})
    )
    with pytest.raises(Unusable, match="says that it is"):
        use(HOME, "abcdefabcdef")
