"""What citizens and heads corrected is learned only where it was announced, redacted, once, by a person's word; and drift is counted."""

from __future__ import annotations

import datetime as dt
import io
import json
import sqlite3
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import clock
from bot.learning_consent import note_consent, told_since
from bot.settings import Settings
from nlp.classify import Judgement
from nlp.corrections import Corrections
from nlp.installed import Card
from office.database import Database
from office.learning import corrected_cases, judged_weeks, open_corrected, withdrawn_corrections
from office.moments import VIETNAM
from office.records import Case
from tests.cli.conftest import Congvu
from tests.cli.nlp_kit import HOME, NOW, few, model_folder, taught
from tests.dialogue import TestClock
from tests.play import open_play
from tests.small_office import SmallOffice

__all__ = ["few", "model_folder", "taught"]


SECRET = "Tôi là Nguyễn Thị Bưởi, số 0912345678, nộp hồ sơ đất quá hẹn hai tuần\x1b[31m chưa trả"
STORIES = {
    "AAAA-AAAA": (SECRET, "DELAY", "RESPONSIBILITY", "new"),
    "BBBB-BBBB": ("Quầy tiếp dân bỏ trống cả buổi sáng thứ hai", "TIME_DISCIPLINE", "RESPONSIBILITY", "accepted"),
    "CCCC-CCCC": ("Cán bộ giao tiếp cộc lốc với người già", "COMMUNICATION", "ETHICS", "new"),
    "DDDD-DDDD": ("Nhà vệ sinh hỏng", "FACILITIES", "FACILITIES", "new"),
    "EEEE-EEEE": ("Tôi xin rút lại chuyện này", "DELAY", "DRESS", "withdrawn"),
}
OLD = ("FFFF-FFFF", ("Chuyện cũ, trước khi có thông báo", "DELAY", "DRESS", "new"))


class Terminal(io.StringIO):
    """Somebody at a terminal who types these lines."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def redaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes out one name and one number; how well that is done elsewhere is tested there."""
    module = types.ModuleType("nlp.redact")

    def redact(text: str, keep_people: object = ()) -> object:
        clean = text.replace("Nguyễn Thị Bưởi", "[tên]").replace("0912345678", "[số]")
        return types.SimpleNamespace(text=clean, spans=())

    module.redact = redact  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "nlp.redact", module)


