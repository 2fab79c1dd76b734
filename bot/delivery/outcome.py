"""How a send ended, in words that every channel can use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sent:
    """The channel has it."""


@dataclass(frozen=True)
class Wait:
    """The channel asks the whole bot to be silent for so many seconds. Nothing was sent."""

    seconds: float


@dataclass(frozen=True)
class Gone:
    """This person cannot be reached here any more: blocked the bot, left, does not exist."""

    reason: str


@dataclass(frozen=True)
class Refused:
    """The channel will never take this message; trying again would not help."""

    reason: str


@dataclass(frozen=True)
class Failed:
    """It certainly did not arrive; try again later."""

    reason: str


@dataclass(frozen=True)
class Unknown:
    """It may have arrived: the answer was lost."""

    reason: str


Outcome = Sent | Wait | Gone | Refused | Failed | Unknown
