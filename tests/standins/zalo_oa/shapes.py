"""Reading of JSON with nothing left over: every field is asked for, an unknown or wrongly typed one is refused."""

from __future__ import annotations

import unicodedata
from typing import Any

from .refused import invalid


class Fields:
    """The fields of one JSON object."""

    def __init__(self, value: Any, place: str) -> None:
        if not isinstance(value, dict):
            raise invalid(f"{place} must be an object")
        self._left: dict[str, Any] = dict(value)
        self._place = place

    def __contains__(self, name: str) -> bool:
        return name in self._left

    def raw(self, name: str) -> Any:
        """A field of any type; it must be there."""
        if name not in self._left:
            raise invalid(f"{self._place}.{name} is missing")
        return self._left.pop(name)

    def inner(self, name: str) -> Fields:
        """A field that is an object."""
        return Fields(self.raw(name), f"{self._place}.{name}")

    def text(self, name: str, longest: int, *, shortest: int = 1) -> str:
        """A field that is a string of so many characters, counted after NFC."""
        value = self.raw(name)
        if not isinstance(value, str):
            raise invalid(f"{self._place}.{name} must be a string")
        if any("\ud800" <= char <= "\udfff" for char in value):
            raise invalid(f"{self._place}.{name} is not UTF-8")
        length = len(unicodedata.normalize("NFC", value))
        if not shortest <= length <= longest or (shortest and not value.strip()):
            raise invalid(f"{self._place}.{name} has {length} characters, not {shortest} to {longest}")
        return value

    def one_of(self, name: str, *allowed: str) -> str:
        """A field that is one of these words."""
        value = self.text(name, 100)
        if value not in allowed:
            raise invalid(f"{self._place}.{name} is {value!r}, not one of {allowed}")
        return value

    def only(self, name: str) -> Fields:
        """A field that is a list of exactly one object."""
        found = self.several(name, 1)
        return found[0]

    def several(self, name: str, most: int) -> list[Fields]:
        """A field that is a list of one to `most` objects."""
        value = self.raw(name)
        if not isinstance(value, list) or not 1 <= len(value) <= most:
            raise invalid(f"{self._place}.{name} must be a list of 1 to {most}")
        return [Fields(item, f"{self._place}.{name}[{at}]") for at, item in enumerate(value)]

    def end(self) -> None:
        """Refuse whatever nobody asked for."""
        if self._left:
            raise invalid(f"{self._place} has unknown fields {sorted(self._left)}")
