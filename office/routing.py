"""Who handles a case: the unit's own head as a rule; somebody above or aside when a head is accused or the matter is grave."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from office import Session
from office.people import Role, held_on
from office.records import Post, Unit
from office.roll_up import line_above
from office.units import parent_ids

GRAVE_FLAGS = frozenset({"threat_or_violence", "sexual_harassment", "retaliation"})
GRAVE_CATEGORIES = frozenset({"BRIBERY"})
"""Grave things never go to the unit accused: Law on Denunciation 2018 art. 12-14; `civil-service.md` section 3."""

NAMES_THE_HEAD = "names_the_head"
"""The flag of a case in which a head is accused."""

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


def goes_past_heads(category: str, also: list[str], flags: list[str]) -> bool:
    """Whether nobody may handle it who heads the unit complained of: it is grave, or a head is accused."""
    return is_grave(category, also, flags) or NAMES_THE_HEAD in flags


async def route(session: Session, unit_id: int, category: str, also: list[str], flags: list[str], day: dt.date) -> Route:
    """Who handles a case about `unit_id`, by the posts of that day.

    As a rule the heads of the nearest unit that has one. When the matter is grave or a head is accused it is nobody who heads the unit or one
    above it within the commune, since from the words alone we do not know which head is meant: rather the watchers (inspector, Home Affairs)
    on the line, then any watchers, then the head of the province, then an administrator. Only where there is none of them it stays below.
    """
    return (await routes_on(session, day)).way_of(unit_id, category, also, flags)


async def routes_on(session: Session, day: dt.date) -> Routes:
    """The tree and the posts of a day. Two statements, however many cases are routed by them."""
    held = select(Post.unit_id, Unit.kind, Post.role, Post.person_id).join(Unit, Unit.id == Post.unit_id)
    routes = Routes(await parent_ids(session, day))
    for unit, kind, role, person in (await session.execute(held.where(*held_on(day)).order_by(Post.id))).all():
        routes.add(unit, kind, Role(role), person)
    return routes


Place = tuple[int, tuple[int, ...]]
"""A unit, and the people there who handle the case."""


class Routes:
    """The ways of all cases on one day."""

    def __init__(self, parents: dict[int, int]) -> None:
        self.parents = parents
        self._posts: dict[int, list[tuple[Role, int]]] = {}
        self._looking_on: list[tuple[int, Role, int]] = []
        self._provinces: set[int] = set()

    def add(self, unit_id: int, kind: str, role: Role, person_id: int) -> None:
        """One post; they are added in the order in which people are preferred."""
        self._posts.setdefault(unit_id, []).append((role, person_id))
        if role in (*WATCHERS, Role.ADMIN):
            self._looking_on.append((unit_id, role, person_id))
        if kind == "province":
            self._provinces.add(unit_id)

    def way_of(self, unit_id: int, category: str, also: list[str], flags: list[str]) -> Route:
        """Who handles a case; see `route`."""
        found, above = self.past_heads(unit_id) if goes_past_heads(category, also, flags) else (self.usual(unit_id), False)
        return Route(*found, is_grave(category, also, flags), above)

    def usual(self, unit_id: int) -> Place:
        """Where an ordinary case about the unit goes; to nobody, where there is nobody at all."""
        line = line_above(unit_id, self.parents)
        return (
            self._nearest(line, (Role.HEAD,))
            or self._nearest(line, WATCHERS)
            or self._anywhere((*WATCHERS, Role.ADMIN))
            or (unit_id, ())
        )  # fmt: skip

    def deciders_above(self, unit_id: int, person_id: int) -> Place | None:
        """Who decides what a person of the unit asks of their superior: the heads of the nearest unit that the person does not head, else an
        administrator; never the person."""
        own = frozenset({person_id})
        others = [unit for unit in line_above(unit_id, self.parents) if person_id not in self._people(unit, (Role.HEAD,))]
        return self._nearest(others, (Role.HEAD,), own) or self._anywhere((Role.ADMIN,), own)

    def passes_over(self, unit_id: int, complained_of: int) -> bool:
        """Whether a case about `complained_of` that goes past heads is kept from the head of `unit_id`: who counts as accused, unless it falls
        to that very unit because nobody else is there."""
        (handled_by, _), others = self.past_heads(complained_of)
        return (others or handled_by != unit_id) and unit_id in self._below_province(line_above(complained_of, self.parents))

    def _below_province(self, line: list[int]) -> list[int]:
        return [unit for unit in line if unit not in self._provinces]

    def past_heads(self, unit_id: int) -> tuple[Place, bool]:
        """Where a case goes that the heads must not handle, and whether somebody else could be found."""
        line = line_above(unit_id, self.parents)
        below_province = self._below_province(line)
        accused = frozenset(person for unit in below_province for person in self._people(unit, (Role.HEAD,)))
        found = (
            self._nearest(line, WATCHERS, accused)
            or self._anywhere(WATCHERS, accused)
            or self._nearest([unit for unit in line if unit in self._provinces], (Role.HEAD,), accused)
            or self._anywhere((Role.ADMIN,), accused)
        )
        return (found, True) if found else (self.usual(unit_id), False)

    def _people(self, unit_id: int, roles: tuple[Role, ...], accused: frozenset[int] = frozenset()) -> tuple[int, ...]:
        return tuple(person for role, person in self._posts.get(unit_id, ()) if role in roles and person not in accused)

    def _nearest(self, line: list[int], roles: tuple[Role, ...], accused: frozenset[int] = frozenset()) -> Place | None:
        return next(((unit, people) for unit in line if (people := self._people(unit, roles, accused))), None)

    def _anywhere(self, roles: tuple[Role, ...], accused: frozenset[int] = frozenset()) -> Place | None:
        units = (unit for unit, role, person in self._looking_on if role in roles and person not in accused)
        return next(((unit, self._people(unit, roles, accused)) for unit in units), None)
