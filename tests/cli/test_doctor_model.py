"""The doctor looks at the model that judges here, not only at the one that came with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import doctor
from nlp.installed import Card
from tests.cli.conftest import Congvu
from tests.cli.nlp_kit import HOME, few, model_folder, taught

__all__ = ["few", "model_folder", "taught"]


@pytest.fixture(autouse=True)
def built_in_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """The built-in model may not be trained yet where the tests run."""
    monkeypatch.setattr(doctor, "_built_in", lambda: iter(()))


def test_the_model_that_the_office_taught(congvu: Congvu, taught: Card) -> None:
    HOME.parent.chmod(0o700)
    done = congvu("doctor")
    assert (done.code, f"dạy thêm ({taught.version})" in done.out) == (0, True)
    assert "Mọi thứ đều ổn" in done.out


@pytest.mark.parametrize("file", ["installed.json", "weights.npz"])
def test_one_that_cannot_be_used(congvu: Congvu, taught: Card, file: str) -> None:
    HOME.parent.chmod(0o700)
    place: Path = HOME / file if file == "installed.json" else HOME / "model" / taught.version / file
    place.write_bytes(b"{")
    done = congvu("doctor")
    assert done.code == 0  # the built-in one judges meanwhile
    assert "máy gốc đang phân loại" in done.out
    assert "congvu nlp train" in done.out
    assert "Mọi thứ đều ổn" not in done.out


def test_an_office_that_taught_nothing(congvu: Congvu) -> None:
    assert "dạy thêm" not in congvu("doctor").out
