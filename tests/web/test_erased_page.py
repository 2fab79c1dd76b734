"""An open page empties itself when its person has everything deleted, and shows the same after it is loaded again."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, async_playwright, expect

from bot.app import open_app, running
from bot.judge import Judging
from bot.settings import Settings
from tests.dialogue import TestClock
from tests.web.test_three_panes import CHROMIUM, FLAGS, PATIENCE

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


async def tap(page: Page, label: str) -> None:
    await page.locator("button").filter(has_text=label).last.click()


@pytest.mark.sqlite_only  # the page is the same on both; once is enough
async def test_the_page_shows_the_last_word_alone(settings: Settings, clock: TestClock, judge: Judging) -> None:
    async with open_app(settings, clock=clock, judge=judge) as app, running(app), async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = await browser.new_context()
        page, other = await context.new_page(), await context.new_page()
        for each in (page, other):
            each.set_default_timeout(PATIENCE)
            await each.goto(f"{app.address}chat")
            await expect(each.get_by_text("kể giúp tôi").last).to_be_visible(timeout=PATIENCE)
        await page.bring_to_front()
        await page.locator("textarea").fill("/xoadulieu")
        await page.locator("textarea").press("Enter")
        await expect(page.get_by_text("Sẽ xoá hẳn")).to_be_visible(timeout=PATIENCE)
        await tap(page, "Xoá hẳn")
        for each in (page, other):
            await expect(each.get_by_text("Đã xoá.")).to_be_visible(timeout=PATIENCE)
            await expect(each.get_by_text("kể giúp tôi")).to_have_count(0)
            await expect(each.get_by_text("/xoadulieu")).to_have_count(0)
        await page.locator("textarea").fill("xin chào")
        await page.locator("textarea").press("Enter")
        await expect(page.get_by_text("Chào anh/chị ạ")).to_be_visible(timeout=PATIENCE)
        await page.reload()
        await expect(page.get_by_text("Chào anh/chị ạ")).to_be_visible(timeout=PATIENCE)
        await expect(page.get_by_text("Sẽ xoá hẳn")).to_have_count(0)
        await browser.close()
