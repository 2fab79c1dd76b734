"""What the account's server knows of one person: whether they follow, when they last did something, whether they want to hear."""

from __future__ import annotations

from dataclasses import dataclass, field

from .posts import Heard


@dataclass(eq=False)
class Contact:
    """Times are seconds of the stand-in's clock."""

    id: str
    id_by_app: str
    name: str
    phone: str
    follows: bool = False
    unfollowed_at: float | None = None
    last_interaction: float | None = None
    blocked: bool = False
    inactive: bool = False
    restricts: bool = False
    free_sent: int = 0
    heard: list[Heard] = field(default_factory=list)

    def interacts(self, now: float) -> None:
        """A follow, a message, a press: the window opens anew."""
        self.last_interaction = now
        self.free_sent = 0
