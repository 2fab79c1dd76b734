"""Where public addresses lead on this machine: Zalo wants public names, a test serves HTTP on loopback."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
PATIENCE = ClientTimeout(total=5)


class Unreachable(Exception):
    """Nothing is served at a public address, or not what was wanted."""


class Routes:
    """A public address is led to a local one, as a reverse proxy does; plain HTTP on loopback only if a test allows it."""

    def __init__(self, *, allow_http: bool = False) -> None:
        self.allow_http = allow_http
        self._behind: dict[str, str] = {}

    def lead(self, public: str, local: str) -> None:
        """Requests to addresses that begin with `public` (https) go to `local` (loopback)."""
        if not public.startswith("https://") or urlsplit(local).hostname not in LOOPBACK:
            raise ValueError("a route leads from https:// to loopback")
        self._behind[public.rstrip("/")] = local.rstrip("/")

    def target(self, url: str) -> str:
        """The local address behind a public one. Raises `Unreachable` for plain HTTP, a private name, or one that leads nowhere."""
        parts = urlsplit(url)
        if parts.scheme == "http" and self.allow_http and parts.hostname in LOOPBACK:
            return url
        if parts.scheme != "https":
            raise Unreachable("an address must be https")
        for public, local in self._behind.items():
            if url == public or url.startswith((f"{public}/", f"{public}?")):
                return local + url[len(public) :]
        raise Unreachable(f"{parts.hostname} leads nowhere")

    async def fetch(self, url: str, most: int) -> bytes:
        """What is served at a public address. Raises `Unreachable`; `most` is in bytes."""
        try:
            async with ClientSession(timeout=PATIENCE) as session, session.get(self.target(url)) as answer:
                data = await answer.content.read(most + 1)
                while len(data) <= most and (more := await answer.content.read(most + 1 - len(data))):
                    data += more
                if answer.status != 200:
                    raise Unreachable(f"the address answered {answer.status}")
        except (ClientError, TimeoutError) as error:
            raise Unreachable(f"the address did not answer: {type(error).__name__}") from error
        if len(data) > most:
            raise Unreachable(f"what is served has more than {most} bytes")
        return data
