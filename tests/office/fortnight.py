"""A fortnight of a small commune, made by hand: every tap, self-check and case of 29 December 2025 to 11 January 2026.

The sheets below are the paper on which the figures were worked out, and the test reads them too. One cell is one day: morning, afternoon, and
whether the self-check was done.

    o  came in good time        g  came in the last minute of grace (07:45)     l  came in the first minute that is late (07:46, 13:46)
    -  did not come             u  tapped by mistake and took it back           v  away: leave or mission
    s  self-check done          .  not asked of the person
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from office import Session
from office.attendance import Came, check_in, check_out, undo_check_in
from office.cases import Filing, accept, add_words, answer, close, file_case, recategorise, withdraw
from office.contacts import contact_at
from office.database import Database
from office.digest_figures import Figures, figures_of
from office.leave import announce, cancel
from office.moments import VIETNAM
from office.people import Role, Who
from office.records import Case, Contact, DayOverride, Person, Post
from office.self_check import Answers, save
from tests.small_office import LONG_AGO, SmallOffice

D = dt.date
WEEK_BEFORE, WEEK = D(2025, 12, 29), D(2026, 1, 5)
NEXT_MONDAY = D(2026, 1, 12)

MONDAY_MORNING = dt.datetime(2026, 1, 12, 7, 30, tzinfo=VIETNAM)
"""When the digest of the second week goes out."""

# Thu 1/1 is New Year. The commune's table swaps Fri 2/1 for Sat 10/1; the health station keeps its door open on 2/1 and is off on 10/1.
# Mon-Tue: MC04's last days. Wed 7/1: MC03's first. MC01 announced leave for Fri 9/1 and took it back.
SHEET_BEFORE = """
        29/12 30/12 31/12 1/1  2/1  3/1  4/1
CT01    oo-   oo-   ---   ...  ...  ...  ...
MC01    oos   oos   oos   ..s  ...  ...  ...
MC02    los   o--   oo-   ...  ...  ...  ...
MC04    ---   oo-   ...   ...  ...  ...  ...
YT01    oos   oos   oo-   ...  los  ...  ...
YT02    oos   oo-   oo-   ...  ---  ...  ...
"""
SHEET = """
        5/1   6/1   7/1   8/1  9/1  10/1 11/1
