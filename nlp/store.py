"""Keeps trained models on disk, in files that can hold numbers and words but no code, and refuses a file that was changed.

A model lives in `<root>/<version>/`: `weights.npz`, `vocabulary.json`, and `model.json` with the hashes of the two and a seal over itself.
The seal tells damage and careless edits; who writes here on purpose can write a whole model.
"""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np

from nlp.labels import FLAGS, LABELS
from nlp.model import Model, Numbers, Vocabulary
from nlp.views import VIEWS, View

FORMAT = 4
_JOINED = "joined"
_WEIGHTS, _VOCABULARY, _MODEL = "weights.npz", "vocabulary.json", "model.json"
_ORDERS = {"labels": list(LABELS), "flags": list(FLAGS), "views": list(VIEWS)}
"""What the columns mean and in which order: weights of another order would judge nonsense."""

_TRIES = 3


class DamagedModel(ValueError):
    """A stored model is incomplete, was changed, is of another format, or is not the one that its folder says."""


def save(model: Model, root: Path, beside: Mapping[str, str] | None = None) -> Path:
    """Write the model to its folder under `root`, whole or not at all, with texts to stand `beside` it; returns the folder."""
    building = root / f".building-{os.getpid()}-{token_hex(4)}"
    building.mkdir(parents=True)
    try:
        _write(model, building)
        for name, text in (beside or {}).items():
            (building / name).write_text(text, encoding="utf-8")
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
    about: dict[str, Any] = {
        "format": FORMAT,
        "version": model.version,
        **_ORDERS,
        "sharpness": model.sharpness,
        "sure_at": model.sure_at,
        "files": {name: _hash(folder / name) for name in (_WEIGHTS, _VOCABULARY)},
    }
    about["seal"] = _seal(about)
    (folder / _MODEL).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def _put_in_place(building: Path, folder: Path) -> Path:
    """What stood there goes only when the new one is in place. Another process may do the same meanwhile: the later one wins."""
    aside = building.with_name(f"{building.name}-old")
    for tries_left in reversed(range(_TRIES)):
        with suppress(FileNotFoundError):
            os.replace(folder, aside)
        try:
            os.replace(building, folder)
        except OSError:
            if aside.exists() and not folder.exists():
                os.replace(aside, folder)
            if not tries_left:
                raise
        else:
            break
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return folder


def _check(folder: Path, about: Mapping[str, Any]) -> None:
    if about["format"] != FORMAT or any(about[name] != order for name, order in _ORDERS.items()):
        raise ValueError("another format, or other labels, flags or views")
    if about["seal"] != _seal(about):
        raise ValueError(f"{_MODEL} was changed")
    if about["version"] != folder.name:
        raise ValueError(f"says that it is {about['version']}")
    for name in (_WEIGHTS, _VOCABULARY):
        if about["files"][name] != _hash(folder / name):
            raise ValueError(f"{name} was changed")


def _seal(about: Mapping[str, Any]) -> str:
    """A hash of all that model.json says but this."""
    said = {name: value for name, value in about.items() if name != "seal"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _check_numbers(kept: Mapping[str, Numbers]) -> None:
    """The weights belong to each other, and all of them are numbers."""
    columns, labels, flags = len(kept["rarity"]), len(LABELS), len(FLAGS)
    shapes = {
        "rarity": (columns,),
        "main": (columns, labels),
        "main_bias": (labels,),
        "spoken_of": (columns, labels),
        "spoken_of_bias": (labels,),
        "marks": (columns, flags),
        "marks_bias": (flags,),
        "marked_at": (flags,),
    }
    for name, shape in shapes.items():
        if kept[name].shape != shape or kept[name].dtype.kind != "f" or np.isnan(kept[name]).any():
            raise ValueError(f"{name} is {kept[name].dtype} {kept[name].shape}, not numbers {shape}")


def _read(folder: Path, about: Mapping[str, Any]) -> Model:
    with np.load(folder / _WEIGHTS, allow_pickle=False) as stored:
        kept: dict[str, Numbers] = {name: stored[name] for name in stored.files}
    _check_numbers(kept)
    return Model(
        version=str(about["version"]),
        vocabulary=_vocabulary(folder, kept["rarity"]),
        main=kept["main"],
        main_bias=kept["main_bias"],
        spoken_of=kept["spoken_of"],
        spoken_of_bias=kept["spoken_of_bias"],
        marks=kept["marks"],
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
