"""`congvu zalo login` walks an operator through the consent; the doctor says of Zalo how it is and what to do, and changes nothing."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import re
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot import doctor
from bot.opening import open_database
from bot.settings import Settings
from office import Session
from office.channel_quota import note_quota
from office.token_pairs import Pair, keep_pair, note_trouble, pair_of
from tests.cli.conftest import Congvu
from tests.cli.test_doctor import bad_lines
from tests.standins.zalo_oa import ZaloOfficialAccount


class Running:
    """The stand-in in a thread of its own: a command has its own loop."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self._opening = ZaloOfficialAccount.open()
        self.zalo: ZaloOfficialAccount = self.do(self._opening.__aenter__())

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(20)

    def close(self) -> None:
        self.do(self._opening.__aexit__(None, None, None))
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


@pytest.fixture
def running(here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """Zalo, and an office whose settings name it."""
    monkeypatch.setattr(doctor, "_words", lambda _: iter(()))
    started = Running()
    zalo = started.zalo
    for name, value in {
        "ZALO_APP_ID": zalo.app_id,
        "ZALO_APP_SECRET": zalo.secret_key,
        "ZALO_OA_ID": zalo.oa_id,
        "ZALO_OA_SECRET": zalo.oa_secret_key,
        "ZALO_OA_API_BASE": zalo.base_url,
        "ZALO_OAUTH_BASE": zalo.oauth_url,
        "PUBLIC_URL": "https://xa-mau.example.vn",
    }.items():
        monkeypatch.setenv(name, value)
    yield started
    started.close()


def in_database(work: Callable[[Session], Coroutine[Any, Any, Any]]) -> Any:
    async def run() -> Any:
        database = open_database(Settings(_env_file=None))  # type: ignore[call-arg]
        try:
            async with database.transaction() as session:
                return await work(session)
        finally:
            await database.close()

    return asyncio.run(run())


def kept(running: Running) -> Pair | None:
    found: Pair | None = in_database(lambda session: pair_of(session, f"zalo_oa:{running.zalo.app_id}"))
    return found


def connect(running: Running, *, hours: float = 25, days_ago: float = 0) -> None:
    pair, now = running.zalo.issues_tokens(), dt.datetime.now(dt.UTC)
    account = f"zalo_oa:{running.zalo.app_id}"

    async def write(session: Session) -> None:
        await keep_pair(session, account, pair.access, pair.refresh, now + dt.timedelta(hours=hours), now - dt.timedelta(days=days_ago))

    in_database(write)


class Operator(io.StringIO):
    """Reads the address off the terminal, consents in a browser, and pastes where the browser was sent."""

    def __init__(self, running: Running, capsys: pytest.CaptureFixture[str], spoiled: list[str]) -> None:
        super().__init__()
        self._running, self._capsys, self._spoiled = running, capsys, spoiled
        self.saw = ""

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]
        yield from self._spoiled
        for _ in range(200):
            self.saw += self._capsys.readouterr().out
            if found := re.search(r"http\S+/v4/oa/permission\S+", self.saw):
                yield self._running.do(self._running.zalo.consents(found[0])) + "\n"
                return
            threading.Event().wait(0.05)


