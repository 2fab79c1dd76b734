"""What a call to Zalo may end with, apart from success, and what that means for the message that was to be said."""

from __future__ import annotations

import datetime as dt
from typing import Any

import httpx

from bot.delivery.outcome import Allowance, Failed, Gone, Later, NeedsTemplate, Outcome, Refused, Sent, Unknown, Wait
from office.moments import at, local

_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
"""Faults before the first byte of the request went out."""

_MOST_DIGITS = 12
_GATEWAY_TIMEOUT = 504
_NIGHT_FALLS, _MORNING = dt.time(22), dt.time(6)
"""Between these, in Viet Nam, Zalo takes no message that it counts as promotion."""

_SOON = 600.0
"""Seconds after a refusal for the night that comes by day: our clock and Zalo's differ, and a night more would be too long."""

GONE = {-213: "does not follow", -217: "has blocked the account", -227: "is inactive", -244: "wants no such messages"}
SET_UP = {-224: "the account's package does not include this", -223: "the app lacks the permission", -221: "the account is not verified"}
OUTSIDE = {-230: "no interaction for 7 days", -232: "never interacted"}
ACCOUNT_SPENT = -211
QUOTA = {ACCOUNT_SPENT: "the account's quota is spent", -218: "this person's quota is spent"}
_OF_THE_PERSON = "reply"
"""The kind of quota that is this person's own."""

NIGHT = -234
NEVER = {-200: "Zalo could not send it", -201: "a field is not valid"}


class ZaloRefusal(Exception):
    """An answer with an error number: nothing was done. `words` are Zalo's own."""

    def __init__(self, code: int, words: str = "") -> None:
        super().__init__(f"error {code}")
        self.code = code
        self.words = words[:160]


class ZaloTooFast(Exception):
    """Too many requests: be silent for so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__("too many requests")
        self.seconds = seconds


class ZaloAway(Exception):
    """No answer of Zalo's. `undone`: it is certain that nothing was done."""

    def __init__(self, reason: str, *, undone: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.undone = undone


class NoTokens(Exception):
    """The account is not connected, or not any more: an operator has to do something."""


def away(fault: httpx.HTTPError | httpx.InvalidURL) -> ZaloAway:
    """A fault of the network. Its own words may hold an address, so only its kind is told."""
    return ZaloAway(type(fault).__name__, undone=isinstance(fault, _NEVER_LEFT))


def checked(answer: httpx.Response) -> dict[str, Any]:
    """The body of an answer of the API, errors raised. 500, 502 and 503 come instead of the message being taken; 504 may come after."""
    if answer.status_code == 429:
        raise ZaloTooFast(seconds_to_wait(answer))
    if answer.status_code >= 400:
        raise ZaloAway(f"the server answered {answer.status_code}", undone=answer.status_code != _GATEWAY_TIMEOUT)
    try:
        body = answer.json()
    except ValueError:
        body = None
    if answer.status_code != 200 or not isinstance(body, dict):
        raise ZaloAway("an answer that is none of Zalo's", undone=False)
    return body


def seconds_to_wait(answer: httpx.Response) -> float:
    """The limit is counted by the minute; a header may say less."""
    given = answer.headers.get("Retry-After", "")
    return min(60.0, float(given)) if given.isdecimal() else 60.0


def outcome_of(fault: Exception, now: dt.datetime) -> Outcome:
    """The outcome of a send that raised: the one place that decides whether a message is said again, and when."""
    match fault:
        case ZaloTooFast():
            return Wait(fault.seconds)
        case ZaloRefusal():
            return _of_refusal(fault.code, now)
        case ZaloAway():
            return Failed(fault.reason) if fault.undone else Unknown(fault.reason)
        case NoTokens():
            return Failed("no tokens for Zalo")
    return Unknown(type(fault).__name__)


def _of_refusal(code: int, now: dt.datetime) -> Outcome:
    if code in GONE:
        return Gone(f"{code}: {GONE[code]}")
    if code in OUTSIDE:
        return NeedsTemplate(f"{code}: {OUTSIDE[code]}")
    if code in QUOTA:
        return NeedsTemplate(f"{code}: {QUOTA[code]}", quota=True, of_account=code == ACCOUNT_SPENT)
    if code in NEVER:
        return Refused(f"{code}: {NEVER[code]}")
    if code == NIGHT:
        return Later(until_morning(now), f"{code}: not at night")
    if code in SET_UP:
        return Failed(f"{code}: {SET_UP[code]}")
    return Failed(f"error {code}")  # unknown numbers too: it certainly was not sent, and the tries are bounded


def until_morning(now: dt.datetime) -> float:
    """Seconds until the night is over in Viet Nam; by day a few minutes."""
    here = local(now)
    if _MORNING <= here.time() < _NIGHT_FALLS:
        return _SOON
    day = here.date() + dt.timedelta(days=here.time() >= _NIGHT_FALLS)
    return (at(day, _MORNING) - now).total_seconds()


def sent(data: Any) -> Sent:
    """A success, with what the answer says of the quota. [?] Its inside is not captured: every field may be missing or a string.

    `owner_type` tells who holds the package, the account also where the message came out of what is free for this person (`reply`).
    """
    given = data.get("quota") if isinstance(data, dict) else None
    if not isinstance(given, dict):
        return Sent()
    owner, kind = str(given.get("owner_type", "")).lower(), str(given.get("quota_type", ""))[:40]
    of_account = owner in ("oa", "app") and kind.lower() != _OF_THE_PERSON
    left = given.get("remain", given.get("remainingQuota"))
    return Sent(Allowance(_number(left), _number(given.get("total")), of_account=of_account, kind=kind))


def _number(given: Any) -> int | None:
    return int(given) if str(given).isdecimal() and len(str(given)) <= _MOST_DIGITS else None
