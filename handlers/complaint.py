"""A citizen tells what happened; the bot says what it understood, asks only what is missing, shows the whole, and sends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable

from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers import categories
from handlers.draft import RESTS_AFTER, Draft
from handlers.files_sent import kept_ids, problem_said
from handlers.menus import citizen_menu, official_menu
from handlers.when import deadline
from nlp.classify import Judgement
from office import Session
from office.cases import file_case
from office.people import Who
from office.receipts import shown
from office.records import Contact
from office.units import find_units, fold, open_units, unit
from talk.filters import Command, Picked, Sent, Wrote
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="complaint")
Judge = Callable[[str], Awaitable[Judgement]]


class Complaint(StatesGroup):
    story = State()
    category = State()
    other_category = State()
    unit = State()
    when = State()
    evidence = State()
    identity = State()
    self_named = State()
    summary = State()
    change = State()
    rewrite = State()
    paused = State()


# --- it begins: a button, words, or a picture ---------------------------------------------------------------------------------------


@router.turn(Command("phananh_moi", "khieunai", "gopy", words=("gui phan anh", "gop y")))
@router.turn(Picked("complain"))
async def begin(state: FSMContext) -> Reply:
    if await has_draft(state):
        return await offer_draft(state)
    await state.set_state(Complaint.story)
    return Reply(text=say("complaint-tell"))


async def has_draft(state: FSMContext) -> bool:
    return bool(await state.get_value("draft"))


async def offer_draft(state: FSMContext) -> Reply:
    """A half-written complaint is offered again, whatever the pause."""
    draft = await Draft.load(state)
    assert draft is not None
    await state.set_state(Complaint.paused)
    rows = ((_bound("complaint-resume-button", "resume"),), (_bound("complaint-drop-button", "drop"),))
    return Reply(text=say("complaint-half-written", beginning=_beginning(draft.story)), rows=rows)


class Rested(Filter):
    """A filter: the draft has not been touched for hours."""

    async def __call__(self, turn: Turn, state: FSMContext, now: dt.datetime) -> bool:
        if turn.choice is not None or turn.text.startswith("/"):
            return False
        draft = await Draft.load(state)
        return draft is not None and now - draft.touched_at > RESTS_AFTER and await state.get_state() != Complaint.paused.state


@router.turn(Rested())
async def after_a_pause(turn: Turn, state: FSMContext) -> Reply:
    """Words after a long pause may be a new story or an answer to an old question: keep them and ask."""
    await state.update_data(set_aside={"words": turn.words, "files": kept_ids(turn)})
    return await offer_draft(state)


@router.turn(StateFilter(Complaint.paused), Picked("resume"))
async def resume(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    draft = await Draft.load(state)
    assert draft is not None
    aside = await state.get_value("set_aside") or {}
    if aside:
        draft.add_words(aside["words"])
        draft.add_files(aside["files"])
        await state.update_data(set_aside=None)
    return await _next(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.paused), Picked("drop"))
async def drop_and_begin_anew(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    aside = await state.get_value("set_aside") or {}
    dropped = await drop_draft(state)
    if not aside:
        return [dropped, await begin(state)]
    await state.update_data(set_aside=None)
    draft = Draft(story=aside["words"], files=aside["files"], touched_at=now)
    return [dropped, *await _next(draft, state, db, judge, now)]


@router.turn(StateFilter(Complaint.paused))
async def choose_first(state: FSMContext) -> Reply:
    return await offer_draft(state)


async def drop_draft(state: FSMContext) -> Reply:
    """Put the draft aside for good, but let it be brought back: a slip of the thumb must not cost a long story."""
    await state.update_data(dropped=await state.get_value("draft"), draft=None)
    await state.set_state(None)
    rows = ((Choice.anytime(say("complaint-restore-button"), "restore_draft"),), *citizen_menu())
    return Reply(text=say("complaint-dropped"), rows=rows)


@router.turn(Picked("restore_draft"))
async def restore(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    dropped = await state.get_value("dropped")
    if not dropped:
        return [Reply(text=say("complaint-nothing-to-restore"), rows=citizen_menu())]
    draft = Draft.model_validate(dropped)
    await state.update_data(dropped=None)
    return await _next(draft, state, db, judge, now)


class SmallTalk(Filter):
    """A filter: a greeting or thanks, nothing to report."""

    async def __call__(self, turn: Turn) -> bool:
        return turn.choice is None and len(turn.words) <= 30 and _bare(turn.words) in {_bare(w) for w in say("complaint-small-talk").split(",")}


def _bare(words: str) -> str:
    return "".join(c for c in fold(words) if c.isalnum())


@router.turn(StateFilter(None), SmallTalk())
async def greeted(who: Who) -> Reply:
    return Reply(text=say("complaint-greeting"), rows=official_menu(who) if who.is_official else citizen_menu())


@router.turn(StateFilter(None, Complaint.story), Wrote())
async def story_told(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    draft = await Draft.load(state) or Draft(touched_at=now)
    taken = draft.add_words(turn.words)
    draft.add_files(kept_ids(turn))
    notes = ["complaint-too-long"] if not taken else ["complaint-cut"] if turn.cut else []
    return [*(Reply(text=say(note)) for note in notes), *problem_said(turn), *await _next(draft, state, db, judge, now)]


@router.turn(StateFilter(None, *Complaint.__states__), Sent())
async def file_sent(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """A picture or file at any moment is kept as evidence; then the open question is asked again."""
    draft = await Draft.load(state) or Draft(touched_at=now)
    if turn.words:
        draft.add_words(turn.words)
    taken = draft.add_files(kept_ids(turn))
    replies = problem_said(turn)
    if taken:
        replies.append(Reply(text=say("complaint-file-kept", count=len(draft.files))))
    elif not replies:
        replies.append(Reply(text=say("complaint-too-many-files")))
    if await state.get_state() == Complaint.evidence.state and taken:
        await draft.save(state, now)
        return [Reply(text=replies[-1].text, rows=_evidence_rows(draft)), *replies[:-1]]
    return [*replies, *await _next(draft, state, db, judge, now)]


# --- the questions, each asked only when its answer is missing ----------------------------------------------------------------------


async def _next(draft: Draft, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """Ask for the first thing that is missing; show the summary when nothing is."""
    await draft.save(state, now)
    if not draft.story:
        return await _ask(state, Complaint.story, Reply(text=say("complaint-tell-about-files" if draft.files else "complaint-tell")))
    if draft.category is None:
        return await _ask_category(draft, state, judge, now)
    if draft.unit_id is None and not await _unit_from_desk(draft, state, now):
        return await _ask_unit(state, db)
    if draft.happened is None:
        return await _ask(state, Complaint.when, Reply(text=say("complaint-when"), rows=_when_rows()))
    if not draft.files_asked:
        return await _ask(state, Complaint.evidence, Reply(text=say("complaint-evidence"), rows=_evidence_rows(draft)))
    if draft.identity is None:
        return await _ask(state, Complaint.identity, Reply(text=say("complaint-identity"), rows=_identity_rows()))
    return await _ask(state, Complaint.summary, _summary(draft))


async def _ask(state: FSMContext, where: State, question: Reply) -> list[Reply]:
    await state.set_state(where)
    return [question]


def _bound(text: str, data: str) -> Choice:
    return Choice(label=say(text), data=data)


def _beginning(story: str) -> str:
    line = " ".join(story.split())
    return line if len(line) <= 90 else f"{line[:90].rsplit(' ', 1)[0]}…"


# --- what it is about ---------------------------------------------------------------------------------------------------------------


async def _ask_category(draft: Draft, state: FSMContext, judge: Judge, now: dt.datetime) -> list[Reply]:
    judgement = await judge(draft.story)
    draft.judged = {
        "label": judgement.label,
        "confidence": round(judgement.confidence, 3),
        "sure": judgement.sure,
        "top": [code for code, _ in judgement.top],
        "version": judgement.version,
    }
    draft.also, draft.flags = list(judgement.also), list(judgement.flags)
    await draft.save(state, now)
    replies = [Reply(text=say("complaint-emergency"))] if "threat_or_violence" in draft.flags else []
    if judgement.sure or not judgement.top:
        question = _confirm_category(judgement)
    else:
        rows = tuple((Choice(label=categories.name(code), data=f"category:{code}"),) for code, _ in judgement.top[:3])
        question = Reply(text=say("complaint-category-unsure"), rows=(*rows, *_not_this_rows()))
    return [*replies, *await _ask(state, Complaint.category, question)]


def _confirm_category(judgement: Judgement) -> Reply:
    because = ", ".join(f"“{words}”" for words in judgement.reasons[:3])
    what = {"name": categories.name(judgement.label), "plainly": categories.plainly(judgement.label), "because": because}
    kind = {"PRAISE": "-praise", "INQUIRY": "-inquiry", "OTHER": "-other"}.get(judgement.label, "")
    text = say(f"complaint-category-sure{kind}", **what) + (f"\n{say('complaint-because', because=because)}" if because and not kind else "")
    return Reply(text=text, rows=((_bound(f"complaint-right{kind}-button", f"category:{judgement.label}"),), *_not_this_rows()))


def _not_this_rows() -> tuple[tuple[Choice, ...], ...]:
    return ((_bound("complaint-other-category-button", "other_category"), _bound("complaint-not-one-button", "not_one")),)


@router.turn(StateFilter(*Complaint.__states__), Picked("category"))
async def category_chosen(state: FSMContext, db: Session, judge: Judge, now: dt.datetime, picked: str) -> list[Reply]:
    draft = await _draft(state, now)
    draft.category = picked
    draft.also = [code for code in draft.also if code != picked]
    return await _next(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.category, Complaint.other_category), Picked("other_category"))
async def other_category(state: FSMContext) -> list[Reply]:
    codes = (*categories.CONDUCT, "PRAISE", "INQUIRY", "OTHER")
    rows = tuple((Choice(label=categories.name(code), data=f"category:{code}"),) for code in codes)
    return await _ask(state, Complaint.other_category, Reply(text=say("complaint-which-category"), rows=rows))


@router.turn(StateFilter(Complaint.category, Complaint.other_category), Picked("not_one"))
async def not_a_complaint(state: FSMContext) -> Reply:
    reply = await drop_draft(state)
    return reply.model_copy(update={"text": say("complaint-not-one")})


@router.turn(StateFilter(Complaint.category, Complaint.other_category), Wrote())
async def more_told(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """More words before the category is confirmed belong to the story: people write in bursts."""
    draft = await _draft(state, now)
    taken = draft.add_words(turn.words)
    return [Reply(text=say("complaint-more-noted" if taken else "complaint-too-long")), *await _next(draft, state, db, judge, now)]


async def _draft(state: FSMContext, now: dt.datetime) -> Draft:
    return await Draft.load(state) or Draft(touched_at=now)


# --- which unit ---------------------------------------------------------------------------------------------------------------------


async def _unit_from_desk(draft: Draft, state: FSMContext, now: dt.datetime) -> bool:
    """The desk's QR code named the unit, within the last day."""
    desk = await state.get_value("desk")
    if not desk or now - dt.datetime.fromisoformat(desk["at"]) > dt.timedelta(days=1):
        return False
    draft.unit_id, draft.unit_name = desk["unit"], desk["name"]
    await draft.save(state, now)
    return True


