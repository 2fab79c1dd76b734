"""Who handles a case: the unit's own head as a rule; somebody above or aside when a head is accused or the matter is grave."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from office import Session
from office.people import Role, held_on
from office.records import Post, Unit
from office.units import lineage

GRAVE_FLAGS = frozenset({"threat_or_violence", "sexual_harassment", "retaliation"})
GRAVE_CATEGORIES = frozenset({"BRIBERY"})
"""Grave things never go to the unit accused: Law on Denunciation 2018 art. 12-14; `civil-service.md` section 3."""

WATCHERS = (Role.INSPECTOR, Role.HOME_AFFAIRS)


@dataclass(frozen=True)
class Route:
    """Who handles a case. `handlers` are the people; `above` that none of them heads the unit complained of or one over it below province."""

    unit_id: int
    handlers: tuple[int, ...]
    grave: bool
    above: bool


def is_grave(category: str, also: list[str], flags: list[str]) -> bool:
    """Bribery, threats, violence, sexual harassment, retaliation."""
    return bool(GRAVE_CATEGORIES & {category, *also} or GRAVE_FLAGS & set(flags))


async def route(session: Session, unit_id: int, category: str, also: list[str], flags: list[str], day: dt.date) -> Route:
    """Who handles a case about `unit_id`, by the posts of that day.

    As a rule the heads of the nearest unit that has one. When the matter is grave or a head is accused it is nobody who heads the unit or one
    above it within the commune, since from the words alone we do not know which head is meant: rather the watchers (inspector, Home Affairs)
    on the line, then any watchers, then the head of the province, then an administrator. Only where there is none of them it stays below.
    """
    line = await lineage(session, unit_id, day)
    held = select(Post.unit_id, Post.role, Post.person_id).where(*held_on(day)).order_by(Post.id)
    posts = [(row.unit_id, Role(row.role), row.person_id) for row in (await session.execute(held)).all()]
    grave = is_grave(category, also, flags)
    usual = _nearest(line, posts, (Role.HEAD,)) or _nearest(line, posts, WATCHERS) or _anywhere(posts, (*WATCHERS, Role.ADMIN))
    if not (grave or "names_the_head" in flags):
        return Route(*(usual or (unit_id, ())), grave, False)
    provinces = set((await session.execute(select(Unit.id).where(Unit.id.in_(line), Unit.kind == "province"))).scalars())
    accused = {person for unit, role, person in posts if role is Role.HEAD and unit in line and unit not in provinces}
    free = [post for post in posts if post[2] not in accused]
    found = (
        _nearest(line, free, WATCHERS)
        or _anywhere(free, WATCHERS)
        or _nearest([unit for unit in line if unit in provinces], free, (Role.HEAD,))
        or _anywhere(free, (Role.ADMIN,))
    )
    return Route(*found, grave, True) if found else Route(*(usual or (unit_id, ())), grave, False)


def _nearest(line: list[int], posts: list[tuple[int, Role, int]], roles: tuple[Role, ...]) -> tuple[int, tuple[int, ...]] | None:
    for unit in line:
        if people := tuple(person for at, role, person in posts if at == unit and role in roles):
            return unit, people
    return None


def _anywhere(posts: list[tuple[int, Role, int]], roles: tuple[Role, ...]) -> tuple[int, tuple[int, ...]] | None:
    return _nearest([unit for unit, role, _ in posts if role in roles], posts, roles)
