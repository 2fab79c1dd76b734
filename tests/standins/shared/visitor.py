"""Anybody who asks the program's own server: what is sent to a webhook by whom it may concern, and pages."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import ClientSession, ClientTimeout

PATIENCE = ClientTimeout(total=30)
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Answer:
    """What the program's server answered."""

    status: int
    text: str


async def post(url: str, body: bytes, headers: dict[str, str] | None = None) -> Answer:
    """What anybody may send to the webhook: any bytes, any headers."""
    sent = {**JSON, **(headers or {})}
    async with ClientSession(timeout=PATIENCE) as session, session.post(url, data=body, headers=sent, allow_redirects=False) as answer:
        return Answer(answer.status, await answer.text(errors="replace"))


async def get(url: str) -> Answer:
    """A page of the program's server."""
    async with ClientSession(timeout=PATIENCE) as session, session.get(url, allow_redirects=False) as answer:
        return Answer(answer.status, await answer.text(errors="replace"))


async def redirect(url: str) -> str:
    """Where a page sends the browser; empty if it does not."""
    async with ClientSession(timeout=PATIENCE) as session, session.get(url, allow_redirects=False) as answer:
        return answer.headers.get("Location", "")
