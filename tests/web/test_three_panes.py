"""The first five minutes in a real browser: a complaint written on the left is on the head's desk on the right; by phone, by keyboard, with files."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import Browser, Page, Route, async_playwright, expect

from bot.app import open_app, running
from bot.judge import Judging
from bot.settings import Settings
from tests.conftest import KEY_TEXT, MONDAY_MORNING
from tests.dialogue import TestClock
from tests.web.sample_page import (
    NEWS,
    PATIENCE,
    RECEIVED,
    STORY,
    answer_all,
    controls,
    cut_short,
    milliseconds_between,
    outside,
    pane,
    shows,
    tab_to,
    tap,
    watch_arrivals,
)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
WIDE = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 375, "height": 720}, "is_mobile": True, "has_touch": True}

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium"),
    pytest.mark.sqlite_only,  # the page is the same on both; once is enough
    pytest.mark.asyncio(loop_scope="module"),
]
Visit = Callable[[dict[str, Any]], Awaitable[Page]]


@dataclass
class Commune:
    """A running sample commune and the Chromium that visits it."""

    address: str
    browser: Browser
    clock: TestClock


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def commune(database_kind: str, judge: Judging, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Commune]:
    """One for all tests of this file: starting it and Chromium takes longer than most of them."""
    clock = TestClock(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    clock.set(MONDAY_MORNING)
    async with AsyncExitStack() as stack:
        alone = stack.enter_context(pytest.MonkeyPatch.context())
        for name in Settings.model_fields:
            alone.delenv(name.upper(), raising=False)
        folder = tmp_path_factory.mktemp("sample")
        settings = Settings(_env_file=None, data_dir=folder, secret_key=KEY_TEXT, port=0, sample=True, sqlite_synchronous="NORMAL")  # type: ignore[call-arg, arg-type]
        app = await stack.enter_async_context(open_app(settings, clock=clock, judge=judge))
        await stack.enter_async_context(running(app, frozenset({"web", "deliver"})))
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        stack.push_async_callback(browser.close)
        yield Commune(app.address, browser, clock)


@pytest_asyncio.fixture(loop_scope="module")
async def visit(commune: Commune) -> AsyncIterator[Visit]:
    """Opens the page as somebody who was never here, on a screen of this kind; at the end no script may have failed."""
    faults: list[str] = []
    async with AsyncExitStack() as stack:

        async def open_page(screen: dict[str, Any]) -> Page:
            context = await commune.browser.new_context(**screen, reduced_motion="reduce")
            stack.push_async_callback(context.close)
            page = await context.new_page()
            page.set_default_timeout(PATIENCE)
            page.on("pageerror", lambda fault: faults.append(str(fault)))
            page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
            await page.goto(commune.address)
            await shows(pane(page, 0), "kể giúp tôi")
            return page

        yield open_page
    assert not faults


async def test_a_complaint_on_the_left_arrives_on_the_right(visit: Visit) -> None:
    page = await visit(WIDE)
    citizen, head = pane(page, 0), pane(page, 2)
    await citizen.locator("textarea").fill(STORY)
    await citizen.locator("textarea").press("Enter")
    await answer_all(citizen)
    await watch_arrivals(page)
    await tap(citizen, "📨 Gửi")
    await shows(citizen, RECEIVED)
    await shows(head, NEWS)
    # README promises a second; 0.2 was the most seen on a busy machine. Where other tests have both cores, three are
    # allowed: still far from the 15 that a page waits which is told nothing.
    assert await milliseconds_between(page) <= 3_000
    await tap(head, "Mở xem")
    await shows(head, STORY)
    await page.reload()
    await shows(pane(page, 0), RECEIVED)


async def test_a_phone_shows_one_conversation_at_a_time(visit: Visit) -> None:
    page = await visit(PHONE)
    tabs, shown = page.get_by_role("tab"), page.locator("main#place > *:visible")
    for number in (2, 1, 0):
        await tabs.nth(number).click()
        await expect(shown).to_have_count(1)
        await expect(pane(page, number).locator(".title")).to_have_text(await tabs.nth(number).inner_text())
        assert await outside(page, width=375) == []
        assert await cut_short(page) == []
    assert [name for _, name in await controls(page) if not name] == []
    citizen, mark = pane(page, 0), tabs.nth(2).locator(".badge")
    await citizen.locator("textarea").fill(STORY)
    await citizen.get_by_role("button", name="Gửi", exact=True).click()
    await answer_all(citizen)
    await expect(mark).to_be_hidden()
    await tap(citizen, "📨 Gửi")
    await shows(citizen, RECEIVED)
    await expect(mark).to_have_text("1", timeout=PATIENCE)
    assert await outside(page, width=375) == []
    await tabs.nth(2).click()
    await shows(pane(page, 2), NEWS)
    await expect(mark).to_be_hidden()


async def test_the_keyboard_alone_is_enough(visit: Visit) -> None:
    page = await visit(WIDE)
    citizen = pane(page, 0)
    await tab_to(citizen.locator("textarea"))
    await page.keyboard.type(STORY)
    await page.keyboard.press("Enter")
    await shows(citizen.locator(".entry.me"), STORY)
    await shows(citizen.locator(".current"), "Loại khác")
    await tab_to(citizen.locator(".current button.choice").first, "Shift+Tab")
    await tab_to(citizen.locator(".current button.choice").filter(has_text="Loại khác"), "ArrowDown")
    await page.keyboard.press("Enter")
    await shows(citizen.locator(".entry.me"), "Loại khác")
    await expect(citizen.locator("button.choice.chosen")).to_have_text(re.compile("^Loại khác"))


async def test_a_screen_reader_finds_its_way(visit: Visit) -> None:
    page = await visit(WIDE)
    await expect(page.locator("html")).to_have_attribute("lang", "vi")
    for number, whose in enumerate(("Công dân", "Cán bộ", "Trưởng đơn vị")):
        region = page.get_by_role("region", name=f"Cuộc trò chuyện: {whose}", exact=True)
        await expect(region.get_by_role("heading", name=whose, exact=True)).to_be_visible()
        await expect(region.get_by_role("log")).to_have_attribute("aria-live", "polite", timeout=PATIENCE)
        await expect(pane(page, number).get_by_role("textbox")).to_have_accessible_name("Nội dung tin nhắn")
    await pane(page, 0).get_by_role("button", name="Mở danh mục").click()
    found = await controls(page)
    assert [(role, name) for role, name in found if not name] == []
    assert {"button", "menuitem", "textbox"} <= {role for role, _ in found}


async def test_files_arrive_and_dots_show_that_an_answer_comes(visit: Visit) -> None:
    page = await visit(WIDE)
    citizen = pane(page, 0)
    await _sees_dots_until_answered(page)
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "#1a5fd0").save(picture, "PNG")
    async with page.expect_file_chooser() as chooser:
        await citizen.get_by_role("button", name="Đính kèm ảnh hoặc tệp").click()
    await (await chooser.value).set_files(
        [
            {"name": "quầy.png", "mimeType": "image/png", "buffer": picture.getvalue()},
            {"name": "ghi chép.txt", "mimeType": "text/plain", "buffer": STORY.encode()},
        ]
    )
    await expect(citizen.get_by_role("list", name="Tệp sắp gửi").get_by_role("listitem")).to_have_count(2)
    await citizen.get_by_role("button", name="Gửi", exact=True).click()
    await shows(citizen, "Tôi đã giữ tệp")
    await page.reload()  # until now the page shows its own copy
    mine = pane(page, 0).locator(".entry.me")
    await expect(mine.locator("button.picture:not(.waiting) img")).to_have_attribute("src", re.compile("/chat/files/"), timeout=PATIENCE)
    kept = await mine.get_by_role("link", name="ghi chép.txt").get_attribute("href")
    assert await page.evaluate("address => fetch(address).then((answer) => answer.text())", kept) == STORY


async def _sees_dots_until_answered(page: Page) -> None:
    """The dots show while the server is made to wait with what was sent, and go when it answers."""
    citizen, held = pane(page, 0), asyncio.Event()

    async def hold(route: Route) -> None:
        await held.wait()
        await route.continue_()

    dots = citizen.locator(".typing")
    await expect(dots).to_be_hidden()
    await page.route("**/chat/api/messages", hold)
    await citizen.locator("textarea").fill("/trogiup")
    await citizen.locator("textarea").press("Enter")
    await expect(dots).to_be_visible()
    await expect(citizen.get_by_role("status").filter(has_text="Trợ lý đang trả lời")).to_have_count(1)
    held.set()
    await expect(dots).to_be_hidden(timeout=PATIENCE)
    await expect(citizen.locator(".entry").last).to_have_class(re.compile(r"\bbot\b"))
    await page.unroute("**/chat/api/messages")
