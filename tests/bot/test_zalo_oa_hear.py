"""What people do on Zalo is heard once and in order, whatever the road does; what strangers send is not heard at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.channels.zalo_oa_events import Said, understand
from tests.bot.zalo_oa_kit import Office, opened, picture
from tests.standins.zalo_oa import ZaloOfficialAccount, captured
from tests.standins.zalo_oa.doubts import Signing


async def test_words_are_heard_and_answered(oa: Office, zalo: ZaloOfficialAccount) -> None:
    an = zalo.person("An")
    await an.says("Xin chào")
    await oa.settled()
    assert (await an.next_message()).text == "Tôi nghe: Xin chào"
    assert [(turn.channel, turn.address, turn.text) for turn in oa.turns] == [("zalo_oa", an.id, "Xin chào")]


async def test_a_press_comes_back_as_a_choice_and_so_does_a_number(oa: Office, zalo: ZaloOfficialAccount) -> None:
    an = zalo.person("An")
    await an.says("menu")
    await oa.settled()
    assert (await an.next_message()).titles == ["Mục 1", "Mục 2", "Mục 3"]
    for press, chosen in ((an.presses("Mục 2"), "m:2"), (an.says("3"), "m:3"), (an.says("muc 1"), "m:1")):
        await press
        await oa.settled()
        assert (await an.next_message()).text == f"Đã chọn {chosen}"


async def test_a_menu_of_more_than_five_is_said_in_numbers(oa: Office, zalo: ZaloOfficialAccount) -> None:
    an = zalo.person("An")
    await an.says("menu dài")
    await oa.settled()
    message = await an.next_message()
    assert not message.buttons
    assert "7. Mục 7" in message.text
    await an.says("7")
    await oa.settled()
    assert (await an.next_message()).text == "Đã chọn m:7"


async def test_told_five_times_and_heard_once(oa: Office, zalo: ZaloOfficialAccount) -> None:
    an = zalo.person("An")
    for tell in (an.says("một"), an.follows(), an.sends_picture(picture())):
        await tell
        zalo.repeats(4)
        await oa.settled()
        assert len(an.takes_unread()) == 1
    assert [delivery.status for delivery in zalo.deliveries if not delivery.name.startswith("oa_send")] == [200] * 15
    assert len(oa.turns) == 3
    assert await oa.parked() == 0


async def test_out_of_order_each_is_heard_once(oa: Office, zalo: ZaloOfficialAccount) -> None:
    an = zalo.person("An")
    with zalo.out_of_order():
        for words in ("một", "hai", "ba"):
            await an.says(words)
        zalo.repeats(2)
    await oa.settled()
    assert sorted(turn.text for turn in oa.turns) == ["ba", "hai", "một"]
    assert len(an.takes_unread()) == 3


async def test_a_wrong_signature_is_not_heard(oa: Office, zalo: ZaloOfficialAccount) -> None:
    event = {"event_name": "user_send_text", "sender": {"id": "1"}, "message": {"text": "giả", "msg_id": "x"}, "timestamp": "1"}
    body = json.dumps(event).encode()
    right = zalo.proof(body, "1")
    wrong: list[dict[str, str]] = [{}, {"X-ZEvent-Signature": ""}, {"X-ZEvent-Signature": "mac=" + "0" * 64}]
    wrong += [{name: value.replace("mac=", "") for name, value in right.items()}, zalo.proof(body, "2")]
    for headers in wrong:
        assert (await zalo.posts(body, headers)).status == 403
    assert (await zalo.posts(body + b" ", right)).status == 403  # signed are the bytes, not what they mean
    assert not oa.turns
    assert (await zalo.posts(body, right)).status == 200
    assert [turn.text for turn in oa.turns] == ["giả"]


async def test_the_timestamp_of_the_header_counts_too(oa: Office, zalo: ZaloOfficialAccount) -> None:
    zalo.doubts.signing = Signing.HEADER
    await zalo.person().says("chào")
    await oa.settled()
    assert len(oa.turns) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"x" * 10_000_000, 413),
        (b"[1]", 400),
        (b"{", 400),
        (b"[" * 100_000, 400),
        (b"\xff\xfe", 400),
        (b"", 200),
        (b" {} ", 200),
        (b"{ }", 403),
    ],
)
async def test_strangers_can_send_anything(oa: Office, zalo: ZaloOfficialAccount, body: bytes, status: int) -> None:
    try:
        answer = (await zalo.posts(body)).status
    except ConnectionError:  # the server hung up before all of ten megabytes was written
        answer = 413
    assert answer == status
    await zalo.person().says("vẫn nghe")
    await oa.settled()
    assert [turn.text for turn in oa.turns] == ["vẫn nghe"]


async def test_the_address_is_checked_and_the_domain_is_proved(oa: Office, zalo: ZaloOfficialAccount) -> None:
    assert (await zalo.checks_address()).status == 200
    proof = await zalo.fetches_domain_proof(oa.url, "AbC123")
    assert (proof.status, "AbC123" in proof.text) == (200, True)
    assert (await zalo.fetches_domain_proof(oa.url, "khac")).status == 404
    assert not oa.turns


async def test_echoes_and_receipts_are_nothing(oa: Office, zalo: ZaloOfficialAccount) -> None:
    an = zalo.person("An")
    await an.says("chào")
    await oa.settled()
    await an.reads()
    await oa.settled()
    assert {"oa_send_text", "user_seen_message"} <= {event.name for event in zalo.events}
    assert len(oa.turns) == 1
    assert all(delivery.status == 200 for delivery in zalo.deliveries)


async def test_following_greets_and_leaving_is_noted(oa: Office, zalo: ZaloOfficialAccount) -> None:
    an = zalo.person("An")
    await an.follows()
    await oa.settled()
    assert [turn.text for turn in oa.turns] == ["/start"]
    await an.unfollows()
    await oa.settled()
    contact = await oa.contact(an.id)
    assert contact is not None
    assert contact.gone_at is not None
    await zalo.passes(seconds=1)
    await an.says("tôi lại đây")
    await oa.settled()
    contact = await oa.contact(an.id)
    assert contact is not None
    assert contact.gone_at is None


async def test_every_kind_of_thing_that_people_send(oa: Office, zalo: ZaloOfficialAccount) -> None:
    an = zalo.person("An")
    await an.sends_pictures([picture(), picture(side=50)], "hai ảnh")
    await an.sends_voice(b"\xff\xf1P\x80\x02\x1f\xfc" * 40)
    await an.sends_file("đơn.pdf", b"%PDF-1.4 x".ljust(300))
    await an.sends_location(10.79, 106.78, "ở đây")
    await an.sends_other("sticker")
    await an.sends_other("business_card")
    await an.sends_other("anything_new")
    await an.sends_other("link", {"title": "Báo", "url": "https://bao.vn/1"})
    await oa.settled()
    seen = [(turn.text, [(each.kind, each.problem, each.file_id is not None) for each in turn.attachments]) for turn in oa.turns]
    assert seen == [
        ("hai ảnh", [("picture", None, True), ("picture", None, True)]),
        ("", [("voice", None, True)]),
        ("", [("document", None, True)]),
        ("ở đây", [("location", "location", False)]),
        ("", [("sticker", "sticker", False)]),
        ("", [("contact", "contact", False)]),
        ("", [("unsupported", "unsupported", False)]),
        ("Báo\nhttps://bao.vn/1", []),
    ]
    file_id = oa.turns[2].attachments[0].file_id
    assert file_id is not None
    assert (await oa.kept(file_id))[1].startswith(b"%PDF")


async def test_captured_payloads(oa: Office, zalo: ZaloOfficialAccount) -> None:
    """As the facts sheet has them; what was cut short there cannot be fetched. Our own account's id is that of the capture."""
    for number, event in enumerate([*captured.WHOLE, *(captured.IMAGE | part for part in captured.PARTS)]):
        ours = event | ({"recipient": {"id": zalo.oa_id}} if "message" in event else {"oa_id": zalo.oa_id} if "oa_id" in event else {})
        if "msg_id" in ours.get("message", {}):
            ours["message"] = ours["message"] | {"msg_id": f"m{number}"}
        body = json.dumps(ours, ensure_ascii=False).encode()
        assert (await zalo.posts(body, zalo.proof(body, str(ours["timestamp"])))).status == 200
    await oa.hearing.drained()
    heard = {turn.address: turn for turn in oa.turns}
    assert heard["6142494823000000000"].text == "Chào"
    assert heard["8309…"].attachments[0].problem == "location"
    assert [(turn.text, [each.kind for each in turn.attachments]) for turn in oa.turns if turn.address == "USER"] == [
        ("optional", ["picture"]),
        ("", ["voice"]),
        ("", ["document"]),
    ]
    assert sorted(turn.text for turn in oa.turns if turn.address == "…") == ["/start", "Họ tên: …\nĐiện thoại: 84912345678"]
    assert len(oa.turns) == 7  # reading is nothing that somebody says


