"""Which unit handles a case: its own head as a rule; the level above when the head is accused or the matter is grave."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from office import Session
from office.people import Role, held_on
from office.records import Post
from office.units import lineage

GRAVE_FLAGS = frozenset({"threat_or_violence", "sexual_harassment", "retaliation"})
GRAVE_CATEGORIES = frozenset({"BRIBERY"})
"""Grave things never go to the unit accused: Law on Denunciation 2018 art. 12-14; `civil-service.md` section 3."""

_ANSWERING = (Role.HEAD, Role.HOME_AFFAIRS, Role.INSPECTOR)


@dataclass(frozen=True)
class Route:
    """Who handles a case."""

    unit_id: int
    grave: bool


def is_grave(category: str, also: list[str], flags: list[str]) -> bool:
    """Bribery, threats, violence, sexual harassment, retaliation."""
    return bool(GRAVE_CATEGORIES & {category, *also} or GRAVE_FLAGS & set(flags))


async def route(session: Session, unit_id: int, category: str, also: list[str], flags: list[str], day: dt.date) -> Route:
    """The unit that handles a case about `unit_id`.

    As a rule the nearest unit that has a head. When the matter is grave or the head is accused, the next one above that; where the tree ends,
    whoever is set to watch (inspector, Home Affairs, administrator) anywhere.
    """
    grave = is_grave(category, also, flags)
    posts = (await session.execute(select(Post.unit_id, Post.role).where(*held_on(day)).order_by(Post.id))).all()
    answering = {unit for unit, role in posts if role in _ANSWERING}
    able = [unit for unit in await lineage(session, unit_id, day) if unit in answering]
    if not (grave or "names_the_head" in flags):
        return Route(able[0] if able else unit_id, grave)
    if len(able) > 1:
        # A desk's head and the commune's chair sit in one office: for a grave matter "above" is the topmost that can answer.
        return Route(able[-1] if grave else able[1], grave)
    watchers = [unit for unit, role in posts if role in (Role.INSPECTOR, Role.HOME_AFFAIRS, Role.ADMIN) and unit not in able]
    return Route(watchers[0] if watchers else (able or [unit_id])[-1], grave)
