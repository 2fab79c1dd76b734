"""Who opens the three panes on a Sunday evening can check in all the same."""

from __future__ import annotations

from pathlib import Path

import aiohttp
import pytest

from bot.app import open_app, running
from bot.judge import Judging
from bot.settings import Settings
from tests.dialogue import TestClock


@pytest.mark.sqlite_only  # the page is the same on both; once is enough
async def test_the_middle_pane_has_a_session(settings: Settings, clock: TestClock, judge: Judging, tmp_path: Path) -> None:
    settings = settings.model_copy(update={"sample": True, "data_dir": tmp_path, "database_url": f"sqlite:///{tmp_path}/sample.db"})
    clock.set("2026-11-22 20:13")
    async with open_app(settings, clock=clock, judge=judge) as app, running(app), aiohttp.ClientSession(app.address) as http:
        begun = await http.post("/chat/api/session", json={"pane": "official"})
        own = {"Authorization": f"Bearer {(await begun.json())['token']}"}
        async with http.get("/chat/api/stream", headers=own) as stream:
            said = await http.post("/chat/api/messages", headers=own, json={"id": "1", "text": "/diemdanh"})
            assert said.status == 200
            words = ""
            while "có mặt" not in words:
                words = (await stream.content.readline()).decode()
                assert words
    assert "20:13 – đã ghi anh/chị có mặt buổi chiều" in words