async def test_name_and_number_from_zalos_own_form(oa: Office, zalo: ZaloOfficialAccount) -> None:
    an = zalo.person("An", phone="84912345678")
    await an.says("chào")
    await oa.settled()
    await oa.channel.speech.ask_info(an.id, "Số điện thoại", "Để cán bộ gọi lại", "https://xa-mau.example.vn/a.png")
    assert an.takes_unread()[-1].asks_info
    await an.shares_info(old_style=True)
    await oa.settled()
    assert oa.turns[-1].text == "Họ tên: An\nĐiện thoại: 84912345678"


async def test_a_file_that_does_not_come_keeps_nobody_waiting(oa: Office, zalo: ZaloOfficialAccount) -> None:
    zalo.faults.hangs(calls="file", times=3)
    an, binh = zalo.person("An"), zalo.person("Bình")
    await an.sends_picture(picture(), "ảnh đây")
    await an.says("và lời này")
    await binh.says("tôi không chờ ai")
    await zalo.all_taken()
    assert all(delivery.status == 200 for delivery in zalo.deliveries)
    assert [turn.text for turn in oa.turns] == ["tôi không chờ ai"]
    await oa.settled()
    assert [turn.text for turn in oa.turns] == ["tôi không chờ ai", "ảnh đây", "và lời này"]
    assert [each.problem for each in oa.turns[1].attachments] == ["not_fetched"]


