"""What citizens and heads corrected is learned only where it was announced, redacted, once, by a person's word; and drift is counted."""

from __future__ import annotations

import datetime as dt
import io
import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import clock
from nlp.corrections import Corrections
from nlp.installed import Card
from nlp.lesson import lesson_words
from office.database import Database
from office.learning import codes_that_may_teach, corrected_cases, judged_weeks, open_corrected
from office.moments import VIETNAM
from office.records import Case
from tests.cli.conftest import Congvu
from tests.cli.nlp_kit import HOME, NOW, corpus, few, model_folder, small_data, taught
from tests.small_office import SmallOffice

__all__ = ["corpus", "few", "model_folder", "small_data", "taught"]


SECRET = "Tôi là Nguyễn Thị Bưởi, số 0912345678, nộp hồ sơ đất quá hẹn hai tuần\x1b[m chưa trả"
STORIES = {
    "AAAA-AAAA": (SECRET, "DELAY", "RESPONSIBILITY", "new"),
    "BBBB-BBBB": ("Quầy tiếp dân bỏ trống cả buổi sáng thứ hai", "TIME_DISCIPLINE", "RESPONSIBILITY", "accepted"),
    "CCCC-CCCC": ("Cán bộ giao tiếp cộc lốc với người già", "COMMUNICATION", "ETHICS", "new"),
    "DDDD-DDDD": ("Nhà vệ sinh hỏng", "FACILITIES", "FACILITIES", "new"),
    "EEEE-EEEE": ("Tôi xin rút lại chuyện này", "DELAY", "DRESS", "withdrawn"),
}
REDACTED = SECRET.replace("Nguyễn Thị Bưởi", "[tên người]").replace("0912345678", "[số điện thoại]")
OLD = ("FFFF-FFFF", ("Chuyện cũ, trước khi có thông báo", "DELAY", "DRESS", "new"))


class Terminal(io.StringIO):
    """Somebody at a terminal who types these lines."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def filed(congvu: Congvu, monkeypatch: pytest.MonkeyPatch) -> Iterator[sqlite3.Connection]:
    """An office with judged cases, most of them corrected; the notice speaks of learning since the first of November."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setenv("LEARN_FROM_CORRECTIONS", "true")
    assert congvu("migrate").code == 0
    database = (
        sqlite3.connect("var/congvu.db", autocommit=True)
        if sys.version_info >= (3, 12)
        else sqlite3.connect("var/congvu.db", isolation_level=None)
    )
    database.execute("INSERT INTO learning_notice (id, told_since) VALUES (1, '2026-11-01 00:00:00.000000')")
    database.execute("INSERT INTO unit (id, code, name, kind, aliases, sample) VALUES (1, 'xa', 'Xã', 'commune', '[]', 0)")
    for code, story in STORIES.items():
        file_case(database, code, *story, at="2026-11-18 02:00:00")
    file_case(database, OLD[0], *OLD[1], at="2026-10-20 02:00:00")
    yield database
    database.close()


def file_case(
    database: sqlite3.Connection, code: str, text: str, judged: str, category: str, state: str, at: str, may_learn: bool = True
) -> None:
    said = {"label": judged, "confidence": 0.62, "sure": False, "top": [judged], "version": "728b3d1bd93f"}
    kept = json.dumps(said | {"may_learn": may_learn})
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


def test_one_by_one_and_never_again(congvu: Congvu, filed: sqlite3.Connection, taught: Card, answers: Callable[..., None]) -> None:
    answers("gì cơ", "có", "k", "s")
    done = congvu("nlp", "review")
    assert (done.code, done.out.count("Cho máy học theo?")) == (0, 4)
    assert "Nguyễn" not in done.said
    assert "0912345678" not in done.said
    assert "\x1b[m chưa" not in done.out
    for words in (
        REDACTED.split("\x1b")[0],
        "Phản ánh 1/3",
        "Chậm trễ hồ sơ (62%, chưa chắc)",
        "Người đã sửa thành: Tinh thần trách nhiệm",
    ):
        assert words in done.out
    assert "Chuyện cũ" not in done.out

    file = HOME / "corrections.jsonl"
    assert file.stat().st_mode & 0o777 == 0o600
    (row,) = [json.loads(line) for line in file.read_text().splitlines()]
    assert row.pop("id").startswith("c00-")
    assert row == {
        "text": REDACTED.replace("\x1b", ""),
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
    congvu: Congvu, filed: sqlite3.Connection, taught: Card, answers: Callable[..., None]
) -> None:
    answers("c", "c", "c")
    congvu("nlp", "review")
    filed.execute("UPDATE case_file SET state = 'withdrawn' WHERE code = 'BBBB-BBBB'")
    answers()
    assert "Đã bỏ 1 bài học" in congvu("nlp", "review").out
    assert sorted(text.label for text in Corrections(HOME).accepted()) == ["ETHICS", "RESPONSIBILITY"]


def test_a_lesson_is_forgotten_whatever_became_of_its_case(
    congvu: Congvu, filed: sqlite3.Connection, taught: Card, answers: Callable[..., None]
) -> None:
    """Set right again and then taken back; or deleted."""
    answers("c", "c", "c")
    congvu("nlp", "review")
    filed.execute("UPDATE case_file SET category = 'TIME_DISCIPLINE', state = 'withdrawn' WHERE code = 'BBBB-BBBB'")
    filed.execute("DELETE FROM case_file WHERE code = 'CCCC-CCCC'")
    answers()
    done = congvu("nlp", "review")
    assert "Đã bỏ 2 bài học" in done.out
    assert "congvu nlp train" in done.err
    assert [text.label for text in Corrections(HOME).accepted()] == ["RESPONSIBILITY"]


