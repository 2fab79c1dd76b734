"""What became of a message, told from the way Telegram or the network answered: the one place that decides whether it is said again."""

from __future__ import annotations

import datetime as dt
import os

import httpx
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.delivery.outcome import Failed, Gone, Outcome, Refused, Unknown, Wait

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's own switch: `retry_after` as a timedelta, without a warning at each 429

_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
"""Faults before the first byte of the request went out."""

_CHAT_GONE = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "peer_id_invalid",
    "chat_write_forbidden",
    "group chat was upgraded",
    "not enough rights to send",
    "have no rights to send",
)
_GATEWAY_TIMEOUT = 504


class ServerFault(NetworkError):
    """The server, or the machine in front of it, answered 5xx."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


def outcome_of(fault: Exception) -> Outcome:
    """The outcome of a send that raised. Reasons never quote a network library: its messages may hold the address with the token."""
    match fault:
        case RetryAfter():
            return Wait(_seconds(fault.retry_after))
        case Forbidden() | ChatMigrated():
            return Gone(fault.message)
        case BadRequest():
            return Gone(fault.message) if is_about_the_chat(fault) else Refused(fault.message)
        case InvalidToken():
            return Failed("the token was refused")
        case ServerFault():
            return _of_server_fault(fault)
        case NetworkError():
            return _of_network_fault(fault)
    return Unknown(type(fault).__name__)


def is_about_the_chat(fault: BadRequest) -> bool:
    """Whether the refusal means that this chat cannot be written to, whatever the message."""
    words = fault.message.lower()
    return any(phrase in words for phrase in _CHAT_GONE)


def _of_server_fault(fault: ServerFault) -> Outcome:
    """500, 502 and 503 come instead of the message being taken: the server failed on it, or was not there to hand it to.

    After 504 the server behind has the request, and may have done it.
    """
    reason = f"the server answered {fault.status}"
    return Unknown(reason) if fault.status == _GATEWAY_TIMEOUT else Failed(reason)


def _of_network_fault(fault: NetworkError) -> Outcome:
    cause = fault.__cause__
    if cause is None or isinstance(cause, TelegramError):  # an HTTP answer that is neither a yes nor a known no
        return Failed("an answer that is none of the Bot API's")
    reason = type(cause).__name__
    return Failed(reason) if isinstance(cause, _NEVER_LEFT) else Unknown(reason)


def _seconds(given: int | dt.timedelta) -> float:
    return given.total_seconds() if isinstance(given, dt.timedelta) else float(given)
