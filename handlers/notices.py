"""Notices: what is said without being asked. Each is written at the moment of sending, when need and permission are judged once more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable

from office import Session
from office.outbox import Claimed
from talk.reply import Reply

Writer = Callable[[Session, Claimed, dt.datetime], Awaitable[Reply | list[Reply] | None]]

_writers: dict[str, Writer] = {}


def notice(kind: str) -> Callable[[Writer], Writer]:
    """Register the writer of one kind of notice. It returns None when the notice is no longer needed or no longer allowed."""

    def register(writer: Writer) -> Writer:
        assert kind not in _writers, f"two writers for {kind}"
        _writers[kind] = writer
        return writer

    return register


async def write(session: Session, claimed: Claimed, now: dt.datetime) -> list[Reply] | None:
    """Write the notice that the outbox row asks for."""
    kind = claimed.body["notice"].get("kind", claimed.kind)  # of a notice to a reporter the kind stands under the seal
    written = await _writers[kind](session, claimed, now)
    return [written] if isinstance(written, Reply) else written
