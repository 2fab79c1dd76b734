"""The marks that stand for what is hidden, and the words by which it is found, from `data/redaction.json`."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

REDACTION_FILE = Path(__file__).parent / "data" / "redaction.json"

_LIST = re.compile(r"@(\w+)")


@cache
def _written() -> Any:
    return json.loads(REDACTION_FILE.read_text(encoding="utf-8"))


def marks() -> Mapping[str, str]:
    """What is shown in place of each kind: phone, id, address, plate, account, email, person, code, birth."""
    return dict(_written()["marks"])


def told() -> Mapping[str, Sequence[str]]:
    """Words and patterns that tell whose a name is, with accents, as `entities.phrases.patterns` reads them."""
    found: Mapping[str, Sequence[str]] = _written()["told"]
    return found


def meant() -> Mapping[str, frozenset[str]]:
    """Words of an address without accents, and what each is with them: "so" is "số", not "sở"."""
    return {bare: frozenset(words.split()) for bare, words in _written()["meant"].items()}


def compiled(pattern: str, case_matters: bool = False) -> re.Pattern[str]:
    """A pattern in which `@name` stands for any word of that list of the file; such words are found in any case."""
    lists = _written()["words"]

    def choices(found: re.Match[str]) -> str:
        return "(?i:" + "|".join(sorted(lists[found[1]], key=len, reverse=True)) + ")"

    return re.compile(_LIST.sub(choices, pattern), 0 if case_matters else re.IGNORECASE)
