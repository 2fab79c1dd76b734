"""Payloads as the Bot Platform sent them, taken over from the facts sheet; an ellipsis stands for what was left out there."""

from __future__ import annotations

from typing import Any

WRAPPED_TEXT: dict[str, Any] = {
    "ok": True,
    "result": {
        "message": {
            "from": {"id": "6ede9afa66b88fe6d6a9", "display_name": "Ted", "is_bot": False},
            "chat": {"id": "6ede9afa66b88fe6d6a9", "chat_type": "PRIVATE"},
            "text": "Xin chao",
            "message_id": "2d758cb5e222177a4e35",
            "date": 1750316131602,
        },
        "event_name": "message.text.received",
    },
}
FLAT_IMAGE: dict[str, Any] = {
    "event_name": "message.image.received",
    "message": {
        "date": 1789033572455,
        "chat": {"chat_type": "PRIVATE", "id": "a1b2c3d4e5f60718293a"},
        "message_id": "m1a2b3c4d5e6f7081920",
        "from": {"id": "a1b2c3d4e5f60718293a", "is_bot": False, "display_name": "…"},
        "photo_url": "https://….jpg",
        "caption": "…",
        "message_type": "CHAT_PHOTO",
    },
}
ME: dict[str, Any] = {"id": "1459…", "account_name": "bot.…", "account_type": "BASIC", "can_join_groups": False}
