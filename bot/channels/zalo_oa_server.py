"""Where Zalo's servers are, how long we wait for them, and every fact about them that nobody could confirm, with the side taken."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from bot.channels.parking import IN_TIME, RECOVER
from bot.settings import Settings

NAME = "zalo_oa"

TOKEN_REFUSED = frozenset({-216, -220})
"""The access token is wrong or has expired: one refresh, one more try."""

TOO_FAST = -32
BUTTONS_REFUSED = -201
UPLOAD_OVER = -100

REFRESH_LOST = ("refresh token", "refresh_token")
REFRESH_LOST_CODES = frozenset({-14014})
"""[?] The token endpoint's numbers are not documented. A pair is given up for good only when the answer names the refresh token (or has the
number seen in programs in use); any other refusal is an alarm too, but is tried again."""

BUTTON_FORMS: tuple[str | None, ...] = (None, "button")
"""[?] A message with buttons: the documents show `buttons` alone, some programs add `"template_type": "button"`. As documented first; after
error -201 with the field; after that as numbered text. What worked is remembered as long as the process lives."""

_VERIFIER = re.compile(r"[A-Za-z0-9_-]{1,200}")

FORM_PICTURE = "/static/contact-form.png"
"""The request for information must have a picture that Zalo can fetch: one of our pages' files."""

CAPTION = 2_000
"""[?] The limit of the text beside a picture is unsaid: as any text."""


@dataclass(frozen=True)
class ZaloPatience:
    """How long we wait, in seconds. A send as a whole stays well under the lease of `office.outbox`."""

    connect: float = 5
    read: float = 15
    write: float = 30
    send: float = 45
    form: float = 8
    """For the form that follows words that were said already."""
    fetch: float = 40
    """For one file that a person sent."""
    turn: float = 10
    """Waiting for another process that refreshes the tokens."""
    look: float = 0.2
    rest_after_refusal: float = 60
    answer: float = IN_TIME
    """Until a webhook is answered though its event is not heard yet."""
    recover: float = RECOVER
    """Between looks for what another process has left behind."""


def account_of(settings: Settings) -> str:
    """The name under which the account's tokens are kept."""
    return f"{NAME}:{settings.zalo_app_id}"


def secret_of(settings: Settings) -> str:
    """The app's secret key."""
    return settings.zalo_app_secret.get_secret_value().strip() if settings.zalo_app_secret else ""


def quiet_libraries() -> None:
    """Keep the HTTP library's own lines out of every log: they hold addresses, and a consent's code stands in one."""
    for name in ("httpcore", "httpx"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def verifier_code(given: str | None) -> str:
    """The code of the domain's proof, also when the whole name of the file was entered; empty if there is none."""
    code = (given or "").strip().removeprefix("zalo_verifier").removesuffix(".html")
    return code if _VERIFIER.fullmatch(code) else ""
