"""Several processes by role on one PostgreSQL: one hears, others speak; the page sees the answer at once, and once."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import aiohttp
import pytest

from tests.dialogue import BrowserLine
from tests.durability.lives import life
from tests.durability.test_killed_browser import StubbornPage, order

__all__ = ["order"]


async def test_web_and_two_deliverers(order: dict[str, Any], database_kind: str) -> None:
    if database_kind != "postgresql":
        pytest.xfail("processes by role need PostgreSQL")
    async with AsyncExitStack() as stack:
        web = await stack.enter_async_context(life(order | {"roles": ["web"]}))
        for _ in range(2):
            await stack.enter_async_context(life(order | {"roles": ["deliver"]}))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        page = StubbornPage(await BrowserLine.open(http, web.address), http)
        listening = asyncio.create_task(page.listens(web, 6))
        for number in range(6):
            assert await page.tries(f"m{number}", text=f"/tracuu {number}")
        heard = await listening
    assert len(heard) == 6
