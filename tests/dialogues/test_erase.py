"""«Xoá dữ liệu của tôi»: told what goes and what stays, asked once more; then nothing leads from the person to the case, and the case goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from sqlalchemy import func, select, text

from bot.judge import Judging
from bot.settings import Settings
from office.records import AuditEntry, BrowserMessage, Case, Contact, Record, StoredFile
from office.vault import SealBroken, Vault
from tests.dialogue import Someone, TestClock, settle
from tests.dialogues.test_complaint import STORY, tell_and_send
from tests.dialogues.test_join import joined, many_filed
from tests.play import Play, open_play
from tests.small_office import SmallOffice

SEALS = ("reporter", "words", "names", "memory", "outbox", "bubble", "parked", "file", "file-name", "self-check")
NUMBER = "0912345678"
HALF = "Chuyện khác nữa: máy lấy số hỏng cả tuần mà chẳng ai sửa cho bà con"


def read(vault: Vault, value: Any) -> Iterator[str]:
    """What whoever has the key as well reads in a value."""
    yield value.decode("latin-1") if isinstance(value, bytes) else str(value)
    for purpose in SEALS if isinstance(value, bytes) else ():
        try:
            yield vault.open_bytes(value, purpose).decode("utf-8", "replace")
        except SealBroken:
            continue


async def rows_with(play: Play, *needles: str) -> list[tuple[str, str]]:
    """Table and whole text of each row in which one of these stands, in the clear or under a seal."""
    found = []
    async with play.app.database.reading() as session:
        for table in Record.metadata.sorted_tables:
            for row in (await session.execute(select(table))).all():
                whole = "\n".join(said for value in row for said in read(play.app.database.vault, value))
                found += [(table.name, whole)] if any(needle in whole for needle in needles) else []
    return found


async def marks_of(play: Play, someone: Someone) -> tuple[str, ...]:
    """All by which a row may name the person's contact."""
    contact = await play.contact_of(someone)
    address = contact.address[:16] if contact.channel == "browser" else contact.address
    return str(contact.id), address, play.app.database.vault.tag(str(contact.id), "reporter")


async def busy(play: Play) -> tuple[Someone, str]:
    """A citizen who left traces everywhere: a case with hidden words, a half-written one with a file, wrong codes, a joining code."""
    citizen = await play.citizen()
    code = await tell_and_send(citizen, f"{STORY}, tôi tên Tám, số {NUMBER}")
    await citizen.says("/tracuu")
    await citizen.hears("những việc anh/chị đã gửi")
    await citizen.says("000-000-000-000")
    await citizen.hears("không tìm thấy")
    await citizen.says("/huy")
    await citizen.hears("Đã dừng")
    await citizen.says("/noikenh")
    await citizen.hears("dùng cả Telegram, Zalo")
    await citizen.taps("Lấy mã nối")
    await citizen.hears("trong 10 phút")
    await citizen.says(HALF)
    await citizen.hears(buttons=("Loại khác",))
    return citizen, code


async def asks(citizen: Someone, said: str = "/xoadulieu") -> str:
    await citizen.says(said)
    return (await citizen.hears("Sẽ xoá hẳn", "Vẫn còn", "chỉ mã biên nhận", buttons=("Xoá", "Không xoá"))).text


async def test_nothing_leads_from_the_person_to_the_case_any_more(play: Play) -> None:
    head = await play.official("CT01")
    citizen, code = await busy(play)
    await head.hears("phản ánh mới")
    marks, of_case = await marks_of(play, citizen), (code, code.replace("-", ""), "quát to giữa phòng", NUMBER)
    before = {table for table, _ in await rows_with(play, *marks)}
    assert before >= {"contact", "sealed_reporter", "guess", "joining_code"}
    assert "sealed_words" in {table for table, _ in await rows_with(play, NUMBER, code.replace("-", ""))}
    assert code in await asks(citizen, "Xoá dữ liệu của tôi")
    await citizen.taps("Xoá hẳn")
    await citizen.hears("Đã xoá")
    beside = await rows_with(play, *marks)
    kept = {"contact", "heard_update", "browser_message"} if play.channel == "browser" else {"contact"}
    assert {table for table, _ in beside} == kept
    assert not [table for table, whole in beside for needle in (*of_case, HALF) if needle in whole]
    assert await rows_with(play, NUMBER, HALF, "Tám") == []
    assert {table for table, _ in await rows_with(play, *of_case)} == {"case_file"}
    async with play.app.database.reading() as session:
        audit = {row.action for row in (await session.execute(select(AuditEntry))).scalars()}
    assert not [action for action in audit if "erase" in action]


