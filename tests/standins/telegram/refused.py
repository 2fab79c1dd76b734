"""What the Bot API answers when it will not do what it was asked, in the words of the real server."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """An error answer. `breach` marks what a correct program never sends, whatever people do: it fails the test at the end."""

    def __init__(self, status: int, description: str, *, breach: bool = False, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.breach = breach
        self.retry_after = retry_after

    def body(self) -> dict[str, Any]:
        """The JSON of the answer."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


def bad_request(reason: str) -> Refused:
    """A refusal that depends on what people did (a chat that is gone, a query that is old): the program must cope with it."""
    return Refused(400, f"Bad Request: {reason}")


def breach(reason: str, status: int = 400) -> Refused:
    """A refusal that only a mistake of the program can bring about."""
    prefix = {400: "Bad Request: ", 409: "Conflict: "}.get(status, "")
    return Refused(status, f"{prefix}{reason}", breach=True)


def beyond_the_stand_in(what: str) -> Refused:
    """The real server may know this, the stand-in does not: it says so loudly and never ignores it in silence."""
    return Refused(400, f"Bad Request: the stand-in does not know {what}", breach=True)


def flood(retry_after: int) -> Refused:
    """429 as the real server words it; `retry_after` in seconds."""
    return Refused(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
