"""Random words, taps and files from a citizen, an official and a head: always an answer, never a fault, never a dead end."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.app import App
from office.contacts import find_contact
from office.people import invite
from office.records import OutboxMessage
from talk.clean import clean
from talk.turn import MAX_TEXT, Attachment, Turn
from tests.dialogue import TestClock
from tests.small_office import SmallOffice

COMMANDS = ("/start", "/huy", "/trogiup", "/tracuu", "/diemdanh", "/ve", "/tukiemtra", "/congcuatoi", "/nghi", "/phananh", "/homnay",
            "/bantin", "/bantin tuần trước", "/quyenriengtu", "/lienket", "/lienket ABCD-3456", "/thoat",
            "/start an-binh-mot-cua", "/xoadulieu", "/bosung", "/bosung hôm qua", "/bosung về", "/duyetbosung", "/la")  # fmt: skip
WORDS = (
    "đúng",
    "1",
    "2",
    "9",
    "một cửa",
    "hôm qua",
    "quầy không có ai",
    "12 giờ",
    "khong biet",
    "mai",
    "25/11",
    "từ 25/11 đến 27/11",
    "7h40",
    "quên bấm",
)
ACTIONS = st.one_of(
    st.sampled_from(COMMANDS).map(lambda said: ("say", said)),
    st.sampled_from(WORDS).map(lambda said: ("say", said)),
    st.text(max_size=60).map(lambda said: ("say", said)),
    st.integers(0, 40).map(lambda number: ("tap", number)),
    st.integers(0, 40).map(lambda number: ("tap", number)),
    st.integers(0, 40).map(lambda number: ("tap", number)),
    st.text(alphabet="abc:~0123456789_", max_size=40).map(lambda data: ("forge", data)),
    st.sampled_from(("sticker", "too_big", "unreadable", "location")).map(lambda problem: ("file", problem)),
    st.sampled_from((1, 60, 60 * 8, 60 * 24 * 8)).map(lambda minutes: ("wait", minutes)),
)
_numbers = itertools.count()


class Wanderer:
    """Somebody who does anything."""

    def __init__(self, app: App, clock: TestClock, address: str) -> None:
        self.app, self.clock, self.address = app, clock, address
        self.buttons: list[str] = []

    async def does(self, action: tuple[str, Any]) -> None:
        kind, what = action
        if kind == "wait":
            self.clock.forward(minutes=what)
            return
        if kind == "tap":
            what = self.buttons[what % len(self.buttons)] if self.buttons else "none"
        given: dict[str, Any] = {
            "say": {"text": clean(str(what))[:MAX_TEXT]},
            "tap": {"choice": what},
            "forge": {"choice": what or "x"},
            "file": {"attachments": (Attachment(kind="document", problem=what),)},
        }[kind]
        assert await self.speaks(**given), f"no answer to {kind} {what!r}"

    async def speaks(self, **given: Any) -> list[dict[str, Any]]:
        """One turn; the messages of its answer, straight from the outbox."""
        mark = f"w{next(_numbers)}"
        heard = await self.app.talk.hear(Turn(channel="browser", address=self.address, update_key=mark, **given))
        assert heard.outcome == "answered", heard
        async with self.app.database.transaction() as session:
            contact = await find_contact(session, "browser", self.address)
            assert contact is not None
            rows = (
                (await session.execute(select(OutboxMessage).where(OutboxMessage.contact_id == contact.id, OutboxMessage.state == "due")))
                .scalars()
                .all()
            )
            said: list[dict[str, Any]] = []
            for row in rows:
                said += self.app.database.vault.open(row.body or b"", "outbox").get("messages", [])
                row.state, row.body = "sent", None
        fresh = [choice["data"] for message in said for line in message.get("rows", []) for choice in line if choice.get("data")]
        self.buttons = (self.buttons + fresh)[-40:]
        return said


@pytest.mark.parametrize("staff_code", [None, "MC01", "CT01"])
def test_never_a_dead_end(staff_code: str | None, app_loop: tuple[App, TestClock, SmallOffice, asyncio.Runner]) -> None:
    app, clock, office, runner = app_loop

    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(ACTIONS, min_size=3, max_size=25))
    def walk(actions: list[tuple[str, Any]]) -> None:
        runner.run(wander(actions))

    async def wander(actions: list[tuple[str, Any]]) -> None:
        clock.set("2026-11-23 07:10")
        someone = Wanderer(app, clock, f"wanderer-{next(_numbers)}")
        if staff_code:
            async with app.database.transaction() as session:
                code = await invite(session, office.people[staff_code], clock())
            await someone.speaks(text=f"/lienket {code}")
        for action in actions:
            await someone.does(action)
        assert await someone.speaks(text="/huy")
        assert await someone.speaks(text="/trogiup")
        contact_state = await _state(app, someone.address)
        assert contact_state is None, f"/huy leaves {contact_state}"

    walk()


async def _state(app: App, address: str) -> str | None:
    async with app.database.reading() as session:
        contact = await find_contact(session, "browser", address)
    assert contact is not None
    return contact.state
