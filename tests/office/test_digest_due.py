"""When the digest goes out and of which week: after Tết, in which nobody worked, it tells of the week before Tết.

16-20 February 2026 are all public holidays (Monday is New Year's Eve); work ends on Friday 13/2 and begins again on Monday 23/2.
"""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from bot.digests import Digests
from handlers.digest_words import chart_of, text_of
from office.attendance import check_in
from office.cases import Filing, file_case
from office.contacts import contact_at
from office.database import Database
from office.digest import figures_in, kept_digest, make_digest
from office.digest_due import due_digests, plan_digest
from office.digest_figures import Figures, WorkCount, figures_of
from office.outbox import claim_due
from office.outbox_upkeep import too_late
from office.people import Role
from office.records import DayOverride, OutboxMessage, Post, Rule, UnitParent
from office.worked_weeks import last_worked_weeks, off_until
from tests.office.fortnight import D, link, on
from tests.small_office import SmallOffice

BEFORE, TET, AFTER = D(2026, 2, 9), D(2026, 2, 16), D(2026, 2, 23)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
async def heads(database: Database, small_office: SmallOffice) -> None:
    """The heads of the commune and of the health station have linked an account long ago."""
    async with database.transaction() as session:
        for code in ("CT01", "YT01"):
            await link(session, small_office, code, D(2026, 1, 5))


async def due(database: Database, office: SmallOffice, day: D, clock: str = "07:30") -> dict[str, D]:
    """Of which week each unit's digest is due at that moment."""
    names = {unit: code for code, unit in office.units.items()}
    async with database.reading() as session:
        return {names[each.unit_id]: each.week_start for each in await due_digests(session, on(day, clock))}


async def off_or_on(database: Database, office: SmallOffice, unit: str, days: list[D], *, works: bool) -> None:
    async with database.transaction() as session:
        session.add_all(DayOverride(unit_id=office.units[unit], day=day, works=works, note="trực", source="test") for day in days)


async def test_after_tet_it_tells_of_the_week_before_tet(database: Database, small_office: SmallOffice) -> None:
    both = ("an-binh", "an-binh-tram-y-te")
    assert await due(database, small_office, BEFORE) == dict.fromkeys(both, D(2026, 2, 2))
    for n in range(7):
        assert await due(database, small_office, TET + n * DAY, "10:00") == {}
    assert await due(database, small_office, AFTER, "07:29") == {}
    assert await due(database, small_office, AFTER) == dict.fromkeys(both, BEFORE)
    assert await due(database, small_office, D(2026, 2, 27), "16:00") == dict.fromkeys(both, BEFORE)  # still, if the program was down
    assert await due(database, small_office, D(2026, 3, 2)) == dict.fromkeys(both, AFTER)


async def test_what_goes_out_after_tet_is_full_and_in_time(database: Database, small_office: SmallOffice) -> None:
    """YT02 came on Monday 9/2 in the morning: 1 of 50 sessions of five people. The attendance is that of 9-15/2, and it is of use for a week."""
    now, commune = on(AFTER, "07:30"), small_office.units["an-binh"]
    async with database.transaction() as session:
        await check_in(session, small_office.people["YT02"], small_office.units["an-binh-tram-y-te"], on(BEFORE, "07:20"))
    digests = Digests(database)
    assert await digests.plan(on(TET, "09:00")) == 0
    assert await digests.plan(now) == 2
    assert await Digests(database).plan(now + DAY) == 0  # another scheduler, which remembers nothing
    async with database.transaction() as session:
        digest = await kept_digest(session, commune, BEFORE)
        assert digest is not None
        figures = figures_in(digest)
        assert figures.work == WorkCount(expected=50, present=1, days=25)
        assert (figures.last_day, figures.off_until, figures.until) == (D(2026, 2, 15), D(2026, 2, 22), on(AFTER, "00:00"))
        assert await kept_digest(session, commune, TET) is None
        assert await too_late(session, now) == 0
        assert [each.kind for each in await claim_due(session, now)] == ["digest", "digest"]
        ends = (await session.execute(select(OutboxMessage.expires_at))).scalars().all()
    assert set(ends) == {on(D(2026, 3, 2), "07:00")}


