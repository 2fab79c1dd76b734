"""Payloads as Zalo's servers sent them, taken over from the facts sheet; an ellipsis stands for what was left out there."""

from __future__ import annotations

from typing import Any

TEXT: dict[str, Any] = {
    "event_name": "user_send_text",
    "app_id": "2553928453557884079",
    "sender": {"id": "6142494823000000000"},
    "recipient": {"id": "3662729599332560487"},
    "message": {"text": "Chào", "msg_id": "cb31dff1c39642cc1b83"},
    "timestamp": "1699003881354",
    "user_id_by_app": "979122185046046317",
}
LOCATION: dict[str, Any] = {
    "event_name": "user_send_location",
    "app_id": "…",
    "sender": {"id": "8309…"},
    "recipient": {"id": "1423…"},
    "message": {
        "attachments": [{"payload": {"coordinates": {"latitude": "10.7923119", "longitude": "106.7820651"}}, "type": "location"}],
        "text": "…",
        "msg_id": "b8de7d84fa1b3043690c",
    },
    "timestamp": "1751100041636",
}
IMAGE: dict[str, Any] = {
    "event_name": "user_send_image",
    "sender": {"id": "USER"},
    "recipient": {"id": "OA"},
    "message": {
        "attachments": [{"type": "image", "payload": {"thumbnail": "https://…", "url": "https://…"}}],
        "msg_id": "…",
        "text": "optional",
    },
    "timestamp": "…",
}
AUDIO_PART: dict[str, Any] = {
    "event_name": "user_send_audio",
    "message": {"attachments": [{"type": "audio", "payload": {"url": "https://….aac"}}], "msg_id": "…"},
}
"""Shortened on the sheet: sender, recipient and timestamp are as with a picture."""
FILE_PART: dict[str, Any] = {
    "event_name": "user_send_file",
    "message": {
        "attachments": [
            {"type": "file", "payload": {"url": "https://…", "name": "don.pdf", "size": "24165", "type": "pdf", "checksum": "…"}}
        ],
        "msg_id": "…",
    },
}
"""Shortened on the sheet: sender, recipient and timestamp are as with a picture."""
SUBMIT_INFO: dict[str, Any] = {
    "event_name": "user_submit_info",
    "sender": {"id": "…"},
    "info": {"name": "…", "phone": "84912345678"},
    "timestamp": "…",
}
FOLLOW: dict[str, Any] = {
    "event_name": "follow",
    "oa_id": "…",
    "follower": {"id": "…"},
    "source": "oa_profile",
    "app_id": "…",
    "timestamp": "…",
}
SEEN: dict[str, Any] = {
    "event_name": "user_seen_message",
    "sender": {"id": "OA"},
    "recipient": {"id": "USER"},
    "message": {"msg_ids": ["m1", "m2"]},
    "timestamp": "…",
}
WHOLE = [TEXT, LOCATION, IMAGE, SUBMIT_INFO, FOLLOW, SEEN]
PARTS = [AUDIO_PART, FILE_PART]


def shape(value: Any) -> Any:
    """The keys and types of a payload, without its content."""
    if isinstance(value, dict):
        return {key: shape(content) for key, content in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return type(value).__name__
