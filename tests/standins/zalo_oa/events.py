"""The bodies of webhooks, with exactly the keys of the captured ones, and their signature.

[?] Some captures have no `app_id` and may have been shortened; the strict side: it is left out there, so nothing can lean on it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from .contact import Contact
from .posts import Heard

SIGNATURE, TIMESTAMP = "X-ZEvent-Signature", "X-ZEvent-Timestamp"


def new_message_id() -> str:
    """Twenty hex characters."""
    return secrets.token_hex(10)


def sign(app_id: str, body: bytes, timestamp: str, oa_secret: str) -> str:
    """The header's value: a plain SHA-256 of app id, raw body, timestamp and the account's webhook secret."""
    return "mac=" + hashlib.sha256(app_id.encode() + body + timestamp.encode() + oa_secret.encode()).hexdigest()


def packed(event: dict[str, Any]) -> bytes:
    """The bytes that are sent and signed."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


class Events:
    """Makes the bodies; `now` is the timestamp in milliseconds as a string."""

    def __init__(self, app_id: str, oa_id: str) -> None:
        self.app_id = app_id
        self.oa_id = oa_id

    def text(self, person: Contact, words: str, now: str) -> dict[str, Any]:
        """A person wrote, or pressed a button that speaks."""
        return {
            "event_name": "user_send_text",
            "app_id": self.app_id,
            **self._to_account(person),
            "message": {"text": words, "msg_id": new_message_id()},
            "timestamp": now,
            "user_id_by_app": person.id_by_app,
        }

    def location(self, person: Contact, latitude: float, longitude: float, words: str, now: str) -> dict[str, Any]:
        """A person sent a place; the degrees are strings."""
        place = {"coordinates": {"latitude": str(latitude), "longitude": str(longitude)}}
        message = {"attachments": [{"payload": place, "type": "location"}], "text": words, "msg_id": new_message_id()}
        head = {"event_name": "user_send_location", "app_id": self.app_id}
        return {**head, **self._to_account(person), "message": message, "timestamp": now}

    def attachments(self, kind: str, person: Contact, payloads: list[dict[str, str]], words: str, now: str) -> dict[str, Any]:
        """A person sent pictures, a voice, a file: `kind` is `image`, `audio`, `file` or anything else Zalo knows."""
        message: dict[str, Any] = {"attachments": [{"type": kind, "payload": payload} for payload in payloads]}
        message["msg_id"] = new_message_id()
        if words:
            message["text"] = words
        return {"event_name": f"user_send_{kind}", **self._to_account(person), "message": message, "timestamp": now}

    def info(self, person: Contact, info: dict[str, Any], now: str) -> dict[str, Any]:
        """A person filled in the request for information."""
        return {"event_name": "user_submit_info", "sender": {"id": person.id}, "info": info, "timestamp": now}

    def follow(self, person: Contact, now: str, *, follows: bool) -> dict[str, Any]:
        """A person follows, or no longer. [?] An unfollow's `source` is unsaid: it has follow's shape."""
        head = {"event_name": "follow" if follows else "unfollow", "oa_id": self.oa_id, "follower": {"id": person.id}}
        return {**head, "source": "oa_profile", "app_id": self.app_id, "timestamp": now}

    def seen(self, person: Contact, message_ids: list[str], now: str) -> dict[str, Any]:
        """A person has read messages of the account."""
        ends = {"sender": {"id": self.oa_id}, "recipient": {"id": person.id}}
        return {"event_name": "user_seen_message", **ends, "message": {"msg_ids": message_ids}, "timestamp": now}

    def echo(self, name: str, post: Heard, now: str) -> dict[str, Any]:
        """What the account itself has sent. [?] No capture: the shape is a person's text with the ends exchanged."""
        ends = {"sender": {"id": self.oa_id}, "recipient": {"id": post.user_id}}
        message = {"text": post.text, "msg_id": post.message_id}
        return {"event_name": name, "app_id": self.app_id, **ends, "message": message, "timestamp": now}

    def _to_account(self, person: Contact) -> dict[str, Any]:
        return {"sender": {"id": person.id}, "recipient": {"id": self.oa_id}}
