"""What the Official Account tells the webhook: captured shapes, signature, retries, repeats, disorder, the page's checks."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.standins.zalo_oa import Person, Signing, ZaloOfficialAccount, captured
from tests.standins.zalo_oa.bare import Bare, Office, a_button, with_buttons
from tests.standins.zalo_oa.captured import shape

from .conftest import picture


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloOfficialAccount]:
    async with ZaloOfficialAccount.open() as running:
        yield running


@pytest.fixture
async def office(zalo: ZaloOfficialAccount) -> AsyncIterator[Office]:
    async with Office.open() as running:
        zalo.sets_webhook(f"{running.url}/hook")
        yield running


@pytest.fixture
async def bare(zalo: ZaloOfficialAccount) -> AsyncIterator[Bare]:
    async with Bare.open(zalo) as client:
        yield client


@pytest.fixture
def an(zalo: ZaloOfficialAccount) -> Person:
    return zalo.person("Trần Thị An")


async def all_kinds(an: Person) -> dict[str, dict[str, Any]]:
    events = [
        await an.says("Chào"),
        await an.sends_location(10.7923119, 106.7820651, "Ở đây"),
        await an.sends_picture(picture(), "Ổ gà"),
        await an.sends_voice(b"aac"),
        await an.sends_file("don.pdf", b"%PDF-1.7"),
        await an.follows(),
        await an.unfollows(),
        await an.reads(),
    ]
    return {event.name: event.content for event in events}


async def test_the_shapes_are_the_captured_ones(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    made = await all_kinds(an)
    element = {"title": "a", "subtitle": "b", "image_url": "https://a.vn/a.png"}
    message = {"attachment": {"type": "template", "payload": {"template_type": "request_user_info", "elements": [element]}}}
    await an.follows()
    assert [(await bare.send(an.id, message))["error"] for _ in range(2)] == [0, 0]
    made["user_submit_info"] = (await an.shares_info()).content
    made["user_seen_message"] = (await an.reads()).content
    for payload in captured.WHOLE:
        assert shape(made[payload["event_name"]]) == shape(payload)
    for part in captured.PARTS:
        whole = {**shape(captured.IMAGE), **shape(part)}
        assert shape(made[part["event_name"]]) == whole
    unfollow = {**made["unfollow"], "event_name": "follow"}
    assert shape(unfollow) == shape(captured.FOLLOW)


async def test_everything_is_told_in_order(zalo: ZaloOfficialAccount, office: Office, an: Person) -> None:
    made = await all_kinds(an)
    await zalo.all_taken()
    assert office.names() == list(made)
    assert {delivery.status for delivery in zalo.deliveries} == {200}


async def test_files_can_be_downloaded(zalo: ZaloOfficialAccount, an: Person) -> None:
    event = await an.sends_file("đơn.pdf", b"%PDF-1.7")
    payload = event.content["message"]["attachments"][0]["payload"]
    assert (payload["name"], payload["size"], payload["type"]) == ("đơn.pdf", "8", "pdf")
    async with ClientSession() as session:
        async with session.get(payload["url"]) as answer:
            assert await answer.read() == b"%PDF-1.7"
        zalo.faults.server_error(503, calls="file")
        async with session.get(payload["url"]) as answer:
            assert answer.status == 503
        async with session.get(payload["url"] + "x") as answer:
            assert answer.status == 404


async def test_the_signature_is_over_the_raw_bytes(zalo: ZaloOfficialAccount, office: Office, an: Person) -> None:
    await an.says("Đường hỏng “nặng”")
    await zalo.all_taken()
    told = office.told[0]
    wanted = hashlib.sha256(zalo.app_id.encode() + told.body + told.json["timestamp"].encode() + zalo.oa_secret_key.encode()).hexdigest()
    assert told.headers["X-ZEvent-Signature"] == f"mac={wanted}"
    assert "X-ZEvent-Timestamp" not in told.headers
    assert "Đường".encode() in told.body


async def test_the_signature_with_a_timestamp_in_the_header(zalo: ZaloOfficialAccount, office: Office, an: Person) -> None:
    zalo.doubts.signing = Signing.HEADER
    await an.says("chào")
    await zalo.all_taken()
    told = office.told[0]
    stamp = told.headers["X-ZEvent-Timestamp"]
    assert stamp != told.json["timestamp"]
    wanted = hashlib.sha256(zalo.app_id.encode() + told.body + stamp.encode() + zalo.oa_secret_key.encode()).hexdigest()
    assert told.headers["X-ZEvent-Signature"] == f"mac={wanted}"


@pytest.mark.parametrize("status", [201, 302, 404, 500])
async def test_told_again_by_the_schedule(zalo: ZaloOfficialAccount, office: Office, an: Person, status: int) -> None:
    office.statuses = [status] * 5
    event = await an.says("chào")
    await zalo.settled()
    for done, pause in enumerate((30, 300, 900, 1800, 3600), start=1):
        await zalo.passes(seconds=pause - 1)
        assert len(office.told) == done
        await zalo.passes(seconds=1)
        assert len(office.told) == done + 1
    assert event.taken
    assert {told.body for told in office.told} == {event.body}


async def test_lost_after_the_last_try(zalo: ZaloOfficialAccount, office: Office, an: Person) -> None:
    office.statuses = [500] * 6
    event = await an.says("chào")
    await zalo.passes(days=1)
    assert (event.lost, len(office.told)) == (True, 6)


async def test_an_answer_after_two_seconds_is_too_late(zalo: ZaloOfficialAccount, office: Office, an: Person) -> None:
    office.gate.clear()
    event = await an.says("chào")
    await office.bell.until(lambda: office.told, 5)
    zalo.clock.advance(2)
    await zalo.until(lambda: event.tries)
    assert event.tries[0].problem == "not answered in time"
    office.gate.set()
    await zalo.passes(seconds=30)
    assert event.taken
    assert len(office.told) == 2


async def test_an_answer_that_is_lost_on_the_way(zalo: ZaloOfficialAccount, office: Office, an: Person) -> None:
    zalo.faults.drops_after(calls="webhook")
    zalo.faults.drops_before(calls="webhook")
    await an.says("chào")
    await zalo.passes(minutes=6)
    assert office.texts() == ["chào", "chào"]
    assert [delivery.status for delivery in zalo.deliveries] == [None, None, 200]


async def test_nobody_is_listening(zalo: ZaloOfficialAccount, an: Person) -> None:
    zalo.sets_webhook("http://127.0.0.1:1/hook")
    event = await an.says("chào")
    await zalo.settled()
    assert event.tries[0].status is None
    with pytest.raises(AssertionError, match="did not take"):
        await zalo.all_taken(timeout=0.1)


async def test_five_times_and_out_of_order(zalo: ZaloOfficialAccount, office: Office, an: Person) -> None:
    with zalo.out_of_order():
        await an.says("một")
        await an.says("hai")
    await zalo.all_taken()
    zalo.repeats(4)
    await zalo.all_taken()
    assert office.texts() == ["hai", "một", *["hai"] * 4]
    assert len({told.json["message"]["msg_id"] for told in office.told}) == 2


async def test_a_press_comes_back_as_a_text(zalo: ZaloOfficialAccount, office: Office, bare: Bare, an: Person) -> None:
    await an.says("chào")
    await bare.send(an.id, with_buttons(a_button()))
    await an.presses("Tra cứu")
    await zalo.all_taken()
    assert office.texts() == ["chào", "#tracuu"]
    with pytest.raises(AssertionError, match="there is no button"):
        await an.presses("Khác")


async def test_echoes_of_what_the_account_says(zalo: ZaloOfficialAccount, office: Office, bare: Bare, an: Person) -> None:
    await an.says("chào")
    for message in ("chữ", with_buttons(a_button())):
        await bare.send(an.id, message)
    await zalo.all_taken()
    echoes = [told.json for told in office.told if told.json["event_name"].startswith("oa_send_")]
    assert [echo["event_name"] for echo in echoes] == ["oa_send_text", "oa_send_list"]
    assert (echoes[0]["sender"]["id"], echoes[0]["recipient"]["id"]) == (zalo.oa_id, an.id)
    zalo.doubts.echoes = False
    before = len(zalo.events)
    await bare.send(an.id, "nữa")
    assert len(zalo.events) == before


async def test_the_page_checks_address_and_domain(zalo: ZaloOfficialAccount, office: Office) -> None:
    office.pages["/zalo_verifierAbC123.html"] = ("text/html", b"<html>AbC123</html>")
    assert (await zalo.checks_address()).status == 200
    assert office.told[0].body == b"{}"
    assert not any(name.lower().startswith("x-zevent") for name in office.told[0].headers)
    assert (await zalo.fetches_domain_proof(office.url, "AbC123")).text == "<html>AbC123</html>"
    assert (await zalo.fetches_domain_proof(office.url, "khac")).status == 404


async def test_strangers_can_send_anything(zalo: ZaloOfficialAccount, office: Office) -> None:
    body = b'{"event_name":"user_send_text"}'
    await zalo.posts(body, {"X-ZEvent-Signature": "mac=0"})
    await zalo.posts(body, zalo.proof(body, "1699003881354"))
    first, second = (told.headers["X-ZEvent-Signature"] for told in office.told)
    assert first == "mac=0"
    assert len(second) == len("mac=") + 64


async def test_without_a_webhook_nothing_waits(zalo: ZaloOfficialAccount, an: Person) -> None:
    event = await an.says("chào")
    await zalo.all_taken()
    assert event.lost
