"""Where a webhook's address leads on this machine: Telegram wants HTTPS on a public name, a test serves HTTP on loopback."""

from __future__ import annotations

from urllib.parse import urlsplit

from telegram.constants import SUPPORTED_WEBHOOK_PORTS

from .refused import Refused, bad_request

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Routes:
    """A public address is led to a local one, as a reverse proxy does; plain HTTP on loopback only if a test allows it."""

    def __init__(self, *, allow_http: bool = False) -> None:
        self.allow_http = allow_http
        self._behind: dict[str, str] = {}

    def lead(self, public: str, local: str) -> None:
        """Requests to addresses that begin with `public` go to `local`."""
        if not public.startswith("https://") or urlsplit(local).hostname not in LOOPBACK:
            raise ValueError("a route leads from https:// to loopback")
        self._behind[public.rstrip("/")] = local.rstrip("/")

    def target(self, url: str) -> str:
        """The local address for a webhook's address. Raises `Refused` as the real server does."""
        try:
            parts = urlsplit(url)
            port = parts.port or 443
        except ValueError as error:
            raise bad_request("invalid webhook URL specified") from error
        if parts.scheme == "http":
            return self._plain(url, parts.hostname)
        if parts.scheme != "https" or not parts.hostname:
            raise bad_request("invalid webhook URL specified")
        if port not in SUPPORTED_WEBHOOK_PORTS:
            raise _bad_webhook("Webhook can be set up only on ports 80, 88, 443 or 8443")
        for public, local in self._behind.items():
            if url == public or url.startswith(f"{public}/"):
                return local + url[len(public) :]
        raise _bad_webhook("Failed to resolve host: Name or service not known")

    def _plain(self, url: str, host: str | None) -> str:
        if self.allow_http and host in LOOPBACK:
            return url
        raise _bad_webhook("An HTTPS URL must be provided for webhook")


def _bad_webhook(reason: str) -> Refused:
    return bad_request(f"bad webhook: {reason}")