async def _ask_unit(state: FSMContext, db: Session) -> list[Reply]:
    known = await open_units(db)
    rows = tuple((Choice(label=each.name, data=f"unit:{each.id}"),) for each in known) if len(known) <= 8 else ()
    return await _ask(state, Complaint.unit, Reply(text=say("complaint-unit"), rows=rows))


@router.turn(StateFilter(*Complaint.__states__), Picked("unit"))
async def unit_chosen(state: FSMContext, db: Session, judge: Judge, now: dt.datetime, picked: str) -> list[Reply]:
    draft = await _draft(state, now)
    chosen = await unit(db, int(picked))
    draft.unit_id, draft.unit_name = chosen.id, chosen.name
    return await _next(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.unit), Wrote())
async def unit_typed(turn: Turn, db: Session) -> Reply:
    found = await find_units(db, turn.words[:200])
    if not found:
        return Reply(text=say("complaint-unit-unknown"))
    rows = tuple((Choice(label=each.name, data=f"unit:{each.unit_id}"),) for each in found)
    return Reply(text=say("complaint-unit-which" if len(found) > 1 else "complaint-unit-this"), rows=rows)


# --- when, evidence, who ------------------------------------------------------------------------------------------------------------


def _when_rows() -> tuple[tuple[Choice, ...], ...]:
    return (
        (_bound("complaint-today-button", "when:today"), _bound("complaint-yesterday-button", "when:yesterday")),
        (_bound("complaint-this-week-button", "when:this_week"), _bound("complaint-when-skip-button", "when:skip")),
    )


