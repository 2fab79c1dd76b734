"""Wrong codes, as whoever limits guessing from one network address sees them; of one contact, `office.people` limits them."""

from __future__ import annotations

from sqlalchemy import func, select

from office import Session
from office.receipts import read_code
from office.records import Guess

_WITH_A_CODE = frozenset({"look_up", "add", "withdraw", "withdraw_yes"})
"""Names of buttons in whose data a receipt code stands."""
_INVITATION = 8
"""Letters and digits of an invitation's code."""


def may_be_code(words: str, choice: str | None) -> bool:
    """Whether a message may hold a receipt or invitation code, right or wrong: cheaply, so that other messages cost nothing."""
    if choice is not None:
        return choice.partition(":")[0] in _WITH_A_CODE
    with_command = words.startswith("/") and " " in words
    return with_command or sum(sign.isalnum() for sign in words[:100]) == _INVITATION or read_code(words) is not None


async def wrong_codes(session: Session, contact_id: int) -> int:
    """How many wrong codes this contact has given, ever."""
    return int((await session.execute(select(func.count()).select_from(Guess).where(Guess.contact_id == contact_id))).scalar_one())
