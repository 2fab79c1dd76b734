"""The whole of a complaint before it goes: any line of it can be changed; then it is sent, to the unit that was shown and no other."""

from __future__ import annotations

import datetime as dt

from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext

from handlers.complaint_questions import Complaint, ask, ask_whom_or_where, bound, draft_of, next_question, offer_all_categories
from handlers.draft import Draft
from handlers.half_written import offer_words_set_aside
from handlers.introduction import introduces_first, knows_of_learning
from handlers.told import Judge, to_file
from handlers.when import deadline, duration
from office import Session
from office.cases import file_case, is_above
from office.receipts import shown
from office.records import Case, Contact
from office.units import unit_standing_for
from talk.filters import Picked
from talk.fit import Limits
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say

router = Router(name="complaint_sending")
introduces_first(router)


@router.turn(StateFilter(Complaint.summary), Picked("send"))
async def send(
    state: FSMContext, db: Session, contact: Contact, judge: Judge, now: dt.datetime, told_since: dt.datetime | None, limits: Limits
) -> list[Reply]:
    """Send. It is stored, with the head's notice, in the transaction of this very turn; the receipt goes out after that.

    The whole story is judged once more: words added after the category was confirmed may be the gravest. What leads to the reporter is hidden
    from those who handle it.
    """
    draft = await draft_of(state, now)
    if moved := await _elsewhere_now(draft, state, db):
        return [moved, *await next_question(draft, state, db, judge, now)]
    filing = await to_file(draft, judge, db, now, may_learn=await knows_of_learning(state, told_since))
    case = await file_case(db, filing, contact, now)
    await state.update_data(draft=None, dropped=None, dropped_aside=None)
    await state.set_state(None)
    rows = ((Choice.anytime(say("start-look-up-button"), f"look_up:{case.code}"),),)
    receipt = Reply(text=await _receipt(case, db, now, limits), rows=rows)
    return [receipt, *await offer_words_set_aside(state, now)]


async def _elsewhere_now(draft: Draft, state: FSMContext, db: Session) -> Reply | None:
    """What to say when the unit was merged or closed while the draft lay open: what was shown holds no longer."""
    unit, before = await unit_standing_for(db, draft.unit_id), draft.unit_name
    if unit is not None and unit.id == draft.unit_id:
        draft.unit_name = unit.name
        return None
    await state.update_data(desk=None)
    if unit is None:
        draft.unit_id, draft.unit_name, draft.units_told = None, "", []
        return Reply(text=say("complaint-unit-closed", unit=before))
    draft.unit_id, draft.unit_name = unit.id, unit.name
    return Reply(text=say("complaint-unit-merged", unit=before, into=unit.name))


async def _receipt(case: Case, db: Session, now: dt.datetime, limits: Limits) -> str:
    key = "" if case.grave else {"PRAISE": "-praise", "INQUIRY": "-inquiry"}.get(case.category, "")
    due = {"accept_by": deadline(case.accept_due_at), "answer_by": deadline(case.answer_due_at)}
    lines = [say(f"complaint-sent{key}", code=shown(case.code), **due)]
    if case.identity == "anonymous":
        lines.append(say("complaint-sent-anonymous"))
    elif limits.falls_silent is not None:
        lines.append(say("complaint-sent-falls-silent", time=duration(limits.falls_silent)))
    if await is_above(db, case, now):
        lines.append(say("complaint-sent-grave"))
    return "\n".join(lines)


@router.turn(StateFilter(Complaint.summary), Picked("change"))
async def change(state: FSMContext) -> list[Reply]:
    lines = ("story", "category", "unit", "place", "person", "when", "files", "identity")
    rows = tuple((bound(f"complaint-change-{line}-button", f"change_line:{line}"),) for line in lines)
    return await ask(
        state, Complaint.change, Reply(text=say("complaint-change-which"), rows=(*rows, (bound("complaint-back-button", "back"),)))
    )


@router.turn(StateFilter(Complaint.change), Picked("change_line"))
async def change_line(state: FSMContext, db: Session, judge: Judge, now: dt.datetime, picked: str) -> list[Reply]:
    draft = await draft_of(state, now)
    match picked:
        case "story":
            return await ask(state, Complaint.rewrite, Reply(text=say("complaint-tell-again")))
        case "category":
            await draft.save(state, now)
            return await offer_all_categories(state)
        case "unit":
            draft.unit_id, draft.units_told = None, []
            await state.update_data(desk=None)
        case "place" | "person":
            await draft.save(state, now)
            return await ask_whom_or_where(picked, state)
        case "when":
            draft.happened = None
        case "files":
            draft.files, draft.files_asked = [], False
        case _:
            draft.identity = None
    return await next_question(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.change), Picked("back"))
async def back(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    return await next_question(await draft_of(state, now), state, db, judge, now)