CT01    gos   oo-   oo-   oo-  oo-  ---  ...
MC01    oos   los   oos   oos  oos  o-s  ..s
MC02    uos   oos   oos   ol-  oo-  o--  ...
MC03    ...   ...   oos   oos  oos  l-s  ...
YT01    oos   oos   oos   oos  o-s  ...  ...
YT02    los   oos   oo-   vvs  vv-  ...  ...
"""
_TAPS = {"o": ("07:20", "13:25"), "g": ("07:45", "13:45"), "l": ("07:46", "13:46"), "u": ("07:30", "13:30")}

# Answers are due at the end of the fifth working day, that of filing not counted. On the right what it comes to in the week 5-11/1.
STORIES = """
answered late         | 25/12 10:00 desk DELAY             | accept 25/12 15:00, answer 06/01 09:00 | due 5/1 17:00: answered, late
taken back on Monday  | 26/12 09:00 desk OTHER             | withdraw 12/01 07:00                   | due 6/1: overdue when the week ended
a minute too early    | 28/12 23:59 commune DRESS          | answer 29/12 08:00                     | new in no week; answered the week before
the first minute      | 29/12 00:00 commune FACILITIES     | answer 30/12 09:00                     | new and answered the week before
to the minute         | 29/12 09:00 desk COMMUNICATION     | accept 30/12 09:00, answer 07/01 17:00 | due 7/1 17:00: answered, on time
open again            | 30/12 14:00 station COMMUNICATION  | answer 31/12 10:00, add 05/01 09:00    | the station is off on 10/1: due 12/1
never opened          | 31/12 16:00 commune DELAY          |                                        | due 9/1: overdue
thanks before         | 31/12 17:00 desk PRAISE            |                                        | praise of the week before
due on the Saturday   | 05/01 08:00 desk DELAY             |                                        | new; due 10/1, a day worked: overdue
bribery               | 06/01 08:00 desk BRIBERY           |                                        | goes to Home Affairs
due on Monday         | 06/01 10:00 desk COMMUNICATION     | accept 06/01 14:00                     | new; due 12/1
the head himself      | 06/01 11:00 station ETHICS accused |                                        | goes to Home Affairs
thanks                | 06/01 15:00 desk PRAISE            | answer 07/01 08:00                     | praise; thanks for it are no answer
soon done             | 07/01 09:00 desk COMMUNICATION     | answer 08/01 09:00, close 09/01 09:00  | new, answered on time
put right             | 07/01 10:00 desk OTHER             | recategorise 07/01 11:00               | new, COMMUNICATION; accept 8/1 10:30, due 13/1
the neighbours'       | 07/01 12:00 neighbour DELAY        |                                        | Hoà Lạc's
not accepted          | 08/01 08:00 station COMMUNICATION  |                                        | new; to accept by 9/1 08:30, due 15/1
taken back            | 09/01 08:00 desk RESPONSIBILITY    | withdraw 10/01 08:00                   | new
answered, asked again | 09/01 09:00 desk DELAY             | answer 09/01 10:00, add 10/01 09:00    | new, not answered; due 16/1
thanks on Sunday      | 11/01 20:00 station PRAISE         |                                        | praise
the last minute       | 11/01 23:59 commune FAIRNESS       |                                        | new
the next week's       | 12/01 00:00 commune FAIRNESS       |                                        | new in the week after
"""
UNIT_OF = {"CT": "an-binh", "MC": "an-binh-mot-cua", "YT": "an-binh-tram-y-te"}
ABOUT = {"desk": "an-binh-mot-cua", "station": "an-binh-tram-y-te", "commune": "an-binh", "neighbour": "hoa-lac"}


def moment(text: str) -> dt.datetime:
    """`07/01 17:00` of the fortnight; the days of December lie in 2025."""
    year = 2025 if text[3:5] == "12" else 2026
    return dt.datetime.strptime(f"{year}/{text}", "%Y/%d/%m %H:%M").replace(tzinfo=VIETNAM)


def on(day: D, clock: str) -> dt.datetime:
    """That day at that time."""
    return dt.datetime.combine(day, dt.time.fromisoformat(clock), VIETNAM)


async def link(session: Session, office: SmallOffice, code: str, since: D = D(2025, 12, 1)) -> None:
    """Let an official be reached from that morning on."""
    contact = await contact_at(session, "browser", code, on(since, "08:00"))
    contact.person_id = office.people[code]


@dataclass
class Fortnight:
    """The records made, by the names of the paper."""

    office: SmallOffice
    people: dict[str, int]
    cases: dict[str, int]
    citizen: Contact

    def ids(self, *names: str) -> list[int]:
        """The numbers of these cases, in the order of filing."""
        return sorted(self.cases[name] for name in names)

    async def case(self, session: Session, name: str) -> Case:
        """The case itself, to do something with it."""
        found = await session.get(Case, self.cases[name])
        assert found is not None
        return found


async def live_the_fortnight(session: Session, office: SmallOffice) -> Fortnight:
    """Write the whole fortnight through the office's own functions."""
    people = dict(office.people)
    await _tables_and_posts(session, office, people)
    await _sheet(session, office, people, SHEET_BEFORE, WEEK_BEFORE)
    await _leave(session, office)
    await _sheet(session, office, people, SHEET, WEEK)
    citizen = await contact_at(session, "browser", "citizen", moment("25/12 09:00"))
    stories = [[part.strip() for part in line.split("|")] for line in STORIES.strip().splitlines()]
    cases = {name: (await _tell(session, office, citizen, filed, steps)).id for name, filed, steps, _ in stories}
    await session.flush()
    return Fortnight(office, people, cases, citizen)


async def counted(database: Database, lived: Fortnight, unit: str = "an-binh", week: D = WEEK, now: dt.datetime | None = None) -> Figures:
    """The figures of a unit's week; without `now` on the Monday after the fortnight."""
    async with database.reading() as session:
        return await figures_of(session, lived.office.units[unit], week, now or MONDAY_MORNING)


