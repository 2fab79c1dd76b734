"""Random words, taps and files from a citizen, an official and a head on every channel: always an answer that leads on, never a fault, never a
dead end. Each run walks other ways; a failure prints the shortest way to it, and how to walk it again."""

from __future__ import annotations

import asyncio
import itertools
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.app import App
from bot.channels.browser import BrowserChannel
from bot.channels.telegram_speak import TelegramSpeech
from bot.channels.zalo_bot_speak import ZaloBotSpeech
from bot.channels.zalo_oa_speak import ZaloOASpeech
from office.contacts import find_contact
from office.people import invite
from office.records import OutboxMessage
from talk.clean import clean
from talk.texts import say
from talk.turn import MAX_TEXT, Attachment, Turn
from tests.dialogue import TestClock
from tests.small_office import SmallOffice

LIMITS = {speech.name: speech.limits for speech in (BrowserChannel, TelegramSpeech, ZaloOASpeech, ZaloBotSpeech)}
CHANNELS = ["browser", *(pytest.param(name, marks=pytest.mark.sqlite_only) for name in LIMITS if name != "browser")]
"""What a channel carries is the same on both databases: on PostgreSQL one walks."""

COMMANDS = ("/start", "/huy", "/trogiup", "/tracuu", "/diemdanh", "/ve", "/tukiemtra", "/congcuatoi", "/nghi", "/phananh", "/phananh_moi",
            "/homnay", "/bantin", "/bantin tuần trước", "/quyenriengtu", "/lienket", "/lienket ABCD-3456", "/thoat", "/noikenh",
            "/start an-binh-mot-cua", "/xoadulieu", "/bosung", "/bosung hôm qua", "/bosung về", "/duyetbosung", "/la")  # fmt: skip
STORY = "Hôm qua ở bộ phận một cửa xã An Bình, chị Hoa ở quầy số 3 quát to giữa phòng rồi đuổi tôi về"
WORDS = (
    STORY,
    "Ông chủ tịch xã đòi phong bì 5 triệu mới ký giấy",
    "Cảm ơn chị ở trạm y tế đã tận tình",
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
TAPS = st.integers(0, 40).map(lambda number: ("tap", number))
ACTIONS = st.one_of(
    st.sampled_from(COMMANDS).map(lambda said: ("say", said)),
    st.sampled_from(WORDS).map(lambda said: ("say", said)),
    st.text(max_size=60).map(lambda said: ("say", said)),
    TAPS,
    TAPS,
    TAPS,
    st.text(alphabet="abc:~0123456789_", max_size=40).map(lambda data: ("forge", data)),
    st.sampled_from(("sticker", "too_big", "unreadable", "location")).map(lambda problem: ("file", problem)),
    st.sampled_from((1, 60, 60 * 8, 60 * 24 * 8)).map(lambda minutes: ("wait", minutes)),
)
WAYS_OUT = ("/huy", "/start", "complaint")

SAYS_WHAT_TO_DO = re.compile(r"(?<!\w)/[a-z]{2,}|\b(gõ|nhập|viết|kể|nhắn|chọn|bấm|anh/chị (gửi|chụp|cho))\b|\?", re.IGNORECASE)
_MENU_LINE = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)
_numbers = itertools.count()


