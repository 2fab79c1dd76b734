"""Which addresses lead out of the network: nobody who writes to the bot may make this machine ask another one inside it.

The address of a file comes with what a channel tells, and a server may send us on to another: both may name a machine behind the firewall, by
number or by a name that means one.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket

import httpx

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_INSIDE = (".localhost", ".local", ".internal")
_LAST_PORT = 65535
"""httpx reads larger ones, too; whoever then connects stumbles over them."""

_IPV4_WITHIN = ipaddress.ip_network("64:ff9b::/96")
"""What stands in the last 32 bits of these is asked by IPv4 (RFC 6052)."""


def is_public(address: httpx.URL) -> bool:
    """Whether the address is https and not, by its own words, one of a network's inside. A name may still mean one: see `numbers_of`."""
    host = address.host.rstrip(".")
    port = 443 if address.port is None else address.port
    if address.scheme != "https" or not 0 < port <= _LAST_PORT or host.startswith(".") or host.endswith(_INSIDE):
        return False
    number = as_number(host)
    if number is not None:
        return leads_out(number)
    return "." in host and not host.rpartition(".")[2][0].isdigit()  # "127.1" and the like are numbers to whoever asks


def origin_of(address: httpx.URL) -> tuple[str, str, int | None]:
    """Scheme, host and port: what tells one server from another."""
    return address.scheme, address.host, address.port or {"http": 80, "https": 443}.get(address.scheme)


def as_number(host: str) -> IPAddress | None:
    """The host as an IP address; None if it is a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def leads_out(number: IPAddress) -> bool:
    """Whether the IP address belongs to somebody out in the world, also where it is IPv4 written as IPv6."""
    if isinstance(number, ipaddress.IPv6Address):
        within = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF) if number in _IPV4_WITHIN else number.ipv4_mapped or number.sixtofour
        if within is not None:
            return leads_out(within)
        if number.is_site_local:
            return False
    return number.is_global and not number.is_multicast and not number.is_reserved


async def numbers_of(host: str, port: int) -> list[IPAddress]:
    """The IP addresses that a name means, the one to be tried first in front. Raises OSError if it means none just now."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ipaddress.ip_address(each[4][0]) for each in found))