@pytest.fixture
def filed(congvu: Congvu, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """An office with judged cases, most of them corrected; the notice speaks of learning since the first of November."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setenv("LEARN_FROM_CORRECTIONS", "true")
    assert congvu("migrate").code == 0
    note_consent(Path("var"), True, dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    database = (
        sqlite3.connect("var/congvu.db", autocommit=True)
        if sys.version_info >= (3, 12)
        else sqlite3.connect("var/congvu.db", isolation_level=None)
    )
    database.execute("INSERT INTO unit (id, code, name, kind, aliases, sample) VALUES (1, 'xa', 'Xã', 'commune', '[]', 0)")
    for code, story in STORIES.items():
        file_case(database, code, *story, at="2026-11-18 02:00:00")
    file_case(database, OLD[0], *OLD[1], at="2026-10-20 02:00:00")
    yield database
    database.close()


def file_case(database: sqlite3.Connection, code: str, text: str, judged: str, category: str, state: str, at: str) -> None:
    kept = json.dumps({"label": judged, "confidence": 0.62, "sure": False, "top": [judged], "version": "728b3d1bd93f"})
    database.execute(
        "INSERT INTO case_file (code, unit_id, handled_by_id, state, text, happened, identity, category, also, flags, judged, grave,"
        " created_at, accept_due_at, answer_due_at) VALUES (?, 1, 1, ?, ?, '', 'anonymous', ?, ?, '[\"money\"]', ?, 0, ?, ?, ?)",
        (code, state, text, category, json.dumps([category, "DELAY"]), kept, at, at, at),
    )


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sits somebody at the terminal."""

    def sit(*lines: str) -> None:
        monkeypatch.setenv("TTY_COMPATIBLE", "1")
        monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{line}\n" for line in lines)))

    return sit


def test_without_the_setting_nothing_is_done_and_why(congvu: Congvu, here: Path) -> None:
    done = congvu("nlp", "review")
    assert (done.code, done.out) == (1, "")
    assert "LEARN_FROM_CORRECTIONS=true" in done.err
    assert not HOME.exists()


def test_without_the_notice_nothing_is_done_either(congvu: Congvu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEARN_FROM_CORRECTIONS", "true")
    done = congvu("nlp", "review")
    assert done.code == 1
    assert "chưa được báo" in done.err


def test_nobody_at_the_terminal_cannot_agree(congvu: Congvu, filed: sqlite3.Connection) -> None:
    assert congvu("nlp", "review").code == 2
    assert not (HOME / "corrections.jsonl").exists()


def test_one_by_one_and_never_again(
    congvu: Congvu, filed: sqlite3.Connection, taught: Card, redaction: None, answers: Callable[..., None]
) -> None:
    answers("gì cơ", "có", "k", "s")
    done = congvu("nlp", "review")
    assert (done.code, done.out.count("Cho máy học theo?")) == (0, 4)
    assert "Nguyễn" not in done.said
    assert "0912345678" not in done.said
    assert "\x1b[31m chưa" not in done.out
    for words in ("Tôi là [tên], số [số]", "Phản ánh 1/3", "Chậm trễ hồ sơ (62%, chưa chắc)", "Người đã sửa thành: Tinh thần trách nhiệm"):
        assert words in done.out
    assert "Chuyện cũ" not in done.out

    file = HOME / "corrections.jsonl"
    assert file.stat().st_mode & 0o777 == 0o600
    (row,) = [json.loads(line) for line in file.read_text().splitlines()]
    assert row.pop("id").startswith("c00-")
    assert row == {
        "text": SECRET.replace("Nguyễn Thị Bưởi", "[tên]").replace("0912345678", "[số]"),
        "label": "RESPONSIBILITY",
        "also": ["DELAY"],
        "flags": ["money"],
        "register": "chat",
        "author": "c00",
    }
    (refused,) = [json.loads(line) for line in (HOME / "refused.jsonl").read_text().splitlines()]
    assert set(refused) == {"id"}
    assert "AAAA" not in file.read_text() + (HOME / "refused.jsonl").read_text()
    read = "SELECT subject FROM audit_entry WHERE action = 'read_for_learning' ORDER BY id"
    assert filed.execute(read).fetchall() == [("case:1",), ("case:2",), ("case:3",)]

    answers("c")
    again = congvu("nlp", "review")
    assert "Phản ánh 1/1" in again.out
    assert "Đạo đức, lối sống" in again.out
    answers()
    assert "Không có phản ánh nào" in congvu("nlp", "review").out
    assert len(Corrections(HOME).accepted()) == 2


def test_who_takes_a_case_back_takes_the_lesson_back(
    congvu: Congvu, filed: sqlite3.Connection, taught: Card, redaction: None, answers: Callable[..., None]
) -> None:
    answers("c", "c", "c")
    congvu("nlp", "review")
    filed.execute("UPDATE case_file SET state = 'withdrawn' WHERE code = 'BBBB-BBBB'")
    answers()
    assert "Đã bỏ 1 bài học" in congvu("nlp", "review").out
    assert sorted(text.label for text in Corrections(HOME).accepted()) == ["ETHICS", "RESPONSIBILITY"]


def test_consent_begins_when_it_is_said_and_ends_when_it_is_not(tmp_path: Path) -> None:
    later = NOW + dt.timedelta(days=3)
    note_consent(tmp_path, False, NOW)
    assert told_since(tmp_path) is None
    note_consent(tmp_path, True, NOW)
    note_consent(tmp_path, True, later)
    assert told_since(tmp_path) == NOW
    note_consent(tmp_path, False, later)
    note_consent(tmp_path, True, later)
    assert told_since(tmp_path) == later


@pytest.mark.parametrize("learns", [True, False])
async def test_the_notice_says_what_is_learned(
    learns: bool, settings: Settings, clock: TestClock, small_office: SmallOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def judge(text: str) -> Judgement:
        raise AssertionError(text)

    allowed = settings.model_copy(update={"learn_from_corrections": learns})
    async with open_play("browser", allowed, clock, judge, small_office) as play:  # type: ignore[arg-type]
        citizen = await play.citizen()
        await citizen.says("/start")
        introduction = await citizen.hears("Danh tính của anh/chị được giữ kín")
        await citizen.hears("kể giúp tôi")
        await citizen.says("/quyenriengtu")
        notice = await citizen.hears("Mục đích")
    assert ("bỏ tên người và các con số" in introduction.text, "bỏ tên người và các con số" in notice.text) == (learns, learns)
    assert ("chỉ dùng để giải quyết" in introduction.text) is not learns
    assert (told_since(settings.data_dir) is not None) is learns


# --- drift --------------------------------------------------------------------------------------------------------------------------


def test_drift_counts_and_quotes_nobody(congvu: Congvu, filed: sqlite3.Connection) -> None:
    done = congvu("nlp", "drift", "--weeks", "6")
    assert (done.code, done.err) == (0, "")
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert [row[0] for row in rows] == ["2026-W43", "2026-W44", "2026-W45", "2026-W46", "2026-W47", "2026-W48"]
    assert rows[0][1:] == ["1", "100%", "100%", "728b3d1bd93f ×1"]
    assert rows[4][1:] == ["5", "100%", "80%", "728b3d1bd93f ×5"]
    assert rows[5][1:] == ["0", "–", "–", "–"]
    assert "hồ sơ" not in done.out


async def test_the_questions_to_the_database(database: Database, small_office: SmallOffice) -> None:
    unit = small_office.units["an-binh-mot-cua"]

    def case(code: str, category: str, filed_at: dt.datetime, judged: dict[str, object], state: str = "new") -> Case:
        return Case(
            code=code, unit_id=unit, handled_by_id=unit, state=state, text="x", identity="anonymous", category=category, judged=judged,
            created_at=filed_at, accept_due_at=filed_at, answer_due_at=filed_at,
        )  # fmt: skip

    sunday_night = dt.datetime(2026, 11, 22, 23, 59, tzinfo=VIETNAM)
    async with database.transaction() as session:
        session.add_all(
            [
                case("1", "DELAY", sunday_night, {"label": "DELAY", "sure": True, "version": "a"}),
                case("2", "DRESS", sunday_night, {"label": "DELAY", "sure": False, "version": "a"}),
                case("3", "DRESS", NOW, {"label": "DELAY", "sure": True, "version": "b"}),
                case("4", "DRESS", NOW, {"label": "OTHER", "sure": False, "version": "b"}, "withdrawn"),
                case("5", "DRESS", NOW, {}),
            ]
        )
    async with database.transaction() as session:
        found = await corrected_cases(session, NOW)
        assert [one.code for one in found] == ["3"]
        assert [one.code for one in await corrected_cases(session, sunday_night)] == ["2", "3"]
        assert await withdrawn_corrections(session) == ["4"]
        assert (await open_corrected(session, found[0].id, NOW)) is not None
        assert (await open_corrected(session, found[0].id + 1, NOW)) is None
        weeks = await judged_weeks(session, 2, NOW)
    assert [(week.judged, week.unsure, week.corrected, dict(week.versions)) for week in weeks] == [
        (2, 1, 1, {"a": 2}),
        (2, 1, 2, {"b": 2}),
    ]
