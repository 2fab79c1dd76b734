"""The first five minutes in a real browser: a complaint written on the left is on the head's desk on the right."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.app import open_app, running
from bot.judge import Judging
from bot.settings import Settings
from tests.dialogue import TestClock

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
PATIENCE = 30_000  # milliseconds; a passing test does not wait

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


@pytest.fixture
async def page(settings: Settings, clock: TestClock, judge: Judging, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Page]:
    """The three-pane page of a fresh sample commune."""
    folder = tmp_path_factory.mktemp("sample")
    settings = settings.model_copy(update={"sample": True, "data_dir": folder, "database_url": None})
    async with open_app(settings, clock=clock, judge=judge) as app, running(app), async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(PATIENCE)
        faults: list[str] = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        await page.goto(app.address)
        yield page
        await browser.close()
    assert not faults


def pane(page: Page, number: int) -> Locator:
    return page.locator("main#place > *").nth(number)


async def tap(where: Locator, label: str) -> None:
    await where.locator("button").filter(has_text=label).last.click()


@pytest.mark.sqlite_only  # the page is the same on both; once is enough
async def test_a_complaint_on_the_left_arrives_on_the_right(page: Page) -> None:
    citizen, head = pane(page, 0), pane(page, 2)
    await expect(citizen.get_by_text("kể giúp tôi")).to_be_visible(timeout=PATIENCE)
    await citizen.locator("textarea").fill("Đợi từ 8 giờ đến 10 giờ mà quầy không có ai")
    await citizen.locator("textarea").press("Enter")
    await tap(citizen, "Loại khác")
    await tap(citizen, "Kỷ luật giờ giấc")
    await tap(citizen, "Bộ phận một cửa")
    await tap(citizen, "Hôm nay")
    await tap(citizen, "Không có, tiếp tục")
    await tap(citizen, "Giữ kín")
    await tap(citizen, "📨 Gửi")
    await expect(citizen.get_by_text("Đã nhận phản ánh của anh/chị").last).to_be_visible(timeout=PATIENCE)
    await expect(head.get_by_text("Có phản ánh mới").last).to_be_visible(timeout=PATIENCE)
    await tap(head, "Mở xem")
    await expect(head.get_by_text("Đợi từ 8 giờ đến 10 giờ").last).to_be_visible(timeout=PATIENCE)
    await page.reload()
    await expect(pane(page, 0).get_by_text("Đã nhận phản ánh của anh/chị").last).to_be_visible(timeout=PATIENCE)
