"""A citizen tells what happened; the bot says what it understood, asks only what is missing and shows the whole."""

from __future__ import annotations

import datetime as dt

from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext

from handlers import categories
from handlers.complaint_questions import (
    IDENTITIES,
    WHENS,
    Complaint,
    ask,
    draft_of,
    evidence_rows,
    next_question,
    offer_all_categories,
)
from handlers.draft import Draft
from handlers.files_sent import kept_ids, note_doubts, problem_said
from handlers.half_written import drop_draft, has_draft, offer_draft
from handlers.introduction import introduces_first
from handlers.menus import own_menu
from handlers.told import Judge
from handlers.when import deadline
from office import Session
from office.people import Who
from office.units import find_units, fold, open_units
from talk.filters import Command, Picked, Sent, Wrote
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say
from talk.turn import Turn

router = Router(name="complaint")
introduces_first(router)


# --- it begins: a button, words, or a picture ---------------------------------------------------------------------------------------


@router.turn(Command("phananh_moi", "khieunai", "gopy", words=("gui phan anh", "gop y")))
@router.turn(Picked("complain"))
async def begin(state: FSMContext) -> Reply:
    if await has_draft(state):
        return await offer_draft(state)
    await state.set_state(Complaint.story)
    return Reply(text=say("complaint-tell"))


class SmallTalk(Filter):
    """A filter: a greeting or thanks, nothing to report."""

    async def __call__(self, turn: Turn) -> bool:
        return (
            turn.choice is None
            and len(turn.words) <= 30
            and _bare(turn.words) in {_bare(w) for w in say("complaint-small-talk").split(",")}
        )


def _bare(words: str) -> str:
    return "".join(c for c in fold(words) if c.isalnum())


@router.turn(StateFilter(None), SmallTalk())
async def greeted(who: Who) -> Reply:
    return Reply(text=say("complaint-greeting"), rows=own_menu(who))


@router.turn(StateFilter(None, Complaint.story), Wrote())
async def story_told(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    await note_doubts(turn, state)
    draft = await Draft.load(state) or Draft(touched_at=now)
    troubles = draft.add_all(turn.words, kept_ids(turn))
    notes = troubles or (["complaint-cut"] if turn.cut else [])
    return [*(Reply(text=say(note)) for note in notes), *problem_said(turn), *await next_question(draft, state, db, judge, now)]


@router.turn(StateFilter(None, *Complaint.__states__), Sent())
async def file_sent(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """A picture or file at any moment is kept as evidence; then the open question is asked again."""
    await note_doubts(turn, state)
    draft = await Draft.load(state) or Draft(touched_at=now)
    where = await state.get_state()
    replies = problem_said(turn)
    if where == Complaint.rewrite.state and turn.words:
        draft.tell_anew(turn.words)
    elif where == Complaint.self_named.state and turn.words:
        draft.identity, draft.said_of_self = "open", turn.words[:300]
    elif turn.words and not draft.add_words(turn.words):
        replies.append(Reply(text=say("complaint-too-long")))
    taken = draft.add_files(kept_ids(turn))
    if taken:
        kinds = {attachment.kind for attachment in turn.attachments if attachment.file_id}
        key = "complaint-picture-kept" if kinds == {"picture"} else "complaint-file-kept"
        replies.append(Reply(text=say(key, count=len(draft.files))))
    if taken < len(kept_ids(turn)) or not replies:
        replies.insert(0, Reply(text=say("complaint-too-many-files")))
    if where == Complaint.evidence.state and taken:
        await draft.save(state, now)
        return [Reply(text=replies[-1].text, rows=evidence_rows(draft)), *replies[:-1]]
    return [*replies, *await next_question(draft, state, db, judge, now)]


# --- what it is about ---------------------------------------------------------------------------------------------------------------


@router.turn(StateFilter(*Complaint.__states__), Picked("category"))
async def category_chosen(state: FSMContext, db: Session, judge: Judge, now: dt.datetime, picked: str) -> list[Reply]:
    draft = await draft_of(state, now)
    if picked not in categories.ALL:
        return await next_question(draft, state, db, judge, now)
    draft.category = picked
    draft.also = [code for code in draft.also if code != picked]
    return await next_question(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.category, Complaint.other_category), Picked("other_category"))
async def other_category(state: FSMContext) -> list[Reply]:
    return await offer_all_categories(state)


@router.turn(StateFilter(Complaint.category, Complaint.other_category), Picked("not_one"))
async def not_a_complaint(state: FSMContext) -> Reply:
    reply = await drop_draft(state)
    return reply.model_copy(update={"text": say("complaint-not-one")})


@router.turn(StateFilter(Complaint.category, Complaint.other_category), Wrote())
async def more_told(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """More words before the category is confirmed belong to the story: people write in bursts."""
    draft = await draft_of(state, now)
    taken = draft.add_words(turn.words)
    return [Reply(text=say("complaint-more-noted" if taken else "complaint-too-long")), *await next_question(draft, state, db, judge, now)]


# --- where, when, evidence, who -----------------------------------------------------------------------------------------------------


@router.turn(StateFilter(*Complaint.__states__), Picked("unit"))
async def unit_chosen(state: FSMContext, db: Session, judge: Judge, now: dt.datetime, picked: str) -> list[Reply]:
    draft = await draft_of(state, now)
    chosen = next((each for each in await open_units(db) if str(each.id) == picked), None)
    if chosen is not None:
        draft.unit_id, draft.unit_name = chosen.id, chosen.name
    else:  # closed meanwhile
        draft.units_told = []
    return await next_question(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.unit), Picked("unit_other"))
async def another_unit(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    draft = await draft_of(state, now)
    draft.units_told = []
    return await next_question(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.unit), Wrote())
async def unit_typed(turn: Turn, db: Session) -> Reply:
    found = await find_units(db, turn.words[:200])
    if not found:
        return Reply(text=say("complaint-unit-unknown"))
    rows = tuple((Choice(label=each.name, data=f"unit:{each.unit_id}"),) for each in found)
    return Reply(text=say("complaint-unit-which" if len(found) > 1 else "complaint-unit-this"), rows=rows)


@router.turn(StateFilter(Complaint.when), Picked("when"))
async def when_chosen(state: FSMContext, db: Session, judge: Judge, now: dt.datetime, picked: str) -> list[Reply]:
    draft = await draft_of(state, now)
    if picked not in WHENS:
        return await next_question(draft, state, db, judge, now)
    day = now - dt.timedelta(days=1) if picked == "yesterday" else now
    draft.happened = "" if picked == "skip" else say(f"complaint-{picked.replace('_', '-')}", day=deadline(day, with_time=False))
    return await next_question(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.when), Wrote())
