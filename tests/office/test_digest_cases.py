"""The cases of the weekly digest against the stories of `fortnight.py`: how many, of what kind, which need the head, and what a number opens."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from handlers.digest import cases_of_week
from office.cases import Filing, accept, add_words, answer, events_of, file_case, handles
from office.contacts import contact_at
from office.database import Database
from office.digest import Need, needs_of
from office.digest_cases import still_shown
from office.digest_figures import CaseTotals, CategoryCount, WorkCount, figures_of
from office.people import Role, Who, posts_of
from office.records import Case, Post
from office.roll_up import line_above
from office.routing import route, routes_on
from tests.office.fortnight import MONDAY_MORNING, NEXT_MONDAY, WEEK, WEEK_BEFORE, D, Fortnight, counted, moment, on
from tests.office.test_case_list import CHANGES, change
from tests.small_office import SmallOffice

FILED = on(D(2026, 1, 12), "09:00")
"""A Monday, after the posts of `CHANGES` have changed."""
PAST_HEADS: list[tuple[str, list[str], list[str]]] = [
    ("BRIBERY", [], []), ("ETHICS", [], ["names_the_head"]), ("COMMUNICATION", ["BRIBERY"], []), ("OTHER", [], ["retaliation"]),
]  # fmt: skip


async def test_cases_of_both_weeks(database: Database, lived: Fortnight) -> None:
    week = await counted(database, lived)
    assert week.new == lived.ids(
        "due on the Saturday", "due on Monday", "soon done", "put right", "not accepted", "taken back", "answered, asked again",
        "the last minute",
    )  # fmt: skip
    assert week.answered == lived.ids("answered late", "to the minute", "soon done")
    assert (week.on_time, week.on_time_percent) == (2, 67)
    assert week.overdue == lived.ids("taken back on Monday", "never opened", "due on the Saturday")
    assert week.praise == lived.ids("thanks", "thanks on Sunday")
    assert week.before == CaseTotals(new=4, answered=2, on_time=2, praise=1)


async def test_categories_beside_the_week_before(database: Database, lived: Fortnight) -> None:
    assert (await counted(database, lived)).categories == [
        CategoryCount(code="COMMUNICATION", cases=lived.ids("due on Monday", "soon done", "put right", "not accepted"), before=2),
        CategoryCount(code="DELAY", cases=lived.ids("due on the Saturday", "answered, asked again"), before=1),
        CategoryCount(code="FAIRNESS", cases=lived.ids("the last minute"), before=0),
        CategoryCount(code="RESPONSIBILITY", cases=lived.ids("taken back"), before=0),
        CategoryCount(code="FACILITIES", cases=[], before=1),
    ]


async def test_the_week_before_by_itself(database: Database, lived: Fortnight) -> None:
    """Counted only now, when «open again» is open again: who looks back sees no answer where there is none any more."""
    before = await counted(database, lived, week=WEEK_BEFORE)
    assert before.new == lived.ids("the first minute", "to the minute", "open again", "never opened")
    assert before.answered == lived.ids("a minute too early", "the first minute")
    assert (before.overdue, before.praise) == ([], lived.ids("thanks before"))
    assert before.before == CaseTotals(new=3)  # answered late, taken back on Monday, a minute too early
    after = await counted(database, lived, week=NEXT_MONDAY, now=moment("12/01 08:00"))
    assert after.new == lived.ids("the next week's")


async def test_what_goes_past_the_head_is_counted_where_it_is_handled(database: Database, lived: Fortnight) -> None:
    past = lived.ids("bribery", "the head himself")
    assert (await counted(database, lived, "so-noi-vu")).new == past
    whole = await counted(database, lived, "tinh")
    assert whole.new == sorted([*(await counted(database, lived)).new, *lived.ids("the neighbours'")])
    station = await counted(database, lived, "an-binh-tram-y-te")
    assert (station.new, station.overdue, station.praise) == (lived.ids("not accepted"), [], lived.ids("thanks on Sunday"))


async def test_half_a_week_beside_half_a_week(database: Database, lived: Fortnight) -> None:
    """Wednesday noon. Decided: Mon 9/10, Tue 10/10, Wed morning 6/6; a week before: 10/12, 11/12, 4/5 (MC04 has gone). Wednesday's
    self-check is not asked for yet: 5/5 + 4/5, before 4/6 + 2/6."""
    week = await counted(database, lived, now=moment("07/01 12:00"))
    assert week.work == WorkCount(expected=26, present=25, late=2, days=10, checked=9)
    assert week.work_before == WorkCount(expected=29, present=25, late=1, days=12, checked=6)
    assert week.new == lived.ids("due on the Saturday", "due on Monday", "soon done", "put right")
    assert (week.answered, week.on_time) == (lived.ids("answered late"), 0)
    assert week.overdue == lived.ids("taken back on Monday")  # due on Tuesday; open until the Monday after
    assert week.praise == lived.ids("thanks")
    assert week.before == CaseTotals(new=3, answered=2, on_time=2)
    assert [(count.code, len(count.cases), count.before) for count in week.categories] == [
        ("COMMUNICATION", 3, 2),
        ("DELAY", 1, 0),
        ("FACILITIES", 0, 1),
    ]
    assert not week.is_whole


@pytest.mark.parametrize(
    ("first", "again", "in_time"),
    [
        ("12/01 17:00", "15/01 09:00", True),
        ("12/01 17:01", "15/01 09:00", False),  # the new deadline was met, the first was not
        ("09/01 09:00", "22/01 09:00", False),
        ("13/01 09:00", "22/01 09:00", False),
    ],
)
async def test_an_answer_that_came_late_stays_late(
    database: Database, small_office: SmallOffice, first: str, again: str, in_time: bool
) -> None:
    """Filed on 5/1, due on 12/1 at 17:00; not satisfied on 14/1, so open again until 21/1. Then the station's head is asked."""
    station = small_office.units["an-binh-tram-y-te"]
    head = Who(0, small_office.people["YT01"])
    async with database.transaction() as session:
        citizen = await contact_at(session, "browser", "citizen", moment("05/01 09:00"))
        case = await file_case(session, Filing(station, "…", "", "anonymous", "DELAY"), citizen, moment("05/01 09:00"))
        await answer(session, case, head, "Đã xong.", moment(first))
        await add_words(session, case, "Vẫn chưa xong.", [], [], moment("14/01 08:00"))
        assert case.answer_due_at == moment("21/01 17:00")
        await answer(session, case, head, "Nay đã xong.", moment(again))
        await session.flush()
        answered = moment(again)
        week = await figures_of(session, station, answered.date() - dt.timedelta(days=answered.weekday()), moment("01/02 09:00"))
    assert (week.answered, week.on_time) == ([case.id], int(in_time))


