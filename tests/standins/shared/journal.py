"""A record of every request the program made, for a test's assertions, and of everything that was wrong with one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Reckoning:
    """`violations` are the program's own mistakes."""

    violations: list[str] = field(default_factory=list)

    def excuse(self, words: str) -> list[str]:
        """Take back the violations that contain `words`: for tests that provoke them. Raises if there are none."""
        found = [line for line in self.violations if words in line]
        if not found:
            raise AssertionError(f"no violation speaks of {words!r}: {self.violations}")
        self.violations = [line for line in self.violations if words not in line]
        return found


@dataclass
class Request:
    """One request. `status` is None while it is under way, and stays so when no answer was sent; `fault` says which misfortune."""

    call: str
    params: dict[str, Any] = field(default_factory=dict)
    to: str | None = None
    at: float = 0.0
    status: int | None = None
    error: int = 0
    reason: str = ""
    fault: str = ""


@dataclass
class Journal(Reckoning):
    """`requests` in the order of arrival."""

    requests: list[Request] = field(default_factory=list)

    def begin(self, call: str, at: float) -> Request:
        """A request has arrived at `at` seconds of the stand-in's clock."""
        self.requests.append(Request(call, at=at))
        return self.requests[-1]

    def refuse(self, request: Request, status: int, code: int, reason: str, *, breach: bool) -> None:
        """Write down an error answer."""
        request.status, request.error, request.reason = status, code, reason
        if breach:
            self.violations.append(f"{request.call}: {code} {reason}")
