"""The certificates by which other servers are checked, loaded once for all connections: each loading takes a tenth of a second and a megabyte."""

from __future__ import annotations

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """The same for every client: nothing in it belongs to one server."""
    return httpx.create_ssl_context()
