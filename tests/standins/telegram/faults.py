"""Misfortune on request: what goes wrong, with which method, how often. A test scripts it, the server carries it out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase

from tests.standins.shared.faults import Script


class Kind(Enum):
    """What goes wrong, and whether before or after the request took effect."""

    TOO_MANY = "429"
    FORBIDDEN = "403"
    SERVER_ERROR = "5xx"
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
    methods: str
    times: int = 1
    skip: int = 0
    chat_id: int | None = None
    retry_after: int = 0
    status: int = 502
    seconds: float = 0.0
    struck: int = 0

    def concerns(self, call: str, to: int | str | None) -> bool:
        """Whether this fault is about such a request and is not used up."""
        chat = self.chat_id is None or self.chat_id == to
        return self.times > 0 and chat and fnmatchcase(call.lower(), self.methods.lower())


class Faults(Script[Fault]):
    """The script. `methods` is a name or a pattern ("send*"), or "file" for downloads; `chat_id` narrows it to one chat."""

    def too_many(self, methods: str, *, retry_after: int, times: int = 1, skip: int = 0, chat_id: int | None = None) -> Fault:
        """429 with `retry_after` seconds; for sends a ban begins, of the chat if one is named, else of the bot."""
        return self._add(Fault(Kind.TOO_MANY, methods, times, skip, chat_id, retry_after=retry_after))

    def forbidden(self, methods: str, *, times: int = 1, skip: int = 0, chat_id: int | None = None) -> Fault:
        """403, as after a block, though nobody blocked."""
        return self._add(Fault(Kind.FORBIDDEN, methods, times, skip, chat_id))

    def server_error(self, methods: str, *, status: int = 502, times: int = 1, skip: int = 0, chat_id: int | None = None) -> Fault:
        """500 or 502 with a page of HTML from the machine in front."""
        return self._add(Fault(Kind.SERVER_ERROR, methods, times, skip, chat_id, status=status))

    def drops_before(self, methods: str, *, times: int = 1, skip: int = 0, chat_id: int | None = None) -> Fault:
        """The connection breaks and nothing was done."""
        return self._add(Fault(Kind.DROP_BEFORE, methods, times, skip, chat_id))

    def drops_after(self, methods: str, *, times: int = 1, skip: int = 0, chat_id: int | None = None) -> Fault:
        """The message has arrived, but the answer never comes: the connection breaks."""
        return self._add(Fault(Kind.DROP_AFTER, methods, times, skip, chat_id))

    def hangs(self, methods: str, *, times: int = 1, skip: int = 0, chat_id: int | None = None) -> Fault:
        """The message has arrived, but the answer never comes: the connection stays open until the client gives up."""
        return self._add(Fault(Kind.HANG, methods, times, skip, chat_id))

    def slow(self, methods: str, *, seconds: float, times: int = 1, skip: int = 0, chat_id: int | None = None) -> Fault:
        """The answer comes after `seconds` on the stand-in's clock."""
        return self._add(Fault(Kind.SLOW, methods, times, skip, chat_id, seconds=seconds))