def test_an_operator_pastes_the_address(
    running: Running, congvu: Congvu, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    operator = Operator(running, capsys, ["đây ạ\n", "https://xa-mau.example.vn/zalo/login?code=x&state=y\n"])
    monkeypatch.setattr("sys.stdin", operator)
    ended = congvu("zalo", "login")
    assert (ended.code, "Đã kết nối" in ended.out) == (0, True), ended.said
    assert "https://xa-mau.example.vn/zalo/login" in operator.saw
    pair = kept(running)
    assert pair is not None
    assert running.zalo.tokens.pair is not None
    assert pair.refresh == running.zalo.tokens.pair.refresh


def test_the_running_program_finishes_and_the_command_sees_it(running: Running, congvu: Congvu, monkeypatch: pytest.MonkeyPatch) -> None:
    connect_later = threading.Timer(1.5, lambda: connect(running))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert congvu("migrate").code == 0
    connect_later.start()
    ended = congvu("zalo", "login")
    connect_later.join()
    assert ended.code == 0, ended.said


def test_without_settings_it_says_what_is_missing(here: Path, congvu: Congvu) -> None:
    ended = congvu("zalo", "login")
    assert ended.code == 1
    assert "ZALO_APP_ID, ZALO_APP_SECRET" in ended.err


def zalo_lines(said: str) -> list[str]:
    return [line for line in bad_lines(said) if "Zalo" in line or "zalo" in line.lower()]


def test_the_doctor_is_content_with_a_connected_account(running: Running, congvu: Congvu) -> None:
    congvu("migrate")
    connect(running)
    ended = congvu("doctor")
    assert not zalo_lines(ended.out)
    assert "Official Account «UBND xã Mẫu» sẵn sàng" in ended.out
    assert not running.zalo.calls("token")


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (None, []),
        (1_200, ["Official Account còn 1200 tin tính phí (Zalo báo lúc 8 giờ ngày 23/11/2026)"]),
        (50, ["chỉ còn 50 tin tính phí (Zalo báo lúc 8 giờ ngày 23/11/2026)", "Mua thêm"]),
        (0, ["đã hết tin tính phí (Zalo báo lúc 8 giờ ngày 23/11/2026)", "Mua thêm"]),
    ],
)
def test_the_doctor_says_what_zalo_said_is_left(running: Running, congvu: Congvu, left: int | None, said: list[str]) -> None:
    congvu("migrate")
    connect(running)
    at = dt.datetime(2026, 11, 23, 1, 40, tzinfo=dt.UTC)
    if left is not None:
        in_database(lambda session: note_quota(session, "zalo_oa", left, None, at, refused=left == 0))
    ended = congvu("doctor")
    assert [words for words in said if words not in ended.out] == [], ended.out
    assert (" tin tính phí" in ended.out) is bool(said)
    assert len(zalo_lines(ended.out)) == (left is not None and left <= 50)
    assert ended.code == 0


def test_the_doctor_knows_the_account_on_tables_of_before(running: Running, congvu: Congvu) -> None:
    congvu("migrate")
    connect(running)
    in_database(lambda session: session.execute(text("DROP TABLE channel_quota")))
    assert "Official Account «UBND xã Mẫu» sẵn sàng" in congvu("doctor").out


def test_the_doctor_tells_off_and_incomplete_apart(here: Path, congvu: Congvu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_words", lambda _: iter(()))
    assert "Zalo Official Account đang tắt" in congvu("doctor").out
    monkeypatch.setenv("ZALO_APP_ID", "1")
    assert "còn thiếu ZALO_APP_SECRET, ZALO_OA_SECRET" in zalo_lines(congvu("doctor").out)[0]


def test_the_doctor_finds_what_is_wrong(running: Running, congvu: Congvu, monkeypatch: pytest.MonkeyPatch) -> None:
    congvu("migrate")
    account = f"zalo_oa:{running.zalo.app_id}"

    def said(words: str, advice: str, code: int = 1) -> None:
        ended = congvu("doctor")
        lines = [line for line in ended.out.splitlines() if words in line]
        assert lines, ended.out
        assert advice in ended.out[ended.out.index(words) :].splitlines()[1]
        assert ended.code == code

    said("chưa được kết nối", "congvu zalo login")
    connect(running, hours=-1)
    said("hết hạn", "congvu zalo login", code=0)
    connect(running, days_ago=70)
    said("sau 3 tháng sẽ mất", "tự làm mới", code=0)
    connect(running)
    running.zalo.standing.permission = True
    running.zalo.faults.answers(-224, calls="getoa")
    said("mã -224", "nâng gói")
    running.zalo.faults.drops_before(calls="getoa")
    said("Không kết nối được", "ZALO_OA_API_BASE")
    monkeypatch.setenv("ZALO_OA_ID", "999")
    said("không phải ZALO_OA_ID", "Sửa ZALO_OA_ID")
    monkeypatch.setenv("ZALO_OA_ID", "")
    said("chưa đặt ZALO_OA_ID", "nhầm", code=0)
    monkeypatch.setenv("ZALO_VERIFIER", "không phải mã")
    said("ZALO_VERIFIER không đúng", "zalo_verifier")
    monkeypatch.delenv("ZALO_VERIFIER")
    for lost, words in ((False, "không cho làm mới token"), (True, "mất token")):

        async def trouble(session: Session, lost: bool = lost) -> None:
            pair = await pair_of(session, account)
            assert pair is not None
            await note_trouble(session, account, pair.version, "-14014 Invalid refresh token", lost=lost, until=None)

        in_database(trouble)
        said(words, "congvu zalo login")
    monkeypatch.delenv("PUBLIC_URL")
    said("chưa có PUBLIC_URL", "/zalo/oa")
