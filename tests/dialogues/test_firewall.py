"""What leads from a case to a person, or past the firewall: times, file names, late words, old conversations; and turns that collide."""

from __future__ import annotations

import asyncio
import datetime as dt

from sqlalchemy import DateTime, select
from sqlalchemy.types import TypeDecorator

from office.moments import whole_hour
from office.records import Case, CaseEvent, Contact, OutboxMessage, Record
from office.vault import Vault
from tests.dialogue import settle
from tests.dialogues.test_complaint import tell_and_send, to_the_summary
from tests.play import Play

BESIDE_A_CONTACT = ("contact", "outbox", "heard_update", "browser_message", "stored_file")


async def test_no_exact_time_beside_a_contact_equals_one_of_a_case(play: Play) -> None:
    play.clock.set("2026-11-23 09:17")
    play.clock.forward(seconds=23.456789)
    head, citizen = await play.official("CT01"), await play.citizen()
    await tell_and_send(citizen)
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    await head.hears("quát to")
    if play.telegram is not None:  # the reporter has blocked the bot
        play.telegram.faults.forbidden("sendMessage", chat_id=int(citizen.line.address[1]))
    await head.taps("Tiếp nhận")
    await head.hears("Đã tiếp nhận")
    assert (await play.contact_of(citizen)).gone_at == (whole_hour(play.clock()) if play.telegram is not None else None)
    async with play.app.database.reading() as session:
        exact = {
            moment for wanted in (select(Case.created_at), select(CaseEvent.at)) for moment in (await session.execute(wanted)).scalars()
        }
        for name in BESIDE_A_CONTACT:
            table = Record.metadata.tables[name]
            times = [column for column in table.columns if isinstance(column.type, TypeDecorator | DateTime)]
            for row in (await session.execute(select(*times))).all():
                assert not exact & {value for value in row if isinstance(value, dt.datetime)}, name
        assert (await session.execute(select(Contact.heard_at))).first() is not None
    if play.telegram is None:
        await citizen.hears("đã được tiếp nhận")


async def test_the_name_a_file_came_with_does_not_reach_the_head(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await citizen.sends("don_cua_Nguyen_Van_Kin.txt", "Tôi gửi kèm lời kể".encode(), "text/plain")
    await citizen.hears("giữ tệp")
    await citizen.hears("kể thêm")
    await citizen.says("Cán bộ quát to giữa phòng")
    await citizen.hears()
    await citizen.taps("Loại khác")
    await citizen.hears("gần nhất")
    await citizen.taps("Giao tiếp")
    await citizen.hears("đơn vị nào")
    await citizen.taps("Bộ phận một cửa")
    await citizen.hears("lúc nào")
    await citizen.taps("Hôm nay")
    await citizen.hears("gửi kèm")
    await citizen.taps("tiếp tục")
    await citizen.hears("cách nào")
    await citizen.taps("Giữ kín")
    await citizen.hears("xem lại")
    await citizen.taps("📨 Gửi")
    await citizen.hears("Mã biên nhận")
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    file = (await head.hears("Gửi kèm")).files[0]
    assert "Nguyen_Van_Kin" not in str(file)
    if "url" in file:
        async with play.http.get(play.app.address.rstrip("/") + file["url"]) as answer:
            assert "Nguyen_Van_Kin" not in answer.headers["Content-Disposition"]
    await head.hears("quát to")


async def test_grave_words_at_the_very_end_still_send_it_above(play: Play) -> None:
    chair, watcher, citizen = await play.official("CT01"), await play.official("NV01"), await play.citizen()
    await to_the_summary(citizen)
    await citizen.says("Nó còn doạ đánh tôi, doạ giết cả nhà nếu dám kiện")
    await citizen.hears("ghi thêm")
    await citizen.hears("xem lại")
    await citizen.taps("📨 Gửi")
    await citizen.hears("Mã biên nhận", "cấp trên")
    await watcher.hears("nghiêm trọng")
    await chair.hears_nothing()


async def test_words_days_after_adding_are_not_put_into_the_old_case(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await tell_and_send(citizen)
    await head.hears("phản ánh mới")
    await citizen.taps("Tra cứu")
    await citizen.hears("chờ tiếp nhận")
    await citizen.taps("Bổ sung")
    await citizen.hears("viết thêm")
    await citizen.says("Lúc đó khoảng 8 giờ rưỡi")
    await citizen.hears("Đã bổ sung")
    await head.hears("vừa bổ sung")
    play.clock.forward(days=9)
    await citizen.says("Hôm nay bà trạm trưởng bắt tôi về ba lần vì thiếu giấy không có trong quy định")
    await citizen.hears("chuyện mới")
    await head.hears_nothing()
    await citizen.taps("Phản ánh mới")
    await citizen.hears(buttons=("Loại khác",))


async def test_a_row_sealed_with_another_key_does_not_stop_the_others(play: Play) -> None:
    citizen = await play.citizen()
    async with play.app.database.transaction() as session:
        contact = Contact(channel="browser", address="x", serial=0, created_at=play.clock(), heard_at=play.clock())
        session.add(contact)
        await session.flush()
        body = Vault(b"another key of thirty-two bytes!").seal({"messages": []}, "outbox")
        times = {"due_at": play.clock(), "created_at": play.clock()}
        session.add(OutboxMessage(key="k", contact_id=contact.id, place=1, kind="digest", body=body, **times))
    await citizen.says("/trogiup")
    await citizen.hears("Anh/chị có thể")
    async with play.app.database.reading() as session:
        assert (await session.execute(select(OutboxMessage.state).where(OutboxMessage.key == "k"))).scalar_one() == "failed"


async def test_a_head_and_a_citizen_at_the_same_moment_lose_nothing(play: Play) -> None:
    head, citizen = await play.official("CT01"), await play.citizen()
    await tell_and_send(citizen)
    await head.hears("phản ánh mới")
    await head.taps("Mở xem")
    await head.hears("quát to")
    await citizen.taps("Tra cứu")
    await citizen.hears("chờ tiếp nhận")
    await citizen.taps("Bổ sung")
    await citizen.hears("viết thêm")
    accept = next(handle for label, handle in head.seen[-1].buttons.items() if "Tiếp nhận" in label)
    await asyncio.gather(
        head.line.tap("Tiếp nhận", accept), *(citizen.line.say(f"thêm lời {n}") for n in range(4)), *(settle(play.app) for _ in range(3))
    )
    await settle(play.app)
    async with play.app.database.reading() as session:
        kinds = (await session.execute(select(CaseEvent.kind))).scalars().all()
    assert sorted(kinds) == ["accepted", *["added"] * 4, "filed"]
    heard = [message.text for message in (await head.line.receive()) + (await citizen.line.receive())]
    assert not [text for text in heard if "mã lỗi" in text]
