"""A record of every request the bot made, for a test's assertions, and of everything that was wrong with one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.standins.shared.journal import Reckoning

from .refused import Refused


@dataclass
class Request:
    """One request. `status` is None while it is under way, and stays so when no answer was sent; `fault` says which misfortune."""

    method: str
    params: dict[str, Any] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    at: float = 0.0
    status: int | None = None
    error: str = ""
    fault: str = ""
    by_answer: bool = False
    """Named in the answer to a webhook rather than asked by a request."""


@dataclass
class Journal(Reckoning):
    """`requests` in the order of arrival."""

    requests: list[Request] = field(default_factory=list)

    def begin(self, method: str, at: float) -> Request:
        """A request has arrived at `at` seconds of the stand-in's clock."""
        self.requests.append(Request(method, at=at))
        return self.requests[-1]

    def refuse(self, request: Request, refused: Refused) -> None:
        """Write down an error answer."""
        request.status, request.error = refused.status, refused.description
        if refused.breach:
            self.violations.append(f"{request.method}: {refused.description}")