async def test_the_contact_is_as_new_and_the_case_goes_on_by_its_code(play: Play) -> None:
    head = await play.official("CT01")
    citizen, code = await busy(play)
    await head.hears("phản ánh mới")
    await asks(citizen)
    await citizen.taps("Xoá hẳn")
    await citizen.hears("Đã xoá")
    contact = await play.contact_of(citizen)
    assert (contact.state, contact.memory, contact.noticed_at, contact.party, contact.person_id) == (None,) * 5
    await head.taps("Mở xem")
    await head.hears("quát to giữa phòng", "giữ kín")
    await head.taps("Tiếp nhận")
    await head.hears("Đã tiếp nhận")
    await citizen.hears_nothing()
    await head.taps("Hỏi thêm")
    await head.hears("gửi ẩn danh nên không hỏi thêm được")
    await citizen.says("/tracuu")
    await citizen.hears("trợ lý tự động", "mã biên nhận")
    await citizen.says(code)
    await citizen.hears("đang giải quyết")


async def test_files_not_sent_go(play: Play) -> None:
    if play.channel == "zalo_bot":
        return  # brings pictures only
    citizen = await play.citizen()
    await citizen.says(STORY)
    await citizen.hears("trợ lý tự động")
    await citizen.sends("đơn.txt", f"Tôi là Nguyễn Văn Tám, gọi {NUMBER}".encode(), "text/plain")
    await citizen.hears("giữ tệp")
    await citizen.hears()
    assert len(await rows_with(play, NUMBER)) == 1
    await asks(citizen)
    await citizen.taps("Xoá hẳn")
    await citizen.hears("Đã xoá")
    async with play.app.database.reading() as session:
        assert (await session.execute(select(func.count()).select_from(StoredFile))).scalar_one() == 0


async def test_the_sealed_original_goes_and_what_the_head_reads_stays(play: Play) -> None:
    if play.channel == "zalo_bot":
        return  # brings pictures only
    head, citizen = await play.official("CT01"), await play.citizen()
    await citizen.says(STORY)
    await citizen.hears(buttons=("Loại khác",))
    await citizen.taps("Loại khác")
    await citizen.hears("gần nhất")
    await citizen.taps("Giao tiếp")
    await citizen.hears("đơn vị nào")
    await citizen.taps("Bộ phận một cửa")
    await citizen.hears("gửi kèm")
    await citizen.sends("đơn.txt", f"Tôi là Nguyễn Văn Tám, gọi {NUMBER}".encode(), "text/plain")
    await citizen.hears("giữ tệp")
    await citizen.taps("Đủ rồi")
    await citizen.hears("cách nào")
    await citizen.taps("Giữ kín")
    await citizen.hears("xem lại")
    await citizen.taps("📨 Gửi")
    await citizen.hears("Mã biên nhận")
    await head.hears("phản ánh mới")
    assert {"stored_file"} == {table for table, _ in await rows_with(play, NUMBER)}
    await asks(citizen)
    await citizen.taps("Xoá hẳn")
    await citizen.hears("Đã xoá")
    assert await rows_with(play, NUMBER, "Tám") == []
    await head.taps("Mở xem")
    assert "[số điện thoại]" in (await play.fetch((await head.hears("Gửi kèm")).files[0])).decode()
    await head.hears("quát to")


async def test_not_confirmed_nothing_is_deleted(play: Play) -> None:
    citizen = await play.citizen()
    await tell_and_send(citizen)
    await asks(citizen)
    await citizen.taps("Không xoá")
    await citizen.hears("không xoá gì cả")
    await asks(citizen)
    play.clock.forward(minutes=16)
    await citizen.taps("Xoá hẳn")
    await citizen.hears("Sẽ xoá hẳn")
    await citizen.taps("Rút phản ánh trước")
    await citizen.hears("những việc anh/chị đã gửi", buttons=("Giao tiếp",))


