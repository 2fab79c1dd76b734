"""A request for a forgotten check-in or check-out in words, the same for who asks and who decides."""

from __future__ import annotations

import datetime as dt

from handlers.day_words import clock, day_said
from office.records import AttendanceCorrection
from talk.texts import say


def what(kind: str, session: str, day: dt.date) -> str:
    """«giờ đến buổi sáng thứ Sáu 20/11»."""
    return say(f"correction-what-{kind}", session=say(f"check_in-{session}"), day=day_said(day))


def short(kept: AttendanceCorrection) -> str:
    """«sáng 20/11»: room is scarce on a button."""
    return say("correction-short", session=say(f"check_in-{kept.session}"), date=f"{kept.day.day}/{kept.day.month}")


def judged(kind: str, minutes: int) -> str:
    """«đúng giờ», «muộn 20 phút», «sớm 20 phút»."""
    if not minutes:
        return say("correction-on_time")
    return say("correction-late" if kind == "arrival" else "correction-early", minutes=minutes)


def said(kept: AttendanceCorrection, name: str = "") -> dict[str, str]:
    """What the texts about a request name: `what`, `time`, `judged`, `reason`, `answer`, and `name` of who asks."""
    return {
        "what": what(kept.kind, kept.session, kept.day),
        "time": clock(kept.moment),
        "judged": judged(kept.kind, kept.minutes),
        "reason": kept.reason,
        "answer": kept.answer or "",
        "name": name,
    }
