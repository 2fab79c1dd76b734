"""What the office taught its classifier is in the backup and comes back with it; what was there is kept aside."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from bot import backup, restore
from bot.backup import write_backup
from bot.judge import open_best
from bot.settings import Settings
from nlp import store
from nlp.corpus import Text
from nlp.corrections import Corrections
from nlp.home import home_of
from nlp.installed import Card, install, installed, recipe
from nlp.labels import Label
from office.database import Database
from office.vault import Vault
from tests.cli.backup_kit import NOW, Place, all_rows, bring_back, filled, place, refused
from tests.cli.nlp_kit import NO_FIGURES, correction, few, model_folder

__all__ = ["few", "model_folder", "place"]


async def taught_office(settings: Settings, few: list[Text], model_folder: Path) -> Database:
    """An office that allowed one message, refused another and installed the model taught by it; an older model lies beside."""
    home, database = home_of(settings.data_dir), await filled(settings)
    Corrections(home).accept(correction(1, few[0], Label.DELAY))
    Corrections(home).refuse("c00-002")
    install(home, store.load(model_folder), Card(model_folder.name, "0" * 12, recipe(), 1, NOW.isoformat(), NO_FIGURES))
    (home / "model" / "0123456789ab").mkdir()
    (home / "model" / "0123456789ab" / "weights.npz").write_bytes(b"old")
    return database


def files_of(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_there_and_back(place: Place, tmp_path: Path, few: list[Text], model_folder: Path, kind: str) -> None:
    old = place(kind)
    database = await taught_office(old, few, model_folder)
    key = (old.data_dir / "secret.key").read_text()
    await write_backup(database, tmp_path / "all.zip", NOW, key=key, home=home_of(old.data_dir))
    await database.close()
    new = place(kind)
    restored, _ = await bring_back(new, tmp_path / "all.zip")
    await restored.close()
    home = home_of(new.data_dir)
    wanted = files_of(home_of(old.data_dir))
    del wanted["model/0123456789ab/weights.npz"]
    assert files_of(home) == wanted
    assert len(wanted) == 7
    assert [text.label for text in Corrections(home).accepted()] == [Label.DELAY]
    assert Corrections(home).decided() == {"c00-001", "c00-002"}
    assert open_best(new.data_dir, warn=pytest.fail).version.startswith(f"{model_folder.name}-")
    assert all(path.stat().st_mode & 0o077 == 0 for path in (home, *home.rglob("*.*")))


async def test_what_was_there_is_kept_aside_and_comes_back_when_it_fails(
    place: Place, tmp_path: Path, few: list[Text], model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = place("sqlite")
    database = await taught_office(settings, few, model_folder)
    home = home_of(settings.data_dir)
    await write_backup(database, tmp_path / "all.zip", NOW, home=home)
    Corrections(home).accept(correction(3, few[1], Label.BRIBERY))
    before, rows = files_of(home), await all_rows(database)
    await database.close()

    def fails(*_: object) -> None:
        raise ValueError("on the way")

    monkeypatch.setattr(restore, "_exchange", fails)
    assert await refused(settings, tmp_path / "all.zip") == "damaged"
    monkeypatch.undo()
    assert files_of(home) == before
    assert sorted(path.name for path in settings.data_dir.iterdir() if "nlp" in path.name) == ["nlp"]
    restored, _ = await bring_back(settings, tmp_path / "all.zip")
    assert await all_rows(restored) == rows
    await restored.close()
    assert len(Corrections(home).accepted()) == 1
    (aside,) = settings.data_dir.glob("nlp.before-*")
    assert files_of(aside) == before


async def test_of_an_office_that_taught_nothing_nothing_stays(place: Place, tmp_path: Path, few: list[Text], model_folder: Path) -> None:
    settings = place("sqlite")
    database = await filled(settings)
    await write_backup(database, tmp_path / "none.zip", NOW, home=home_of(settings.data_dir))
    await write_backup(database, tmp_path / "first.zip", NOW)  # as the first versions wrote it
    await database.close()
    Corrections(home_of(settings.data_dir)).refuse("c00-009")
    for file, stays in (("first.zip", True), ("none.zip", False)):
        restored, _ = await bring_back(settings, tmp_path / file)
        await restored.close()
        assert home_of(settings.data_dir).exists() is stays
    assert installed(home_of(settings.data_dir)) is None


@pytest.mark.parametrize("name", ["../evil", "model/0123456789ab/../../x", "told_since", "/etc/x", "corrections.jsonl\n"])
async def test_no_other_path_is_written_even_with_the_key(place: Place, tmp_path: Path, name: str) -> None:
    settings = place("sqlite")
    database = await filled(settings)
    await write_backup(database, tmp_path / "all.zip", NOW, home=home_of(settings.data_dir))
    await database.close()
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
        parts = {each: archive.read(each) for each in archive.namelist()}
    manifest["lessons"] = {name: {"size": 1, "sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}}
    parts["manifest.json"] = json.dumps(manifest).encode()
    parts["manifest.seal"] = backup.seal_of(Vault.from_file(settings.data_dir / "secret.key"), parts["manifest.json"].decode()).encode()
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as made:
        for each, content in (parts | {f"nlp/{name}": b"x"}).items():
            made.writestr(each, content)
    assert await refused(settings, tmp_path / "evil.zip") == "damaged"


@pytest.mark.parametrize("what", ["changed", "left out"])
async def test_a_lesson_that_was_changed_is_noticed(place: Place, tmp_path: Path, few: list[Text], model_folder: Path, what: str) -> None:
    settings = place("sqlite")
    database = await taught_office(settings, few, model_folder)
    await write_backup(database, tmp_path / "all.zip", NOW, home=home_of(settings.data_dir))
    await database.close()
    with zipfile.ZipFile(tmp_path / "all.zip") as archive, zipfile.ZipFile(tmp_path / "bad.zip", "w") as made:
        for name in archive.namelist():
            if name != "nlp/corrections.jsonl":
                made.writestr(name, archive.read(name))
            elif what == "changed":
                made.writestr(name, archive.read(name).replace(b"DELAY", b"OTHER"))
    assert await refused(settings, tmp_path / "bad.zip") == "damaged"
