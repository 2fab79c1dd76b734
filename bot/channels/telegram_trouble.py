"""What to do when Telegram does not answer as it should: say once what is wrong and what helps, and try again, slower and slower."""

from __future__ import annotations

import structlog
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from bot.channels.telegram_server import Patience
from talk.talk import without_words

log = structlog.get_logger()

_ADVICE: dict[type[Exception], str] = {
    TelegramUnauthorizedError: "Telegram refuses the token: set TELEGRAM_TOKEN as @BotFather gives it, and start again",
    TelegramNotFound: "Telegram does not know this token: set TELEGRAM_TOKEN as @BotFather gives it, and start again",
    TelegramConflictError: (
        "Another program hears with this token: stop it, or give each its own token; "
        "several processes of one office need PUBLIC_URL (webhook)"
    ),
}


class Trouble:
    """Counts what goes wrong in a row, of Telegram's or of ours. Each kind is said once, until all is well again."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._said: set[str] = set()
        self._in_a_row = 0

    def pause_after(self, fault: Exception) -> float:
        """Seconds to wait before the next try."""
        self._in_a_row += 1
        self._say(fault)
        if isinstance(fault, TelegramRetryAfter):
            return float(fault.retry_after)
        if isinstance(fault, TelegramUnauthorizedError | TelegramNotFound):
            return self._patience.longest_pause
        return float(min(self._patience.longest_pause, self._patience.first_pause * 2 ** min(self._in_a_row - 1, 10)))

    def over(self) -> None:
        """It went well."""
        if self._said - {TelegramConflictError.__name__}:
            log.info("telegram hears again")
        self._said &= {TelegramConflictError.__name__}  # two that hear take turns in succeeding: once is enough
        self._in_a_row = 0

    def _say(self, fault: Exception) -> None:
        name = type(fault).__name__
        if name in self._said:
            return
        self._said.add(name)
        if advice := _ADVICE.get(type(fault)):
            log.error(advice)
        elif isinstance(fault, TelegramBadRequest):  # of setWebhook: its words say what is wrong with the address, and hold no secret
            log.error("Telegram refuses the webhook", reason=fault.message)
        elif isinstance(fault, AiogramError):
            log.warning("telegram is away, trying again", fault=name)
        else:
            log.error("updates not kept, they come again", **without_words(fault))
