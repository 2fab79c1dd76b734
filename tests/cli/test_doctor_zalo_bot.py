"""The doctor looks at Zalo Bot: is the platform there, does it know the token, does it deliver to us."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot import doctor
from tests.cli.conftest import Congvu

TOKEN = "1459:geheim-geheim-geheim"


class _Zalo(BaseHTTPRequestHandler):
    """Says `getMe` and `getWebhookInfo` as the platform does, with HTTP 200 for errors too."""

    webhook = ""
    broken = False

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        results = {"getMe": {"id": "1459", "account_name": "bot.xamau"}, "getWebhookInfo": {"url": self.webhook, "updated_at": 0}}
        token, _, method = self.path.removeprefix("/bot").partition("/")
        body = (
            {"ok": True, "result": results[method]} if token == TOKEN else {"ok": False, "error_code": 401, "description": "Unauthorized"}
        )
        self.send_response_only(502 if self.broken else 200)
        self.end_headers()
        self.wfile.write(b"<html>" if self.broken else json.dumps(body).encode())

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def zalo(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[_Zalo]]:
    monkeypatch.setattr(doctor, "_words", lambda _: iter(()))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Zalo)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("ZALO_BOT_API_BASE", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("ZALO_BOT_TOKEN", TOKEN)
    yield _Zalo
    server.shutdown()
    server.server_close()
    thread.join()
    _Zalo.webhook, _Zalo.broken = "", False


def test_without_a_token_it_is_off(congvu: Congvu, zalo: type[_Zalo], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZALO_BOT_TOKEN")
    assert "Zalo Bot đang tắt" in congvu("doctor").out


def test_well_with_a_public_address(congvu: Congvu, zalo: type[_Zalo], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://gopy.vidu.gov.vn")
    for webhook in ("", "https://gopy.vidu.gov.vn/zalo/bot"):
        zalo.webhook = webhook
        done = congvu("doctor")
        assert (done.code, "Zalo Bot: bot.xamau sẵn sàng" in done.out, "chuyển tin đến" in done.out) == (0, True, False)
    zalo.webhook = "https://khac.example.vn/hook"
    assert "địa chỉ khác: https://khac.example.vn/hook" in " ".join(congvu("doctor").out.split())


def test_polling_is_said_with_what_it_lacks(congvu: Congvu, zalo: type[_Zalo]) -> None:
    done = congvu("doctor")
    assert done.code == 0
    assert "Đặt PUBLIC_URL" in done.out


def test_a_wrong_token_and_a_platform_that_is_away(congvu: Congvu, zalo: type[_Zalo], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZALO_BOT_TOKEN", "1459:wrong")
    wrong = congvu("doctor")
    assert (wrong.code, "ZALO_BOT_TOKEN (mã 401)" in wrong.out) == (1, True)
    monkeypatch.setenv("ZALO_BOT_TOKEN", TOKEN)
    zalo.broken = True
    broken = congvu("doctor")
    monkeypatch.setenv("ZALO_BOT_API_BASE", "http://127.0.0.1:9")
    away = congvu("doctor")
    assert (broken.code, away.code) == (1, 1)
    assert "ZALO_BOT_API_BASE" in away.out
    assert TOKEN not in wrong.said + broken.said + away.said
