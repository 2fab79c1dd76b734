"""The digest at the command line: shown, drawn, and sent once however often one asks."""

from __future__ import annotations

import datetime as dt
import io
import sqlite3
from pathlib import Path

import pytest
from PIL import Image

from bot import clock
from office.moments import VIETNAM
from tests.cli.conftest import Congvu

MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def sample(congvu: Congvu, monkeypatch: pytest.MonkeyPatch) -> Congvu:
    """The sample commune on a Monday morning, its head linked."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    assert congvu("demo-reset").code == 0
    database = sqlite3.connect("var/congvu.db")
    database.execute(
        "INSERT INTO contact (channel, address, person_id, serial, created_at, heard_at)"
        " SELECT 'browser', 'head', id, 0, '2026-11-20', '2026-11-20' FROM person WHERE staff_code = 'MAU-01'"
    )
    database.commit()
    database.close()
    return congvu


@pytest.mark.parametrize("week", [(), ("--week", "2026-W47"), ("--week", "2026-11-16"), ("--week", "2026-11-22"), ("--week", "2026w47")])
def test_a_week_is_named_in_several_ways(sample: Congvu, week: tuple[str, ...]) -> None:
    done = sample("digest", "ha-vi-du", *week)
    assert (done.code, done.err) == (0, "")
    assert "16/11" in done.out
    assert "22/11" in done.out
    assert "Phản ánh mới" in done.out


def test_the_picture(sample: Congvu, here: Path) -> None:
    assert sample("digest", "HA-VI-DU", "--preview", "week.png").code == 0
    with Image.open(io.BytesIO((here / "week.png").read_bytes())) as picture:
        assert (picture.format, picture.width > 800) == ("PNG", True)


def test_it_is_sent_once(sample: Congvu) -> None:
    first, second = sample("digest", "ha-vi-du", "--send"), sample("digest", "ha-vi-du", "--send")
    assert "1 người" in first.out
    assert "đã gửi rồi" in second.out
    database = sqlite3.connect("var/congvu.db")
    assert database.execute("SELECT kind, state FROM outbox").fetchall() == [("digest", "due")]
    assert database.execute("SELECT count(*) FROM digest").fetchone() == (1,)
    database.close()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("ha-vi-du", "--week", "2026-W99"), 2, "2026-W99"),
        (("ha-vi-du", "--week", "tuần trước"), 2, "tuần trước"),
        (("ha-vi-du", "--week", "2026-12-07"), 1, "chưa đến"),
        (("ha-vi-du", "--week", "2026-11-23", "--send"), 1, "chưa kết thúc"),
        (("ha-vi-du", "--week", "2026-11-02", "--send"), 1, "quá cũ"),
        (("khong-co",), 1, "khong-co"),
        (("so-noi-vu-vi-du", "--week", "2026-W40", "--preview", "x.png"), 1, "không có biểu đồ"),
    ],
)
def test_what_cannot_be(sample: Congvu, arguments: tuple[str, ...], code: int, words: str) -> None:
    done = sample("digest", *arguments)
    assert (done.code, done.out) == (code, "")
    assert words in done.err