async def test_an_ordinary_one_is_of_use_until_the_next(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        digest = await make_digest(session, small_office.units["an-binh"], D(2026, 2, 2), on(BEFORE, "07:30"))
        assert await plan_digest(session, digest, on(BEFORE, "07:30"), on(BEFORE, "07:30")) == 1
        assert await plan_digest(session, digest, on(BEFORE, "09:30"), on(BEFORE, "09:30")) == 0
        assert (await session.execute(select(OutboxMessage.expires_at))).scalar_one() == on(TET, "07:00")


async def test_who_was_on_duty_through_tet_is_told_of_it(database: Database, small_office: SmallOffice) -> None:
    """The station's own table keeps it open on Wednesday and Thursday of Tết; the commune's digest does not wait for that."""
    await off_or_on(database, small_office, "an-binh-tram-y-te", [D(2026, 2, 18), D(2026, 2, 19)], works=True)
    assert await due(database, small_office, TET + DAY, "10:00") == {}
    assert await due(database, small_office, D(2026, 2, 18)) == {"an-binh-tram-y-te": BEFORE}
    assert await due(database, small_office, AFTER) == {"an-binh": BEFORE, "an-binh-tram-y-te": TET}


async def test_two_weeks_off_in_a_row(database: Database, small_office: SmallOffice) -> None:
    """The commune's own table frees 9-13/2 too; for the station, which stands under it, the same holds."""
    await off_or_on(database, small_office, "an-binh", [BEFORE + n * DAY for n in range(5)], works=False)
    assert await due(database, small_office, BEFORE + DAY) == {}
    assert await due(database, small_office, AFTER) == {"an-binh": D(2026, 2, 2), "an-binh-tram-y-te": D(2026, 2, 2)}


async def test_after_a_whole_season_off_it_tells_of_the_week_just_past(database: Database, small_office: SmallOffice) -> None:
    units = [small_office.units["hoa-lac"], small_office.units["an-binh"]]
    await off_or_on(database, small_office, "hoa-lac", [AFTER - n * DAY for n in range(1, 8 * 7 + 1)], works=False)
    async with database.reading() as session:
        assert await last_worked_weeks(session, units, AFTER) == {units[0]: TET, units[1]: BEFORE}
        assert await last_worked_weeks(session, [], AFTER) == {}


async def test_the_units_time_and_the_first_working_day(database: Database, small_office: SmallOffice) -> None:
    """Monday 9/2 is off for the commune, whose digest goes out at a quarter past eight from this year on."""
    await off_or_on(database, small_office, "an-binh", [BEFORE], works=False)
    async with database.transaction() as session:
        rule = {"unit_id": small_office.units["an-binh"], "source": "test", "in_force_from": D(2026, 1, 1)}
        session.add(Rule(code="digest_time", value="08:15", **rule))
    assert await due(database, small_office, BEFORE, "23:00") == {}
    assert await due(database, small_office, BEFORE + DAY, "08:14") == {}
    assert set(await due(database, small_office, BEFORE + DAY, "08:15")) == {"an-binh", "an-binh-tram-y-te"}


async def test_who_comes_later_or_heads_nothing_gets_none(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        await link(session, small_office, "CT02", D(2026, 2, 10))  # linked on Tuesday: not greeted with the week before
        await link(session, small_office, "MC01", D(2026, 1, 5))
        session.add(
            Post(person_id=small_office.people["MC01"], unit_id=small_office.units["tinh"], role=Role.HEAD, valid_from=D(2026, 2, 12))
        )
    assert set(await due(database, small_office, D(2026, 2, 11), "09:00")) == {"an-binh", "an-binh-tram-y-te"}
    assert set(await due(database, small_office, AFTER)) == {"an-binh", "an-binh-tram-y-te", "hoa-lac", "tinh"}


async def test_by_night_it_waits_for_the_morning(database: Database, small_office: SmallOffice) -> None:
    """The program was down all Monday: found at eleven at night, the digest is said on Tuesday at half past six."""
    async with database.reading() as session:
        said = {each.say_at for each in await due_digests(session, on(BEFORE, "23:00"))}
        early = {each.say_at for each in await due_digests(session, on(BEFORE + DAY, "05:00"))}
        day = {each.say_at for each in await due_digests(session, on(BEFORE + DAY, "09:00"))}
    assert said == early == {on(BEFORE + DAY, "06:30")}
    assert day == {on(BEFORE + DAY, "09:00")}


async def test_the_tree_of_that_week_decides(database: Database, small_office: SmallOffice) -> None:
    """The station stood under Hoà Lạc, which worked on Friday of Tết, and came to the commune afterwards."""
    station, units = small_office.units["an-binh-tram-y-te"], small_office.units
    await off_or_on(database, small_office, "hoa-lac", [D(2026, 2, 20)], works=True)
    async with database.transaction() as session:
        link = (await session.execute(select(UnitParent).where(UnitParent.unit_id == station))).scalar_one()
        link.parent_id, link.valid_to = units["hoa-lac"], AFTER
        session.add(UnitParent(unit_id=station, parent_id=units["an-binh"], valid_from=AFTER))
    assert await due(database, small_office, AFTER) == {"an-binh": BEFORE, "an-binh-tram-y-te": TET}


# --- what comes in on days off ------------------------------------------------------------------------------------------------------


async def filed(database: Database, office: SmallOffice, *moments: dt.datetime, category: str = "DELAY") -> list[int]:
    """File a case about the commune at each of these moments; their numbers."""
    async with database.transaction() as session:
        citizen = await contact_at(session, "browser", "citizen", moments[0])
        filing = Filing(office.units["an-binh"], "…", "", "anonymous", category)
        return [(await file_case(session, filing, citizen, moment)).id for moment in moments]


async def told(database: Database, office: SmallOffice, week: D, now: dt.datetime) -> Figures:
    async with database.reading() as session:
        return await figures_of(session, office.units["an-binh"], week, now)


async def test_what_comes_in_at_tet_is_new_in_the_digest_after_it(database: Database, small_office: SmallOffice) -> None:
    """Each case is new in one digest: in that of the week before, of the week 9/2 with Tết, or of the week after."""
    before, *ones, after = await filed(
        database, small_office, on(D(2026, 2, 8), "23:59"), on(BEFORE, "00:00"), on(D(2026, 2, 18), "20:00"), on(D(2026, 2, 22), "23:59"),
        on(AFTER, "00:00"),
    )  # fmt: skip
    praise = await filed(database, small_office, on(D(2026, 2, 17), "08:00"), category="PRAISE")
    with_tet = await told(database, small_office, BEFORE, on(AFTER, "07:30"))
    assert (with_tet.new, with_tet.praise, with_tet.off_until, with_tet.is_whole) == (ones, praise, D(2026, 2, 22), True)
    assert (with_tet.before.new, [count.before for count in with_tet.categories]) == (1, [1])  # of the one week before, not of two
    assert (await told(database, small_office, D(2026, 2, 2), on(AFTER, "07:30"))).new == [before]
    week_after = await told(database, small_office, AFTER, on(D(2026, 3, 2), "07:30"))
    assert (week_after.new, week_after.off_until) == ([after], None)
    assert await told(database, small_office, BEFORE, on(D(2026, 3, 20), "07:30")) == with_tet  # who looks back finds the same


async def test_while_the_days_off_last_the_week_before_is_one_week(database: Database, small_office: SmallOffice) -> None:
    await filed(database, small_office, on(D(2026, 2, 18), "20:00"))
    for now in (on(TET, "00:00"), on(D(2026, 2, 20), "09:00"), on(D(2026, 2, 22), "23:59")):
        week = await told(database, small_office, BEFORE, now)
        assert (week.new, week.off_until, week.until) == ([], None, on(TET, "00:00"))


async def test_which_days_off_belong_to_a_week(database: Database, small_office: SmallOffice) -> None:
    """None to a week off itself; two weeks off to the one before them."""
    await off_or_on(database, small_office, "an-binh", [BEFORE + n * DAY for n in range(5)], works=False)
    later = on(D(2026, 5, 1), "09:00")
    async with database.reading() as session:
        commune, neighbour = small_office.units["an-binh"], small_office.units["hoa-lac"]
        ends = {week: await off_until(session, commune, week, later) for week in (D(2026, 2, 2), BEFORE, TET, AFTER)}
        assert ends == {D(2026, 2, 2): D(2026, 2, 22), BEFORE: None, TET: None, AFTER: None}
        assert await off_until(session, commune, D(2026, 2, 2), on(TET, "00:00")) == D(2026, 2, 15)
        assert await off_until(session, neighbour, BEFORE, later) == D(2026, 2, 22)


async def test_the_headline_says_which_days_are_in_it(database: Database, small_office: SmallOffice) -> None:
    await filed(database, small_office, on(D(2026, 2, 18), "20:00"))
    with_tet = await told(database, small_office, BEFORE, on(AFTER, "07:30"))
    assert chart_of(with_tet).footnote.endswith("tính cả ngày nghỉ đến hết 22/2.")
    text = text_of(with_tet, [])
    assert text.splitlines()[0] == "📰 BẢN TIN TUẦN 9/2 – 15/2 (phản ánh tính cả những ngày nghỉ đến hết 22/2)"
    assert "Phản ánh mới: 1" in text
    plain = text_of(await told(database, small_office, D(2026, 2, 2), on(AFTER, "07:30")), [])
    assert plain.splitlines() == [
        "📰 BẢN TIN TUẦN 2/2 – 8/2 · Ủy ban nhân dân xã An Bình", "Không có gì cần anh/chị xem. Chúc anh/chị tuần mới nhiều thuận lợi!",
    ]  # fmt: skip
