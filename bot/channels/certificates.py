"""What all clients of other servers share: the certificates by which those are checked, loaded once for all connections, for each loading takes
a tenth of a second and a megabyte."""

from __future__ import annotations

import importlib.util
import ssl
import sys
from functools import cache

import httpx

if importlib.util.find_spec("sniffio") is None:
    # httpcore asks for it several times in a request, and each time Python searches all of its path for what is not there
    sys.modules["sniffio"] = None  # type: ignore[assignment]


@cache
def trusted() -> ssl.SSLContext:
    """The same for every client: nothing in it belongs to one server."""
    return httpx.create_ssl_context()
