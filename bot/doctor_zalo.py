"""The doctor's look at Zalo: settings, the pair of tokens, and what the Official Account itself says; it changes nothing and spends no token."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from bot.settings import Settings
from office.channel_quota import FEW, Quota, quota_of
from office.database import Database
from office.moments import local
from office.token_pairs import Pair, pair_of
from office.vault import Vault

Seen = tuple[tuple[str, str], dict[str, Any]]
"""State and name of a check, and what belongs in its words."""

_NEEDED = ("zalo_app_id", "zalo_app_secret", "zalo_oa_secret")
_OLD = dt.timedelta(days=60)
"""A refresh token lives 3 months."""


async def look_at_zalo(settings: Settings, vault: Vault | None, now: dt.datetime) -> AsyncIterator[Seen]:
    """Everything that can be said of the Official Account."""
    missing = [name.upper() for name in _NEEDED if not getattr(settings, name)]
    if len(missing) == len(_NEEDED):
        yield ("ok", "zalo-off"), {}
        return
    if missing:
        yield ("fail", "zalo-incomplete"), {"names": ", ".join(missing)}
        return
    for seen in _settings(settings):
        yield seen
    if vault is None:
        return  # the doctor has said that the key is wrong
    pair, quota = await _known(settings, vault)
    yield await _account(settings, pair, now)
    if pair is not None and pair.renewed_at is not None and not pair.lost and now - pair.renewed_at > _OLD:
        yield ("warn", "zalo-old"), {"day": f"{local(pair.renewed_at):%d/%m/%Y}"}
    if quota is not None:
        yield _left(quota)


def _settings(settings: Settings) -> list[Seen]:
    from bot.channels.zalo_oa_server import verifier_code

    seen: list[Seen] = []
    if not settings.zalo_oa_id:
        seen.append((("warn", "zalo-no-account-id"), {}))
    if settings.public_url is None:
        seen.append((("fail", "zalo-no-webhook"), {}))
    if settings.zalo_verifier and not verifier_code(settings.zalo_verifier):
        seen.append((("fail", "zalo-verifier"), {}))
    return seen


def _left(quota: Quota) -> Seen:
    """What Zalo said last that the account may still send."""
    told = local(quota.told_at)
    words = {"left": quota.left, "hour": told.hour, "day": f"{told:%d/%m/%Y}"}
    if quota.refused:
        return ("warn", "zalo-quota-spent"), words
    return ("warn" if quota.left <= FEW else "ok", "zalo-quota-few" if quota.left <= FEW else "zalo-quota"), words


async def _known(settings: Settings, vault: Vault) -> tuple[Pair | None, Quota | None]:
    """The pair of tokens and the quota, as far as the database knows them."""
    from bot.channels.zalo_oa_server import NAME, account_of

    database = Database(settings.database, vault)
    try:
        if database.is_sqlite and not Path(str(database.url.database)).exists():  # noqa: ASYNC240
            return None, None
        async with database.reading() as session:
            pair = await pair_of(session, account_of(settings))
            try:
                return pair, await quota_of(session, NAME)
            except DBAPIError:  # tables of before: the look into the database says so
                return pair, None
    except Exception:  # the look into the database has its own words for what is wrong there
        return None, None
    finally:
        await database.close()


async def _account(settings: Settings, pair: Pair | None, now: dt.datetime) -> Seen:
    if pair is None:
        return ("fail", "zalo-not-connected"), {}
    if pair.lost:
        return ("fail", "zalo-lost"), {"trouble": pair.trouble or ""}
    if pair.trouble:
        return ("fail", "zalo-trouble"), {"trouble": pair.trouble}
    if pair.expires_at is not None and pair.expires_at <= now:
        return ("warn", "zalo-asleep"), {}
    return await _asked(settings, pair.access)


async def _asked(settings: Settings, access: str) -> Seen:
    from bot.channels.zalo_oa_api import client, get_account
    from bot.channels.zalo_oa_faults import ZaloAway, ZaloRefusal, ZaloTooFast
    from bot.channels.zalo_oa_server import ZaloPatience

    async with client(ZaloPatience()) as http:
        try:
            card = await get_account(http, settings, access)
        except (ZaloAway, ZaloTooFast):
            return ("fail", "zalo-away"), {"base": settings.zalo_oa_api_base}
        except ZaloRefusal as refusal:
            return ("fail", "zalo-refused"), {"code": refusal.code, "words": refusal.words}
    known = str(card.get("oa_id") or card.get("oaid") or "")
    if settings.zalo_oa_id and known and known != settings.zalo_oa_id:
        return ("fail", "zalo-other"), {"id": known}
    return ("ok", "zalo-ok"), {"name": str(card.get("name", ""))}
