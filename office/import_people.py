"""Takes in the officials from a spreadsheet: who holds which post in which unit, and since when.

The rows of a person are all the posts that they hold: a post that is not among them any more ends on the day on which the new one
begins. Nobody who is not in the file is touched.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from office import Session, audit
from office.import_people_rows import COLUMNS, REQUIRED, PostRow, read_post
from office.importing import Cells, Change, Detail, Outcome, Table
from office.moments import today
from office.people import Role
from office.records import Person, Post, Unit
from office.spreadsheets import Tick

__all__ = ["COLUMNS", "REQUIRED", "import_people"]


async def import_people(session: Session, table: Table, now: dt.datetime, tick: Tick = lambda _: None) -> Outcome:
    """Do what the table says, in the caller's transaction, and tell what it did.

    The caller commits only when the outcome has no problems, and rolls back to look without changing anything. `tick` hears how many rows are
    done.
    """
    outcome = Outcome(rows=len(table.rows), problems=list(table.problems), ignored_columns=table.ignored_columns)
    day = today(now)
    rows = [read_post(Cells(number, values, outcome.problems, day)) for number, values in table.rows]
    units = {unit.code: unit for unit in (await session.execute(select(Unit))).scalars()}
    _check_units(rows, units, outcome, day)
    _check_between(rows, outcome, day)
    if not outcome.problems:
        await _Work(session, rows, units, outcome, day).all(tick)
    outcome.problems.sort(key=lambda problem: problem.row)
    for change in outcome.changes:
        audit.note(session, None, f"import_person_{change.action}", f"person:{change.code}"[:60], now)
    return outcome


def _check_units(rows: list[PostRow], units: dict[str, Unit], outcome: Outcome, day: dt.date) -> None:
    codes_by_id = {unit.id: unit.code for unit in units.values()}
    for row in rows:
        unit, cells = units.get(row.unit), Cells(row.row, {}, outcome.problems, day)
        if row.unit and unit is None:
            cells.wrong("unit_unknown", "unit", row.unit)
        elif unit is not None and unit.closed_on and not (row.until and row.until <= unit.closed_on):
            cells.wrong("unit_closed", "unit", row.unit, codes_by_id.get(unit.merged_into_id or 0, ""))


def _check_between(rows: list[PostRow], outcome: Outcome, day: dt.date) -> None:
    """One code is one person, and one post stands once."""
    first: dict[str, PostRow] = {}
    posts: dict[tuple[str, str, Role], PostRow] = {}
    for row in rows:
        if not row.staff_code:
            continue
        cells = Cells(row.row, {}, outcome.problems, day)
        earlier = first.setdefault(row.staff_code, row)
        if earlier.full_name.casefold() != row.full_name.casefold() and row.full_name:
            cells.wrong("other_name", "full_name", row.full_name, f"{earlier.row}")
        same = posts.setdefault((row.staff_code, *row.place), row)
        if same is not row:
            cells.wrong("post_twice", "staff_code", row.staff_code, f"{same.row}")


class _Work:
    """Writes what the rows say, person by person, and tells what that changed."""

    def __init__(self, session: Session, rows: list[PostRow], units: dict[str, Unit], outcome: Outcome, day: dt.date) -> None:
        self.session, self.units, self.outcome, self.day = session, units, outcome, day
        self.of_person: dict[str, list[PostRow]] = {}
        for row in rows:
            self.of_person.setdefault(row.staff_code, []).append(row)
        self.codes_by_id = {unit.id: unit.code for unit in units.values()}

    async def all(self, tick: Tick) -> None:
        people = {person.staff_code.upper(): person for person in (await self.session.execute(select(Person))).scalars()}
        posts: dict[int, list[Post]] = {}
        for post in (await self.session.execute(select(Post).order_by(Post.id))).scalars():
            posts.setdefault(post.person_id, []).append(post)
        fresh = {code: Person(staff_code=code, full_name=rows[0].full_name) for code, rows in self.of_person.items() if code not in people}
        self.session.add_all(fresh.values())
        await self.session.flush()  # new people have their ids from here on
        done = 0
        for code, rows in self.of_person.items():
            person = people.get(code) or fresh[code]
            self._person(person, rows, posts.get(person.id, []), is_new=code in fresh)
            done += len(rows)
            tick(done)
        await self.session.flush()
        self.outcome.untouched = len(people) - len(set(people) & set(self.of_person))

    def _person(self, person: Person, rows: list[PostRow], posts: list[Post], *, is_new: bool) -> None:
        details: list[Detail] = []
        if person.full_name != rows[0].full_name:
            details.append(Detail("name", person.full_name, rows[0].full_name))
            person.full_name = rows[0].full_name
        kept, begun = self._keep(rows, posts, details)
        ended = [post for post in posts if post not in kept and (post.valid_to is None or post.valid_to > self.day)]
        change_day = min((row.since or self.day for row in begun), default=self.day)
        if too_late := [post for post in ended if post.valid_from > change_day and any(row.since for row in begun)]:
            why = Cells(begun[0].row, {}, self.outcome.problems, self.day)
            why.wrong("moved_before_start", "since", f"{change_day:%d/%m/%Y}", f"{too_late[0].valid_from:%d/%m/%Y}")
            return
        self._end(ended, change_day, details)
        for row in begun:
            self._begin(person, row, details)
        if is_new or details:
            leaves = not is_new and not begun and not any(post.valid_to is None for post in kept)
            action = "added" if is_new else "ended" if leaves and any(d.what == "post_ended" for d in details) else "changed"
            self.outcome.changes.append(Change(action, rows[0].row, person.staff_code, person.full_name, tuple(details)))

    def _keep(self, rows: list[PostRow], posts: list[Post], details: list[Detail]) -> tuple[list[Post], list[PostRow]]:
        """The posts that go on as the rows say, and the rows that begin a new one."""
        kept: list[Post] = []
        begun: list[PostRow] = []
        for row in rows:
            post = next((each for each in posts if self._is_meant(each, row)), None)
            if post is None:
                begun.append(row)
                continue
            kept.append(post)
            self._adjust(post, row, details)
        return kept, begun

    def _is_meant(self, post: Post, row: PostRow) -> bool:
        if (self.codes_by_id[post.unit_id], post.role) != row.place or post.valid_from == post.valid_to:
            return False
        return post.valid_to is None or post.valid_to == row.until or post.valid_to > (row.since or self.day)

    def _adjust(self, post: Post, row: PostRow, details: list[Detail]) -> None:
        if row.title and post.title != row.title:
            details.append(Detail("title", post.title, row.title))
            post.title = row.title
        if row.since and row.since < post.valid_from:
            details.append(Detail("since", f"{post.valid_from:%d/%m/%Y}", f"{row.since:%d/%m/%Y}"))
            post.valid_from = row.since
        if row.until is not None and post.valid_to != row.until:
            details.append(Detail("post_ended", row.unit, f"{row.until:%d/%m/%Y}"))
            post.valid_to = max(row.until, post.valid_from)
        elif row.until is None and post.valid_to is not None:
            details.append(Detail("goes_on", row.unit))
            post.valid_to = None

    def _end(self, ended: list[Post], on: dt.date, details: list[Detail]) -> None:
        for post in ended:
            post.valid_to = max(on, post.valid_from)
            details.append(Detail("post_ended", self.codes_by_id[post.unit_id], f"{post.valid_to:%d/%m/%Y}"))

    def _begin(self, person: Person, row: PostRow, details: list[Detail]) -> None:
        since = row.since or self.day
        if row.until is not None and row.until <= since:  # an old post that is over: nothing to begin
            return
        details.append(Detail("post_begun", row.unit, f"{since:%d/%m/%Y}", row.role))
        self.session.add(
            Post(
                person_id=person.id,
                unit_id=self.units[row.unit].id,
                role=row.role,
                title=row.title,
                valid_from=since,
                valid_to=row.until,
            )
        )
