"""What to do when the Zalo Bot Platform does not answer as it should: say once what is wrong and what helps, and try again, slower and slower."""

from __future__ import annotations

import httpx
import structlog

from bot.channels.telegram_server import Patience
from bot.channels.zalo_bot_api import NoAnswer, Refusal, ServerFault
from bot.channels.zalo_bot_outcomes import is_about_the_token
from talk.talk import without_words

log = structlog.get_logger()

TOLD_NO = "Zalo refuses the token: set ZALO_BOT_TOKEN as the Zalo Bot Platform gives it, and start again"


class Trouble:
    """Counts what goes wrong in a row. Each kind is said once, until all is well again."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._said: set[str] = set()
        self._in_a_row = 0

    def pause_after(self, fault: Exception) -> float:
        """Seconds to wait before the next try."""
        self._in_a_row += 1
        self._say(fault)
        if isinstance(fault, Refusal) and fault.pause is not None:
            return fault.pause
        if is_about_the_token(fault):
            return self._patience.longest_pause
        return float(min(self._patience.longest_pause, self._patience.first_pause * 2 ** min(self._in_a_row - 1, 10)))

    def over(self) -> None:
        """It went well."""
        if self._said:
            log.info("zalo bot hears again")
        self._said.clear()
        self._in_a_row = 0

    def _say(self, fault: Exception) -> None:
        kind = f"{type(fault).__name__}{fault.code if isinstance(fault, Refusal) else ''}"
        if kind in self._said:
            return
        self._said.add(kind)
        if is_about_the_token(fault):
            log.error(TOLD_NO)
        elif isinstance(fault, Refusal):  # its words say what is wrong, such as the webhook's address, and hold no secret
            log.error("Zalo Bot refuses", code=fault.code, reason=fault.words)
        elif isinstance(fault, ServerFault | NoAnswer | httpx.HTTPError):
            log.warning("zalo bot is away, trying again", fault=type(fault).__name__)
        else:
            log.error("updates not kept yet", **without_words(fault))
