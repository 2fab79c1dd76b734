"""Every fact about the Official Account that nobody could confirm, each in one place, with the side the stand-in takes.

A test may change a switch (`zalo.doubts.buttons = ButtonShape.REFUSED`) to see that the program lives on the other side too.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ButtonShape(Enum):
    """Which form of a message with buttons is accepted."""

    PLAIN = "payload has only `buttons`"
    TYPED = 'payload also needs `"template_type": "button"`'
    REFUSED = "error -201 for either form"


class Signing(Enum):
    """Which timestamp goes into a webhook's signature."""

    BODY = "the body's `timestamp`; there is no header"
    HEADER = "the header `X-ZEvent-Timestamp`, which differs from the body's"


@dataclass
class Doubts:
    """The switches; the defaults are the sides taken."""

    buttons: ButtonShape = ButtonShape.PLAIN
    # [?] The documents show `buttons` alone, some programs add a template_type. Plain, as documented; a test tries all three.

    signing: Signing = Signing.BODY
    # [?] The documents say the body's field, one program that is in use reads a header. The body's, as documented.

    free_messages: int | None = 8
    # [?] "Earlier" 8 messages were free after each interaction; whether still is unknown. The strict side: 8, then -218. None: any number.

    quota_in_answers: bool = True
    # [?] The `quota` field is "where it is present": here it is; a program must also do without it.

    old_access_survives: bool = False
    # [?] Nobody says whether a refresh ends the access token before. The strict side: it does (-216).

    lockout_kills_access: bool = True
    # [?] A used refresh token locks the account out; whether the running access token dies too is unknown. The strict side: it does.

    unfollow_closes: bool = True
    # [?] -213 "where it applies": an unfollow after the last interaction closes the window; writing without following opens it.

    echoes: bool = True
    # [?] Whether an account gets `oa_send_*` depends on its settings: it does here, the program has to ignore them.


OAUTH_CODES = {"app": -14002, "secret": -14004, "grant": -14011, "code": -14019, "verifier": -14020, "refresh": -14014}
"""[?] The token endpoint's numbers are from memory of programs in use; the form `error_name`, `error_description`, `error` is seen."""

PHONE_WITHOUT_ACCOUNT = -227
"""[?] A template to a number without a Zalo account has codes of its own; the table's nearest is "inactive"."""

UPLOADS_SPENT = -211
"""[?] The error after 5,000 uploads in a month is unsaid; "out of quota (account)" is nearest."""

BAD_UPLOAD = -201
"""[?] The error for a wrong type or size of an upload is unsaid; "invalid field" is nearest."""

GIF_BYTES = 5 * 1024 * 1024
"""[?] The facts give no limit for gif; programs in use speak of 5 MB."""

TITLE_OF_REQUEST, SUBTITLE_OF_REQUEST = 100, 500
"""[?] Limits of the request for information, from programs in use."""

CAPTION = 2_000
"""[?] The limit of the text beside a picture is unsaid: as any text."""

INTERACTIVE_ECHO = "oa_send_list"
"""[?] The echo of a message with buttons or a request for information: programs in use list it under this name."""

UNKNOWN_USER = -201
"""[?] The error for an id the account has never seen is unsaid; "invalid field" is nearest."""

NEVER_SEEN_CARD = -232
"""[?] What the card of a person answers who never interacted is unsaid: as a message to them."""

RETRY_DELAYS = (30.0, 300.0, 900.0, 1800.0, 3600.0)
"""Seconds from one failed try to the next. [?] Whether they count from the first try or the one before is unsaid: the one before."""
