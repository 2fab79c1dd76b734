"""Forgotten taps: which can be told, who decides, what is added, and what shows that it was.

Monday 23 November 2026; the worked days before are 20, 19, 18, 17 and 16 November.
"""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from office import Session
from office.attendance import check_in, check_out
from office.attendance_gaps import gaps_of
from office.board import board_of
from office.corrections_of_attendance import (
    Asked,
    approve,
    ask,
    asked_by,
    correction_by_id,
    deciders,
    for_decider,
    refuse,
    unanswered,
    waiting_for,
    weigh,
    withdraw,
)
from office.database import Database
from office.digest_figures import figures_of
from office.my_record import Mark, month_record
from office.people import Role
from office.records import Attendance, AttendanceCorrection, AuditEntry, DayOverride, Leave, Post
from tests.office.fortnight import D, link, on
from tests.office.reminding import planned
from tests.small_office import LONG_AGO, SmallOffice

MONDAY, FRIDAY = D(2026, 11, 23), D(2026, 11, 20)
NOW = on(MONDAY, "10:00")


async def missing(session: Session, office: SmallOffice, kind: str = "arrival", now: dt.datetime = NOW, code: str = "MC02") -> list[str]:
    await session.flush()
    return [f"{gap.day.day.day} {gap.session.name}" for gap in await gaps_of(session, office.people[code], kind, now)]


async def asks(
    session: Session,
    office: SmallOffice,
    code: str = "MC02",
    at: str = "07:30",
    now: dt.datetime = NOW,
    day: D = FRIDAY,
    reason: str = "Quên",
) -> Asked:
    session_name = "morning" if at < "12" else "afternoon"
    return await ask(session, office.people[code], "arrival", day, session_name, on(day, at), reason, now)


async def one(session: Session, office: SmallOffice, **how: str) -> AttendanceCorrection:
    """A request that waits."""
    asked = await asks(session, office, **how)
    assert asked.correction is not None
    return asked.correction


async def rows(session: Session) -> list[Attendance]:
    return list((await session.execute(select(Attendance).order_by(Attendance.day, Attendance.session))).scalars())


# --- what can be told ---------------------------------------------------------------------------------------------------------------


