"""What Zalo's servers answer when they will not do what they were asked: HTTP 200 and an error number."""

from __future__ import annotations

from typing import Any

WORDS = {
    -32: "You have exceeded the rate limit",
    -100: "Attachment is expired",
    -200: "Send message failed",
    -201: "Params is invalid",
    -211: "Out of quota",
    -213: "User has not followed the OA",
    -216: "Access token is invalid",
    -217: "User has blocked the OA",
    -218: "Out of quota of this user",
    -220: "Access token is expired",
    -221: "OA has not been verified",
    -223: "App has not been granted this permission by the OA",
    -224: "OA package does not include this feature",
    -227: "User is inactive",
    -230: "User has not interacted with the OA in the past 7 days",
    -232: "User has never interacted with the OA",
    -234: "Promotion messages are not sent between 22:00 and 06:00",
    -244: "User restricts this type of message",
}
"""Every number of the table of errors; the words are the stand-in's own."""


class Refused(Exception):
    """An error answer. `breach` marks what a correct program never sends, whatever people do: it fails the test at the end."""

    def __init__(self, code: int, reason: str = "", *, breach: bool = False) -> None:
        self.code = code
        self.reason = f"{WORDS.get(code, 'Error')}{f': {reason}' if reason else ''}"
        self.breach = breach
        super().__init__(f"{code} {self.reason}")

    def body(self) -> dict[str, Any]:
        """The JSON of the answer."""
        return {"error": self.code, "message": self.reason}


class OAuthRefused(Exception):
    """An error answer of the token endpoint, which has a form of its own."""

    def __init__(self, code: int, name: str, *, breach: bool = False) -> None:
        super().__init__(f"{code} {name}")
        self.code = code
        self.name = name
        self.breach = breach

    def body(self) -> dict[str, Any]:
        """The JSON of the answer."""
        return {"error_name": self.name, "error_reason": self.name, "ref_doc": "", "error_description": self.name, "error": self.code}


def invalid(reason: str) -> Refused:
    """-201 for what only a mistake of the program can bring about."""
    return Refused(-201, reason, breach=True)
