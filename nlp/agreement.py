"""How far two people agree who labelled the same messages without seeing each other's labels: the ceiling of what a classifier can reach."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.corpus import DATA
from nlp.labels import FLAGS

Reading = Mapping[str, Mapping[str, Any]]
"""By a message's id what one person found in it: `label` and `flags`."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readings agree in one thing."""

    about: str
    """`label`, or the name of a flag."""
    kappa: float
    """Cohen's kappa: 1 for full agreement, 0 for what chance gives; not a number if both always say the same one thing."""
    texts: int
    marked: int
    """Messages that at least one of the two marked with the flag; for the label all of them."""


def agreements(data: Path = DATA) -> list[Agreement]:
    """How far the two readings under `data` agree, in the labels and in each flag."""
    return compare(read_reading(data / "readings" / "first.jsonl"), read_reading(data / "readings" / "second.jsonl"))


def read_reading(file: Path) -> Reading:
    """One person's reading."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]
    return {row["id"]: row for row in rows}


def compare(first: Reading, second: Reading) -> list[Agreement]:
    """How far two readings agree on the messages that are in both."""
    both = [(first[id], second[id]) for id in first if id in second]
    label = [pair[0]["label"] for pair in both], [pair[1]["label"] for pair in both]
    found = [Agreement("label", cohens_kappa(*label), len(both), len(both))]
    return found + [_of_flag(both, flag) for flag in FLAGS]


def cohens_kappa(first: Sequence[object], second: Sequence[object]) -> float:
    """Agreement beyond chance (Cohen 1960): (observed - expected) / (1 - expected)."""
    if not first:
        return float("nan")
    observed = sum(one == other for one, other in zip(first, second, strict=True)) / len(first)
    expected = sum(first.count(one) * second.count(one) for one in set(first)) / len(first) ** 2
    return (observed - expected) / (1 - expected) if expected < 1 else float("nan")


def _of_flag(both: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]], flag: str) -> Agreement:
    first, second = [flag in one["flags"] for one, _ in both], [flag in other["flags"] for _, other in both]
    marked = sum(one or other for one, other in zip(first, second, strict=True))
    return Agreement(flag, cohens_kappa(first, second), len(both), marked)