@dataclass
class Offer:
    """What one answer lets a person do: each way as a turn would bring it, and its words."""

    ways: list[dict[str, Any]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    told: str = ""

    @classmethod
    def of(cls, said: list[dict[str, Any]]) -> Offer:
        """Buttons are tapped; a menu that is said as numbers is answered by number."""
        offer = cls(told="\n".join(message.get("text", "") for message in said))
        for message in said:
            for choice in (choice for row in message.get("rows", []) for choice in row if choice.get("data")):
                offer.ways.append({"choice": choice["data"]})
                offer.labels.append(choice["label"])
        if say("menu-answer-by-number") in offer.told:
            for number, label in _MENU_LINE.findall(offer.told):
                offer.ways.append({"text": number})
                offer.labels.append(label)
        return offer

    @property
    def leads_on(self) -> bool:
        return bool(self.ways) or SAYS_WHAT_TO_DO.search(self.told) is not None


class Wanderer:
    """Somebody who does anything."""

    def __init__(self, app: App, clock: TestClock, channel: str) -> None:
        self.app, self.clock, self.channel = app, clock, channel
        self.address = f"wanderer-{next(_numbers)}"
        self.numbered = LIMITS[channel].numbered
        self.newest, self.fresh = Offer(), False
        self.older: list[dict[str, Any]] = []

    async def does(self, action: tuple[str, Any]) -> None:
        kind, what = action
        if kind == "wait":
            self.clock.forward(minutes=what)
            return
        ways = [*self.newest.ways, *self.older]
        fresh = kind == "tap" and self.fresh and what % len(ways) < len(self.newest.ways)
        offer = await self.speaks(**self._turn(kind, what, ways))
        assert not fresh or say("fallback-old-button") not in offer.told, f"{kind} {what}: what was just offered is called old"

    def _turn(self, kind: str, what: Any, ways: list[dict[str, Any]]) -> dict[str, Any]:
        match kind:
            case "tap" if ways:
                return dict(ways[what % len(ways)])
            case "forge" if self.channel != "zalo_bot":  # there nobody can press anything
                return {"choice": what or "x"}
            case "file":
                return {"attachments": (Attachment(kind="document", problem=what),)}
            case _:
                return {"text": clean(str(what))[:MAX_TEXT]}

    async def speaks(self, **given: Any) -> Offer:
        """One turn; its answer, straight from the outbox. There is one, and it says how to go on."""
        heard = await self.app.talk.hear(Turn(channel=self.channel, address=self.address, update_key=f"w{next(_numbers)}", **given))
        assert heard.outcome == "answered", heard
        offer = Offer.of(await self._said())
        assert offer.told, f"no answer to {given}"
        assert offer.leads_on, f"{given} leads to «{offer.told}», from where nothing leads on"
        self.fresh = bool(offer.ways)
        if offer.ways:
            by_words = [{"text": label} for label in self.newest.labels]
            self.older = [*(by_words if self.numbered else self.newest.ways), *self.older][:30]
            self.newest = offer
        return offer

    async def _said(self) -> list[dict[str, Any]]:
        async with self.app.database.transaction() as session:
            contact = await find_contact(session, self.channel, self.address)
            assert contact is not None
            wanted = select(OutboxMessage).where(OutboxMessage.contact_id == contact.id, OutboxMessage.state == "due")
            said: list[dict[str, Any]] = []
            for row in (await session.execute(wanted.order_by(OutboxMessage.place))).scalars().all():
                said += self.app.database.vault.open(row.body or b"", "outbox").get("messages", [])
                row.state, row.body = "sent", None
            return said

    async def state(self) -> str | None:
        async with self.app.database.reading() as session:
            contact = await find_contact(session, self.channel, self.address)
        assert contact is not None
        return contact.state

    async def gets_out(self, way: str) -> None:
        """From wherever this is."""
        if way == "complaint":
            await self.complains()
        else:
            offer = await self.speaks(text=way)
            assert offer.ways, f"{way} offers nothing: «{offer.told}»"

    async def complains(self) -> None:
        """A new complaint, to its receipt: always the first thing that is offered, or the story where words are asked."""
        offer = await self.speaks(text="/phananh_moi")
        for _ in range(20):
            if "Mã biên nhận" in offer.told:
                return
            offer = await self.speaks(**(offer.ways[0] if offer.ways else {"text": STORY}))
        raise AssertionError(f"no receipt; at last «{offer.told}»")


@pytest.mark.parametrize("channel", CHANNELS)
def test_never_a_dead_end(channel: str, app_loop: tuple[App, TestClock, SmallOffice, asyncio.Runner]) -> None:
    app, clock, office, runner = app_loop
    app.talk._limits |= {channel: LIMITS[channel]}

    @settings(  # every run draws other walks, also where CI is set
        max_examples=12,
        deadline=None,
        derandomize=False,
        database=None,
        print_blob=True,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from((None, "MC01", "CT01")), st.lists(ACTIONS, min_size=3, max_size=25), st.sampled_from(WAYS_OUT))
    def walk(staff_code: str | None, actions: list[tuple[str, Any]], way_out: str) -> None:
        runner.run(wander(staff_code, actions, way_out))

    async def wander(staff_code: str | None, actions: list[tuple[str, Any]], way_out: str) -> None:
        clock.set("2026-11-23 07:10")
        someone = Wanderer(app, clock, channel)
        if staff_code:
            async with app.database.transaction() as session:
                code = await invite(session, office.people[staff_code], clock())
            await someone.speaks(text=f"/lienket {code}")
        for action in actions:
            await someone.does(action)
        await someone.gets_out(way_out)
        assert (await someone.speaks(text="/huy")).ways
        assert (await someone.speaks(text="/trogiup")).ways
        state = await someone.state()
        assert state is None, f"/huy leaves {state}"

    walk()