async def _tables_and_posts(session: Session, office: SmallOffice, people: dict[str, int]) -> None:
    for code, friday in (("an-binh", False), ("an-binh-tram-y-te", True)):
        for day, works in ((D(2026, 1, 2), friday), (D(2026, 1, 10), not friday)):
            session.add(DayOverride(unit_id=office.units[code], day=day, works=works, note="hoán đổi", source="test"))
    desk = office.units["an-binh-mot-cua"]
    for code, name, since, until in [
        ("MC03", "Bùi Thị Mới Về", D(2026, 1, 7), None),
        ("MC04", "Đinh Văn Chuyển Đi", LONG_AGO, D(2025, 12, 31)),
    ]:
        person = Person(staff_code=code, full_name=name)
        session.add(person)
        await session.flush()
        people[code] = person.id
        session.add(Post(person_id=person.id, unit_id=desk, role=Role.OFFICIAL, valid_from=since, valid_to=until))
    second_post = Post(person_id=people["MC01"], unit_id=office.units["an-binh"], role=Role.OFFICIAL, valid_from=LONG_AGO)
    session.add(second_post)  # whoever has two is counted once
    await session.flush()


async def _leave(session: Session, office: SmallOffice) -> None:
    away = await announce(
        session, office.people["YT02"], office.units[UNIT_OF["YT"]], D(2026, 1, 8), D(2026, 1, 9), "mission", moment("07/01 16:00")
    )
    assert away.working_days == 2
    back = await announce(
        session, office.people["MC01"], office.units[UNIT_OF["MC"]], D(2026, 1, 9), D(2026, 1, 9), "leave", moment("05/01 08:00")
    )
    assert back.leave is not None
    assert await cancel(session, office.people["MC01"], back.leave.id, moment("08/01 10:00"))


async def _sheet(session: Session, office: SmallOffice, people: dict[str, int], sheet: str, monday: D) -> None:
    """Make what a sheet says. The office must judge each tap as the paper does."""
    for line in sheet.strip().splitlines()[1:]:
        code, *cells = line.split()
        assert len(cells) == 7
        for day, cell in ((monday + dt.timedelta(days=n), cell) for n, cell in enumerate(cells)):
            await _day(session, people[code], office.units[UNIT_OF[code[:2]]], day, cell)
            if code == "MC01" and cell[1] == "o":  # checks out every evening; the others never do, and lose nothing by it
                await check_out(session, people[code], office.units[UNIT_OF["MC"]], on(day, "17:00"))


async def _day(session: Session, person: int, unit: int, day: D, cell: str) -> None:
    for mark, name, n in ((cell[0], "morning", 0), (cell[1], "afternoon", 1)):
        if mark not in _TAPS:
            continue
        arrival = await check_in(session, person, unit, on(day, _TAPS[mark][n]))
        assert arrival.outcome is (Came.LATE if mark == "l" else Came.ON_TIME), (person, day, cell)
        if mark == "u":
            assert await undo_check_in(session, person, day, name, on(day, "07:33"))
    if cell[2] == "s":
        await save(session, person, unit, day, Answers(("card",), "chuyện riêng"), on(day, "16:45"))
        await save(session, person, unit, day, Answers(), on(day, "19:00"))  # done once more: still one


async def _tell(session: Session, office: SmallOffice, citizen: Contact, filed: str, steps: str) -> Case:
    day, clock, about, category, *accused = filed.split()
    flags = ["names_the_head"] if accused else []
    filing = Filing(office.units[ABOUT[about]], "…", "", "confidential", category, flags=flags)
    case = await file_case(session, filing, citizen, moment(f"{day} {clock}"))
    for step in filter(None, steps.split(", ")):
        name, _, when = step.partition(" ")
        await _step(session, case, Who(0, office.people["CT01"]), name, moment(when))
    return case


async def _step(session: Session, case: Case, head: Who, step: str, now: dt.datetime) -> None:
    match step:
        case "accept":
            await accept(session, case, head, now)
        case "answer":
            await answer(session, case, head, "Xin lỗi và cảm ơn anh/chị.", now)
        case "close":
            await close(session, case, head, now)
        case "recategorise":
            await recategorise(session, case, head, "COMMUNICATION", now)
        case "add":
            await add_words(session, case, "Vẫn chưa xong.", [], [], now)
        case "withdraw":
            await withdraw(session, case, now)
        case _:
            raise ValueError(step)
