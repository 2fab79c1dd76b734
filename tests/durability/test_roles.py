"""Several processes by role on one PostgreSQL: one hears, two speak; the page sees each answer, and once."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest

from bot.settings import Settings
from tests.dialogue import BrowserLine, TestClock
from tests.durability.stage import open_stage
from tests.small_office import SmallOffice


@pytest.mark.postgresql_only  # on the embedded database one process is alone
async def test_web_and_two_deliverers(settings: Settings, clock: TestClock, small_office: SmallOffice) -> None:
    async with AsyncExitStack() as stack:
        stage = await stack.enter_async_context(open_stage("browser", settings, clock, small_office))
        web = await stack.enter_async_context(stage.doomed("never", roles=["web"]))
        for _ in range(2):
            await stack.enter_async_context(stage.doomed("never", roles=["deliver"]))
        line = await BrowserLine.open(stage.http, web.address)
        for number in range(6):
            await line.say(f"/tracuu {number}")
        heard = 0
        async with stage.http.get(f"{web.address}chat/api/stream", headers=line._headers) as stream:
            async for raw in stream.content:
                heard += raw.startswith(b"data:") and b'"from": "bot"' in raw
                if heard == 6:
                    break
        assert len(await line.receive()) == 6
