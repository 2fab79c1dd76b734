"""Who may read what in the browser: the token of a conversation, and addresses of files, each good for one file and one day."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from office.vault import Vault

_GOOD_FOR = 24
"""Hours that the address of a file is good for."""


def new_token() -> str:
    """A token for a new conversation; whoever has it is the person."""
    return secrets.token_urlsafe(32)


def address_of(token: str) -> str:
    """The contact's address: a mark of the token, so that the database alone opens no conversation."""
    return hashlib.sha256(token.encode()).hexdigest()


def bearer(request: web.Request) -> str:
    """The token that the request carries. Raises 401."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind != "Bearer" or not 20 <= len(token) <= 100:
        raise web.HTTPUnauthorized(text='{"error": ""}', content_type="application/json")
    return token


@dataclass(frozen=True)
class Ticket:
    """What the address of a file is good for: one file, one contact, until that hour; `own` if this contact sent the file."""

    file_id: int
    contact_id: int
    until: int
    """Hours since 1970. The hour, so that an address stays the same for a while and a page need not fetch a picture twice."""
    own: bool

    def tag(self, vault: Vault) -> str:
        return vault.tag(f"{self.file_id}:{self.contact_id}:{self.until}:{self.own:d}", "file-address")


def file_address(vault: Vault, file_id: int, contact_id: int, now: dt.datetime, *, own: bool) -> str:
    """Where the browser of this contact fetches a file, for at least a day; each look at the conversation gives a new one."""
    ticket = Ticket(file_id, contact_id, _hours(now) + 1 + _GOOD_FOR, own)
    return f"/chat/files/{file_id}?c={contact_id}&e={ticket.until}&o={own:d}&t={ticket.tag(vault)}"


def ticket_in(vault: Vault, file_id: int, query: Mapping[str, str], now: dt.datetime) -> Ticket | None:
    """What an address is good for; None if it is over, or was not given by us."""
    contact_id, until = (int(query.get(name, "")) if query.get(name, "").isdecimal() and len(query[name]) < 18 else 0 for name in "ce")
    ticket = Ticket(file_id, contact_id, until, query.get("o") == "1")
    ours = secrets.compare_digest(ticket.tag(vault).encode(), query.get("t", "").encode("utf-8", "replace"))
    return ticket if ours and _hours(now) < ticket.until else None


def _hours(now: dt.datetime) -> int:
    return int(now.timestamp()) // 3600