@router.turn(StateFilter(Complaint.when), Picked("when"))
async def when_chosen(state: FSMContext, db: Session, judge: Judge, now: dt.datetime, picked: str) -> list[Reply]:
    draft = await _draft(state, now)
    day = now - dt.timedelta(days=1) if picked == "yesterday" else now
    draft.happened = "" if picked == "skip" else say(f"complaint-{picked.replace('_', '-')}", day=deadline(day, with_time=False))
    return await _next(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.when), Wrote())
async def when_typed(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    draft = await _draft(state, now)
    if len(turn.words) > 150:  # that is not a time but more of the story
        draft.add_words(turn.words)
        return [Reply(text=say("complaint-more-noted")), *await _next(draft, state, db, judge, now)]
    draft.happened = turn.words
    return await _next(draft, state, db, judge, now)


def _evidence_rows(draft: Draft) -> tuple[tuple[Choice, ...], ...]:
    return ((_bound("complaint-files-done-button" if draft.files else "complaint-no-files-button", "files_done"),),)


@router.turn(StateFilter(Complaint.evidence), Picked("files_done"))
async def files_done(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    draft = await _draft(state, now)
    draft.files_asked = True
    return await _next(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.evidence), Wrote())
async def words_instead_of_files(turn: Turn, state: FSMContext, now: dt.datetime) -> Reply:
    draft = await _draft(state, now)
    taken = draft.add_words(turn.words)
    await draft.save(state, now)
    return Reply(text=say("complaint-more-noted-files" if taken else "complaint-too-long"), rows=_evidence_rows(draft))


def _identity_rows() -> tuple[tuple[Choice, ...], ...]:
    return tuple((_bound(f"complaint-{kind}-button", f"identity:{kind}"),) for kind in ("confidential", "anonymous", "open"))


@router.turn(StateFilter(Complaint.identity), Picked("identity"))
async def identity_chosen(state: FSMContext, db: Session, judge: Judge, now: dt.datetime, picked: str) -> list[Reply]:
    draft = await _draft(state, now)
    if picked == "open":
        await draft.save(state, now)
        return await _ask(state, Complaint.self_named, Reply(text=say("complaint-self")))
    draft.identity, draft.said_of_self = picked, ""
    return await _next(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.self_named), Wrote())
