"""The load: HTTP over keep-alive connections, as light as it can be, so that the figures are the server's and not ours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter

PATIENCE = 20.0
"""Seconds beyond a cell's own time after which it has failed."""


class LoadFailed(RuntimeError):
    """A server did not answer 200, or hung up."""


@dataclass
class Cell:
    """What was seen in one cell. `latencies` in seconds, one for each turn."""

    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0  # seconds of the server's processor time


class Line(asyncio.Protocol):
    """One keep-alive connection: a request goes out, its whole answer comes back."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[bytes] | None = None
        self._came = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._came += data
        if self._answer is not None and not self._answer.done() and is_whole(self._came):
            self._answer.set_result(self._came)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(LoadFailed(f"the server hung up: {exc}"))

    async def ask(self, request: bytes) -> None:
        """Send and wait for the answer. Raises LoadFailed unless it is 200."""
        assert self._transport is not None
        self._came = b""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        answer = await self._answer
        if not answer.startswith(b"HTTP/1.1 200"):
            raise LoadFailed(answer[:300].decode("utf-8", "replace"))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def is_whole(came: bytes) -> bool:
    """Whether the answer has come to its end."""
    head, found, body = came.partition(b"\r\n\r\n")
    if not found:
        return False
    _, named, rest = head.lower().partition(b"\r\ncontent-length:")
    if named:
        return len(body) >= int(rest.split(b"\r\n", 1)[0])
    return body.endswith(b"0\r\n\r\n")  # chunked


@asynccontextmanager
async def lines(port: int, number: int) -> AsyncIterator[list[Line]]:
    """So many open connections to a server on loopback."""
    loop = asyncio.get_running_loop()
    opened = [(await loop.create_connection(Line, "127.0.0.1", port))[1] for _ in range(number)]
    try:
        yield opened
    finally:
        for line in opened:
            line.close()


async def run_cell(
    port: int, connections: int, requests: Iterator[bytes], *, seconds: float, most: int | None = None, a_second: float | None = None
) -> Cell:
    """Ask over all connections until the time is over, `most` were asked, or there are no more requests.

    Each connection asks again at once; with `a_second` they ask so often together, in turn, as people do who do not wait for each other, and
    a latency counts from the moment at which the request was due.
    """
    cell = Cell()
    left = iter(range(most)) if most is not None else None
    async with asyncio.timeout(seconds + PATIENCE), lines(port, connections) as opened:
        begin = perf_counter()
        async with asyncio.TaskGroup() as group:
            for number, line in enumerate(opened):
                if a_second is None:
                    group.create_task(_keep_asking(line, requests, left, begin + seconds, cell.latencies))
                else:
                    dues = _dues(begin + number / a_second, connections / a_second, begin + seconds)
                    group.create_task(_ask_when_due(line, requests, dues, cell.latencies))
        cell.seconds = perf_counter() - begin
    return cell


async def _keep_asking(line: Line, requests: Iterator[bytes], left: Iterator[int] | None, until: float, latencies: list[float]) -> None:
    while (begin := perf_counter()) < until and (left is None or next(left, None) is not None):
        request = next(requests, None)
        if request is None:
            return
        await line.ask(request)
        latencies.append(perf_counter() - begin)


def _dues(first: float, every: float, until: float) -> Iterator[float]:
    due = first
    while due < until:
        yield due
        due += every


async def _ask_when_due(line: Line, requests: Iterator[bytes], dues: Iterator[float], latencies: list[float]) -> None:
    for due in dues:
        await asyncio.sleep(max(0.0, due - perf_counter()))
        request = next(requests, None)
        if request is None:
            return
        await line.ask(request)
        latencies.append(perf_counter() - due)