async def test_that_a_case_was_opened_again_the_citizen_reads_in_their_own_words_alone(database: Database, lived: Fortnight) -> None:
    async with database.reading() as session:
        case = await lived.case(session, "open again")
        assert [event.kind for event in await events_of(session, case, open_only=True)] == ["filed", "answered", "added"]
        (step,) = [event for event in await events_of(session, case, open_only=False) if not event.open_to_reporter]
    assert (step.kind, step.note) == ("opened_again", "in_time 2026-01-07T10:00:00+00:00")


# --- what needs the head ------------------------------------------------------------------------------------------------------------


async def test_three_things_need_the_head(database: Database, lived: Fortnight) -> None:
    """On Monday at half past seven; «taken back on Monday» was taken back at seven. Near is what is due by Tuesday evening."""
    commune, station = lived.office.units["an-binh"], lived.office.units["an-binh-tram-y-te"]
    async with database.reading() as session:
        needs = await needs_of(session, await figures_of(session, commune, WEEK, MONDAY_MORNING), MONDAY_MORNING)
    case = lived.cases
    assert needs == [
        Need("overdue", (case["never opened"], case["due on the Saturday"]), moment("09/01 17:00"), "DELAY", commune),
        Need("near", (case["open again"], case["due on Monday"], case["put right"]), moment("12/01 17:00"), "COMMUNICATION", station),
        Need("unaccepted", (case["put right"], case["not accepted"]), moment("08/01 10:30"), "COMMUNICATION", commune),
    ]


async def test_with_the_cases_done_the_rest_comes_up(database: Database, lived: Fortnight) -> None:
    commune, now = lived.office.units["an-binh"], moment("12/01 16:00")
    async with database.transaction() as session:
        for name in ("never opened", "due on the Saturday", "open again", "due on Monday", "put right"):
            await answer(session, await lived.case(session, name), Who(0), "Đã xong.", now)
        await accept(session, await lived.case(session, "not accepted"), Who(0), now)
        await session.flush()
        needs = await needs_of(session, await figures_of(session, commune, WEEK, now), now)
    pattern = lived.ids("due on Monday", "soon done", "put right", "not accepted")
    assert needs == [Need("empty"), Need("pattern", tuple(pattern), category="COMMUNICATION")]


