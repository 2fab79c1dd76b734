"""Today's board for a unit head: counts first, then the names, session by session."""

from __future__ import annotations

import datetime as dt

from handlers.correction_desk import list_button
from handlers.day_words import clock
from handlers.when import deadline
from office import Session
from office.board import Board, SessionBoard, board_of
from office.people import Who
from office.units import unit
from talk.filters import Command, IsHead, Picked
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say

router = Router(name="board")
router.turn.filter(IsHead())


@router.turn(Command("homnay", "today", words=("hom nay",)))
@router.turn(Picked("board"))
async def board(db: Session, who: Who, now: dt.datetime) -> list[Reply]:
    """One message for each unit that the person heads or oversees."""
    replies = []
    for unit_id in who.oversees:
        about = await unit(db, unit_id)
        text = "\n".join([say("board-title", unit=about.name, now=deadline(now)), *_lines(await board_of(db, unit_id, now))])
        replies.append(Reply(text=text))
    again = (Choice.anytime(say("board-again-button"), "board"), Choice.anytime(say("start-cases-button"), "cases:open"))
    return [*replies[:-1], replies[-1].model_copy(update={"rows": tuple(filter(None, (await list_button(db, who, now), again)))})]


def _lines(today: Board) -> list[str]:
    lines = []
    if not today.people:
        return [say("board-nobody")]
    if not today.sessions:
        lines.append(say("board-no-session"))
    for session in today.sessions:
        lines += _session_lines(session)
    if today.away:
        away = ", ".join(say("board-away-name", name=name, kind=say(f"leave-{kind}")) for name, kind in today.away)
        lines.append(say("board-away", count=len(today.away), names=away))
    return lines


def _session_lines(session: SessionBoard) -> list[str]:
    expected = len(session.seen) + len(session.missing)
    name = say(f"check_in-{session.session}")
    lines = ["", say("board-session", session=name, starts=clock(session.starts_at), present=len(session.seen), expected=expected)]
    if session.late:
        late = ", ".join(say("board-late-name", name=each.name, minutes=each.late_minutes) for each in session.late)
        lines.append(say("board-late", count=len(session.late), names=late))
    if session.corrected:
        names = ", ".join(say("board-corrected-name", name=each.name, at=clock(each.at)) for each in session.corrected)
        lines.append(say("board-corrected", count=len(session.corrected), names=names))
    if session.missing:
        key = "board-missing" if session.begun else "board-not-yet"
        lines.append(say(key, count=len(session.missing), names=", ".join(session.missing)))
    left = [
        say("board-left-name-corrected" if each.left_corrected else "board-left-name", name=each.name, at=clock(each.left_at))
        for each in session.seen
        if each.left_at
    ]
    if left:
        lines.append(say("board-left", names=", ".join(left)))
    return lines
