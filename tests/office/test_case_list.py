"""A head's list of cases: exactly those that the routing gives to the person, all counted, page by page; and who linked late hears of them."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from office import Session
from office.case_list import handled_cases, tell_of_waiting
from office.cases import Filing, answer, file_case, handles
from office.contacts import contact_at
from office.database import Database
from office.outbox import claim_due
from office.people import Role, Who, posts_of
from office.records import Case, Person, Post
from tests.office.fortnight import D, on
from tests.small_office import LONG_AGO, SmallOffice

DAY = D(2026, 1, 8)
NOW = on(DAY, "09:00")
STORIES: list[tuple[str, list[str], list[str]]] = [
    ("DELAY", [], []),
    ("PRAISE", [], []),
    ("BRIBERY", [], []),
    ("DELAY", ["BRIBERY"], ["money"]),
    ("ETHICS", ["COMMUNICATION"], ["money", "names_the_head"]),
    ("COMMUNICATION", [], ["threat_or_violence"]),
    ("OTHER", ["DELAY"], ["privacy_leak"]),
]


async def who(session: Session, person: int) -> Who:
    return Who(0, person, posts=tuple(await posts_of(session, person, NOW)))


def kept(office: SmallOffice, number: int, unit: str, story: tuple[str, list[str], list[str]]) -> Case:
    """A case as it would stand in the table; every third is answered, every third accepted; deadlines in no order."""
    category, also, flags = story
    due = NOW + dt.timedelta(hours=37 * number % 101 - 50)
    state = ("new", "accepted", "answered")[number % 3]
    return Case(
        code=f"{number:06d}", unit_id=office.units[unit], handled_by_id=office.units[unit], state=state, text="…", identity="anonymous",
        category=category, also=also, flags=flags, judged={}, created_at=NOW - dt.timedelta(days=9), accept_due_at=due, answer_due_at=due,
        answered_at=NOW - dt.timedelta(hours=number) if state == "answered" else None,
    )  # fmt: skip


CHANGES: dict[str, list[tuple[str, str, Role]]] = {
    "as it is": [],
    "an inspector in the commune": [("TT01", "an-binh", Role.INSPECTOR)],
    "nobody watches": [("-", "so-noi-vu", Role.HOME_AFFAIRS)],
    "the province has a head": [("-", "so-noi-vu", Role.HOME_AFFAIRS), ("TT01", "tinh", Role.HEAD)],
    "an administrator, who heads the station too": [
        ("-", "so-noi-vu", Role.HOME_AFFAIRS), ("TT01", "tinh", Role.ADMIN), ("YT01", "tinh", Role.ADMIN),
    ],
    "the chair watches elsewhere": [("CT01", "so-noi-vu", Role.INSPECTOR)],
    "the commune has no head": [("-", "an-binh", Role.HEAD)],
    "nobody heads or watches": [("-", "so-noi-vu", Role.HOME_AFFAIRS), ("-", "an-binh", Role.HEAD), ("TT01", "tinh", Role.ADMIN)],
}  # fmt: skip


async def change(session: Session, office: SmallOffice, changes: list[tuple[str, str, Role]]) -> None:
    session.add(Person(staff_code="TT01", full_name="Bùi Thị Thanh Tra"))
    await session.flush()
    for code, unit, role in changes:
        if code == "-":
            ends = (await session.execute(select(Post).where(Post.unit_id == office.units[unit], Post.role == role))).scalar_one()
            ends.valid_to = DAY
        else:
            person = (await session.execute(select(Person.id).where(Person.staff_code == code))).scalar_one()
            session.add(Post(person_id=person, unit_id=office.units[unit], role=role, valid_from=LONG_AGO))
    await session.flush()


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES)
async def test_the_list_holds_what_the_routing_says(
    database: Database, small_office: SmallOffice, changes: list[tuple[str, str, Role]]
) -> None:
    async with database.transaction() as session:
        units = [(unit, story) for unit in small_office.units for story in STORIES]
        session.add_all(kept(small_office, number, unit, story) for number, (unit, story) in enumerate(units))
        await change(session, small_office, changes)
        rows = (await session.execute(select(Case).order_by(Case.answer_due_at, Case.id))).scalars().all()
        for person in (await session.execute(select(Person.id))).scalars().all():
            someone = await who(session, person)
            theirs = [case.id for case in rows if case.state != "answered" and await handles(session, case.id, someone, NOW)]
            listed: list[int] = []
            while len(listed) < (page := await handled_cases(session, someone, "open", NOW, skip=len(listed), limit=4)).count:
                assert len(page.cases) <= 4
                listed += [case.id for case in page.cases]
            assert (listed, page.count) == (theirs, len(theirs)), person


async def test_each_kind_in_its_order(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        session.add_all(kept(small_office, number, "an-binh-mot-cua", STORIES[0]) for number in range(30))
        await session.flush()
        chair = await who(session, small_office.people["CT01"])
        pages = {kind: await handled_cases(session, chair, kind, NOW, limit=30) for kind in ("new", "open", "overdue", "answered")}
        old = await handled_cases(session, chair, "answered", NOW + dt.timedelta(days=30), limit=30)
    assert {kind: page.count for kind, page in pages.items()} == {"new": 10, "open": 20, "overdue": 10, "answered": 10}
    for kind in ("new", "open", "overdue"):
        dues = [case.answer_due_at for case in pages[kind].cases]
        assert dues == sorted(dues)
        assert kind != "overdue" or max(dues) < NOW
    assert [int(case.code) for case in pages["answered"].cases] == [2, 5, 8, 11, 14, 17, 20, 23, 26, 29]
    assert old.count == 0


async def test_a_page_that_is_no_more_is_the_last_one(database: Database, small_office: SmallOffice) -> None:
    async with database.transaction() as session:
        session.add_all(kept(small_office, 3 * number, "an-binh", STORIES[0]) for number in range(20))
        await session.flush()
        chair = await who(session, small_office.people["CT01"])
        page = await handled_cases(session, chair, "open", NOW, skip=70)
        assert (len(page.cases), page.skipped, page.count) == (10, 10, 20)
        nobody = await handled_cases(session, await who(session, small_office.people["MC01"]), "open", NOW, skip=70)
        assert nobody.cases == []
        assert (nobody.skipped, nobody.count) == (0, 0)


# --- who comes later ----------------------------------------------------------------------------------------------------------------


async def test_of_what_waits_one_is_told_once_on_being_linked(database: Database, small_office: SmallOffice) -> None:
    """Filed when nobody headed the commune; in the list and in the word stands what is theirs by the posts of today."""
    async with database.transaction() as session:
        await change(session, small_office, [("-", "so-noi-vu", Role.HOME_AFFAIRS), ("-", "an-binh", Role.HEAD)])
        citizen = await contact_at(session, "browser", "citizen", NOW)
        case = await file_case(session, Filing(small_office.units["an-binh-mot-cua"], "…", "", "anonymous", "DELAY"), citizen, NOW)
        assert case.handled_by_id == small_office.units["an-binh-mot-cua"]
        session.add(Post(person_id=small_office.people["MC02"], unit_id=small_office.units["an-binh"], role=Role.HEAD, valid_from=DAY))
        await session.flush()
        for code, told in (("MC02", True), ("MC01", False), ("CT02", False)):
            contact = await contact_at(session, "browser", code, NOW)
            contact.person_id = small_office.people[code]
            assert await tell_of_waiting(session, contact, await who(session, small_office.people[code]), NOW) is told
        assert await claim_due(session, NOW) == []  # not before the answer to the code
        assert [each.kind for each in await claim_due(session, NOW + dt.timedelta(seconds=1))] == ["cases_waiting"]
        await answer(session, case, Who(0, small_office.people["MC02"]), "Đã xong.", NOW)
        await session.flush()
        again = await who(session, small_office.people["MC02"])
        assert not await tell_of_waiting(session, await contact_at(session, "browser", "MC02", NOW), again, NOW + dt.timedelta(hours=1))
