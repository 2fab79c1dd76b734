"""Zalo's Official Account as a channel: it hears by webhook and speaks through API v3. What is known of it stands in docs/decisions/0011."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from bot.channels.downloads import Downloads
from bot.channels.zalo_oa_api import Api, client
from bot.channels.zalo_oa_hear import ZaloOAHearing
from bot.channels.zalo_oa_quota import QuotaFigure
from bot.channels.zalo_oa_server import FORM_PICTURE, ZaloPatience
from bot.channels.zalo_oa_speak import ZaloOASpeech
from bot.channels.zalo_oa_tokens import Tokens
from bot.settings import Settings
from office.database import Database
from talk.talk import Talk

__all__ = ["ZaloOA", "ZaloPatience", "open_zalo_oa"]


@dataclass
class ZaloOA:
    """The parts of the channel that share one HTTP client and one pair of tokens; files are fetched by another client."""

    settings: Settings
    speech: ZaloOASpeech
    tokens: Tokens
    quota: QuotaFigure
    api: Api
    http: httpx.AsyncClient
    downloads: Downloads
    patience: ZaloPatience

    def measures(self) -> list[Callable[[], Awaitable[None]]]:
        """What brings the account's figures in `/metrics` up to date."""
        return [self.tokens.measure, self.quota.measure]

    def hearing(self, talk: Talk) -> ZaloOAHearing:
        """Ears that tell what they hear to `talk`."""
        return ZaloOAHearing(self.settings, talk, self.http, self.downloads, self.patience)


@asynccontextmanager
async def open_zalo_oa(
    settings: Settings, database: Database, clock: Callable[[], dt.datetime], patience: ZaloPatience | None = None
) -> AsyncIterator[ZaloOA]:
    """The channel for the account in the settings. It asks nothing of Zalo beforehand: a server that is away is a failed send, no more."""
    patience = patience or ZaloPatience()
    files = Downloads.open(settings.zalo_oa_api_base, read=patience.read, connect=patience.connect)
    async with client(patience) as http, files as downloads:
        tokens = Tokens(settings, database, clock, http, patience)
        api = Api(settings, tokens, http)
        window = dt.timedelta(hours=settings.zalo_oa_window_hours)
        gathers = dt.timedelta(minutes=settings.zalo_oa_gather_minutes)
        picture = f"{settings.public_url.rstrip('/')}{FORM_PICTURE}" if settings.public_url else None
        speech = ZaloOASpeech(
            api,
            clock,
            patience,
            window=window,
            staff_window=dt.timedelta(hours=settings.zalo_oa_staff_window_hours),
            gathers=gathers,
            template_id=settings.zalo_template_id,
            form_picture=picture,
        )
        try:
            yield ZaloOA(settings, speech, tokens, QuotaFigure(database), api, http, downloads, patience)
        finally:
            await tokens.close()
