"""What became of a file whose author was taken out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cleaned:
    """The bytes to keep. `sure` is False if they may still say who made the file."""

    content: bytes
    sure: bool