@pytest.mark.parametrize(("kind", "number"), [("new", 8), ("answered", 3), ("overdue", 3), ("praise", 2)])
async def test_a_number_opens_as_many_as_it_says(database: Database, lived: Fortnight, kind: str, number: int) -> None:
    """A case that a head under this one handles stands in the list without a button."""
    commune = lived.office.units["an-binh"]
    head = Who(lived.citizen.id, lived.people["CT01"], posts=((commune, Role.HEAD),))
    async with database.transaction() as session:
        counted_ones: list[int] = getattr(await figures_of(session, commune, WEEK, MONDAY_MORNING), kind)
        reply = await cases_of_week(session, head, MONDAY_MORNING, f"{kind}:{commune}:{WEEK}")
    with_button = [int(row[0].data.removeprefix("case:")) for row in reply.rows]
    without = [line for line in reply.text.splitlines() if line.startswith("•")]
    assert f"\n{number} " in reply.text
    assert len(counted_ones) == len(with_button) + len(without) == number
    assert set(with_button) <= set(counted_ones)


async def test_a_long_list_is_read_to_its_end(database: Database, small_office: SmallOffice) -> None:
    """Thirty new cases: twelve, twelve and six, each once, with ways on and back."""
    commune, now = small_office.units["an-binh"], moment("12/01 08:00")
    head = Who(0, small_office.people["CT01"], posts=((commune, Role.HEAD),))
    async with database.transaction() as session:
        citizen = await contact_at(session, "browser", "citizen", MONDAY_MORNING)
        filing = Filing(small_office.units["an-binh-mot-cua"], "…", "", "anonymous", "DELAY")
        numbers = [(await file_case(session, filing, citizen, MONDAY_MORNING)).id for _ in range(30)]
        asked, heard, shown = f"new:{commune}:{NEXT_MONDAY}", [], []
        while asked:
            page = await cases_of_week(session, head, now, asked)
            heard.append(page.text.splitlines()[-1])
            shown += [int(row[0].data.removeprefix("case:")) for row in page.rows if row[0].data.startswith("case:")]
            ways = {choice.label: choice.data.removeprefix("week_cases:") for choice in page.choices}
            assert ("◀️ Xem trước đó" in ways) is (len(heard) > 1)
            asked = ways.get("Xem tiếp ▶️", "")
        assert heard == [f"30 phản ánh mới ({part}):" for part in ("1–12", "13–24", "25–30")]
        assert shown == numbers
        beyond = await cases_of_week(session, head, now, f"new:{commune}:{NEXT_MONDAY}:99")
        assert beyond.text.endswith("(25–30):")


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
async def test_no_head_counts_a_case_in_which_that_head_is_accused(
    database: Database, small_office: SmallOffice, changes: list[tuple[str, str, Role]]
) -> None:
    """Wherever the one who handles it has a post; it shows only where nobody but the heads could be found."""
    async with database.transaction() as session:
        await change(session, small_office, changes)
        for number, (unit, story) in enumerate((unit, story) for unit in small_office.units.values() for story in PAST_HEADS):
            category, also, flags = story
            way = await route(session, unit, category, also, flags, FILED.date())
            session.add(
                Case(
                    code=f"{number:06d}", unit_id=unit, handled_by_id=way.unit_id, state="new", text="…", identity="anonymous",
                    category=category, also=also, flags=flags, judged={}, created_at=FILED, accept_due_at=FILED, answer_due_at=FILED,
                )
            )  # fmt: skip
        await session.flush()
        routes = await routes_on(session, FILED.date())
        posts = (await session.execute(select(Post).where(Post.role == Role.HEAD))).scalars().all()
        rows = {case.id: case for case in (await session.execute(select(Case))).scalars()}
        for post in (post for post in posts if post.unit_id != small_office.units["tinh"] and post.valid_to is None):
            head = Who(0, post.person_id, posts=tuple(await posts_of(session, post.person_id, FILED)))
            figures = await figures_of(session, post.unit_id, FILED.date(), FILED + dt.timedelta(hours=1))
            needs = await needs_of(session, figures, FILED + dt.timedelta(hours=1))
            told = {*figures.new, *figures.overdue, *(number for need in needs for number in need.cases)}
            for number in told:
                assert post.unit_id not in line_above(rows[number].unit_id, routes.parents) or await handles(session, number, head, FILED)
            assert await still_shown(session, post.unit_id, [*told], FILED) == [*told]
