"""The questions of a complaint: what is still missing is asked, one thing at a time; when nothing is, the whole is shown."""

from __future__ import annotations

import datetime as dt

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers import categories
from handlers.draft import Draft
from handlers.files_sent import doubtful, doubts_said
from handlers.texts_sent import kept_back_said, too_long
from handlers.told import Judge, read_story, read_whom_and_where
from nlp.classify import Judgement
from office import Session
from office.routing import is_grave
from office.units import open_units, unit_standing_for
from talk.reply import Choice, Reply
from talk.texts import say

_OFFERED_OF_BOTH = 4


class Complaint(StatesGroup):
    story = State()
    category = State()
    other_category = State()
    unit = State()
    when = State()
    evidence = State()
    may_name = State()
    identity = State()
    self_named = State()
    person = State()
    place = State()
    summary = State()
    change = State()
    rewrite = State()
    paused = State()


async def next_question(draft: Draft, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """Ask for the first thing that is missing; show the summary when nothing is."""
    await draft.save(state, now)
    if not draft.story:
        return await ask(state, Complaint.story, Reply(text=say("complaint-tell-about-files" if draft.files else "complaint-tell")))
    if draft.category is None:
        return await _ask_category(draft, state, db, judge, now)
    if draft.unit_id is None and not await _unit_from_desk(draft, state, db, now):
        return await _ask_unit(draft, state, db)
    if draft.happened is None:
        return await ask(state, Complaint.when, Reply(text=say("complaint-when"), rows=_when_rows()))
    if not draft.files_asked:
        return await ask(state, Complaint.evidence, Reply(text=say("complaint-evidence"), rows=evidence_rows(draft)))
    if in_doubt := await doubtful(state, draft.files):
        return await ask(state, Complaint.may_name, doubts_said(in_doubt))
    if draft.identity is None:
        return await ask(state, Complaint.identity, Reply(text=say("complaint-identity"), rows=_identity_rows()))
    await read_whom_and_where(draft, judge, db, now)
    await draft.save(state, now)
    kept_back = draft.identity != "open" and await too_long(draft.files, db)
    return await ask(state, Complaint.summary, _summary(draft, kept_back=kept_back))


async def ask(state: FSMContext, where: State, question: Reply) -> list[Reply]:
    await state.set_state(where)
    return [question]


def bound(text: str, data: str) -> Choice:
    return Choice(label=say(text), data=data)


async def draft_of(state: FSMContext, now: dt.datetime) -> Draft:
    return await Draft.load(state) or Draft(touched_at=now)


# --- what it is about ---------------------------------------------------------------------------------------------------------------


async def _ask_category(draft: Draft, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    judgement = await judge(draft.story)
    track = await judge.track(draft.story, judgement)
    draft.judged = {
        "label": judgement.label,
        "confidence": round(judgement.confidence, 3),
        "sure": judgement.sure,
        "top": [code for code, _ in judgement.top],
        "version": judgement.version,
        "track": track.kind,
    }
    draft.also, draft.flags, draft.understood = list(judgement.also), list(judgement.flags), len(draft.story)
    await read_story(draft, judge, db, now)
    await draft.save(state, now)
    in_danger = track.emergency or ("113" if "threat_or_violence" in draft.flags else None)
    replies = [Reply(text=say("complaint-emergency", number=in_danger))] if in_danger else []
    if judgement.label not in categories.CONDUCT and is_grave("", draft.also, draft.flags):
        question = _both(judgement)
    elif judgement.sure or not judgement.top:
        question = _confirm_category(judgement)
    else:
        rows = tuple((Choice(label=categories.name(code), data=f"category:{code}"),) for code, _ in judgement.top[:3])
        question = Reply(text=say("complaint-category-unsure"), rows=(*rows, *_not_this_rows()))
    return [*replies, *await ask(state, Complaint.category, question)]


def _confirm_category(judgement: Judgement) -> Reply:
    because = ", ".join(f"“{words}”" for words in judgement.reasons[:3])
    what = {"name": categories.name(judgement.label), "plainly": categories.plainly(judgement.label), "because": because}
    kind = {"PRAISE": "-praise", "INQUIRY": "-inquiry", "OTHER": "-other"}.get(judgement.label, "")
    text = say(f"complaint-category-sure{kind}", **what) + (
        f"\n{say('complaint-because', because=because)}" if because and not kind else ""
    )
    return Reply(text=text, rows=((bound(f"complaint-right{kind}-button", f"category:{judgement.label}"),), *_not_this_rows()))


def _both(judgement: Judgement) -> Reply:
    """Thanks or a question, and beside it what is grave: neither may be overheard, and only the person knows which was meant."""
    named = dict.fromkeys([*judgement.also, judgement.label, *(code for code, _ in judgement.top)])
    rows = tuple((Choice(label=categories.name(code), data=f"category:{code}"),) for code in [*named][:_OFFERED_OF_BOTH])
    text = say("complaint-category-both", kind=judgement.label.lower())
    return Reply(text=text, rows=(*rows, *_not_this_rows()))


def _not_this_rows() -> tuple[tuple[Choice, ...], ...]:
    return ((bound("complaint-other-category-button", "other_category"), bound("complaint-not-one-button", "not_one")),)


async def offer_all_categories(state: FSMContext) -> list[Reply]:
    """Let the person choose among all of them."""
    rows = tuple((Choice(label=categories.name(code), data=f"category:{code}"),) for code in categories.ALL)
    return await ask(state, Complaint.other_category, Reply(text=say("complaint-which-category"), rows=rows))


# --- which unit ---------------------------------------------------------------------------------------------------------------------


async def _unit_from_desk(draft: Draft, state: FSMContext, db: Session, now: dt.datetime) -> bool:
    """The desk's QR code named the unit, within the last day; what is closed meanwhile is asked for as if nothing had been said."""
    desk = await state.get_value("desk")
    if not desk or now - dt.datetime.fromisoformat(desk["at"]) > dt.timedelta(days=1):
        return False
    unit = await unit_standing_for(db, desk["unit"])
    if unit is None:
        return False
    draft.unit_id, draft.unit_name = unit.id, unit.name
    await draft.save(state, now)
    return True


async def _ask_unit(draft: Draft, state: FSMContext, db: Session) -> list[Reply]:
    if draft.units_told:
        return await ask(state, Complaint.unit, _units_told(draft))
    known = await open_units(db)
    rows = tuple((Choice(label=each.name, data=f"unit:{each.id}"),) for each in known) if len(known) <= 8 else ()
    return await ask(state, Complaint.unit, Reply(text=say("complaint-unit"), rows=rows))


def _units_told(draft: Draft) -> Reply:
    """What the story names is only to be confirmed."""
    other = bound("told-unit-other-button", "unit_other")
    (number, name), *more = draft.units_told
    if not more:
        right = bound("told-unit-right-button", f"unit:{number}")
        return Reply(text=say("told-unit-this", unit=name), rows=((right, other),))
    rows = tuple((Choice(label=each, data=f"unit:{number}"),) for number, each in draft.units_told)
    return Reply(text=say("told-unit-these"), rows=(*rows, (other,)))


# --- when, evidence, who ------------------------------------------------------------------------------------------------------------


WHENS = ("today", "yesterday", "this_week", "skip")
IDENTITIES = ("confidential", "anonymous", "open")


def _when_rows() -> tuple[tuple[Choice, ...], ...]:
    return (
        (bound("complaint-today-button", "when:today"), bound("complaint-yesterday-button", "when:yesterday")),
        (bound("complaint-this-week-button", "when:this_week"), bound("complaint-when-skip-button", "when:skip")),
    )


def evidence_rows(draft: Draft) -> tuple[tuple[Choice, ...], ...]:
    return ((bound("complaint-files-done-button" if draft.files else "complaint-no-files-button", "files_done"),),)


def _identity_rows() -> tuple[tuple[Choice, ...], ...]:
    return tuple((bound(f"complaint-{kind}-button", f"identity:{kind}"),) for kind in IDENTITIES)


async def ask_whom_or_where(line: str, state: FSMContext) -> list[Reply]:
    """Only asked of who changes that line: nobody must name anybody. `line` is `person` or `place`."""
    rows = ((bound("complaint-unsaid-button", "unsaid"),),)
    where = Complaint.person if line == "person" else Complaint.place
    return await ask(state, where, Reply(text=say(f"complaint-{line}"), rows=rows))


# --- the whole, any line of which can be changed; and sending -----------------------------------------------------------------------


def _summary(draft: Draft, *, kept_back: bool) -> Reply:
    lines = [
        say("complaint-summary"),
        say("complaint-summary-story", story=draft.story if len(draft.story) <= 700 else f"{draft.story[:700]}…"),
        say("complaint-summary-category", name=categories.name(draft.category or "OTHER")),
        say("complaint-summary-unit", unit=draft.unit_name),
        say("complaint-summary-place", place=draft.spot or say("complaint-unsaid")),
        say("complaint-summary-person", person=draft.whom or say("complaint-unsaid")),
        say("complaint-summary-when", when=draft.happened or say("complaint-when-unknown")),
        say("complaint-summary-files", count=len(draft.files)) if draft.files else say("complaint-summary-no-files"),
        *([kept_back_said()] if kept_back else []),
        say(f"complaint-summary-{draft.identity}", self=draft.said_of_self),
        say("complaint-not-a-denunciation"),
    ]
    rows = (
        (bound("complaint-send-button", "send"),),
        (bound("complaint-change-button", "change"), bound("complaint-cancel-button", "cancel")),
    )
    return Reply(text="\n".join(lines), rows=rows)
