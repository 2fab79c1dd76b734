"""What `setWebhook` has set, and how deliveries went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

DEFAULT_CONNECTIONS = 40


@dataclass
class WebhookSettings:
    """An empty `url` means that no webhook is set."""

    url: str = ""
    target: str = ""
    secret_token: str = ""
    max_connections: int = DEFAULT_CONNECTIONS
    ip_address: str = ""
    last_error_date: int = 0
    last_error_message: str = ""
    set_at: float = float("-inf")

    def info(self, pending: int, allowed: list[str] | None) -> dict[str, Any]:
        """The answer of `getWebhookInfo`."""
        answer: dict[str, Any] = {"url": self.url, "has_custom_certificate": False, "pending_update_count": pending}
        if self.url:
            answer |= {"max_connections": self.max_connections, "ip_address": self.ip_address or "127.0.0.1"}
        if self.last_error_date:
            answer |= {"last_error_date": self.last_error_date, "last_error_message": self.last_error_message}
        if allowed is not None:
            answer["allowed_updates"] = allowed
        return answer
