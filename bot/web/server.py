"""The one HTTP server: pages, the browser chat, webhooks of channels, health and metrics."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.settings import Settings
from office.files import MAX_FILE
from talk.talk import without_words
from talk.texts import say

log = structlog.get_logger()
_HERE = Path(__file__).parent
_MAX_BODY = 10 * MAX_FILE + 1024 * 1024
Ready = Callable[[], Awaitable[bool]]
Measure = Callable[[], Awaitable[None]]


def build_server(
    settings: Settings, routes: Sequence[web.AbstractRouteDef], ready: Ready, measures: Sequence[Measure] = ()
) -> web.Application:
    """The application with all its routes. `measures` bring the metrics up to date before they are read."""
    server = web.Application(client_max_size=_MAX_BODY, middlewares=[_kind_faults, _headers(settings)])
    server.add_routes(routes)
    server.router.add_get("/chat", _page("chat.html"))
    server.router.add_get("/", _page("three.html") if settings.sample_mode else _to_chat)
    server.router.add_get("/healthz", _health(ready))
    server.router.add_get("/metrics", _metrics(measures))
    server.router.add_static("/static/", _HERE / "static")
    return server


def _page(name: str) -> Callable[[web.Request], Awaitable[web.FileResponse]]:
    async def show(_request: web.Request) -> web.FileResponse:
        return web.FileResponse(_HERE / "pages" / name, headers={"Cache-Control": "no-cache"})

    return show


async def _to_chat(_request: web.Request) -> web.Response:
    raise web.HTTPFound("/chat")


def _health(ready: Ready) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def health(_request: web.Request) -> web.Response:
        well = await ready()
        return web.json_response({"ok": well}, status=200 if well else 503)

    return health


def _metrics(measures: Sequence[Measure]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def metrics(_request: web.Request) -> web.Response:
        for measure in measures:
            await measure()
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return metrics


def _headers(settings: Settings) -> Callable[..., Awaitable[web.StreamResponse]]:
    ancestors = f"'self' {settings.embed_origins}".strip()
    policy = (
        "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        f"frame-ancestors {ancestors}"
    )

    @web.middleware
    async def protect(request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> web.StreamResponse:
        response = await handler(request)
        if not response.prepared:
            response.headers.setdefault("Content-Security-Policy", policy)
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(self)"
        return response

    return protect


@web.middleware
async def _kind_faults(request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> web.StreamResponse:
    """A fault becomes a sentence a person can read; the log gets where it arose, never what was said."""
    try:
        return await handler(request)
    except web.HTTPRequestEntityTooLarge:
        return _sorry("browser-too-big", 413)
    except web.HTTPNotFound as missing:
        return missing if missing.content_type == "application/json" else _sorry("browser-not-found", 404)
    except web.HTTPException:
        raise
    except ConnectionResetError:
        raise
    except Exception as fault:
        log.error("request failed", path=request.path, **without_words(fault))
        return _sorry("browser-fault", 503)


def _sorry(key: str, status: int) -> web.Response:
    return web.Response(text=json.dumps({"error": say(key)}, ensure_ascii=False), status=status, content_type="application/json")
