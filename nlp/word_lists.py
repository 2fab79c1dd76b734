"""Reads the files of words by which messages are understood: people, units, times, tracks; each once, in both ways of typing."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from nlp.clean import plain, without_accents

DATA = Path(__file__).parent / "data"


@cache
def written(name: str, folder: str = "entities") -> Mapping[str, Any]:
    """One of the files of words under `data`, as written."""
    found: Mapping[str, Any] = json.loads((DATA / folder / f"{name}.json").read_text(encoding="utf-8"))
    return found


def syllables_of(phrase: str) -> tuple[str, ...]:
    """A phrase as messages read: small letters, new tone placement."""
    return tuple(map(plain, phrase.split()))


def form(phrase: str, bare: bool) -> str:
    """A phrase as a message has it that was typed with accents or, `bare`, without."""
    read = " ".join(syllables_of(phrase))
    return without_accents(read) if bare else read


@cache
def forms(name: str, part: str, bare: bool) -> frozenset[str]:
    """The words of a list, with accents or without; a file's `lost_without_accents` is not looked at."""
    return frozenset(form(word, bare) for word in written(name)[part])


@cache
def table(name: str, part: str, bare: bool) -> Mapping[str, Any]:
    """Words with what they mean; of two that are one without accents the first in the file counts."""
    known: dict[str, Any] = written(name)[part]
    return {form(word, bare): known[word] for word in reversed(known)}
