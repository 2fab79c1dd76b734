"""How a send ended, in words that every channel can use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Allowance:
    """What a channel says may still be sent: to this person, or (`of_account`) by the whole account. None: it does not say."""

    left: int | None
    total: int | None = None
    of_account: bool = False
    kind: str = ""
    refused: bool = False
    """It was told by refusing a message: then nothing of any kind is left."""


@dataclass(frozen=True)
class Sent:
    """The channel has it, and may have said what is left."""

    allowance: Allowance | None = None


@dataclass(frozen=True)
class Wait:
    """The channel asks the whole bot to be silent for so many seconds. Nothing was sent."""

    seconds: float


@dataclass(frozen=True)
class Later:
    """Not this message now, but in so many seconds; others may go meanwhile. Nothing was sent."""

    seconds: float
    reason: str


@dataclass(frozen=True)
class NeedsTemplate:
    """Nothing was sent: the person has been silent too long, or a `quota` is spent, theirs or `of_account`. Only a paid template goes now, or
    this very message later."""

    reason: str
    quota: bool = False
    of_account: bool = False


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


OUTCOMES = (Sent, Wait, Later, NeedsTemplate, Gone, Refused, Failed, Unknown)
Outcome = Sent | Wait | Later | NeedsTemplate | Gone | Refused | Failed | Unknown