@pytest.mark.parametrize("fault", ["server_error", "drops_before", "drops_after"])
async def test_a_file_is_asked_for_again(oa: Office, zalo: ZaloOfficialAccount, fault: str) -> None:
    getattr(zalo.faults, fault)(calls="file")
    await zalo.person("An").sends_picture(picture())
    await oa.settled()
    assert [each.problem for each in oa.turns[0].attachments] == [None]


async def test_what_was_confirmed_is_heard_after_a_crash(zalo: ZaloOfficialAccount, tmp_path: Path) -> None:
    an = zalo.person("An")
    zalo.faults.hangs(calls="file", times=9)
    async with opened(zalo, tmp_path) as first:
        await an.sends_picture(picture(), "ảnh")
        await an.says("lời sau")
        await zalo.all_taken()
        assert (await first.parked(), first.turns) == (2, [])
        zalo.sets_webhook("")
    zalo.faults.clear()
    async with opened(zalo, tmp_path, connected=False) as second:
        await second.settled()
        assert [turn.text for turn in second.turns] == ["ảnh", "lời sau"]
        assert second.turns[0].attachments[0].file_id is not None
        assert await second.parked() == 0


async def test_when_the_database_is_away_zalo_brings_it_again(oa: Office, zalo: ZaloOfficialAccount) -> None:
    an = zalo.person("An")
    oa.database.away = True
    await an.says("lời")
    await an.sends_picture(picture())
    await zalo.settled()
    assert [delivery.status for delivery in zalo.deliveries] == [503, 503]
    oa.database.away = False
    await zalo.passes(seconds=31)
    await oa.settled()
    assert len(oa.turns) == 2


async def test_another_accounts_events_are_left_alone(oa: Office, zalo: ZaloOfficialAccount, capsys: pytest.CaptureFixture[str]) -> None:
    event = {"event_name": "user_send_text", "sender": {"id": "7"}, "recipient": {"id": "999"}, "message": {"text": "a", "msg_id": "b"}}
    body = json.dumps(event | {"timestamp": "5"}).encode()
    assert (await zalo.posts(body, zalo.proof(body, "5"))).status == 200
    assert not oa.turns
    assert "another Official Account" in capsys.readouterr().out


@pytest.mark.parametrize(
    "event",
    [
        {"event_name": "user_send_text"},
        {"event_name": "user_send_text", "sender": {"id": None}, "message": {"text": "a"}},
        {"event_name": "user_send_text", "sender": "x", "message": []},
        {"event_name": "user_send_image", "sender": {"id": "1"}, "message": {"attachments": "x"}},
        {"event_name": "follow"},
        {"event_name": 5},
        {"event_name": "user_submit_info", "sender": {"id": "1"}, "info": None},
        {"event_name": "user_received_message", "sender": {"id": "1"}, "message": {"msg_id": "x"}},
    ],
)
def test_an_event_that_cannot_be_read_raises_nothing(event: dict[str, Any]) -> None:
    happened = understand(event, b"")
    assert happened is None or (isinstance(happened, Said) and happened.turn.attachments[0].problem == "unsupported")


def test_a_number_as_an_id_stays_whole() -> None:
    event = {"event_name": "user_send_text", "sender": {"id": 6142494823000000000}, "message": {"text": "a", "msg_id": "m"}}
    said = understand(event, b"")
    assert isinstance(said, Said)
    assert said.address == "6142494823000000000"
