"""Keeps trained models on disk, in files that can hold numbers and words but no code, and refuses a file that was changed.

A model lives in `<root>/<version>/`: `weights.npz`, `vocabulary.json`, and `model.json` with the hashes of the two.
"""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np

from nlp.labels import LABELS
from nlp.model import Model, Numbers, Vocabulary
from nlp.views import VIEWS, View

FORMAT = 3
_JOINED = "joined"
_WEIGHTS, _VOCABULARY, _MODEL = "weights.npz", "vocabulary.json", "model.json"


class DamagedModel(ValueError):
    """A stored model is incomplete, was changed, or is of another format."""


def save(model: Model, root: Path) -> Path:
    """Write the model to its folder under `root`, whole or not at all; returns the folder."""
    building = root / f".building-{os.getpid()}-{token_hex(4)}"
    building.mkdir(parents=True)
    try:
        _write(model, building)
        return _put_in_place(building, root / model.version)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def load(folder: Path) -> Model:
    """Read a model; raises `DamagedModel` or FileNotFoundError."""
    try:
        about = json.loads((folder / _MODEL).read_bytes())
        _check(folder, about)
        return _read(folder, about)
    except FileNotFoundError:
        raise
    except (ValueError, KeyError, TypeError, OSError, zipfile.BadZipFile) as error:
        raise DamagedModel(f"{folder}: {error}") from error


def _write(model: Model, folder: Path) -> None:
    np.savez(
        folder / _WEIGHTS,
        allow_pickle=False,
        rarity=model.vocabulary.rarity,
        main=model.main.astype(np.float16),
        main_bias=model.main_bias,
        spoken_of=model.spoken_of.astype(np.float16),
        spoken_of_bias=model.spoken_of_bias,
        marks=model.marks.astype(np.float16),
        marks_bias=model.marks_bias,
        marked_at=model.marked_at,
    )
    names = {view: list(model.vocabulary.columns[view]) for view in VIEWS} | {_JOINED: sorted(model.vocabulary.joined)}
    (folder / _VOCABULARY).write_text(json.dumps(names, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    about = {
        "format": FORMAT,
        "version": model.version,
        "labels": list(LABELS),
        "sharpness": model.sharpness,
        "sure_at": model.sure_at,
        "files": {name: _hash(folder / name) for name in (_WEIGHTS, _VOCABULARY)},
    }
    (folder / _MODEL).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def _put_in_place(building: Path, folder: Path) -> Path:
    """Another process may have put the same model there meanwhile: the later one wins, both are the same."""
    for _ in range(2):
        try:
            os.replace(building, folder)
        except OSError:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            break
    return folder


def _check(folder: Path, about: Mapping[str, Any]) -> None:
    if about["format"] != FORMAT or about["labels"] != list(LABELS):
        raise ValueError("another format, or other labels")
    for name in (_WEIGHTS, _VOCABULARY):
        if about["files"][name] != _hash(folder / name):
            raise ValueError(f"{name} was changed")


def _read(folder: Path, about: Mapping[str, Any]) -> Model:
    with np.load(folder / _WEIGHTS, allow_pickle=False) as kept:
        return Model(
            version=str(about["version"]),
            vocabulary=_vocabulary(folder, kept["rarity"]),
            main=kept["main"].astype(np.float32),
            main_bias=kept["main_bias"],
            spoken_of=kept["spoken_of"].astype(np.float32),
            spoken_of_bias=kept["spoken_of_bias"],
            marks=kept["marks"].astype(np.float32),
            marks_bias=kept["marks_bias"],
            marked_at=kept["marked_at"],
            sharpness=float(about["sharpness"]),
            sure_at=float(about["sure_at"]),
        )


def _vocabulary(folder: Path, rarity: Numbers) -> Vocabulary:
    names = json.loads((folder / _VOCABULARY).read_bytes())
    columns: dict[View, Mapping[str, int]] = {}
    start = 0
    for view in VIEWS:
        columns[view] = {name: place for place, name in enumerate(names[view], start)}
        start += len(names[view])
    if start != len(rarity):
        raise ValueError("vocabulary and weights do not belong together")
    return Vocabulary(columns, rarity, frozenset(names[_JOINED]))


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
