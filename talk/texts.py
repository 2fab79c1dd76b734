"""All words that people read, from the Fluent files in `talk/vi/`: one file for each conversation."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource, resolver
from fluent.runtime.types import FluentType

_FOLDER = Path(__file__).parent / "vi"

resolver.MAX_PART_LENGTH = 100_000
"""The library takes an argument of more than 2,500 characters for an attack; here a citizen's story of 20,000 is told to whoever handles it."""


class TextMissing(KeyError):
    """No text has this key, or an argument of it was not given."""


@cache
def bundle() -> FluentBundle:
    """All texts, read once."""
    made = FluentBundle(["vi"], use_isolating=False)
    for path in sorted(_FOLDER.glob("*.ftl")):
        made.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return made


def say(key: str, /, **arguments: Any) -> str:
    """The text of `key` with its arguments filled in. Raises TextMissing."""
    texts = bundle()
    if not texts.has_message(key) or (pattern := texts.get_message(key).value) is None:
        raise TextMissing(key)
    given = {name: value if isinstance(value, FluentType) else str(value) for name, value in arguments.items()}
    text, faults = texts.format_pattern(pattern, given)
    if faults:
        raise TextMissing(f"{key}: {faults}")
    return str(text)


def keys() -> set[str]:
    """The keys of all texts; for checks."""
    return {
        line.split(" =")[0]
        for path in _FOLDER.glob("*.ftl")
        for line in path.read_text().splitlines()
        if " =" in line[:80] and line[0].isalpha()
    }
