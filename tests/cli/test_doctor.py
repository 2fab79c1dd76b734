"""The doctor finds what is wrong, says what to do, changes nothing, and ends with 1 when something must be mended."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import threading
from collections.abc import Iterator
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot import doctor
from tests.cli.conftest import Congvu

TOKEN = "12345:geheim-geheim-geheim-geheim-geheim-"


class _Telegram(BaseHTTPRequestHandler):
    """Says `getMe` as the Bot API does, by a clock of its own."""

    ahead = dt.timedelta()

    def do_GET(self) -> None:
        known = self.path == f"/bot{TOKEN}/getMe"
        body = {"ok": True, "result": {"id": 12345, "username": "vidu_bot"}} if known else {"ok": False, "error_code": 401}
        self.send_response_only(200 if known else 401)
        self.send_header("Date", format_datetime(dt.datetime.now(dt.UTC) + self.ahead, usegmt=True))
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def telegram() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Telegram)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
    _Telegram.ahead = dt.timedelta()


@pytest.fixture(autouse=True)
def classifier_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """The classifier has its own test here; loading it takes a second each time."""
    monkeypatch.setattr(doctor, "_words", lambda _: iter(()))


def bad_lines(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith(("✗", "!"))]


def test_a_fresh_folder_is_well_and_stays_empty(congvu: Congvu, here: Path) -> None:
    done = congvu("doctor")
    assert done.code == 0
    assert bad_lines(done.out) == []
    assert "Mọi thứ đều ổn" in done.out
    assert list(here.iterdir()) == []


def test_an_office_at_work_is_well(congvu: Congvu) -> None:
    congvu("demo-reset")
    done = congvu("doctor")
    assert (done.code, bad_lines(done.out)) == (0, [])
    assert "Có 8 đơn vị, 15 cán bộ" in done.out


def test_open_permissions(congvu: Congvu, here: Path) -> None:
    congvu("migrate")
    (here / "var" / "secret.key").chmod(0o644)
    (here / "var").chmod(0o755)
    done = congvu("doctor")
    assert done.code == 1
    assert "chmod 600 var/secret.key" in done.out
    assert "chmod 700 var" in done.out


@pytest.mark.not_as_root  # to root nothing is closed
def test_a_folder_that_cannot_be_written(congvu: Congvu, here: Path) -> None:
    (here / "var").mkdir(mode=0o500)
    assert "Không ghi được" in congvu("doctor").out


def test_a_key_that_is_none_and_a_key_of_another_office(congvu: Congvu, here: Path) -> None:
    congvu("demo-reset")
    database = sqlite3.connect("var/congvu.db")
    database.execute(
        "INSERT INTO sealed_reporter (case_id, tag, sealed) VALUES (1, 'x', x'00112233445566778899aabbccddeeff00112233445566778899')"
    )
    database.commit()
    database.close()
    other = congvu("doctor")
    assert other.code == 1
    assert "không mở được dữ liệu" in other.out
    (here / "var" / "secret.key").write_text("không phải khoá")
    broken = congvu("doctor")
    assert broken.code == 1
    assert "32 byte" in broken.out


def test_a_broken_database(congvu: Congvu, here: Path) -> None:
    congvu("migrate")
    (here / "var" / "congvu.db").write_bytes(b"x" * 5000)
    done = congvu("doctor")
    assert done.code == 1
    assert "congvu restore" in done.out


def test_an_old_database_and_one_that_is_away(congvu: Congvu, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    old = congvu("doctor")
    assert old.code == 1
    assert "→ congvu migrate" in old.out
    assert congvu("units", "import", "--dry-run", __file__).code == 1
    assert congvu("migrate").code == 0
    assert "PostgreSQL tốt" in congvu("doctor").out
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    away = congvu("doctor")
    assert away.code == 1
    assert "Không dùng được cơ sở dữ liệu" in away.out


def test_the_token(congvu: Congvu, telegram: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_BASE", telegram)
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    well = congvu("doctor")
    assert (well.code, "@vidu_bot" in well.out) == (0, True)
    monkeypatch.setenv("TELEGRAM_TOKEN", "12345:wrong")
    wrong = congvu("doctor")
    assert wrong.code == 1
    assert "@BotFather" in wrong.out
    monkeypatch.setenv("TELEGRAM_API_BASE", "http://127.0.0.1:9")
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    away = congvu("doctor")
    assert away.code == 1
    assert TOKEN not in well.said + wrong.said + away.said


def test_a_clock_that_is_off(congvu: Congvu, telegram: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_BASE", telegram)
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    _Telegram.ahead = dt.timedelta(minutes=9)
    done = congvu("doctor")
    assert done.code == 1
    assert "timedatectl" in done.out


def test_rows_from_the_future(congvu: Congvu) -> None:
    congvu("demo-reset")
    database = sqlite3.connect("var/congvu.db")
    database.execute(
        "INSERT INTO contact (channel, address, serial, created_at, heard_at) VALUES ('browser', 'a', 0, '2099-01-01', '2099-01-01')"
    )
    database.commit()
    database.close()
    done = congvu("doctor")
    assert done.code == 1
    assert "2099" in done.out


@pytest.mark.parametrize(
    "url", ["http://gopy.vidu.gov.vn", "https://localhost", "https://127.0.0.1:8080", "https://gopy.vidu.gov.vn/chat", "gopy.vidu.gov.vn"]
)
def test_an_address_that_the_world_cannot_use(congvu: Congvu, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("PUBLIC_URL", url)
    done = congvu("doctor")
    assert done.code == 1
    assert url in done.out


def test_sample_data_in_public_and_units_without_a_head(congvu: Congvu, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    congvu("demo-reset")
    monkeypatch.setenv("PUBLIC_URL", "https://gopy.vidu.gov.vn")
    assert "Dữ liệu mẫu đang nằm" in congvu("doctor").out
    monkeypatch.setenv("DATA_DIR", "real")
    (here / "u.csv").write_text("ma,ten,truc thuoc\nxa,Xã A,\nmot-cua,Bộ phận một cửa,xa\n")
    congvu("units", "import", "u.csv")
    none = congvu("doctor")
    assert none.code == 0
    assert "Chưa có thủ trưởng nào nhận phản ánh của: Xã A; Bộ phận một cửa" in none.out
    (here / "p.csv").write_text("ma can bo,ho ten,ma don vi,vai tro\n1,Người Một,xa,Thủ trưởng\n")
    congvu("people", "import", "p.csv")
    assert bad_lines(congvu("doctor").out) == []


def test_a_full_disk(congvu: Congvu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_LOW", 2**62)
    assert "ổ khác" in (low := congvu("doctor")).out
    assert low.code == 0
    monkeypatch.setattr(doctor, "_VERY_LOW", 2**62)
    assert congvu("doctor").code == 1


def test_a_font_without_vietnamese(congvu: Congvu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_needed_letters", lambda: "ạ漢")
    done = congvu("doctor")
    assert done.code == 1
    assert "BeVietnamPro-Regular.ttf" in done.out
