"""A question that waits for its answer only a while: what is written after that is about something else, and is heard as such."""

from __future__ import annotations

import datetime as dt

from aiogram.fsm.context import FSMContext

from talk.memory import Memory
from talk.reply import Reply
from talk.turn import Turn

_NOTE = "open_until"


async def wait_until(state: FSMContext, until: dt.datetime, too_late: Reply) -> None:
    """The question of the state just set is open until then. After that `too_late` is said, before the answer to what was written instead."""
    await state.update_data({_NOTE: [await state.get_state(), until.isoformat(), too_late.to_json()]})


def given_up_on(turn: Turn, memory: Memory, now: dt.datetime) -> list[Reply]:
    """Leave a question whose time is over, and say so; words that could not be its answer anyway leave it as it is."""
    kept = memory.notes.get(_NOTE)
    if kept is None or turn.choice is not None or turn.edited or turn.group or turn.text.startswith("/"):
        return []
    asked, until, too_late = kept
    if memory.state != asked or now <= dt.datetime.fromisoformat(until):
        return []
    memory.end()
    memory.notes.pop(_NOTE)
    return [Reply.model_validate(too_late)]
