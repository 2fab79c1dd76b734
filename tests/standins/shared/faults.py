"""Misfortune on request: what goes wrong, with which call, how often. A test scripts it, the server carries it out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase
from typing import Generic, Protocol, TypeVar


class Scripted(Protocol):
    """What a script needs of its faults."""

    times: int
    skip: int
    struck: int

    def concerns(self, call: str, to: int | str | None) -> bool: ...


F = TypeVar("F", bound=Scripted)


class Script(Generic[F]):
    """Faults in the order in which they were asked for."""

    def __init__(self) -> None:
        self.script: list[F] = []

    def clear(self) -> None:
        """From now on nothing goes wrong any more."""
        for fault in self.script:
            fault.times = 0

    @property
    def unspent(self) -> list[F]:
        """Scripted faults that never struck: a test that has any did not test what it says."""
        return [fault for fault in self.script if fault.struck == 0]

    def take(self, call: str, to: int | str | None = None) -> F | None:
        """The fault that strikes this request, if any."""
        for fault in self.script:
            if not fault.concerns(call, to):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.times -= 1
            fault.struck += 1
            return fault
        return None

    def _add(self, fault: F) -> F:
        self.script.append(fault)
        return fault


class Kind(Enum):
    """What goes wrong, and whether before or after the request took effect."""

    ANSWER = "an error answer"
    TOO_MANY = "429"
    SERVER_ERROR = "5xx"
    NOT_JSON = "200 with a page instead of JSON"
    MOVED = "302 to another address"
    DROP_BEFORE = "connection dropped, nothing done"
    DROP_AFTER = "done, connection dropped, no answer"
    HANG = "done, never answered"
    SLOW = "done, answered late"

    @property
    def after(self) -> bool:
        """Whether the request takes effect all the same."""
        return self in {Kind.DROP_AFTER, Kind.HANG, Kind.SLOW}


@dataclass
class Fault:
    """One scripted fault; `times` counts down as it strikes, `skip` requests pass unharmed before."""

    kind: Kind
    calls: str
    times: int = 1
    skip: int = 0
    to: str | None = None
    code: int = 0
    words: str = ""
    seconds: float = 0.0
    struck: int = 0

    def concerns(self, call: str, to: int | str | None) -> bool:
        """Whether this fault is about such a request and is not used up."""
        return self.times > 0 and (self.to is None or self.to == to) and fnmatchcase(call, self.calls)


class Faults(Script[Fault]):
    """The script of both stand-ins of Zalo. `calls` is the name of a call or a pattern ("send*", "*"); `to` narrows it to one person's id."""

    def answers(self, code: int, words: str = "", *, calls: str, times: int = 1, skip: int = 0, to: str | None = None) -> Fault:
        """The next such call is refused with this error number, and nothing is done."""
        return self._add(Fault(Kind.ANSWER, calls, times, skip, to, code=code, words=words))

    def too_many(self, *, calls: str, times: int = 1, skip: int = 0, seconds: float = 1.0) -> Fault:
        """HTTP 429 with the headers of the limit and `Retry-After` in `seconds`."""
        return self._add(Fault(Kind.TOO_MANY, calls, times, skip, code=429, seconds=seconds))

    def server_error(self, status: int = 502, *, calls: str, times: int = 1, skip: int = 0, to: str | None = None) -> Fault:
        """5xx with a page of HTML from the machine in front."""
        return self._add(Fault(Kind.SERVER_ERROR, calls, times, skip, to, code=status))

    def not_json(self, *, calls: str, times: int = 1, skip: int = 0) -> Fault:
        """HTTP 200 with a page of HTML, as some machine in between may answer."""
        return self._add(Fault(Kind.NOT_JSON, calls, times, skip, code=200))

    def moved(self, address: str, *, calls: str, times: int = 1) -> Fault:
        """302: what is asked for is at another address."""
        return self._add(Fault(Kind.MOVED, calls, times, code=302, words=address))

    def drops_before(self, *, calls: str, times: int = 1, skip: int = 0, to: str | None = None) -> Fault:
        """The connection breaks and nothing was done."""
        return self._add(Fault(Kind.DROP_BEFORE, calls, times, skip, to))

    def drops_after(self, *, calls: str, times: int = 1, skip: int = 0, to: str | None = None) -> Fault:
        """It was done, but the answer never comes: the connection breaks."""
        return self._add(Fault(Kind.DROP_AFTER, calls, times, skip, to))

    def hangs(self, *, calls: str, times: int = 1, skip: int = 0, to: str | None = None) -> Fault:
        """It was done, but the answer never comes: the client has to give up by itself."""
        return self._add(Fault(Kind.HANG, calls, times, skip, to))

    def slow(self, seconds: float, *, calls: str, times: int = 1, skip: int = 0) -> Fault:
        """The answer comes after `seconds` on the stand-in's clock."""
        return self._add(Fault(Kind.SLOW, calls, times, skip, seconds=seconds))
