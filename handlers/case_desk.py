"""The unit head's desk: the cases that wait, one case opened, accepted, asked about, answered, closed. Never who reported it."""

from __future__ import annotations

import datetime as dt

from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers import categories, unsealing
from handlers.files_sent import evidence
from handlers.menus import official_menu
from handlers.pages import Part, skipped
from handlers.when import deadline
from office import Session, cases
from office.case_list import handled_cases
from office.people import Who
from office.records import Case
from office.reporters import name_given
from office.units import unit
from talk.filters import Command, IsHead, Picked, Wrote
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="case_desk")
router.turn.filter(IsHead())
_KINDS = ("new", "open", "overdue", "answered")
_SHOWN = 10
"""Cases in the list at once."""


class Desk(StatesGroup):
    answer = State()
    confirm = State()
    question = State()


# --- the list -----------------------------------------------------------------------------------------------------------------------


@router.turn(Command("phananh", "hoso", words=("phan anh",)))
@router.turn(Picked("cases"))
async def list_cases(db: Session, who: Who, now: dt.datetime, picked: str = "open") -> Reply:
    kind, _, skip = picked.partition(":")
    which = kind if kind in _KINDS else "open"
    page = await handled_cases(db, who, which, now, skip=skipped(skip), limit=_SHOWN)
    part = Part(page.skipped, _SHOWN, page.count)
    rows = tuple((_any(_line(case, now), f"case:{case.id}"),) for case in page.cases)
    others = tuple(_any(say(f"desk-kind-{kind}-button"), f"cases:{kind}") for kind in _KINDS if kind != which)
    text = say(f"desk-list-{which}", count=page.count, part=part.said()) if page.cases else say(f"desk-none-{which}")
    return Reply(text=text, rows=(*rows, *part.rows(f"cases:{which}"), others))


def _line(case: Case, now: dt.datetime) -> str:
    mark = "🔴" if case.state in cases.OPEN_STATES and case.answer_due_at < now else "🟡" if case.state == "new" else "🟢"
    return say("desk-line", mark=mark, number=case.id, name=categories.name(case.category))


def _any(text: str, data: str) -> Choice:
    return Choice.anytime(text, data)


# --- one case -----------------------------------------------------------------------------------------------------------------------


@router.turn(Picked("case"))
async def open_case(db: Session, who: Who, now: dt.datetime, picked: str) -> list[Reply]:
    """Everything about a case but who reported it; each opening is written into the audit."""
    case = await _case(db, who, picked, now)
    if case is None:
        return [_not_yours(who)]
    told = say("desk-evidence", number=case.id)
    files = [Reply(text=told, enclosure=evidence(file, say("desk-evidence-alt"))) for file in await cases.files_of(db, case)]
    return [*files, Reply(text=await _told(db, case, who, now), rows=(*_steps(case), *await unsealing.offer(db, case, who, now)))]


async def _told(db: Session, case: Case, who: Who, now: dt.datetime) -> str:
    about = await unit(db, case.unit_id)
    lines = [
        say("desk-head", number=case.id, name=categories.name(case.category), unit=about.name),
        say("desk-times", filed=deadline(case.created_at), happened=case.happened or say("complaint-when-unknown")),
        say(f"desk-state-{case.state}", accept=deadline(case.accept_due_at), answer=deadline(case.answer_due_at)),
    ]
    lines += [say(f"desk-{line}", told=told) for line, told in (("place", case.place), ("person", case.person)) if told]
    if case.also:
        lines.append(say("desk-also", names=", ".join(categories.name(code) for code in case.also)))
    if case.judged.get("track") in ("complaint", "denunciation"):
        lines.append(say(f"desk-track-{case.judged['track']}"))
    lines += [say(f"desk-flag-{flag.replace('_', '-')}") for flag in case.flags]
    lines.append(say("desk-story", story=case.text))
    for event in await cases.events_of(db, case, open_only=True):
        if event.kind in ("added", "asked", "answered") and event.note:
            lines.append(say(f"desk-event-{event.kind}", when=deadline(event.at), note=event.note))
    assert who.person_id is not None
    given = await name_given(db, case, who.person_id, now)
    lines.append(say("desk-open-reporter", name=given) if given else say("desk-sealed"))
    return "\n".join(lines)


def _steps(case: Case) -> tuple[tuple[Choice, ...], ...]:
    accept = _any(say("desk-accept-button"), f"accept:{case.id}")
    answer = _any(say("desk-answer-button"), f"answer:{case.id}")
    question = _any(say("desk-ask-button"), f"ask:{case.id}")
    correct = _any(say("desk-category-button"), f"recat:{case.id}")
    match case.state:
        case "new":
            return ((accept, answer), (question, correct))
        case "accepted":
            return ((answer, question), (correct,))
        case "answered":
            return ((_any(say("desk-close-button"), f"close:{case.id}"),),)
        case _:
            return ()


async def _case(db: Session, who: Who, picked: str, now: dt.datetime, *, reading: bool = True) -> Case | None:
    number = picked.partition(":")[0]
    try:
        return await cases.case_for(db, int(number), who, now, reading=reading) if number.isdecimal() and len(number) < 12 else None
    except cases.NotAllowed:
        return None