def test_teaching_asks_as_reviewing_does(
    congvu: Congvu,
    corpus: Path,
    filed: sqlite3.Connection,
    taught: Card,
    answers: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers("c", "c", "c")
    congvu("nlp", "review")
    filed.execute("UPDATE case_file SET state = 'withdrawn' WHERE code = 'BBBB-BBBB'")
    done = congvu("nlp", "train")
    assert "Đã bỏ 1 bài học" in done.out
    assert json.loads((HOME / "installed.json").read_text())["corrections"] == 2
    assert len(Corrections(HOME).accepted()) == 2

    filed.execute("DELETE FROM learning_notice")
    done = congvu("nlp", "train")
    assert (done.code, done.out) == (1, "")
    assert "chưa được báo" in done.err

    monkeypatch.delenv("LEARN_FROM_CORRECTIONS")
    done = congvu("nlp", "train")
    assert (done.code, done.out) == (1, "")
    assert "LEARN_FROM_CORRECTIONS=true" in done.err


def test_who_was_not_told_is_not_learned_from(
    congvu: Congvu, filed: sqlite3.Connection, taught: Card, answers: Callable[..., None]
) -> None:
    filed.execute("UPDATE case_file SET judged = replace(judged, 'true', 'false') WHERE code <> 'CCCC-CCCC'")
    answers("s")
    done = congvu("nlp", "review")
    assert "Phản ánh 1/1" in done.out
    assert "cộc lốc" in done.out


@pytest.mark.parametrize(
    "story",
    [
        "Chị Hoa ở quầy một cửa nói trống không với người già",
        "Le thi mot cua noi trong khong voi nguoi gia, khong ai nhac",
        "Hôm ấy Nhận trả lời trống không với người già, chẳng ai nhắc",
        "Quầy số 3 bỏ trống cả buổi, chẳng ai nhắc",
        "Nộp hồ sơ lần ③ vẫn bị trả về, chẳng ai giải thích",
    ],
)
def test_what_names_an_official_or_holds_a_number_is_no_lesson(
    congvu: Congvu, filed: sqlite3.Connection, taught: Card, answers: Callable[..., None], story: str
) -> None:
    filed.execute("DELETE FROM case_file")
    for id, name in ((1, "Lê Thị Một Cửa"), (2, "Phạm Văn Tiếp Nhận")):
        filed.execute("INSERT INTO person (id, staff_code, full_name, sample) VALUES (?, ?, ?, 0)", (id, f"N{id}", name))
        filed.execute("INSERT INTO post (person_id, unit_id, role, title, valid_from) VALUES (?, 1, 'official', '', '2025-07-01')", (id,))
    file_case(filed, "GGGG-GGGG", story, "DELAY", "COMMUNICATION", "new", at="2026-11-18 02:00:00")
    answers("c")
    done = congvu("nlp", "review")
    assert "không đem cho máy học" in done.out
    assert story not in done.out
    assert Corrections(HOME).accepted() == []
    assert "Không có phản ánh nào" in congvu("nlp", "review").out


def test_a_story_without_names_and_numbers_stays_whole() -> None:
    story = "Quầy tiếp dân xã An Bình bỏ trống cả buổi sáng thứ hai, bà con ngồi chờ mỏi cả lưng"
    assert lesson_words(story, {"Lê Thị Một Cửa"}, {"Nhận"}) == story


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
                case("1", "DELAY", sunday_night, {"label": "DELAY", "sure": True, "version": "a", "may_learn": True}),
                case("2", "DRESS", sunday_night, {"label": "DELAY", "sure": False, "version": "a", "may_learn": True}),
                case("3", "DRESS", NOW, {"label": "DELAY", "sure": True, "version": "b", "may_learn": True}),
                case("4", "DRESS", NOW, {"label": "OTHER", "sure": False, "version": "b", "may_learn": True}, "withdrawn"),
                case("5", "DRESS", NOW, {"may_learn": True}),
                case("6", "DRESS", NOW, {"label": "DELAY", "sure": True, "version": "b", "may_learn": False}),
                case("7", "DRESS", NOW, {"label": "DELAY", "sure": True, "version": "b"}),
            ]
        )
    async with database.transaction() as session:
        found = await corrected_cases(session, NOW)
        assert [one.code for one in found] == ["3"]
        assert [one.code for one in await corrected_cases(session, sunday_night)] == ["2", "3"]
        assert await codes_that_may_teach(session) == {"1", "2", "3", "5"}
        assert (await open_corrected(session, found[0].id, NOW)) is not None
        for other in (1, 3, 4):  # taken back, not told, told nobody knows
            assert (await open_corrected(session, found[0].id + other, NOW)) is None
        weeks = await judged_weeks(session, 2, NOW)
    assert [(week.judged, week.unsure, week.corrected, dict(week.versions)) for week in weeks] == [
        (2, 1, 1, {"a": 2}),
        (4, 1, 4, {"b": 4}),
    ]