async def when_typed(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    draft = await draft_of(state, now)
    if len(turn.words) > 150:  # that is not a time but more of the story
        taken = draft.add_words(turn.words)
        return [
            Reply(text=say("complaint-more-noted" if taken else "complaint-too-long")),
            *await next_question(draft, state, db, judge, now),
        ]
    draft.happened = turn.words
    return await next_question(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.evidence), Picked("files_done"))
async def files_done(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    draft = await draft_of(state, now)
    draft.files_asked = True
    return await next_question(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.evidence), Wrote())
async def words_instead_of_files(turn: Turn, state: FSMContext, now: dt.datetime) -> Reply:
    draft = await draft_of(state, now)
    taken = draft.add_words(turn.words)
    await draft.save(state, now)
    return Reply(text=say("complaint-more-noted-files" if taken else "complaint-too-long"), rows=evidence_rows(draft))


@router.turn(StateFilter(Complaint.identity), Picked("identity"))
async def identity_chosen(state: FSMContext, db: Session, judge: Judge, now: dt.datetime, picked: str) -> list[Reply]:
    draft = await draft_of(state, now)
    if picked == "open":
        await draft.save(state, now)
        return await ask(state, Complaint.self_named, Reply(text=say("complaint-self"), asks_contact=True))
    if picked not in IDENTITIES:
        return await next_question(draft, state, db, judge, now)
    draft.identity, draft.said_of_self = picked, ""
    return await next_question(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.self_named), Wrote())
async def self_named(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    draft = await draft_of(state, now)
    draft.identity, draft.said_of_self = "open", turn.words[:300]
    return await next_question(draft, state, db, judge, now)


# --- words and taps beside the question ----------------------------------------------------------------------------------------------


@router.turn(StateFilter(Complaint.rewrite), Wrote())
async def story_rewritten(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    draft = await draft_of(state, now)
    draft.tell_anew(turn.words)
    return await next_question(draft, state, db, judge, now)


@router.turn(StateFilter(Complaint.summary, Complaint.change), Wrote())
async def words_at_the_end(turn: Turn, state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """Words beside the summary's buttons are more of the story."""
    draft = await draft_of(state, now)
    taken = draft.add_words(turn.words)
    return [Reply(text=say("complaint-more-noted" if taken else "complaint-too-long")), *await next_question(draft, state, db, judge, now)]


@router.turn(StateFilter(*Complaint.__states__), Wrote())
@router.turn(StateFilter(*Complaint.__states__), Picked("resume"))
async def ask_again(state: FSMContext, db: Session, judge: Judge, now: dt.datetime) -> list[Reply]:
    """Whatever else is said, the open question stands again: no dead end."""
    return [Reply(text=say("complaint-please-choose")), *await next_question(await draft_of(state, now), state, db, judge, now)]