async def test_it_is_found_in_the_privacy_notice_by_somebody_new(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.says("/quyenriengtu")
    await citizen.hears("/xoadulieu")
    await citizen.taps("Xoá dữ liệu của tôi")
    asked = await citizen.hears("Sẽ xoá hẳn")
    assert "mã biên nhận nếu còn muốn" not in asked.text
    assert not [label for label in asked.buttons if "Rút" in label or "mọi kênh" in label]


async def test_an_official_stays_one(play: Play) -> None:
    official = await play.official("MC02")
    assert "/thoat" in await asks(official)
    await official.taps("Xoá hẳn")
    await official.hears("Đã xoá", "Việc của cán bộ vẫn giữ nguyên")
    assert (await play.contact_of(official)).person_id == play.office.people["MC02"]
    await official.says("/diemdanh")
    await official.hears()


@pytest.fixture
async def many(settings: Settings, clock: TestClock, judge: Judging, small_office: SmallOffice) -> AsyncIterator[Play]:
    async with open_play("telegram+zalo_oa+browser", settings, clock, judge, small_office) as stage:
        yield stage


@pytest.mark.parametrize("everywhere", [False, True])
async def test_here_or_on_all_joined_channels(many: Play, everywhere: bool) -> None:
    here, there = await joined(many, here="browser")
    code = await many_filed(there)
    here_marks, there_marks = await marks_of(many, here), await marks_of(many, there)
    await asks(here)
    await here.taps("mọi kênh" if everywhere else "kênh này")
    await here.hears("Đã xoá")
    if everywhere:
        await there.hears("Đã xoá")
    for marks in (here_marks, there_marks) if everywhere else (here_marks,):
        assert {table for table, _ in await rows_with(many, *marks)} <= {"contact", "heard_update", "browser_message"}
    await there.says("/tracuu")
    found = await there.hears("mã biên nhận")
    assert any("Giao tiếp" in label for label in found.buttons) is not everywhere
    await here.says(code)
    await here.hears("trợ lý tự động", "chờ tiếp nhận")


async def test_news_that_waits_on_the_other_channel_is_dropped(many: Play) -> None:
    head = await many.official("CT01", on="browser")
    here, there = await joined(many, here="browser")
    await many_filed(here)
    await head.hears("phản ánh mới")
    many.clock.forward(hours=1)
    await there.says("/trogiup")
    await there.hears("Anh/chị có thể")
    await asks(here)
    await head.taps("Mở xem")
    await head.hears("quát to")
    await head.line.tap("Tiếp nhận", next(handle for label, handle in head.seen[-1].buttons.items() if "Tiếp nhận" in label))
    asked = here.seen[-1].buttons
    await here.line.tap("kênh này", next(handle for label, handle in asked.items() if "kênh này" in label))
    await here.hears("Đã xoá")
    await head.hears("Đã tiếp nhận")
    await there.hears_nothing()


ONE_TRANSACTION = "SELECT count(*) FROM case_file f JOIN contact c ON c.xmin::text = f.xmin::text"


@pytest.mark.postgresql_only
async def test_the_night_takes_the_mark_of_the_deletion_also_from_a_channel_long_silent(many: Play) -> None:
    here, there = await joined(many, here="browser")
    await many_filed(there)
    many.clock.forward(days=9)
    await asks(here)
    await here.taps("mọi kênh")
    await here.hears("Đã xoá")
    await there.hears("Đã xoá")
    async with many.app.database.reading() as session:
        assert (await session.execute(text(ONE_TRANSACTION))).scalar_one() == 2
    many.clock.forward(days=1)
    await many.app.schedule.tick(many.clock())
    async with many.app.database.reading() as session:
        assert (await session.execute(text(ONE_TRANSACTION))).scalar_one() == 0


@pytest.mark.parametrize("play", ["browser"], indirect=True)
async def test_the_confirmation_sent_twice_counts_once_and_the_page_is_empty(play: Play) -> None:
    citizen = await play.citizen()
    await tell_and_send(citizen)
    await asks(citizen)
    handle = next(handle for label, handle in citizen.seen[-1].buttons.items() if "Xoá hẳn" in label)
    line: Any = citizen.line
    say = {"id": "once", "choice": handle, "label": "Xoá hẳn"}
    address = f"{play.app.address}chat/api/messages"

    async def post() -> bool:
        async with play.http.post(address, json=say, headers=line._headers) as answer:
            return bool((await answer.json())["repeated"])

    seen = line._seq
    assert await post() is False
    await settle(play.app)
    async with play.http.get(f"{address}?after={seen}", headers=line._headers) as answer:
        shown = (await answer.json())["messages"]
    assert [(message["from"], message.get("anew")) for message in shown] == [("bot", True)]
    await citizen.hears("Đã xoá")
    await citizen.says(HALF)
    await citizen.hears(buttons=("Loại khác",))
    assert await post() is True
    async with play.app.database.reading() as session:
        assert (await session.execute(select(func.count()).select_from(BrowserMessage))).scalar_one() == 3
        assert (await session.execute(select(Contact.memory))).scalar_one() is not None
        assert (await session.execute(select(func.count()).select_from(Case))).scalar_one() == 1