def _not_yours(who: Who) -> Reply:
    return Reply(text=say("desk-not-yours"), rows=official_menu(who))


# --- the steps ----------------------------------------------------------------------------------------------------------------------


@router.turn(Picked("accept"))
async def accept(db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    case = await _case(db, who, picked, now, reading=False)
    if case is None:
        return _not_yours(who)
    if case.state != "new":
        return Reply(text=say("desk-already", number=case.id), rows=_steps(case))
    await cases.accept(db, case, who, now)
    return Reply(text=say("desk-accepted", number=case.id, due=deadline(case.answer_due_at)), rows=_steps(case))


@router.turn(Picked("answer"))
async def begin_answer(db: Session, who: Who, state: FSMContext, now: dt.datetime, picked: str) -> Reply:
    case = await _case(db, who, picked, now, reading=False)
    if case is None:
        return _not_yours(who)
    if case.state not in cases.OPEN_STATES:
        return Reply(text=say("desk-already", number=case.id), rows=_steps(case))
    await state.set_state(Desk.answer)
    await state.update_data(desk_case=case.id)
    return Reply(text=say("desk-answer-ask", number=case.id))


@router.turn(StateFilter(Desk.answer, Desk.confirm), Wrote())
async def answer_written(turn: Turn, state: FSMContext) -> Reply:
    """Shown once more before it goes: an answer to a citizen cannot be called back."""
    if turn.cut:
        return Reply(text=say("desk-answer-too-long"))
    await state.update_data(desk_answer=turn.words)
    await state.set_state(Desk.confirm)
    rows = ((Choice(label=say("desk-send-button"), data="send_answer"), Choice(label=say("desk-rewrite-button"), data="rewrite_answer")),)
    return Reply(text=say("desk-answer-preview", answer=turn.words), rows=rows)


@router.turn(StateFilter(Desk.confirm), Picked("rewrite_answer"))
async def rewrite(state: FSMContext) -> Reply:
    await state.set_state(Desk.answer)
    return Reply(text=say("desk-answer-ask", number=await state.get_value("desk_case")))


@router.turn(StateFilter(Desk.confirm), Picked("send_answer"))
async def send_answer(db: Session, who: Who, state: FSMContext, now: dt.datetime) -> Reply:
    case = await _case(db, who, str(await state.get_value("desk_case")), now, reading=False)
    words = await state.get_value("desk_answer") or ""
    await _leave(state)
    if case is None:
        return _not_yours(who)
    if case.state not in cases.OPEN_STATES:
        return Reply(text=say("desk-already", number=case.id), rows=_steps(case))
    await cases.answer(db, case, who, words, now)
    return Reply(text=say("desk-answered", number=case.id), rows=_steps(case))


@router.turn(Picked("ask"))
async def begin_question(db: Session, who: Who, state: FSMContext, now: dt.datetime, picked: str) -> Reply:
    case = await _case(db, who, picked, now, reading=False)
    if case is None:
        return _not_yours(who)
    if case.identity == "anonymous":
        return Reply(text=say("desk-ask-anonymous", number=case.id), rows=_steps(case))
    await state.set_state(Desk.question)
    await state.update_data(desk_case=case.id)
    return Reply(text=say("desk-question-ask", number=case.id))


@router.turn(StateFilter(Desk.question), Wrote())
async def question_written(turn: Turn, db: Session, who: Who, state: FSMContext, now: dt.datetime) -> Reply:
    case = await _case(db, who, str(await state.get_value("desk_case")), now, reading=False)
    await _leave(state)
    if case is None:
        return _not_yours(who)
    if case.state not in cases.OPEN_STATES:
        return Reply(text=say("desk-already", number=case.id), rows=_steps(case))
    await cases.ask(db, case, who, turn.words, now)
    return Reply(text=say("desk-asked", number=case.id), rows=_steps(case))


@router.turn(Picked("close"))
async def close(db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    case = await _case(db, who, picked, now, reading=False)
    if case is None:
        return _not_yours(who)
    if case.state != "answered":
        return Reply(text=say("desk-already", number=case.id), rows=_steps(case))
    await cases.close(db, case, who, now)
    return Reply(text=say("desk-closed", number=case.id), rows=((_any(say("desk-open-button-list"), "cases:open"),),))


@router.turn(Picked("recat"))
async def recategorise(db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    """Correct the category: first tap shows them, second tap sets one."""
    case = await _case(db, who, picked, now, reading=False)
    if case is None:
        return _not_yours(who)
    code = picked.partition(":")[2]
    if case.state not in cases.OPEN_STATES:
        return Reply(text=say("desk-already", number=case.id), rows=_steps(case))
    if code in (*categories.CONDUCT, "INQUIRY", "OTHER"):
        await cases.recategorise(db, case, who, code, now)
        return Reply(text=say("desk-recategorised", number=case.id, name=categories.name(code)), rows=_steps(case))
    codes = (*categories.CONDUCT, "INQUIRY", "OTHER")
    rows = tuple((_any(categories.name(each), f"recat:{case.id}:{each}"),) for each in codes if each != case.category)
    return Reply(text=say("desk-recategorise-ask", number=case.id), rows=rows)


async def _leave(state: FSMContext) -> None:
    await state.set_state(None)
    await state.update_data(desk_case=None, desk_answer=None)
