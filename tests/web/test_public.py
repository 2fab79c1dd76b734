"""On an address that the world reaches there is the citizens' chat and nothing of the sample; portals named may show it in a frame."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.app import open_app, running
from bot.judge import Judging
from bot.settings import Settings
from tests.dialogue import BrowserLine, Someone, TestClock

PORTALS = "https://cong.an-binh.example.vn https://tinh.example.vn"


def ancestors(answer: aiohttp.ClientResponse) -> str:
    """Who may show the page in a frame."""
    rules = [rule.strip() for rule in answer.headers["Content-Security-Policy"].split(";")]
    return next(rule.removeprefix("frame-ancestors ") for rule in rules if rule.startswith("frame-ancestors"))


@pytest.fixture
async def public(settings: Settings, clock: TestClock, judge: Judging) -> AsyncIterator[tuple[Someone, aiohttp.ClientSession]]:
    """A citizen on the public chat, and a visitor. SAMPLE is set as well: the public address must win."""
    settings = settings.model_copy(update={"public_url": "https://congvu.example.vn", "sample": True, "embed_origins": PORTALS})
    async with (
        open_app(settings, clock=clock, judge=judge) as app,
        running(app, frozenset({"web"})),
        aiohttp.ClientSession(app.address) as http,
        aiohttp.ClientSession() as free,
    ):
        yield Someone("người dân", await BrowserLine.open(free, app.address), app), http


async def test_the_first_page_is_the_chat(public: tuple[Someone, aiohttp.ClientSession]) -> None:
    _, http = public
    async with http.get("/", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (302, "/chat")
    async with http.get("/") as answer:
        page = await answer.text()
    assert "page_chat.js" in page
    assert "page_three.js" not in page


async def test_a_citizen_reads_above_the_chat_whom_they_talk_to(public: tuple[Someone, aiohttp.ClientSession]) -> None:
    _, http = public
    async with http.post("/chat/api/session", json={"pane": None, "link": None}) as answer:
        assert (await answer.json())["title"] == "Trợ lý Công Vụ"


@pytest.mark.parametrize("pane", ["official", "head", "admin"])
async def test_nobody_becomes_an_official_by_a_pane(public: tuple[Someone, aiohttp.ClientSession], pane: str) -> None:
    _, http = public
    async with http.post("/chat/api/session", json={"pane": pane}) as answer:
        assert answer.status == 403
        assert "token" not in await answer.json()


async def test_the_chat_answers(public: tuple[Someone, aiohttp.ClientSession]) -> None:
    citizen, http = public
    async with http.get("/chat") as answer:
        assert answer.status == 200
    await citizen.says("/start")
    await citizen.hears("trợ lý tự động")
    await citizen.hears("kể giúp tôi")
    await citizen.says("/diemdanh")
    await citizen.hears("dành cho cán bộ")


async def test_portals_that_are_named_may_show_it_in_a_frame(public: tuple[Someone, aiohttp.ClientSession]) -> None:
    _, http = public
    for path in ("/chat", "/static/icon.svg"):
        async with http.get(path) as answer:
            assert ancestors(answer) == f"'self' {PORTALS}"
            assert "X-Frame-Options" not in answer.headers


async def test_nobody_else_may(settings: Settings, clock: TestClock, judge: Judging) -> None:
    async with (
        open_app(settings, clock=clock, judge=judge) as app,
        running(app, frozenset({"web"})),
        aiohttp.ClientSession(app.address) as http,
        http.get("/chat") as answer,
    ):
        assert ancestors(answer) == "'self'"
