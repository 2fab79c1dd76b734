"""The day's self-check against the norms of public-service culture: sealed, read by the person alone; others learn only that it was done.

The norms: Decision 1847/QĐ-TTg (2018), "4 xin, 4 luôn" and dress; Directive 26/CT-TTg (2016): card, no alcohol, no overdue files.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import select

from office import Session
from office.calendar import calendar_of
from office.database import insert_once
from office.leave import away_between
from office.moments import monday, today
from office.records import SelfCheck
from office.roll_up import days_between
from office.vault import SealBroken, vault_of

GROUPS: dict[str, tuple[str, ...]] = {
    "xin": ("xin_chao", "xin_loi", "xin_cam_on", "xin_phep"),
    "luon": ("luon_mim_cuoi", "luon_nhe_nhang", "luon_lang_nghe", "luon_giup_do"),
    "look": ("card", "dress"),
    "alcohol": ("no_alcohol",),
    "files": ("files_on_time",),
}
"""The criteria by group; their words are in `self_check.ftl`."""

CRITERIA = tuple(item for items in GROUPS.values() for item in items)
LONGEST_NOTE = 1_000
_LOOK_BACK = 14
"""Days within which the last self-check is worth comparing with."""


@dataclass(frozen=True)
class Answers:
    """What a person found: the criteria not wholly kept (none: all were), and a note to oneself."""

    missed: tuple[str, ...] = ()
    note: str = ""

    @property
    def whole(self) -> bool:
        return not self.missed


@dataclass(frozen=True)
class Trend:
    """The week so far. `days` are those worked up to today; `before` is the last self-check before today, with its day."""

    days: int
    done: int
    whole: int
    before: Answers | None = None
    before_day: dt.date | None = None


@dataclass(frozen=True)
class _Kept:
    day: dt.date
    answers: Answers | None = field(default=None)


async def save(session: Session, person_id: int, unit_id: int, day: dt.date, answers: Answers, now: dt.datetime) -> None:
    """Keep the self-check of the day; one made before on the same day is replaced."""
    values = {"person_id": person_id, "unit_id": unit_id, "day": day, "answers": _sealed(session, answers), "done_at": now}
    if await insert_once(session, SelfCheck.__table__, values):  # type: ignore[arg-type]
        return
    kept = (await session.execute(select(SelfCheck).where(SelfCheck.person_id == person_id, SelfCheck.day == day))).scalar_one()
    kept.answers, kept.done_at, kept.unit_id = values["answers"], now, unit_id  # type: ignore[assignment]


async def own_check(session: Session, person_id: int, day: dt.date) -> tuple[Answers | None, dt.datetime] | None:
    """The person's own self-check of the day and when it was made; None if there is none. Answers sealed with a lost key are None."""
    kept = (await session.execute(select(SelfCheck).where(SelfCheck.person_id == person_id, SelfCheck.day == day))).scalar_one_or_none()
    return (_opened(session, kept), kept.done_at) if kept else None


async def trend(session: Session, person_id: int, unit_id: int, now: dt.datetime) -> Trend:
    """How the person's own week goes."""
    day, first = today(now), monday(today(now))
    rows = select(SelfCheck).where(SelfCheck.person_id == person_id, SelfCheck.day.between(day - dt.timedelta(days=_LOOK_BACK), day))
    kept = [_Kept(row.day, _opened(session, row)) for row in (await session.execute(rows.order_by(SelfCheck.day))).scalars()]
    calendar = await calendar_of(session, unit_id, first, day)
    away = (await away_between(session, [person_id], first, day)).get(person_id, set())
    done = {each.day: each.answers for each in kept if each.day >= first}
    expected_days = {each for each in days_between(first, day) if calendar.works_on(each) and each not in away}
    earlier = [each for each in kept if each.day < day and each.answers is not None]
    return Trend(
        days=len(expected_days | done.keys()),
        done=len(done),
        whole=sum(answers is not None and answers.whole for answers in done.values()),
        before=earlier[-1].answers if earlier else None,
        before_day=earlier[-1].day if earlier else None,
    )


def _sealed(session: Session, answers: Answers) -> dict[str, str]:
    value = {"missed": list(answers.missed), "note": answers.note[:LONGEST_NOTE]}
    return {"sealed": vault_of(session).seal(value, "self-check").hex()}


def _opened(session: Session, kept: SelfCheck) -> Answers | None:
    try:
        value = vault_of(session).open(bytes.fromhex(kept.answers["sealed"]), "self-check")
    except (SealBroken, KeyError, ValueError):  # kept with another key, as after a restore: it counts as done, its words are gone
        return None
    return Answers(tuple(value["missed"]), value["note"])
