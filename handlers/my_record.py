"""«Công của tôi»: an official's own month as a picture and in words, one month back at a time."""

from __future__ import annotations

import datetime as dt

from handlers.day_words import clock, day_said, picked_day
from office import Session, files
from office.leave import KINDS
from office.moments import today
from office.month_picture import PictureWords, month_picture
from office.my_record import DayRecord, Mark, MonthRecord, SessionRecord, month_record
from office.people import Who
from office.records import Attendance
from office.working_day import works_in
from talk.filters import Command, IsOfficial, Picked
from talk.reply import Choice, Enclosure, Reply
from talk.router import Router
from talk.texts import say

router = Router(name="my_record")

MOST_LINES = 8
"""Days named one by one below the figures; the picture shows them all."""

FURTHEST_BACK = dt.timedelta(days=730)


@router.turn(Command("congcuatoi", words=("cong cua toi", "ngay cong")), IsOfficial())
async def this_month(db: Session, who: Who, now: dt.datetime) -> Reply:
    return await _month(db, who, today(now).replace(day=1), now)


@router.turn(Picked("my_record"), IsOfficial())
async def picked_month(db: Session, who: Who, now: dt.datetime, picked: str) -> Reply:
    """The button, for this month or the month named in it; none that is to come, and two years back at most."""
    this = today(now).replace(day=1)
    wanted = min(max(picked_day(picked) or this, this - FURTHEST_BACK), this)
    return await _month(db, who, wanted.replace(day=1), now)


async def _month(db: Session, who: Who, first_day: dt.date, now: dt.datetime) -> Reply:
    record = await month_record(db, *works_in(who), first_day, now)
    month = f"{first_day.month}/{first_day.year}"
    kept = await files.store(
        db, "picture", f"cong-{first_day:%Y-%m}.png", "image/png", month_picture(record, _picture_words(month, who, record)), now
    )
    name = say("my_record-file-name", month=f"{first_day:%Y-%m}")
    text = _in_words(record, month)
    enclosure = Enclosure(file_id=kept.id, kind="picture", name=name, mime="image/png", alt=text)
    return Reply(
        text=text, enclosure=enclosure, rows=(_other_months(first_day, now), (Choice.anytime(say("correction-button"), "correct"),))
    )


def _other_months(first_day: dt.date, now: dt.datetime) -> tuple[Choice, ...]:
    before = (first_day - dt.timedelta(days=1)).replace(day=1)
    after = (first_day + dt.timedelta(days=31)).replace(day=1)
    earlier = Choice.anytime(say("my_record-month-button", month=f"{before.month}/{before.year}"), f"my_record:{before}")
    if after > today(now):
        return (earlier,)
    return (earlier, Choice.anytime(say("my_record-month-button", month=f"{after.month}/{after.year}"), f"my_record:{after}"))


def _in_words(record: MonthRecord, month: str) -> str:
    figures = say(
        "my_record-figures",
        month=month,
        on_time=record.sessions(Mark.ON_TIME),
        late=record.sessions(Mark.LATE),
        missed=record.sessions(Mark.MISSED),
        away=record.leave_days,
        checked=record.self_checks,
        days=record.begun_days,
    )
    corrected = [say("my_record-corrected", count=record.corrected)] if record.corrected else []
    lines = [_line(day, each) for day, each in record.each_session() if each.mark in (Mark.LATE, Mark.MISSED) or each.corrected]
    more = [say("my_record-more", count=len(lines) - MOST_LINES)] if len(lines) > MOST_LINES else []
    return "\n".join([figures, *corrected, *more, *lines[-MOST_LINES:], say("my_record-private")])


def _line(day: DayRecord, each: SessionRecord) -> str:
    given = {"day": day_said(day.day), "session": say(f"check_in-{each.name}")}
    if each.kept is None:
        return say("my_record-missed", **given)
    late = {"time": clock(each.kept.arrived_at), "minutes": each.kept.late_minutes}
    if not each.kept.late_minutes:
        said = say("my_record-came", **given, **late)
    elif each.kept.late_reason:
        said = say("my_record-late-because", reason=each.kept.late_reason, **given, **late)
    else:
        said = say("my_record-late", **given, **late)
    return said + _mark(each.kept)


def _mark(kept: Attendance) -> str:
    """That the arrival, or the departure, was added afterwards."""
    came = say("my_record-came-mark") if kept.corrected else ""
    return came + (say("my_record-left-mark", time=clock(kept.left_at)) if kept.left_corrected and kept.left_at else "")


def _picture_words(month: str, who: Who, record: MonthRecord) -> PictureWords:
    return PictureWords(
        title=say("my_record-title", month=month),
        name=who.name,
        weekdays=tuple(say(f"my_record-weekday-{n}") for n in range(7)),
        on_time=say("my_record-on-time"),
        late=say("my_record-late-word"),
        missed=say("my_record-missed-word"),
        away=say("my_record-away"),
        self_check=say("my_record-self-check"),
        legend_day=say("my_record-legend-corrected" if record.corrected else "my_record-legend"),
        leave={kind: say(f"my_record-short-{kind}") for kind in KINDS},
    )
