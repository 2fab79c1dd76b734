"""What became of a message, told from the way the Zalo Bot Platform or the network answered: it decides whether it is said again."""

from __future__ import annotations

import httpx

from bot.channels.zalo_bot_api import NOTHING_NEW, NoAnswer, Refusal, ServerFault
from bot.delivery.outcome import Failed, Gone, Outcome, Refused, Unknown, Wait

_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
"""Faults before the first byte of the request went out."""

_CHAT_GONE = ("chat not found", "user not found", "chat_id", "blocked", "deactivated", "not interact")
"""[?] The words of a refusal that is about the person are known from one place only; others are taken for a refusal of the message."""

_TOO_MANY = 429
_PAUSE = 10.0
"""[?] No rate is known, nor how long to wait above it: so many seconds, unless the answer says."""

_GATEWAY_TIMEOUT = 504


def outcome_of(fault: Exception) -> Outcome:
    """The outcome of a send that raised. Reasons never quote the network library: its messages hold the address with the token."""
    match fault:
        case Refusal():
            return _of_refusal(fault)
        case ServerFault():  # before 504 the server failed instead of taking it; after 504 the one behind it may have taken it
            reason = f"the server answered {fault.status}"
            return Unknown(reason) if fault.status == _GATEWAY_TIMEOUT else Failed(reason)
        case NoAnswer():
            return Unknown("an answer that is none of the platform's")
    reason = type(fault).__name__
    return Failed(reason) if isinstance(fault, _NEVER_LEFT) else Unknown(reason)


def is_about_the_token(fault: Exception) -> bool:
    """Whether the token is refused. [?] 404 too: an unknown token makes an unknown address, as on Telegram."""
    return isinstance(fault, Refusal) and fault.code in (401, 404)


def is_about_the_person(fault: Refusal) -> bool:
    """Whether this person cannot be written to, whatever the message."""
    return fault.code == 403 or (fault.code == 400 and any(phrase in fault.words.lower() for phrase in _CHAT_GONE))


def _of_refusal(fault: Refusal) -> Outcome:
    if fault.code == _TOO_MANY:
        return Wait(_PAUSE if fault.pause is None else fault.pause)
    if is_about_the_token(fault):
        return Failed("the token was refused")
    if is_about_the_person(fault):
        return Gone(fault.words or str(fault.code))
    if fault.code == NOTHING_NEW:  # "request timeout", said of a message: it may be on its way
        return Unknown("the platform took too long")
    return Refused(f"{fault.code} {fault.words}".strip())
