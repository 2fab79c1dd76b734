"""How the bot hears: by asking (`getUpdates`), by being told (`setWebhook`), and by fetching the files people sent."""

from __future__ import annotations

import re
from typing import Any

from aiogram.methods import DeleteWebhook, GetFile, GetUpdates, SetWebhook
from telegram.constants import PollingLimit, WebhookLimit

from tests.standins.telegram.contract import Call
from tests.standins.telegram.polling import LONGEST_POLL
from tests.standins.telegram.refused import bad_request, breach, flood
from tests.standins.telegram.updates import DEFAULT_KINDS, KNOWN_KINDS
from tests.standins.telegram.webhook_settings import DEFAULT_CONNECTIONS, WebhookSettings
from tests.standins.telegram.world import World

from .options import only

SECRET = re.compile(rf"[A-Za-z0-9_-]{{{WebhookLimit.MIN_SECRET_TOKEN_LENGTH:d},{WebhookLimit.MAX_SECRET_TOKEN_LENGTH:d}}}")


async def get_updates(world: World, call: Call) -> list[dict[str, Any]]:
    """What has happened since; waits up to `timeout` seconds for something. The offset confirms all before it."""
    method = call.of(GetUpdates)
    if world.webhook.url:
        raise breach("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", 409)
    limit = PollingLimit.MAX_LIMIT if method.limit is None else method.limit
    if not PollingLimit.MIN_LIMIT <= limit <= PollingLimit.MAX_LIMIT:
        raise breach("limit must be 1-100: the real server would silently use another")
    _allow(world, method.allowed_updates)
    world.polling.take_over(world.bell)
    if method.offset:
        world.updates.confirm_below(method.offset)
    timeout = min(LONGEST_POLL, max(0, method.timeout or 0))
    batch = await world.polling.wait(world.bell, lambda: world.updates.batch(limit), timeout)
    return [update.data for update in batch]


async def set_webhook(world: World, call: Call) -> bool:
    """From now on tell every update to this address; an empty address means: ask yourself again."""
    method = call.of(SetWebhook)
    only(call, "url", "max_connections", "allowed_updates", "drop_pending_updates", "secret_token", "ip_address")
    now = world.clock.seconds()
    if method.url and now < world.webhook.set_at + world.gate.rates.webhook_pause_seconds:
        raise flood(1)
    if method.secret_token is not None and not SECRET.fullmatch(method.secret_token):
        raise breach("secret token is too long or contains unallowed characters")
    connections = DEFAULT_CONNECTIONS if method.max_connections is None else method.max_connections
    if not WebhookLimit.MIN_CONNECTIONS_LIMIT <= connections <= WebhookLimit.MAX_CONNECTIONS_LIMIT:
        raise breach("max_connections must be 1-100: the real server would silently use another")
    target = world.routes.target(method.url) if method.url else ""
    _allow(world, method.allowed_updates)
    if method.drop_pending_updates:
        world.updates.drop_all()
    if method.url:
        world.polling.end_by_webhook()
    world.webhook = WebhookSettings(method.url, target, method.secret_token or "", connections, method.ip_address or "", set_at=now)
    world.bell.ring()
    return True


async def delete_webhook(world: World, call: Call) -> bool:
    """Stop telling; what waits is kept unless it shall be dropped."""
    if call.of(DeleteWebhook).drop_pending_updates:
        world.updates.drop_all()
    world.webhook = WebhookSettings(set_at=world.webhook.set_at)
    return True


async def get_webhook_info(world: World, call: Call) -> dict[str, Any]:
    """What is set, how much waits, what went wrong last."""
    allowed = None if world.updates.allowed == DEFAULT_KINDS else sorted(world.updates.allowed)
    return world.webhook.info(world.updates.pending, allowed)


async def get_file(world: World, call: Call) -> dict[str, Any]:
    """Where to download a file of at most 20 MB."""
    file_id = call.of(GetFile).file_id
    if not file_id:
        raise bad_request("file_id not specified")
    return world.files.open(file_id)


def _allow(world: World, kinds: list[str] | None) -> None:
    """Choose the kinds of updates. None keeps the choice, an empty list means the usual ones."""
    if kinds is None:
        return
    strange = sorted(set(kinds) - KNOWN_KINDS)
    if strange:
        raise breach(f"allowed_updates names unknown kinds: {', '.join(strange)}")
    world.updates.allowed = frozenset(kinds) or DEFAULT_KINDS
