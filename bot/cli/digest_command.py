"""`congvu digest`."""

from __future__ import annotations


def digest() -> None:
    """."""
