"""The digest at the command line after Tết: without a week named it is that of the last week worked, to look at and to send."""

from __future__ import annotations

import datetime as dt
import sqlite3

import pytest

from bot import clock
from office.moments import VIETNAM
from tests.cli.conftest import Congvu


@pytest.fixture
def after_tet(congvu: Congvu, monkeypatch: pytest.MonkeyPatch) -> Congvu:
    """The sample commune, its head linked, on Monday 23/2/2026; 16-20/2 were holidays."""
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 2, 23, 9, 0, tzinfo=VIETNAM))
    assert congvu("demo-reset").code == 0
    database = sqlite3.connect("var/congvu.db")
    database.execute(
        "INSERT INTO contact (channel, address, person_id, serial, created_at, heard_at)"
        " SELECT 'browser', 'head', id, 0, '2026-02-01', '2026-02-01' FROM person WHERE staff_code = 'MAU-01'"
    )
    database.commit()
    database.close()
    return congvu


def test_without_a_week_it_is_the_last_one_worked(after_tet: Congvu) -> None:
    done = after_tet("digest", "ha-vi-du")
    assert (done.code, done.err) == (0, "")
    assert "9/2 – 15/2 (phản ánh tính cả những ngày nghỉ đến hết 22/2)" in done.out


def test_and_so_it_is_sent(after_tet: Congvu) -> None:
    sent, too_old = after_tet("digest", "ha-vi-du", "--send"), after_tet("digest", "ha-vi-du", "--week", "2026-02-02", "--send")
    assert "1 người" in sent.out
    assert "quá cũ" in too_old.err
    database = sqlite3.connect("var/congvu.db")
    assert database.execute("SELECT week_start FROM digest").fetchall() == [("2026-02-09",)]
    database.close()
