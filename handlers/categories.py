"""The names by which people know the categories of conduct."""

from __future__ import annotations

from talk.texts import say

CONDUCT = (
    "RESPONSIBILITY", "COMMUNICATION", "TIME_DISCIPLINE", "DELAY", "OBSTRUCTION", "BRIBERY", "COMPETENCE", "ETHICS", "DRESS", "FACILITIES",
    "FAIRNESS",
)  # fmt: skip
"""The categories that are about conduct, in the order in which they are offered; the rest are PRAISE, INQUIRY and OTHER."""

ALL = (*CONDUCT, "PRAISE", "INQUIRY", "OTHER")


def name(code: str) -> str:
    """The official name: «Chậm trễ hồ sơ»."""
    return say(f"category-{code.lower().replace('_', '-')}")


def plainly(code: str) -> str:
    """In everyday words: «hồ sơ bị trễ hẹn, phải chờ lâu»."""
    return say(f"category-{code.lower().replace('_', '-')}-plainly")
