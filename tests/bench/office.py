"""The office that is measured: many officials, already linked, written straight into the records; and the count afterwards."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from sqlalchemy import func, insert, select

from bot.migrate import migrate
from office import Session
from office.database import Database
from office.people import Role
from office.records import Attendance, Contact, HeardUpdate, OutboxMessage, Person, Post, Unit, UnitParent
from office.vault import Vault
from tests.bench.plan import NOW, SECRET_KEY
from tests.bench.updates import FIRST_OFFICIAL, FIRST_ON_ZALO

LONG_AGO = dt.date(2025, 7, 1)
COMMUNES = 100
BATCH = 1_000
FIRST = {"telegram": FIRST_OFFICIAL, "zalo_oa": FIRST_ON_ZALO}


class WrongCount(AssertionError):
    """What the servers kept is not what they were sent: the figures are worth nothing."""


def open_office(url: str) -> Database:
    """The database of a server, from our side."""
    return Database(url, Vault.from_text(SECRET_KEY), synchronous="NORMAL")


async def prepare(url: str, officials: int) -> None:
    """Tables, a province with its communes, and so many officials linked on Telegram; as many others on Zalo."""
    database = open_office(url)
    try:
        await migrate(database)
        async with database.transaction() as session:
            communes = await _units(session)
            for channel, begin in FIRST.items():
                for first in range(0, officials, BATCH):
                    await _officials(session, communes, channel, range(begin + first, begin + min(first + BATCH, officials)))
    finally:
        await database.close()


async def _units(session: Session) -> list[int]:
    codes = ["tinh", *(f"xa-{number}" for number in range(COMMUNES))]
    rows = [{"code": code, "name": f"Đơn vị đo tốc độ {code}", "kind": "commune", "aliases": [], "sample": True} for code in codes]
    made = await session.execute(insert(Unit).returning(Unit.id, sort_by_parameter_order=True), rows)
    province, *communes = made.scalars().all()
    links = [{"unit_id": commune, "parent_id": province, "valid_from": LONG_AGO} for commune in communes]
    await session.execute(insert(UnitParent), links)
    return list(communes)


async def _officials(session: Session, communes: list[int], channel: str, numbers: range) -> None:
    people = [{"staff_code": f"DO{number}", "full_name": f"Người mẫu {number}", "sample": True} for number in numbers]
    made = await session.execute(insert(Person).returning(Person.id, sort_by_parameter_order=True), people)
    posts, contacts = [], []
    for number, person in zip(numbers, made.scalars().all(), strict=True):
        unit = communes[number % len(communes)]
        posts.append({"person_id": person, "unit_id": unit, "role": Role.OFFICIAL.value, "title": "", "valid_from": LONG_AGO})
        contacts.append(_contact(channel, number, person))
    await session.execute(insert(Post), posts)
    await session.execute(insert(Contact), contacts)


def _contact(channel: str, chat: int, person: int) -> dict[str, Any]:
    before = NOW - dt.timedelta(days=30)
    return {
        "channel": channel, "address": str(chat), "person_id": person, "serial": 0,
        "created_at": before, "noticed_at": before, "heard_at": before,
    }  # fmt: skip


async def count_turns(url: str, tapped: list[int], told: list[int]) -> None:
    """Every tap made one attendance and one answer, every first message one draft and one answer. Raises WrongCount."""
    database = open_office(url)
    try:
        async with database.reading() as session:
            attended = await _addresses(
                session,
                select(Contact.address).join(Attendance, Attendance.person_id == Contact.person_id).where(Attendance.day == NOW.date()),
            )
            _same("attendance rows", attended, tapped)
            drafted = await _addresses(
                session, select(Contact.address).where(Contact.state.startswith("Complaint:"), Contact.memory.is_not(None))
            )
            _same("half-written complaints", drafted, told)
            answered = await _addresses(
                session,
                select(Contact.address).join(OutboxMessage, OutboxMessage.contact_id == Contact.id).where(OutboxMessage.state == "due"),
            )
            _same("answers in the outbox", answered, [*tapped, *told])
            heard = (await session.execute(select(func.count()).select_from(HeardUpdate))).scalar_one()
            if heard != len(tapped) + len(told):
                raise WrongCount(f"claimed updates: {heard}, sent: {len(tapped) + len(told)}")
    finally:
        await database.close()


async def _addresses(session: Session, wanted: Any) -> list[str]:
    return list((await session.execute(wanted)).scalars())


def _same(what: str, kept: list[str], sent: list[int]) -> None:
    if Counter(kept) != Counter(map(str, sent)):
        missing = len(set(map(str, sent)) - set(kept))
        raise WrongCount(f"{what}: {len(kept)} kept, {len(sent)} sent, {missing} missing, {len(kept) - len(set(kept))} double")
