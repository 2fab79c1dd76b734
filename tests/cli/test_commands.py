"""Commands end with sensible codes and words in Vietnamese, whatever is wrong; the rest of what they do stands beside their own tests."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import data_commands
from bot.cli.commands import app
from bot.settings import Settings
from talk.texts import keys, say
from tests.cli.conftest import ROOT, Congvu

COMMANDS = [
    "run",
    "units import",
    "people import",
    "invite",
    "poster",
    "digest",
    "classify",
    "nlp evaluate",
    "nlp review",
    "nlp train",
    "nlp versions",
    "nlp use",
    "nlp drift",
    "zalo login",
    "doctor",
    "backup",
    "restore",
    "migrate",
    "demo-reset",
]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_vietnamese(command: str, here: Path) -> None:
    shown = CliRunner().invoke(app, [*command.split(), "--help"], prog_name="congvu", terminal_width=200)
    assert shown.exit_code == 0
    assert "Cách dùng:" in shown.output
    assert not re.search(
        r"\b(Usage|Show this message|Options|Arguments|Commands|default|required)\b", shown.output.replace("[OPTIONS]", "")
    )


def test_every_text_of_the_command_line_is_used() -> None:
    """A text that nobody says is a text that nobody keeps right; those put together from parts are looked for by their beginning."""
    sources = [*(ROOT / "bot").glob("*.py"), *(ROOT / "bot" / "cli").glob("*.py")]
    source = "".join(path.read_text() for path in sources)
    beginnings = {match.rstrip("-") for match in re.findall(r'f"(cli-[a-z-]+-)\{', source)}
    unused = [
        key
        for key in keys()
        if key.startswith("cli-") and f'"{key}"' not in source and not any(key.startswith(f"{beginning}-") for beginning in beginnings)
        and not (key.startswith("cli-doctor-") and f'"{key.removeprefix("cli-doctor-").removesuffix("-advice")}"' in source)
    ]  # fmt: skip
    assert unused == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["poster"], "Thiếu 'UNIT_CODE'"),
        (["run", "--prt", "1"], "--prt"),
        (["run", "--port", "x"], "--port"),
        (["run", "--port", "99999"], "--port"),
        (["run", "--role", "king"], "--role"),
        (["hello"], "Lệnh chưa đúng"),
        (["units", "eat"], "congvu units --help"),
    ],
)
def test_wrong_use_ends_with_two_and_a_hint(congvu: Congvu, arguments: list[str], words: str) -> None:
    done = congvu(*arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert "--help" in done.err


def test_without_a_command_the_help_is_shown(congvu: Congvu) -> None:
    done = congvu()
    assert done.code == 2
    assert "demo-reset" in done.said


def test_wrong_settings_are_named_and_their_values_are_not_repeated(congvu: Congvu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "secret-value")
    monkeypatch.setenv("LOG_LEVEL", "loud")
    done = congvu("migrate")
    assert done.code == 1
    assert "LOG_LEVEL, PORT" in done.err
    assert "secret-value" not in done.said


def test_a_key_that_is_none(congvu: Congvu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "much-too-short")
    done = congvu("migrate")
    assert (done.code, "congvu doctor" in done.err) == (1, True)
    assert "much-too-short" not in done.said


def test_databases_that_cannot_be_used_are_explained(congvu: Congvu, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "var").mkdir()
    (here / "var" / "congvu.db").write_bytes(b"this is no database " * 100)
    assert "bị hỏng" in congvu("migrate").err
    (here / "var" / "congvu.db").unlink()
    assert congvu("migrate").code == 0
    database = sqlite3.connect("var/congvu.db")
    database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.commit()
    database.close()
    assert "phiên bản mới hơn" in congvu("migrate").err
    for url in ("postgresql://u:geheim@127.0.0.1:9/x", "postgresql:///x?host=/nowhere", "postgresql://u@no-such-host.invalid/x"):
        monkeypatch.setenv("DATABASE_URL", url)
        done = congvu("migrate")
        assert done.code == 1
        assert "Không kết nối được cơ sở dữ liệu" in done.err
        assert "geheim" not in done.said


def test_migrate_says_whether_there_was_anything_to_do(congvu: Congvu) -> None:
    assert "Đã cập nhật" in congvu("migrate").out
    assert "không phải làm gì" in congvu("migrate").out


def count(table: str, folder: str = "var") -> int:
    database = sqlite3.connect(f"{folder}/congvu.db")
    found = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    database.close()
    return int(found)


def test_the_sample_begins_afresh_and_what_was_said_is_gone(congvu: Congvu) -> None:
    assert congvu("demo-reset").code == 0
    first = count("case_file")
    database = sqlite3.connect("var/congvu.db")
    database.execute(
        "INSERT INTO contact (channel, address, serial, created_at, heard_at) VALUES ('browser', 'a', 0, '2026-11-01', '2026-11-01')"
    )
    database.execute("DELETE FROM case_event")
    database.execute("DELETE FROM case_file")
    database.commit()
    database.close()
    assert congvu("demo-reset").code == 0
    assert (count("case_file"), count("contact")) == (first, 0)


def test_nothing_real_is_ever_reset(congvu: Congvu, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    congvu("demo-reset")
    (here / "u.csv").write_text("ma,ten\nxa,Xã Thật\n")
    congvu("units", "import", "u.csv")
    done = congvu("demo-reset")
    assert (done.code, count("unit")) == (1, 9)
    assert "dữ liệu thật" in done.err
    monkeypatch.setenv("PUBLIC_URL", "https://gopy.vidu.gov.vn")
    monkeypatch.setenv("DATA_DIR", "other")
    assert congvu("demo-reset").code == 1
    assert not (here / "other").exists()


def test_backup_and_restore_at_the_command_line(congvu: Congvu, here: Path) -> None:
    congvu("demo-reset")
    made = congvu("backup", "all.zip")
    assert made.code == 0
    assert "KHÔNG nằm trong tệp" in made.err
    assert congvu("backup", "all.zip").code == 1
    assert "KÈM KHOÁ" in congvu("backup", "with.zip", "--with-key").err
    (here / "u.csv").write_text("ma,ten\nxa,Xã Đến Sau\n")
    congvu("units", "import", "u.csv")
    asked = congvu("restore", "all.zip")
    assert (asked.code, count("unit")) == (1, 9)
    done = congvu("restore", "all.zip", "--yes")
    assert (done.code, count("unit")) == (0, 8)
    aside = re.search(r"var/(congvu\.db\.before-[\d-]+)", done.out)
    assert aside is not None
    assert (here / "var" / aside[1]).exists()
    (here / "foreign.zip").write_text("hello")
    assert "không phải tệp sao lưu" in congvu("restore", "foreign.zip", "--yes").err
    assert congvu("restore", "none.zip", "--yes").code == 1


def test_an_office_can_be_moved_to_another_machine(congvu: Congvu, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    congvu("demo-reset")
    congvu("backup", "all.zip")
    monkeypatch.setenv("DATA_DIR", "new")
    refused = congvu("restore", "all.zip", "--yes")
    assert refused.code == 1
    assert "secret.key" in refused.err
    (here / "new" / "secret.key").write_text((here / "var" / "secret.key").read_text())
    assert congvu("restore", "all.zip", "--yes").code == 0
    assert count("person", "new") == count("person")


def test_an_unforeseen_fault_gives_a_reference_and_no_words_of_citizens(
    congvu: Congvu, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object) -> Any:
        raise LookupError("Nguyễn Văn Kể Chuyện")

    monkeypatch.setattr(data_commands, "_migrate", fails)
    done = congvu("migrate")
    assert done.code == 70
    reference = re.search(r"Mã lỗi: ([0-9A-F]{6})", done.err)
    assert reference is not None
    written = [json.loads(line) for line in (here / "var" / "errors.log").read_text().splitlines()]
    assert [each["reference"] for each in written] == [reference[1]]
    assert written[0]["fault"] == "LookupError"
    assert any("data_commands" in where for where in written[0]["where"])
    assert "Nguyễn" not in done.said + (here / "var" / "errors.log").read_text()


def test_interrupting_is_quiet(congvu: Congvu, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(data_commands, "_migrate", interrupted)
    done = congvu("migrate")
    assert (done.code, done.said) == (130, "")


def test_the_settings_all_have_a_description() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_a_text_says_what_to_run_next() -> None:
    """Commands named in texts exist."""
    named = {
        match
        for key in keys()
        if key.startswith("cli-doctor-") and key.endswith("-advice")
        for match in re.findall(r"congvu ([a-z-]+)", raw(key))
    }
    assert named
    assert named <= {command.split()[0] for command in COMMANDS}


def raw(key: str) -> str:
    return say(
        key,
        path="p",
        kind="k",
        units="u",
        status=1,
        base="b",
        url="u",
        names="n",
        free=1,
        now="n",
        seen="s",
        seconds=1,
        name="n",
        version="v",
    )
