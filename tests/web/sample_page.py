"""What the tests of the three-pane page share: its panes, a complaint told in one of them, and questions that only the browser itself can answer."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

PATIENCE = 30_000  # milliseconds; a passing test does not wait
RECEIVED = "Đã nhận phản ánh của anh/chị"
NEWS = "Có phản ánh mới"
STORY = "Đợi từ 8 giờ đến 10 giờ mà quầy không có ai"

_FOCUSED = "node => node === document.activeElement"
_LOOK = (
    "node => { const { outlineStyle, borderColor, boxShadow } = getComputedStyle(node); return [outlineStyle, borderColor, boxShadow]; }"
)

_OUTSIDE = """width => [...document.querySelectorAll("body *")]
  .filter((node) => node.checkVisibility() && !node.closest(".spoken, .skips"))
  .filter((node) => { const { left, right } = node.getBoundingClientRect(); return left < -0.5 || right > width + 0.5; })
  .map((node) => node.outerHTML.slice(0, 80))"""

_CUT = """() => [...document.querySelectorAll(".title, .subtitle, .switch-words, .shortcut")]
  .filter((node) => node.checkVisibility() && node.scrollWidth > node.clientWidth)
  .map((node) => node.textContent)"""

_WATCH = """([left, received, right, news]) => {
  window.shownAt = {};
  const note = () => {
    const now = performance.now();
    if (left.textContent.includes(received)) window.shownAt.received ??= now;
    if (right.textContent.includes(news)) window.shownAt.news ??= now;
  };
  new MutationObserver(note).observe(document.getElementById("place"), { subtree: true, childList: true, characterData: true });
}"""


def pane(page: Page, number: int) -> Locator:
    """The citizen's pane (0), the official's (1) or the head's (2)."""
    return page.locator("main#place > *").nth(number)


async def tap(where: Locator, label: str) -> None:
    """Press the newest button with these words."""
    await where.locator("button").filter(has_text=label).last.click()


async def shows(where: Locator, words: str) -> None:
    await expect(where.get_by_text(words).last).to_be_visible(timeout=PATIENCE)


async def answer_all(citizen: Locator) -> None:
    """From the question of what the story is about up to the button that files it."""
    for label in ("Loại khác", "Kỷ luật giờ giấc", "Bộ phận một cửa", "Hôm nay", "Không có, tiếp tục", "Giữ kín"):
        await tap(citizen, label)


async def tab_to(target: Locator, key: str = "Tab", most: int = 20) -> None:
    """Press the key until the target has the keyboard, and see that this shows."""
    page, plain = target.page, await target.evaluate(_LOOK)
    for _ in range(most):
        await page.keyboard.press(key)
        if await target.evaluate(_FOCUSED):
            assert await target.evaluate(_LOOK) != plain, "nobody sees where the keyboard is"
            return
    pytest.fail(f"{key} does not reach {target}")


async def outside(page: Page, width: int) -> list[str]:
    """What is seen only in part, or makes the page scroll sideways."""
    return list(await page.evaluate(_OUTSIDE, width))


async def cut_short(page: Page) -> list[str]:
    """Names that end in an ellipsis."""
    return list(await page.evaluate(_CUT))


async def controls(page: Page) -> list[tuple[str, str]]:
    """What a screen reader finds to press or to write in: role and name, as Chromium tells them to it."""
    asking = await page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = (await asking.send("Accessibility.getFullAXTree"))["nodes"]
    await asking.detach()
    wanted = {"button", "link", "menuitem", "tab", "textbox"}
    found = [(node["role"]["value"], node.get("name", {}).get("value", "").strip()) for node in nodes if not node["ignored"]]
    return [(role, name) for role, name in found if role in wanted]


async def watch_arrivals(page: Page) -> None:
    """From now on the page notes when the citizen's confirmation and the head's news appear in it."""
    left, right = await pane(page, 0).element_handle(), await pane(page, 2).element_handle()
    await page.evaluate(_WATCH, [left, RECEIVED, right, NEWS])


async def milliseconds_between(page: Page) -> float:
    """How long after the citizen's confirmation the head's news appeared."""
    shown = await page.evaluate("() => window.shownAt")
    return float(shown["news"]) - float(shown["received"])
