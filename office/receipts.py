"""Receipt codes: twelve digits in groups of three, easy to read aloud, hard to guess, and a slip of one digit is noticed."""

from __future__ import annotations

import secrets

# Damm's quasigroup (H. M. Damm, 2004): catches every single wrong digit and every swap of two neighbours.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def _check(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return interim


def new_code() -> str:
    """A new code, digits only. There are 10^11; guesses are limited besides (`office.people.too_many_guesses`)."""
    digits = f"{secrets.randbelow(10**11):011d}"
    return f"{digits}{_check(digits)}"


def read_code(typed: str) -> str | None:
    """The code in what a person typed (spaces, dots and dashes do not matter), or None if it cannot be one."""
    digits = "".join(c for c in typed if c.isascii() and c.isdigit())
    return digits if len(digits) == 12 and _check(digits) == 0 else None


def shown(code: str) -> str:
    """The code as people read it: `481-302-775-916`."""
    return "-".join(code[i : i + 3] for i in range(0, 12, 3))
