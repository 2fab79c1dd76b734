"""Nobody is exposed: not to the head, not in the database, not in the log, not to the one accused."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text

from office.records import AuditEntry, OutboxMessage, SealedReporter
from tests.dialogues.test_complaint import STORY, tell_and_send
from tests.dialogues.test_complaint_edges import begin
from tests.play import Play


async def everything_in(play: Play) -> str:
    """All values of all tables but the contact's own address, as text."""
    found = []
    async with play.app.database.reading() as session:
        for table in OutboxMessage.metadata.sorted_tables:
            for row in (await session.execute(select(table))).mappings():
                found += [
                    value.decode("latin-1") if isinstance(value, bytes) else str(value)
                    for name, value in row.items()
                    if (table.name, name) not in {("contact", "address"), ("case_file", "text"), ("contact", "id")}
                ]
    return "\n".join(found)


async def test_what_an_open_reporter_said_of_self_is_sealed_and_its_reading_audited(play: Play, capfd: pytest.CaptureFixture[str]) -> None:
    head = await play.official("CT01")
    citizen = await play.citizen()
    await begin(citizen)
    await citizen.taps("Bộ phận một cửa")
    await citizen.hears("gửi kèm")
    await citizen.taps("Không có")
    await citizen.hears("cách nào")
    await citizen.taps("Công khai")
    await citizen.hears("họ tên")
    await citizen.says("Nguyễn Thị Bí Mật, 0900000123")
    await citizen.hears("xem lại")
    await citizen.taps("📨 Gửi")
    await citizen.hears("Mã biên nhận")
    stored = await everything_in(play)
    assert "Bí Mật" not in stored
    assert "0900000123" not in stored
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    await head.hears("Nguyễn Thị Bí Mật", "chưa được xác minh")
    async with play.app.database.reading() as session:
        audit = (await session.execute(select(AuditEntry.action, AuditEntry.person_id))).all()
    assert ("read_open_reporter", play.office.people["CT01"]) in [tuple(row) for row in audit]
    out, err = capfd.readouterr()
    assert "Bí Mật" not in out + err


async def test_an_anonymous_case_keeps_no_way_back(play: Play) -> None:
    head = await play.official("CT01")
    citizen = await play.citizen()
    code = await tell_and_send(citizen, identity="Ẩn danh")
    async with play.app.database.reading() as session:
        assert (await session.execute(select(SealedReporter))).first() is None
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    await head.hears("quát to")
    await head.taps("Tiếp nhận")
    await head.hears("Đã tiếp nhận")
    await citizen.hears_nothing()
    await citizen.says(code)
    await citizen.hears("đang giải quyết")


async def test_the_words_of_answers_are_erased_once_said(play: Play) -> None:
    citizen = await play.citizen()
    await tell_and_send(citizen)
    async with play.app.database.reading() as session:
        left = (
            await session.execute(select(OutboxMessage.body).where(OutboxMessage.state == "sent", OutboxMessage.body.is_not(None)))
        ).all()
    assert not left


async def test_a_grave_matter_goes_above_and_the_accused_unit_hears_nothing(play: Play) -> None:
    chair, watcher = await play.official("CT01"), await play.official("NV01")
    citizen = await play.citizen()
    await citizen.says("Cán bộ đòi tôi hai triệu mới chịu đóng dấu, không đưa thì ngâm hồ sơ")
    await citizen.hears(buttons=("Loại khác",))
    await citizen.taps("Loại khác")
    await citizen.hears("gần nhất")
    await citizen.taps("Vòi vĩnh")
    await citizen.hears("đơn vị nào")
    await citizen.taps("Ủy ban nhân dân xã An Bình")
    await citizen.hears("lúc nào")
    await citizen.taps("Hôm nay")
    await citizen.hears("gửi kèm")
    await citizen.taps("Không có")
    await citizen.hears("cách nào")
    await citizen.taps("Giữ kín")
    await citizen.hears("xem lại")
    await citizen.taps("📨 Gửi")
    await citizen.hears("chuyển lên cấp trên")
    await watcher.hears("nghiêm trọng", "Vòi vĩnh")
    await chair.hears_nothing()
    await chair.says("/phananh")
    await chair.hears("Không có phản ánh nào đang mở")


async def test_nobody_opens_a_case_that_is_not_theirs(play: Play) -> None:
    head, other, official = await play.official("CT01"), await play.official("CT02"), await play.official("MC01")
    citizen = await play.citizen()
    await tell_and_send(citizen)
    await head.hears("phản ánh mới")
    opening = next(handle for label, handle in head.seen[-1].buttons.items() if "Mở xem" in label)
    for stranger, answer in ((other, "không thuộc phần xử lý"), (official, "Nút này đã cũ"), (citizen, "Nút này đã cũ")):
        await play.press(stranger, opening)
        heard = await stranger.hears(answer)
        assert STORY not in heard.text


async def test_the_raw_database_file_holds_no_draft_in_the_clear(play: Play) -> None:
    citizen = await play.citizen()
    await begin(citizen, "Bà Tám Dấu Tên kể: cán bộ văn thư làm mất giấy khai sinh của cháu tôi")
    assert "Dấu Tên" not in await everything_in(play)
    if play.app.database.is_sqlite:
        async with play.app.database.transaction() as session:
            await session.execute(text("SELECT 1"))
        folder = play.app.settings.data_dir
        assert all("Dấu Tên".encode() not in path.read_bytes() for path in folder.glob("office.db*"))
