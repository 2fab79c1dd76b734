"""The day's self-check in a few taps: all kept, or which things were not; a word to oneself if one likes. Private, never shaming."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.day_words import clock, day_said, picked_day
from handlers.menus import official_menu
from office import Session
from office.calendar import holiday_name
from office.moments import today
from office.people import Who
from office.self_check import CRITERIA, GROUPS, LONGEST_NOTE, Answers, own_check, save, trend
from office.working_day import PersonDay, person_day, works_in
from talk.filters import Command, IsOfficial, Picked, Wrote
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="self_check")


class Checking(StatesGroup):
    groups = State()
    note = State()


@router.turn(Command("tukiemtra", words=("tu kiem tra",)), IsOfficial())
@router.turn(Picked("self_check"), IsOfficial())
async def begin(db: Session, who: Who, now: dt.datetime) -> Reply:
    """The question of the day; or what was answered already."""
    day = await person_day(db, *works_in(who), now)
    if not day.sessions or day.leave is not None:
        return Reply(text=_why_not(day), rows=official_menu(who))
    if day.self_checked:
        return await _done_before(db, who, now)
    return _question(day.day)


def _why_not(day: PersonDay) -> str:
    if day.leave is not None:
        return say("self_check-on-leave")
    holiday = holiday_name(day.day)
    return say("self_check-holiday", name=holiday) if holiday else say("self_check-day-off")


def _question(day: dt.date) -> Reply:
    rows = (
        (Choice.anytime(say("self_check-whole-button"), f"self_check_whole:{day}"),),
        (Choice.anytime(say("self_check-some-button"), f"self_check_some:{day}"),),
        (Choice.anytime(say("self_check-skip-button"), "self_check_skip"),),
    )
    return Reply(text=say("self_check-ask", day=day_said(day)), rows=rows)


async def _done_before(db: Session, who: Who, now: dt.datetime) -> Reply:
    found = await own_check(db, works_in(who)[0], today(now))
    assert found is not None
    answers, done_at = found
    lines = [say("self_check-done-before", time=clock(done_at))]
    if answers is not None:
        lines.append(say("self_check-was-whole") if answers.whole else say("self_check-was-some", items=items_said(answers.missed)))
        if answers.note:
            lines.append(say("self_check-own-note", note=answers.note))
    return Reply(text="\n".join(lines), rows=_after_rows(today(now)))


def items_said(items: tuple[str, ...]) -> str:
    """The criteria in words, in their usual order."""
    return ", ".join(say(f"self_check-item-{item}") for item in CRITERIA if item in items)


def _after_rows(day: dt.date) -> tuple[tuple[Choice, ...], ...]:
    return (
        (Choice.anytime(say("self_check-note-button"), f"self_check_note:{day}"),),
        (Choice.anytime(say("self_check-again-button"), "self_check_again"), Choice.anytime(say("start-my-record-button"), "my_record")),
    )


@router.turn(Picked("self_check_again"), IsOfficial())
async def again(now: dt.datetime) -> Reply:
    """The same day may be answered anew; the last answer counts."""
    return _question(today(now))


@router.turn(Picked("self_check_skip"), IsOfficial())
async def skip(who: Who) -> Reply:
    return Reply(text=say("self_check-skipped"), rows=official_menu(who))


@router.turn(Picked("self_check_whole"), IsOfficial())
async def whole(db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    """All was kept: one tap, and it is done. A button of another day asks about today instead."""
    if picked_day(picked) != today(now):
        return await _of_another_day(db, who, now)
    return await _save(db, who, Answers(), now)


async def _of_another_day(db: Session, who: Who, now: dt.datetime) -> Reply:
    reply: Reply = await begin(db, who, now)
    return reply.model_copy(update={"text": f"{say('self_check-other-day')}\n{reply.text}"})


# --- not all was kept: which things -------------------------------------------------------------------------------------------------


@router.turn(Picked("self_check_some"), IsOfficial())
async def some(state: FSMContext, db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    if picked_day(picked) != today(now):
        return await _of_another_day(db, who, now)
    await state.set_state(Checking.groups)
    await state.update_data(self_check={"day": picked, "missed": []})
    return _groups(())


def _groups(missed: tuple[str, ...]) -> Reply:
    text = say("self_check-which-more", items=items_said(missed)) if missed else say("self_check-which")
    buttons = [Choice(label=say(f"self_check-group-{group}"), data=f"self_check_group:{group}") for group in GROUPS]
    done = Choice(label=say("self_check-finish-button"), data="self_check_finish")
    return Reply(text=text, rows=(tuple(buttons[:2]), tuple(buttons[2:4]), (*buttons[4:], done)))


@router.turn(StateFilter(Checking.groups), Picked("self_check_group"))
async def group_chosen(state: FSMContext, now: dt.datetime, picked: str) -> Reply:
    """A group of one thing is marked at once; of a larger one the thing is asked."""
    items = GROUPS.get(picked, ())
    if len(items) == 1:
        return await _mark(state, items[0])
    missed = await _missed(state)
    if not items:
        return _groups(missed)
    buttons = [Choice(label=_item_label(item, missed), data=f"self_check_item:{item}") for item in items]
    rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    back = Choice(label=say("self_check-back-button"), data="self_check_back")
    return Reply(text=say("self_check-which-item", group=say(f"self_check-group-{picked}")), rows=(*rows, (back,)))


def _item_label(item: str, missed: tuple[str, ...]) -> str:
    words = say(f"self_check-item-{item}")
    return say("self_check-marked-button", item=words) if item in missed else words[:1].upper() + words[1:]


@router.turn(StateFilter(Checking.groups), Picked("self_check_item"))
async def item_chosen(state: FSMContext, picked: str) -> Reply:
    return await _mark(state, picked)


async def _mark(state: FSMContext, item: str) -> Reply:
    """Mark it, or take the mark away if it was there."""
    missed = await _missed(state)
    missed = tuple(each for each in CRITERIA if (each in missed) != (each == item))
    kept = await state.get_value("self_check") or {}
    await state.update_data(self_check={**kept, "missed": list(missed)})
    return _groups(missed)


async def _missed(state: FSMContext) -> tuple[str, ...]:
    return tuple((await state.get_value("self_check") or {}).get("missed", ()))


@router.turn(StateFilter(Checking.groups), Picked("self_check_finish"))
async def finish(state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    """Kept. If midnight has passed meanwhile, it belongs to the day on which it was begun."""
    kept = await state.get_value("self_check") or {}
    missed = await _missed(state)
    await state.set_state(None)
    await state.update_data(self_check=None)
    if picked_day(str(kept.get("day"))) != today(now) or not who.is_official:
        return await _of_another_day(db, who, now) if who.is_official else Reply(text=say("check_in-not-linked"))
    return await _save(db, who, Answers(missed), now)


@router.turn(StateFilter(Checking.groups), Picked("self_check_back"))
@router.turn(StateFilter(Checking.groups), Wrote())
async def groups_again(state: FSMContext) -> Reply:
    """Back from a group; and whatever else is said, the question stands again."""
    return _groups(await _missed(state))


# --- kept: the week so far, and a word to oneself -----------------------------------------------------------------------------------


async def _save(db: Session, who: Who, answers: Answers, now: dt.datetime) -> Reply:
    person_id, unit_id = works_in(who)
    await save(db, person_id, unit_id, today(now), answers, now)
    lines = [say("self_check-kept-whole") if answers.whole else say("self_check-kept-some", items=items_said(answers.missed))]
    return Reply(text="\n".join([*lines, *await _trend_said(db, who, answers, now)]), rows=_after_rows(today(now)))


async def _trend_said(db: Session, who: Who, answers: Answers, now: dt.datetime) -> list[str]:
    """How the week goes; what was hard last time and went well today comes first."""
    week = await trend(db, *works_in(who), now)
    lines = [say("self_check-week", done=week.done, days=week.days, whole=week.whole)]
    if week.before is not None and week.before_day is not None:
        better = tuple(item for item in week.before.missed if item not in answers.missed)
        same = tuple(item for item in week.before.missed if item in answers.missed)
        if better:
            lines.append(say("self_check-better", day=day_said(week.before_day), items=items_said(better)))
        elif same:
            lines.append(say("self_check-same", items=items_said(same)))
    return lines


@router.turn(Picked("self_check_note"), IsOfficial())
async def ask_note(state: FSMContext, db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    if picked_day(picked) != today(now):
        return await _of_another_day(db, who, now)
    await state.set_state(Checking.note)
    await state.update_data(self_check={"day": picked})
    return Reply(text=say("self_check-note-ask"))


@router.turn(StateFilter(Checking.note), IsOfficial(), Wrote())
async def note_written(turn: Turn, state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    """Keep the note beside the day's answers. Words of another day are not taken for it."""
    asked = await state.get_value("self_check") or {}
    person_id, unit_id = works_in(who)
    found = await own_check(db, person_id, today(now))
    await state.set_state(None)
    await state.update_data(self_check=None)
    if found is None or picked_day(str(asked.get("day"))) != today(now):
        return Reply(text=say("self_check-note-late"), rows=official_menu(who))
    answers = replace(found[0] or Answers(), note=turn.words[:LONGEST_NOTE])
    await save(db, person_id, unit_id, today(now), answers, now)
    return Reply(text=say("self_check-note-kept"), rows=((Choice.anytime(say("start-my-record-button"), "my_record"),),))
