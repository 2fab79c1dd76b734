"""Names what decides a judgement, so that two programs that could judge differently never give their judgements one name.

Two names, for a model takes a minute to teach: one for all that its weights come from, one for how its scores are read.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version as version_of_package
from pathlib import Path

_HERE = Path(__file__).parent

LEARNED_BY = (
    "clean.py",
    "corpus.py",
    "counts.py",
    "fit.py",
    "keyboards.py",
    "labels.py",
    "lexicon.py",
    "model.py",
    "segment.py",
    "train.py",
    "views.py",
    "words.py",
    "data/shorthand.json",
)
"""All that decides which weights come from the messages; the order of labels and flags is in labels.py."""

LEARNED_WITH = ("numpy", "scipy", "scikit-learn", "underthesea")

READ_BY = (
    "classify.py",
    "evidence.py",
    "flags.py",
    "phrasing.py",
    "reasons.py",
    "rules.py",
    "data/flags.json",
    "data/reason_words.json",
    "data/small_words.json",
)
"""All that decides what is made of the scores."""

_JUDGING_LETTERS = 6


@cache
def learning_recipe() -> str:
    """A hash of all but the messages that decides a model's weights."""
    packages = [f"{package} {version_of_package(package)}" for package in LEARNED_WITH]
    return _hash(LEARNED_BY, packages).hexdigest()


@cache
def judging_version() -> str:
    """The name of this program's way to read a model's scores."""
    return _hash(READ_BY, ()).hexdigest()[:_JUDGING_LETTERS]


def _hash(files: Iterable[str], words: Iterable[str]) -> "hashlib._Hash":
    digest = hashlib.sha256()
    for part in (*(name.encode() + b"\0" + (_HERE / name).read_bytes() for name in files), *map(str.encode, words)):
        digest.update(hashlib.sha256(part).digest())
    return digest
