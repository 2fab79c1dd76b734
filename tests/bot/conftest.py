"""The Official Account's stand-in and the office on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.zalo_oa_kit import NOW, Office, opened
from tests.standins.shared.clock import Clock
from tests.standins.zalo_oa import ZaloOfficialAccount


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloOfficialAccount]:
    """Zalo's servers, whose violations fail the test."""
    async with ZaloOfficialAccount.open(clock=Clock(NOW, frozen=True)) as running:
        yield running


@pytest.fixture
async def oa(zalo: ZaloOfficialAccount, tmp_path: Path) -> AsyncIterator[Office]:
    """The office, connected to the account."""
    async with opened(zalo, tmp_path) as office:
        yield office
