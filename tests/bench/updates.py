"""Telegram's updates and Zalo's events as the webhooks get them, already in the bytes of an HTTP request."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import count, cycle
from typing import Any

from tests.bench.plan import NOW, WEBHOOK_SECRET, ZALO_APP_ID, ZALO_OA_SECRET
from tests.bench.stories import STORIES

_NUMBERS = count(500_000_001)
BOT = {"id": 123456789, "is_bot": True, "first_name": "Trợ lý", "username": "bench_bot"}
FIRST_OFFICIAL = 1_000_000_000
FIRST_CITIZEN = 2_000_000_000
FIRST_ON_ZALO = 6_142_494_823_000_000_000


CHECK_IN = f"check_in:morning:{NOW.date():%Y-%m-%d}"


def _request(path: str, kind: str, content: dict[str, Any]) -> bytes:
    body = json.dumps({"update_id": next(_NUMBERS), kind: content}, ensure_ascii=False).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {WEBHOOK_SECRET}\r\nConnection: keep-alive\r\n\r\n"
    )
    return head.encode() + body


def _user(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": f"Người mẫu {number}", "language_code": "vi"}


def _chat(number: int) -> dict[str, Any]:
    return {"id": number, "type": "private", "first_name": f"Người mẫu {number}"}


def _message(number: int, text: str, sender: dict[str, Any]) -> dict[str, Any]:
    return {"message_id": 7, "from": sender, "chat": _chat(number), "date": int(NOW.timestamp()), "text": text}


def words(path: str, heard: list[int] | None = None) -> Iterator[bytes]:
    """A short text, again and again, each of another person: what the baselines hear; `heard` grows with them."""
    for number in count(FIRST_CITIZEN):
        if heard is not None:
            heard.append(number)
        yield _request(path, "message", _message(number, "Điểm danh ạ", _user(number)))


def first_messages(path: str, told: list[int]) -> Iterator[bytes]:
    """The first message of one new citizen after the other; `told` grows with them."""
    for number, story in zip(count(FIRST_CITIZEN), cycle(STORIES), strict=False):
        told.append(number)
        yield _request(path, "message", _message(number, f"{story} (số {number % 100_000})", _user(number)))


def taps(path: str, officials: int, tapped: list[int]) -> Iterator[bytes]:
    """One official after the other taps "điểm danh" under the reminder; `tapped` grows with them."""
    data = CHECK_IN
    button = {"inline_keyboard": [[{"text": "Điểm danh", "callback_data": data}]]}
    for number in range(FIRST_OFFICIAL, FIRST_OFFICIAL + officials):
        tapped.append(number)
        message = _message(number, "Sắp đến giờ làm việc buổi sáng. Anh/chị điểm danh nhé.", BOT) | {"reply_markup": button}
        query = {"id": str(number * 7919), "from": _user(number), "chat_instance": str(number), "message": message, "data": data}
        yield _request(path, "callback_query", query)


def zalo_taps(path: str, officials: int, tapped: list[int]) -> Iterator[bytes]:
    """The same on Zalo: a press comes as a signed event whose text is the button's payload; `tapped` grows with them."""
    stamp = str(int(NOW.timestamp() * 1000))
    for number in range(FIRST_ON_ZALO, FIRST_ON_ZALO + officials):
        tapped.append(number)
        event = {
            "app_id": ZALO_APP_ID, "sender": {"id": str(number)}, "recipient": {"id": "3662729599332560487"}, "event_name": "user_send_text",
            "message": {"text": f"#cv:{CHECK_IN}", "msg_id": f"{number:x}"}, "timestamp": stamp, "user_id_by_app": str(number + 1),
        }  # fmt: skip
        body = json.dumps(event, ensure_ascii=False).encode()
        mac = hashlib.sha256(ZALO_APP_ID.encode() + body + stamp.encode() + ZALO_OA_SECRET.encode()).hexdigest()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            f"X-ZEvent-Signature: mac={mac}\r\nConnection: keep-alive\r\n\r\n"
        )
        yield head.encode() + body