async def test_today_and_five_worked_days_back(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        days = await missing(session, small_office)
        assert days[:3] == ["23 morning", "20 morning", "20 afternoon"]
        assert days[-1] == "16 afternoon"
        assert len(days) == 11
        assert (await missing(session, small_office, now=on(D(2026, 11, 24), "10:00")))[
            -1
        ] == "17 afternoon"  # the holiday is no worked day
        session.add(DayOverride(unit_id=small_office.units["an-binh"], day=D(2026, 11, 18), works=False, note="nghỉ", source="test"))
        assert (await missing(session, small_office))[-1] == "13 afternoon"


async def test_what_is_no_gap(database: Database, small_office: SmallOffice) -> None:
    person, unit = small_office.people["MC02"], small_office.units["an-binh-mot-cua"]
    async with database.transaction() as session:
        assert "23 morning" not in await missing(session, small_office, now=on(MONDAY, "07:45"))  # still on time: check in
        assert "23 morning" in await missing(session, small_office, now=on(MONDAY, "07:46"))
        await check_in(session, person, unit, on(FRIDAY, "07:20"))
        session.add(Leave(person_id=person, first_day=D(2026, 11, 18), last_day=D(2026, 11, 19), kind="mission"))
        assert await missing(session, small_office) == [
            "23 morning", "20 afternoon", "17 morning", "17 afternoon", "16 morning", "16 afternoon",
        ]  # fmt: skip
        session.add(Post(person_id=small_office.people["CT02"], unit_id=unit, role=Role.OFFICIAL, valid_from=MONDAY))
        first = (await session.execute(select(Post).where(Post.person_id == small_office.people["CT02"]))).scalars().first()
        assert first is not None
        first.valid_to, first.valid_from = FRIDAY, D(2026, 11, 19)
        assert await missing(session, small_office, code="CT02") == ["23 morning", "19 morning", "19 afternoon"]


async def test_a_forgotten_departure(database: Database, small_office: SmallOffice) -> None:
    person, unit = small_office.people["MC02"], small_office.units["an-binh-mot-cua"]
    async with database.transaction() as session:
        await check_in(session, person, unit, on(FRIDAY, "07:20"))
        await check_in(session, person, unit, on(FRIDAY, "13:20"))
        await check_out(session, person, unit, on(FRIDAY, "17:01"))
        await check_in(session, person, unit, on(MONDAY, "07:20"))
        assert await missing(session, small_office, "departure") == ["20 morning"]
        assert await missing(session, small_office, "departure", on(MONDAY, "11:30")) == ["23 morning", "20 morning"]
        early = await ask(session, person, "departure", FRIDAY, "morning", on(FRIDAY, "07:10"), "Quên", NOW)
        assert early.outcome == "out_of_hours"
        asked = await ask(session, person, "departure", FRIDAY, "morning", on(FRIDAY, "11:10"), "Quên", NOW)
        assert asked.correction is not None
        assert await approve(session, asked.correction, small_office.people["CT01"], NOW)
        kept = (await rows(session))[1]
        await session.refresh(kept)
        assert (kept.session, kept.left_at, kept.early_minutes, kept.corrected, kept.left_corrected) == (
            "morning", on(FRIDAY, "11:10"), 20, False, True,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("at", "outcome", "minutes"),
    [
        ("06:29", "out_of_hours", 0), ("06:30", "done", 0), ("07:45", "done", 0), ("07:46", "done", 16), ("11:29", "done", 239),
        ("11:30", "out_of_hours", 0),
    ],
)  # fmt: skip
async def test_the_hour_is_judged_by_the_units_hours(
    database: Database, small_office: SmallOffice, at: str, outcome: str, minutes: int
) -> None:
    async with database.transaction() as session:
        weighed = await weigh(session, small_office.people["MC02"], "arrival", FRIDAY, "morning", on(FRIDAY, at), NOW)
        assert (weighed.outcome, weighed.minutes) == (outcome, minutes)
        later = await weigh(session, small_office.people["MC02"], "arrival", MONDAY, "morning", on(MONDAY, "10:01"), NOW)
        assert later.outcome == "out_of_hours"


async def test_one_request_waits_for_a_session_at_a_time(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        kept = await one(session, small_office)
        assert (await asks(session, small_office, at="07:40")).outcome == "no_gap"
        assert (await asks(session, small_office, at="13:30")).outcome == "done"
        assert await withdraw(session, kept.id, small_office.people["MC01"], NOW) is None
        assert await withdraw(session, kept.id, small_office.people["MC02"], NOW) is kept
        assert await withdraw(session, kept.id, small_office.people["MC02"], NOW) is None
        again = await one(session, small_office)
        assert [each.session for each in await asked_by(session, small_office.people["MC02"])] == ["afternoon", "morning"]
        assert await refuse(session, again, small_office.people["CT01"], "Hôm ấy không thấy", NOW)
        assert (await asks(session, small_office)).outcome == "done"


async def test_two_accounts_at_once_make_one_request(
    database: Database, small_office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other account asks between the look and the insertion."""
    from office import corrections_of_attendance as corrections

    insert_once = corrections.insert_once

    async def after_the_other(session: Session, table: object, values: dict[str, object]) -> bool:
        monkeypatch.setattr(corrections, "insert_once", insert_once)
        await asks(session, small_office)
        return await insert_once(session, table, values)  # type: ignore[arg-type]

    monkeypatch.setattr(corrections, "insert_once", after_the_other)
    async with database.transaction() as session:
        assert (await asks(session, small_office)).outcome == "no_gap"
        assert len(await asked_by(session, small_office.people["MC02"])) == 1


# --- who decides --------------------------------------------------------------------------------------------------------------------


async def who_decides(session: Session, office: SmallOffice, code: str) -> list[str]:
    asked = await asks(session, office, code)
    if asked.correction is None:
        return [asked.outcome]
    names = {number: each for each, number in office.people.items()}
    return [names[person] for person in await deciders(session, asked.correction, NOW)]


async def test_the_head_decides_and_nobody_for_themselves(database: Database, small_office: SmallOffice) -> None:
    people, units = small_office.people, small_office.units
    async with database.transaction() as session:
        session.add(Post(person_id=people["MC01"], unit_id=units["an-binh-tram-y-te"], role=Role.HEAD, valid_from=LONG_AGO))
        await session.flush()
        assert await who_decides(session, small_office, "MC02") == ["CT01"]  # the desk has no head of its own
        assert await who_decides(session, small_office, "YT02") == ["YT01", "MC01"]
        assert await who_decides(session, small_office, "YT01") == ["CT01"]  # not the other head of the same unit
        assert await who_decides(session, small_office, "CT01") == ["nobody"]
        session.add(Post(person_id=people["NV01"], unit_id=units["tinh"], role=Role.ADMIN, valid_from=LONG_AGO))
        session.add(Post(person_id=people["CT01"], unit_id=units["tinh"], role=Role.ADMIN, valid_from=LONG_AGO))
        await session.flush()
        assert await who_decides(session, small_office, "CT01") == ["NV01"]  # an administrator too does not decide for oneself
        assert await who_decides(session, small_office, "NV01") == ["CT01"]


async def test_only_who_decides_may_look(database: Database, small_office: SmallOffice) -> None:
    people = small_office.people
    async with database.transaction() as session:
        kept = await one(session, small_office)
        for code in ("MC02", "MC01", "YT01", "CT02", "NV01"):
            assert await for_decider(session, kept.id, people[code], NOW) is None
            assert await waiting_for(session, people[code], NOW) == []
        assert await for_decider(session, kept.id, people["CT01"], NOW) is kept
        assert await waiting_for(session, people["CT01"], NOW) == [kept]
        post = (await session.execute(select(Post).where(Post.person_id == people["CT01"]))).scalar_one()
        post.valid_to = MONDAY
        await session.flush()
        assert await for_decider(session, kept.id, people["CT01"], NOW) is None


# --- what comes of it ---------------------------------------------------------------------------------------------------------------


async def test_approved_it_is_an_arrival_that_shows_its_mark(database: Database, small_office: SmallOffice) -> None:
    person, head, unit = small_office.people["MC02"], small_office.people["CT01"], small_office.units["an-binh-mot-cua"]
    async with database.transaction() as session:
        kept = await one(session, small_office, at="07:50", reason="Mất mạng")
        before = await figures_of(session, small_office.units["an-binh"], D(2026, 11, 16), NOW)
        assert await approve(session, kept, head, NOW)
        assert not await approve(session, kept, head, NOW)
        assert not await refuse(session, kept, head, "Thôi", NOW)
        (row,) = await rows(session)
        assert (row.unit_id, row.arrived_at, row.late_minutes, row.late_reason, row.corrected) == (
            unit, on(FRIDAY, "07:50"), 20, "Mất mạng", True,
        )  # fmt: skip
        after = await figures_of(session, small_office.units["an-binh"], D(2026, 11, 16), NOW)
        assert (before.work.present, before.work.corrected) == (0, 0)
        assert (after.work.present, after.work.late, after.work.corrected) == (1, 1, 1)
        assert [(each.day, each.corrected) for each in after.by_day if each.corrected] == [(FRIDAY, 1)]
        month = await month_record(session, person, unit, D(2026, 11, 1), NOW)
        assert (month.corrected, month.sessions(Mark.LATE)) == (1, 1)
        assert [(day.day, each.name) for day, each in month.each_session() if each.corrected] == [(FRIDAY, "morning")]
        assert "20 morning" not in await missing(session, small_office)


async def test_todays_board_marks_it(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        asked = await ask(session, small_office.people["MC02"], "arrival", MONDAY, "morning", on(MONDAY, "07:30"), "Quên", NOW)
        assert asked.correction is not None
        await check_in(session, small_office.people["MC01"], small_office.units["an-binh-mot-cua"], on(MONDAY, "07:20"))
        await approve(session, asked.correction, small_office.people["CT01"], NOW)
        (morning,) = (await board_of(session, small_office.units["an-binh"], NOW)).sessions
        assert [(each.name, each.corrected) for each in morning.seen] == [("Lê Thị Một Cửa", False), ("Phạm Văn Tiếp Nhận", True)]
        assert [each.name for each in morning.corrected] == ["Phạm Văn Tiếp Nhận"]


async def test_what_was_tapped_meanwhile_stands(database: Database, small_office: SmallOffice) -> None:
    person, unit = small_office.people["MC02"], small_office.units["an-binh-mot-cua"]
    async with database.transaction() as session:
        asked = await ask(session, person, "arrival", MONDAY, "morning", on(MONDAY, "07:30"), "Quên", NOW)
        assert asked.correction is not None
        await check_in(session, person, unit, on(MONDAY, "10:05"))
        assert await approve(session, asked.correction, small_office.people["CT01"], on(MONDAY, "10:10"))
        assert asked.correction.state == "overtaken"
        (row,) = await rows(session)
        assert (row.arrived_at, row.corrected) == (on(MONDAY, "10:05"), False)


async def test_a_departure_tapped_again_loses_the_mark(database: Database, small_office: SmallOffice) -> None:
    person, unit = small_office.people["MC02"], small_office.units["an-binh-mot-cua"]
    async with database.transaction() as session:
        await check_in(session, person, unit, on(MONDAY, "07:20"))
        noon = on(MONDAY, "11:40")
        asked = await ask(session, person, "departure", MONDAY, "morning", on(MONDAY, "11:30"), "Quên", noon)
        assert asked.correction is not None
        await approve(session, asked.correction, small_office.people["CT01"], noon)
    async with database.transaction() as session:
        assert [(each.left_corrected) for each in await rows(session)] == [True]
        await check_out(session, person, unit, on(MONDAY, "11:45"), move=True)
        assert [(each.left_at, each.left_corrected) for each in await rows(session)] == [(on(MONDAY, "11:45"), False)]


async def test_every_step_is_in_the_audit(database: Database, small_office: SmallOffice) -> None:
    person, head = small_office.people["MC02"], small_office.people["CT01"]
    async with database.transaction() as session:
        first = await one(session, small_office)
        await withdraw(session, first.id, person, NOW)
        await refuse(session, second := await one(session, small_office), head, "Hôm ấy không thấy", NOW)
        await approve(session, third := await one(session, small_office), head, NOW)
        await session.flush()
        entries = (await session.execute(select(AuditEntry).order_by(AuditEntry.id))).scalars().all()
        assert [(each.person_id, each.action, each.subject, each.reason) for each in entries] == [
            (person, "ask_correction", f"attendance_correction:{first.id}", ""),
            (person, "withdraw_correction", f"attendance_correction:{first.id}", ""),
            (person, "ask_correction", f"attendance_correction:{second.id}", ""),
            (head, "refuse_correction", f"attendance_correction:{second.id}", "Hôm ấy không thấy"),
            (person, "ask_correction", f"attendance_correction:{third.id}", ""),
            (head, "approve_correction", f"attendance_correction:{third.id}", ""),
        ]
        assert (second.answer, second.decided_by_id, second.decided_at) == ("Hôm ấy không thấy", head, NOW)
        assert await correction_by_id(session, third.id + 1) is None


# --- reminded -----------------------------------------------------------------------------------------------------------------------


async def test_after_five_worked_days_the_head_is_reminded_once(database: Database, small_office: SmallOffice) -> None:
    """Asked on Monday 23/11; Tuesday is a holiday: the fifth worked day after it is Tuesday 1/12."""
    async with database.transaction() as session:
        await link(session, small_office, "CT01")
        asked = await asks(session, small_office)
        assert asked.told
    for day, clock in ((D(2026, 11, 30), "20:00"), (D(2026, 12, 1), "16:59")):
        assert "correction_waiting" not in await planned(database, on(day, clock))
    assert "correction_waiting" not in await planned(database, on(D(2026, 12, 1), "21:30"))  # at night
    assert (await planned(database, on(D(2026, 12, 2), "08:00")))["correction_waiting"] == ["CT01"]
    assert "correction_waiting" not in await planned(database, on(D(2026, 12, 3), "08:00"))


async def test_who_has_their_answer_is_no_reason_to_remind(database: Database, small_office: SmallOffice) -> None:
    later = on(D(2026, 12, 2), "08:00")
    async with database.transaction() as session:
        kept = await one(session, small_office)
        assert await unanswered(session, later) == [kept]
        await refuse(session, kept, small_office.people["CT01"], "Không", NOW)
        assert await unanswered(session, later) == []
