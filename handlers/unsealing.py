"""What was hidden in a citizen's words is shown to an inspector, to Home Affairs or an administrator who says why; the audit keeps the reason."""

from __future__ import annotations

import datetime as dt

from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.files_sent import evidence
from handlers.menus import official_menu
from office import Session, cases
from office.people import Who
from office.records import Case
from office.stories import LEAST_REASON, may_open, open_whole
from talk.filters import IsHead, Picked, Wrote
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn
from talk.waiting import wait_until

STAYS_OPEN = dt.timedelta(minutes=15)
"""So long a reason is waited for; what is written later is about something else."""

router = Router(name="unsealing")
router.turn.filter(IsHead())


class Unsealing(StatesGroup):
    reason = State()


async def offer(db: Session, case: Case, who: Who, now: dt.datetime) -> tuple[tuple[Choice, ...], ...]:
    """The button, for who may and where something is hidden."""
    if not await may_open(db, case, who, now):
        return ()
    return ((Choice.anytime(say("unsealing-button"), f"unseal:{case.id}"),),)


@router.turn(Picked("unseal"))
async def ask_why(db: Session, who: Who, state: FSMContext, now: dt.datetime, picked: str) -> Reply:
    case = await _case(db, who, picked, now)
    if case is None:
        return Reply(text=say("unsealing-not-yours"), rows=official_menu(who))
    await state.set_state(Unsealing.reason)
    await state.update_data(unsealing=case.id)
    again = Choice.anytime(say("unsealing-button"), f"unseal:{case.id}")
    await wait_until(state, now + STAYS_OPEN, Reply(text=say("unsealing-too-late", number=case.id), rows=((again,),)))
    return Reply(text=say("unsealing-ask", number=case.id), rows=_stop())


@router.turn(StateFilter(Unsealing.reason), Picked("unseal_stop"))
async def stop(state: FSMContext) -> Reply:
    number = str(await state.get_value("unsealing"))
    await state.set_state(None)
    return Reply(text=say("unsealing-stopped"), rows=_back(number))


def _stop() -> tuple[tuple[Choice, ...], ...]:
    return ((Choice(label=say("unsealing-stop-button"), data="unseal_stop"),),)


def _back(number: str) -> tuple[tuple[Choice, ...], ...]:
    return ((Choice.anytime(say("unsealing-back-button", number=number), f"case:{number}"),),)


@router.turn(StateFilter(Unsealing.reason), Wrote())
async def show(turn: Turn, db: Session, who: Who, state: FSMContext, now: dt.datetime) -> list[Reply]:
    """Shown once, to this person; nothing of it is kept in the conversation."""
    if len(turn.words) < LEAST_REASON:
        return [Reply(text=say("unsealing-too-short"), rows=_stop())]
    number = str(await state.get_value("unsealing"))
    await state.set_state(None)
    await state.update_data(unsealing=None)
    case = await _case(db, who, number, now)
    if case is None:
        return [Reply(text=say("unsealing-not-yours"), rows=official_menu(who))]
    whole = await open_whole(db, case, who, turn.words, now)
    first, *more = whole.words or [""]
    head = say("unsealing-lost" if whole.lost and not first else "unsealing-words", number=case.id)
    words = [
        Reply(text="\n———\n".join(filter(None, [head, first]))),
        *(Reply(text=each) for each in more),
        *([Reply(text=say("unsealing-lost", number=case.id))] if whole.lost and first else []),
    ]
    files = [Reply(text=say("unsealing-file", number=case.id), enclosure=evidence(file, say("unsealing-file-alt"))) for file in whole.files]
    words[-1] = words[-1].model_copy(update={"rows": _back(number)})
    return [*words, *files]


async def _case(db: Session, who: Who, picked: str, now: dt.datetime) -> Case | None:
    """The case, if this person handles it and may see what is hidden."""
    try:
        case = await cases.case_for(db, int(picked), who, now, reading=False) if picked.isdecimal() and len(picked) < 12 else None
    except cases.NotAllowed:
        return None
    return case if case is not None and await may_open(db, case, who, now) else None
