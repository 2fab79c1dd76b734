"""What the Bot Platform answers when it will not do what it was asked."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """An error answer. `breach` marks what a correct program never sends, whatever people do: it fails the test at the end."""

    def __init__(self, code: int, description: str, *, breach: bool = False) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.breach = breach

    def body(self) -> dict[str, Any]:
        """The JSON of the answer."""
        return {"ok": False, "error_code": self.code, "description": self.description}


def breach(reason: str, code: int = 400) -> Refused:
    """A refusal that only a mistake of the program can bring about."""
    return Refused(code, f"Bad Request: {reason}", breach=True)


def nothing_new() -> Refused:
    """The answer of a poll that saw nothing."""
    return Refused(408, "Request timeout")
