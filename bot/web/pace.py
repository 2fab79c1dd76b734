"""How often one may ask: far more than any person does, far less than a program could."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from aiohttp import web

_MOST_KEYS = 20_000
_LOOPBACK = frozenset({"127.0.0.1", "::1"})


class Pace:
    """At most `most` times in `seconds` for each key. Forgets the keys not seen for longest when there are too many."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def allows(self, key: str) -> bool:
        """Whether this time is still within the pace; it counts if so."""
        now = self._clock()
        times = self._seen.setdefault(key, deque())
        self._seen.move_to_end(key)
        while len(self._seen) > _MOST_KEYS:
            self._seen.popitem(last=False)
        while times and times[0] <= now - self._seconds:
            times.popleft()
        if len(times) >= self._most:
            return False
        times.append(now)
        return True

    def forgive(self, key: str) -> None:
        """The last time counted for this key was none of those that are to be counted."""
        if times := self._seen.get(key):
            times.pop()


def comes_from(request: web.Request) -> str:
    """The network that asks: an IPv4 address, or of an IPv6 address the first 64 bits, since whoever has one has all that begin so.

    Only a proxy on this machine is believed when it names another (the last that it names is its own word).
    """
    remote = request.remote or ""
    named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return _network(named[:64] if remote in _LOOPBACK and named else remote)


def _network(address: str) -> str:
    try:
        known = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(known) >> 64 << 64, 64)))
