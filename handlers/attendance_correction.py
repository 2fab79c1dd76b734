"""«Xin bổ sung»: an official who forgot to tap says which session, what hour and why, sees the whole, and sends it to the head.

It can be taken back while it waits.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.correction_words import judged, said, short, what
from handlers.day_words import clock, day_said, picked_day
from handlers.menus import official_menu
from office import Session
from office.attendance_gaps import KINDS, REACH, Gap, gap_at, gaps_of
from office.corrections_of_attendance import LONGEST_REASON, ask, asked_by, weigh, withdraw
from office.moments import at, today
from office.people import Who
from office.units import fold, unit
from office.working_day import works_in
from talk.days import past_day_in
from talk.filters import Command, IsOfficial, Picked, Wrote
from talk.hours import hours_in
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="attendance_correction")

REASONS = ("forgot", "phone", "duty")
_EXAMPLES = {"morning": "7h40", "afternoon": "13h40"}
_WORDS = ("xin bo sung", "bo sung diem danh", "bo sung cong", "quen diem danh", "quen bao ve")


class Correction(StatesGroup):
    day = State()
    session = State()
    hour = State()
    reason = State()
    confirm = State()


# --- which session ------------------------------------------------------------------------------------------------------------------


@router.turn(Command("bosung", words=_WORDS), IsOfficial())
async def begin(turn: Turn, state: FSMContext, db: Session, who: Who, now: dt.datetime, rest: str) -> Reply:
    """What is missing; `/bosung hôm qua` says the day at once, `/bosung về` that it is the departure."""
    departure = fold(rest) in ("ve", "gio ve") or fold(turn.words) == "quen bao ve"
    await state.update_data(correction={"kind": "departure" if departure else "arrival"})
    day = past_day_in(rest[:200], today(now)) if rest else None
    return await _day_known(day, state, db, who, now) if day else await _ask_day(state, db, who, now)


@router.turn(Picked("correct"), IsOfficial())
async def begin_by_button(state: FSMContext, db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    await state.update_data(correction={"kind": picked if picked in KINDS else "arrival"})
    return await _ask_day(state, db, who, now)


async def _ask_day(state: FSMContext, db: Session, who: Who, now: dt.datetime, key: str = "") -> Reply:
    """The days with something missing, and what waits already."""
    person, kind = works_in(who)[0], str((await _noted(state)).get("kind", "arrival"))
    days = list(dict.fromkeys(gap.day.day for gap in await gaps_of(db, person, kind, now)))
    waiting = await asked_by(db, person)
    lines = [say("correction-waiting-line", **_only(said(each), "what", "time")) for each in waiting]
    buttons = [Choice(label=day_said(day), data=f"correct_day:{day}") for day in days]
    other = KINDS[kind == "arrival"]
    rows = [tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)]
    rows += [(Choice.anytime(say("correction-withdraw-button", what=short(each)), f"correct_withdraw:{each.id}"),) for each in waiting[:3]]
    rows.append((Choice.anytime(say(f"correction-{other}-button"), f"correct:{other}"),))
    await state.set_state(Correction.day if days else None)
    question = say(key) if days and key else say(f"correction-{'which' if days else 'none'}-{kind}", reach=REACH)
    return Reply(text="\n".join([*lines, question]), rows=tuple(rows))


def _only(given: dict[str, str], *names: str) -> dict[str, str]:
    return {name: given[name] for name in names}


@router.turn(StateFilter(Correction.day), IsOfficial(), Picked("correct_day"))
async def day_tapped(state: FSMContext, db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    return await _day_known(picked_day(picked), state, db, who, now)


@router.turn(StateFilter(Correction.day), IsOfficial(), Wrote())
async def day_typed(turn: Turn, state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    return await _day_known(past_day_in(turn.words[:200], today(now)), state, db, who, now)


async def _day_known(day: dt.date | None, state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    """Ask for the session, or where there is but one, at once for the hour."""
    kind = str((await _noted(state)).get("kind", "arrival"))
    gaps = [gap for gap in await gaps_of(db, works_in(who)[0], kind, now) if gap.day.day == day]
    if not gaps:
        return await _ask_day(state, db, who, now, "correction-day-not-missing")
    await _note(state, day=f"{day}")
    return await _ask_hour(gaps[0], state) if len(gaps) == 1 else await _ask_session(gaps, state)


async def _ask_session(gaps: list[Gap], state: FSMContext) -> Reply:
    await state.set_state(Correction.session)
    names = [gap.session.name for gap in gaps]
    labels = {name: say("correction-session-button", session=say(f"check_in-{name}")) for name in names}
    buttons = tuple(Choice(label=labels[name], data=f"correct_session:{name}") for name in names)
    day = day_said(gaps[0].day.day)
    return Reply(text=say("correction-session", day=f"{day[0].upper()}{day[1:]}"), rows=(buttons,))


@router.turn(StateFilter(Correction.session), IsOfficial(), Picked("correct_session"))
async def session_tapped(state: FSMContext, db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    return await _session_known(picked, state, db, who, now)


async def _session_known(name: str, state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    await _note(state, session=name)
    gap = await _gap(state, db, who, now)
    return await _ask_hour(gap, state) if gap else await _gone(state, who)


@router.turn(StateFilter(Correction.session), IsOfficial(), Wrote())
async def session_typed(turn: Turn, state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    """The session in words, or another day said late."""
    words = fold(turn.words).split()
    named = [name for name in ("morning", "afternoon") if fold(say(f"check_in-{name}")) in words]
    if len(named) == 1:
        return await _session_known(named[0], state, db, who, now)
    day = past_day_in(turn.words[:200], today(now)) or picked_day(str((await _noted(state)).get("day")))
    return await _day_known(day, state, db, who, now)


# --- what hour, and why -------------------------------------------------------------------------------------------------------------


async def _ask_hour(gap: Gap, state: FSMContext) -> Reply:
    await _note(state, session=gap.session.name)
    await state.set_state(Correction.hour)
    name = gap.session.name
    given = {"session": say(f"check_in-{name}"), "day": day_said(gap.day.day), "example": _EXAMPLES.get(name, _EXAMPLES["morning"])}
    return Reply(text=say(f"correction-hour-{gap.kind}", **given), rows=(_usual(gap),))


def _usual(gap: Gap) -> tuple[Choice, ...]:
    return (Choice(label=say("correction-usual-button", time=clock(gap.usual)), data="correct_usual"),)


@router.turn(StateFilter(Correction.hour), IsOfficial(), Picked("correct_usual"))
async def usual_hour(state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    gap = await _gap(state, db, who, now)
    if gap is None:
        return await _gone(state, who)
    return await _hour_known(gap, gap.usual, state, now)


@router.turn(StateFilter(Correction.hour), IsOfficial(), Wrote())
async def hour_typed(turn: Turn, state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    """The hour in words; of two that it may mean the one that fits the session."""
    gap = await _gap(state, db, who, now)
    if gap is None:
        return await _gone(state, who)
    moments = [at(gap.day.day, hour) for hour in hours_in(turn.words[:100])]
    if not moments:
        return Reply(text=say("correction-hour-not-understood"), rows=(_usual(gap),))
    return await _hour_known(gap, next((each for each in moments if gap.allows(each, now)), moments[0]), state, now)


async def _hour_known(gap: Gap, moment: dt.datetime, state: FSMContext, now: dt.datetime) -> Reply:
    if not gap.allows(moment, now):
        return _out_of_hours(gap)
    await _note(state, moment=moment.isoformat())
    await state.set_state(Correction.reason)
    rows = tuple((Choice(label=say(f"correction-why-{code}"), data=f"correct_why:{code}"),) for code in REASONS)
    return Reply(text=say("correction-why"), rows=rows)


def _out_of_hours(gap: Gap) -> Reply:
    given = {"session": say(f"check_in-{gap.session.name}")}
    if gap.kind == "departure":
        text = say("correction-hour-out-departure", came=clock(gap.day.attended[gap.session.name].arrived_at), **given)
    else:
        opens, ends = clock(gap.day.opens_at(gap.session)), clock(gap.session.ends_at)
        text = say("correction-hour-out-arrival", opens=opens, ends=ends, **given)
    return Reply(text=text, rows=(_usual(gap),))


@router.turn(StateFilter(Correction.reason), IsOfficial(), Picked("correct_why"))
async def reason_tapped(state: FSMContext, db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    code = picked if picked in REASONS else REASONS[0]
    await _note(state, reason=say(f"correction-why-{code}").partition(" ")[2])
    return await _confirm(state, db, who, now)


@router.turn(StateFilter(Correction.reason, Correction.confirm), IsOfficial(), Wrote())
async def reason_typed(turn: Turn, state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    """The reason in words; typed at the summary it replaces the one before, and is shown again before anything goes."""
    if len(turn.words) > LONGEST_REASON:
        return Reply(text=say("correction-why-long", most=LONGEST_REASON))
    await _note(state, reason=turn.words)
    return await _confirm(state, db, who, now)


# --- shown whole, and sent ----------------------------------------------------------------------------------------------------------


async def _confirm(state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    noted = await _noted(state)
    weighed = await weigh(db, works_in(who)[0], *_wanted(noted), now)
    if weighed.decided_in is None:
        return await _gone(state, who, weighed.outcome)
    await state.set_state(Correction.confirm)
    kind, day, name, moment = _wanted(noted)
    given = {"what": what(kind, name, day), "time": clock(moment), "judged": judged(kind, weighed.minutes), "reason": noted["reason"]}
    text = say("correction-summary", unit=(await unit(db, weighed.decided_in)).name, **given)
    change = (
        Choice(label=say("correction-change-button"), data="correct_change"),
        Choice(label=say("correction-stop-button"), data="correct_stop"),
    )
    return Reply(text=text, rows=((Choice(label=say("correction-send-button"), data="correct_send"),), change))


def _wanted(noted: dict[str, Any]) -> tuple[str, dt.date, str, dt.datetime]:
    """Kind, day, session and moment as they were noted."""
    return noted["kind"], dt.date.fromisoformat(noted["day"]), noted["session"], dt.datetime.fromisoformat(noted["moment"])


@router.turn(StateFilter(Correction.confirm), IsOfficial(), Picked("correct_send"))
async def send(state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    noted = await _noted(state)
    asked = await ask(db, works_in(who)[0], *_wanted(noted), noted["reason"], now)
    if asked.correction is None or asked.decided_in is None:
        return await _gone(state, who, asked.outcome)
    await _end(state)
    text = say("correction-sent" if asked.told else "correction-sent-not-told", unit=(await unit(db, asked.decided_in)).name)
    taken_back = Choice.anytime(say("correction-withdraw-button", what=short(asked.correction)), f"correct_withdraw:{asked.correction.id}")
    return Reply(text=text, rows=((taken_back,), (Choice.anytime(say("correction-button"), "correct"),)))


@router.turn(StateFilter(Correction.confirm), IsOfficial(), Picked("correct_change"))
async def change(state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Reply:
    return await _ask_day(state, db, who, now)


@router.turn(StateFilter(Correction.confirm), Picked("correct_stop"))
async def stop(state: FSMContext, who: Who) -> Reply:
    await _end(state)
    return Reply(text=say("correction-stopped"), rows=official_menu(who) if who.is_official else ())


@router.turn(Picked("correct_withdraw"), IsOfficial())
async def take_back(db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    """One's own request, while it waits."""
    kept = await withdraw(db, int(picked), works_in(who)[0], now) if picked.isdecimal() and len(picked) < 16 else None
    if kept is None:
        return Reply(text=say("correction-nothing-to-withdraw"), rows=official_menu(who))
    return Reply(text=say("correction-withdrawn", what=said(kept)["what"]), rows=((Choice.anytime(say("correction-button"), "correct"),),))


async def _gap(state: FSMContext, db: Session, who: Who, now: dt.datetime) -> Gap | None:
    """The session noted, if it still lacks what is asked for."""
    noted = await _noted(state)
    day = picked_day(str(noted.get("day")))
    return await gap_at(db, works_in(who)[0], str(noted.get("kind")), day, str(noted.get("session")), now) if day else None


async def _gone(state: FSMContext, who: Who, outcome: str = "no_gap") -> Reply:
    await _end(state)
    return Reply(text=say("correction-refused-nobody" if outcome == "nobody" else "correction-refused-no_gap"), rows=official_menu(who))


async def _note(state: FSMContext, **known: str) -> None:
    await state.update_data(correction={**await _noted(state), **known})


async def _noted(state: FSMContext) -> dict[str, Any]:
    return await state.get_value("correction") or {}


async def _end(state: FSMContext) -> None:
    await state.set_state(None)
    await state.update_data(correction=None)