async def self_named(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    draft = await _draft(state, now)
    draft.identity, draft.said_of_self = "open", turn.words[:300]
    return await _next(draft, state, db, judge, now)


# --- the whole, any line of which can be changed; and sending -----------------------------------------------------------------------


def _summary(draft: Draft) -> Reply:
    lines = [
        say("complaint-summary"),
        say("complaint-summary-story", story=draft.story if len(draft.story) <= 700 else f"{draft.story[:700]}…"),
        say("complaint-summary-category", name=categories.name(draft.category or "OTHER")),
        say("complaint-summary-unit", unit=draft.unit_name),
        say("complaint-summary-when", when=draft.happened or say("complaint-when-unknown")),
        say("complaint-summary-files", count=len(draft.files)) if draft.files else say("complaint-summary-no-files"),
        say(f"complaint-summary-{draft.identity}", self=draft.said_of_self),
        say("complaint-not-a-denunciation"),
    ]
    rows = ((_bound("complaint-send-button", "send"),), (_bound("complaint-change-button", "change"), _bound("complaint-cancel-button", "cancel")))
    return Reply(text="\n".join(lines), rows=rows)


@router.turn(StateFilter(Complaint.summary), Picked("send"))
async def send(state: FSMContext, db: Session, contact: Contact, now: dt.datetime) -> Reply:
    """Send. It is stored, with the head's notice, in the transaction of this very turn; the receipt goes out after that."""
    draft = await _draft(state, now)
    case = await file_case(db, draft.filing(), contact, now)
    await state.update_data(draft=None, dropped=None)
    await state.set_state(None)
    key = {"PRAISE": "-praise", "INQUIRY": "-inquiry"}.get(case.category, "")
    text = say(
        f"complaint-sent{key}", code=shown(case.code), accept_by=deadline(case.accept_due_at), answer_by=deadline(case.answer_due_at)
    )
    if case.identity == "anonymous":
        text += "\n" + say("complaint-sent-anonymous")
    if case.grave:
        text += "\n" + say("complaint-sent-grave")
    return Reply(text=text, rows=((Choice.anytime(say("start-look-up-button"), f"look_up:{case.code}"),),))


@router.turn(StateFilter(Complaint.summary), Picked("change"))
async def change(state: FSMContext) -> list[Reply]:
    lines = ("story", "category", "unit", "when", "files", "identity")
    rows = tuple((_bound(f"complaint-change-{line}-button", f"change_line:{line}"),) for line in lines)
    return await _ask(state, Complaint.change, Reply(text=say("complaint-change-which"), rows=(*rows, (_bound("complaint-back-button", "back"),))))


@router.turn(StateFilter(Complaint.change), Picked("change_line"))
async def change_line(state: FSMContext, db: Session, judge: Judge, now: dt.datetime, picked: str) -> list[Reply]:
    draft = await _draft(state, now)
    match picked:
        case "story":
            return await _ask(state, Complaint.rewrite, Reply(text=say("complaint-tell-again")))
        case "category":
            await draft.save(state, now)
            return await other_category(state)
        case "unit":
            draft.unit_id = None
            await state.update_data(desk=None)
        case "when":
            draft.happened = None
        case "files":
            draft.files, draft.files_asked = [], False
        case _:
            draft.identity = None
    return await _next(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.rewrite), Wrote())
async def story_rewritten(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    draft = await _draft(state, now)
    draft.story, draft.category = turn.words, None
    return await _next(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.change), Picked("back"))
async def back(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    return await _next(await _draft(state, now), state, db, judge, now)


@router.turn(StateFilter(Complaint.summary, Complaint.change), Wrote())
async def words_at_the_end(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """Words beside the summary's buttons are more of the story."""
    draft = await _draft(state, now)
    taken = draft.add_words(turn.words)
    return [Reply(text=say("complaint-more-noted" if taken else "complaint-too-long")), *await _next(draft, state, db, judge, now)]


@router.turn(StateFilter(*Complaint.__states__), Wrote())
@router.turn(StateFilter(*Complaint.__states__), Picked("resume"))
async def ask_again(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """Whatever else is said, the open question stands again: no dead end."""
    return [Reply(text=say("complaint-please-choose")), *await _next(await _draft(state, now), state, db, judge, now)]
