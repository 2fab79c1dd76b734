"""Who may read what in the browser: the token of a conversation, and addresses of files that are good for that file alone."""

from __future__ import annotations

import hashlib
import secrets

from aiohttp import web

from office.vault import Vault


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


def file_address(vault: Vault, file_id: int, contact_id: int) -> str:
    """Where the browser of this contact fetches a file."""
    return f"/chat/files/{file_id}?c={contact_id}&t={vault.tag(f'{file_id}:{contact_id}', 'file-address')}"


def may_fetch(vault: Vault, file_id: int, contact_id: int, tag: str) -> bool:
    return secrets.compare_digest(vault.tag(f"{file_id}:{contact_id}", "file-address").encode(), tag.encode("utf-8", "replace"))
