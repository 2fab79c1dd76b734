"""Who is expected at work on which day: what presence and self-checks are counted against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import or_, select

from office import Session
from office.calendar import calendar_of
from office.leave import away_between, days_between
from office.people import Role
from office.records import Post

WORKING_ROLES = frozenset({Role.OFFICIAL, Role.RECEPTION, Role.HEAD})
"""Posts that are a place of work; those who only watch from above are not expected."""

Expected = dict[dt.date, dict[int, int]]


async def expected(session: Session, unit_ids: Collection[int], first_day: dt.date, last_day: dt.date) -> Expected:
    """Of each day (both ends included) who is expected in one of the units, and in which: person to unit.

    A person works in the unit of the oldest post held that day (as `Who.unit_id`), and is expected on its working days unless on leave.
    """
    posts = await _posts(session, unit_ids, first_day, last_day)
    away = await away_between(session, {post.person_id for post in posts}, first_day, last_day)
    calendars = {
        unit_id: await calendar_of(session, unit_id, first_day, last_day) for unit_id in {post.unit_id for post in posts} & set(unit_ids)
    }
    found: Expected = {}
    for day in days_between(first_day, last_day):
        found[day] = {
            person_id: unit_id
            for person_id, unit_id in _places(posts, day).items()
            if unit_id in calendars and calendars[unit_id].works_on(day) and day not in away.get(person_id, ())
        }
    return found


async def _posts(session: Session, unit_ids: Collection[int], first_day: dt.date, last_day: dt.date) -> list[Post]:
    """All posts, also elsewhere, of those who hold one in the units: only then is it known which is the oldest."""
    here = select(Post.person_id).where(Post.unit_id.in_(unit_ids))
    touching = (Post.valid_from <= last_day, or_(Post.valid_to.is_(None), Post.valid_to > first_day))
    return list((await session.execute(select(Post).where(Post.person_id.in_(here), *touching).order_by(Post.id))).scalars())


def _places(posts: list[Post], day: dt.date) -> dict[int, int]:
    held = [post for post in posts if post.valid_from <= day and (post.valid_to is None or post.valid_to > day)]
    places: dict[int, int] = {}
    for post in held:
        places.setdefault(post.person_id, post.unit_id)
    return {post.person_id: post.unit_id for post in held if places[post.person_id] == post.unit_id and post.role in WORKING_ROLES}
