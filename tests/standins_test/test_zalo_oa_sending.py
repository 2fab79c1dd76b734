"""What the Official Account may send: text, buttons, picture, file, request for information, templates, with every limit."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.standins.zalo_oa import ButtonShape, Person, ZaloOfficialAccount
from tests.standins.zalo_oa.bare import Bare, Office, a_button, with_buttons, with_picture

from .conftest import picture

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloOfficialAccount]:
    async with ZaloOfficialAccount.open() as running:
        yield running


@pytest.fixture
async def bare(zalo: ZaloOfficialAccount) -> AsyncIterator[Bare]:
    async with Bare.open(zalo) as client:
        yield client


@pytest.fixture
async def an(zalo: ZaloOfficialAccount) -> Person:
    person = zalo.person("Trần Thị An")
    await person.says("chào")
    return person


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


async def test_a_text_arrives(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    answer = await bare.send(an.id, "Chào chị An")
    assert (await an.next_message()).text == "Chào chị An"
    assert answer["error"] == 0
    assert set(answer["data"]) == {"message_id", "user_id", "sent_time", "quota"}
    assert answer["data"]["user_id"] == an.id
    assert answer["data"]["quota"]["remain"] == "7"
    assert bare.headers["X-RateLimit-Limit"] == "4000"
    assert bare.headers["X-RateLimit-Remain"] == "3999"
    assert [post.message_id for post in zalo.sent] == [answer["data"]["message_id"]]


async def test_without_the_quota_field(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    zalo.doubts.quota_in_answers = False
    assert "quota" not in (await bare.send(an.id, "chào"))["data"]


async def test_2000_characters_are_counted_after_nfc(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    apart = unicodedata.normalize("NFD", "ế" * 2000)
    assert len(apart) == 6000
    assert (await bare.send(an.id, apart))["error"] == 0
    assert (await bare.send(an.id, "ế" * 2001))["error"] == -201
    zalo.excuse("2001 characters")


@pytest.mark.parametrize(
    "message",
    [
        {"text": ""},
        {"text": "   "},
        {"text": 5},
        {},
        {"text": "a", "extra": 1},
        {"text": "\ud800"},
        {"text": "a", "attachment": {"type": "audio", "payload": {}}},
        {"text": "a", "attachment": {"type": "template", "payload": {"template_type": "list", "elements": []}}},
        with_buttons(),
        with_buttons(*[a_button()] * 6),
        with_buttons(a_button(title="x" * 101)),
        with_buttons(a_button(payload="x" * 1001)),
        with_buttons(a_button(), text=""),
        with_buttons({"title": "a", "type": "oa.query.show", "payload": {"url": "https://a.vn"}}),
        with_buttons({"title": "a", "type": "oa.open.url", "payload": "https://a.vn"}),
        with_buttons({"title": "a", "type": "oa.open.url", "payload": {"url": "a.vn"}}),
        with_buttons({"title": "a", "type": "oa.open.phone", "payload": {"phone_code": "0912"}}),
        with_buttons({"title": "a", "type": "oa.open.app", "payload": "x"}),
        with_picture(),
        with_picture(url="https://a.vn/a.jpg", attachment_id="x"),
        with_picture(attachment_id="never was"),
        {"attachment": {"type": "file", "payload": {"token": "never was"}}},
    ],
)
async def test_refused_as_invalid(zalo: ZaloOfficialAccount, bare: Bare, an: Person, message: dict[str, Any]) -> None:
    assert (await bare.send(an.id, message))["error"] == -201
    assert an.inbox == []
    zalo.excuse("send: -201")


async def test_five_buttons_of_every_kind(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    message = with_buttons(
        a_button("x" * 100, "y" * 1000),
        {"title": "Ẩn", "type": "oa.query.hide", "payload": "#x"},
        {"title": "Trang", "type": "oa.open.url", "payload": {"url": "https://xa-mau.example.vn"}},
        {"title": "Gọi", "type": "oa.open.phone", "payload": {"phone_code": "842438000000"}},
        a_button("Năm", "#5"),
    )
    assert (await bare.send(an.id, message))["error"] == 0
    assert (await an.next_message()).titles[1:] == ["Ẩn", "Trang", "Gọi", "Năm"]
    with pytest.raises(AssertionError, match="says nothing"):
        await an.presses("Trang")
    assert (await an.presses("Năm")).content["message"]["text"] == "#5"


@pytest.mark.parametrize(("shape", "plain", "typed"), [("PLAIN", 0, -201), ("TYPED", -201, 0), ("REFUSED", -201, -201)])
async def test_the_switch_of_the_buttons_form(
    zalo: ZaloOfficialAccount, bare: Bare, an: Person, shape: str, plain: int, typed: int
) -> None:
    zalo.doubts.buttons = ButtonShape[shape]
    assert (await bare.send(an.id, with_buttons(a_button())))["error"] == plain
    assert (await bare.send(an.id, with_buttons(a_button(), template_type="button")))["error"] == typed
    assert zalo.violations == []


async def test_a_picture_by_upload(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    stored = await bare.upload("image", "a.png", picture())
    assert set(stored["data"]) == {"attachment_id"}
    assert (await bare.send(an.id, with_picture(attachment_id=stored["data"]["attachment_id"])))["error"] == 0
    assert (await an.next_message()).picture == picture()


async def test_a_picture_by_its_address(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    async with Office.open() as office:
        zalo.lead("https://xa-mau.example.vn", office.url)
        office.pages = {"/a.png": ("image/png", picture()), "/b.png": ("image/png", b"no picture")}
        assert (await bare.send(an.id, with_picture(url="https://xa-mau.example.vn/a.png")))["error"] == 0
        for wrong in ("https://xa-mau.example.vn/b.png", "https://xa-mau.example.vn/c.png", f"{office.url}/a.png", "https://khac.vn/a.png"):
            assert (await bare.send(an.id, with_picture(url=wrong)))["error"] == -201
    zalo.excuse("url")


async def test_a_file_by_upload(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    stored = await bare.upload("file", "don.pdf", PDF)
    assert set(stored["data"]) == {"token"}
    message = {"attachment": {"type": "file", "payload": {"token": stored["data"]["token"]}}}
    assert (await bare.send(an.id, message))["error"] == 0
    heard = await an.next_message()
    assert (heard.file_name, heard.file) == ("don.pdf", PDF)
    assert (await bare.send(an.id, {"text": "kèm", **message}))["error"] == -201
    assert (await bare.send(an.id, with_picture(attachment_id=stored["data"]["token"])))["error"] == -201
    zalo.excuse("send: -201")


@pytest.mark.parametrize(
    ("kind", "name", "data", "taken"),
    [
        ("image", "a.jpg", picture(form="JPEG"), True),
        ("image", "a.jpg", picture(form="GIF"), False),
        ("image", "a.png", b"\x89PNG\r\n", False),
        ("gif", "a.gif", picture(form="GIF"), True),
        ("gif", "a.gif", picture(), False),
        ("file", "a.pdf", b"not a pdf", False),
        ("file", "a.bin", PDF, True),
        ("file", "a.docx", docx(), True),
        ("file", "a.docx", b"PK\x03\x04", False),
        ("file", "a.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"x", True),
        ("file", "a.csv", "họ,tên\n".encode(), True),
        ("file", "a.csv", b"\xff\xfe\x00", False),
        ("file", "a.txt", b"text", False),
        ("file", "a.png", picture(), False),
    ],
)
async def test_uploads_are_judged_by_their_bytes(
    zalo: ZaloOfficialAccount, bare: Bare, kind: str, name: str, data: bytes, taken: bool
) -> None:
    assert (await bare.upload(kind, name, data))["error"] == (0 if taken else -201)
    if not taken:
        zalo.excuse("is not one of")


@pytest.mark.parametrize(("kind", "name", "most", "head"), [("image", "a.png", 1, picture()), ("file", "a.pdf", 5, PDF)])
async def test_uploads_have_a_size(zalo: ZaloOfficialAccount, bare: Bare, kind: str, name: str, most: int, head: bytes) -> None:
    full = head + bytes(most * 1024 * 1024 - len(head))
    assert (await bare.upload(kind, name, full))["error"] == 0
    assert (await bare.upload(kind, name, full + b"\0"))["error"] == -201
    zalo.excuse("at most")


async def test_an_upload_is_one_field_called_file(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    assert (await bare.upload("image", "a.png", picture(), field="image"))["error"] == -201
    assert (await bare.post("/v2.0/oa/upload/image", {}))["error"] == -201
    zalo.excuse("upload: -201")


async def test_an_upload_is_kept_seven_days(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    message = with_picture(attachment_id=(await bare.upload("image", "a.png", picture()))["data"]["attachment_id"])
    await zalo.passes(days=7)
    await an.says("còn đây")
    bare.pair = zalo.issues_tokens()
    assert (await bare.send(an.id, message))["error"] == 0
    await zalo.passes(seconds=1)
    assert (await bare.send(an.id, message))["error"] == -100
    assert zalo.violations == []


async def test_so_many_uploads_a_month(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    zalo.world.uploads.per_month = 1
    assert (await bare.upload("image", "a.png", picture()))["error"] == 0
    assert (await bare.upload("image", "a.png", picture()))["error"] == -211
    await zalo.passes(days=32)
    bare.pair = zalo.issues_tokens()
    assert (await bare.upload("image", "a.png", picture()))["error"] == 0


async def test_a_request_for_information_is_answered(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    element = {"title": "Xin số điện thoại", "subtitle": "Để cán bộ gọi lại", "image_url": "https://xa-mau.example.vn/a.png"}
    message = {"attachment": {"type": "template", "payload": {"template_type": "request_user_info", "elements": [element]}}}
    with pytest.raises(AssertionError, match="not asked"):
        await an.shares_info()
    assert (await bare.send(an.id, message))["error"] == 0
    assert (await an.next_message()).asks_info
    new = (await an.shares_info(phone="84912345678")).content["info"]
    assert new == {"name": "Trần Thị An", "phone": "84912345678"}
    old = (await an.shares_info(old_style=True)).content["info"]
    assert {"address", "city", "district", "ward"} < set(old)
    assert isinstance(old["phone"], int)
    del element["image_url"]
    assert (await bare.send(an.id, message))["error"] == -201
    zalo.excuse("image_url is missing")


async def test_templates_by_user_and_by_phone(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    binh = zalo.person("Lê Bình", phone="84987654321")
    zalo.approves_template("T1", "Hồ sơ <code> đã có kết quả")
    data = {"template_id": "T1", "template_data": {"code": "PA-7"}}
    assert (await bare.post("/v3.0/oa/message/template", {"user_id": binh.id, **data}))["error"] == 0
    assert (await bare.post("/message/template", {"phone": "84987654321", "tracking_id": "t1", **data}))["error"] == 0
    assert [post.text for post in binh.takes_unread()] == ["Hồ sơ PA-7 đã có kết quả"] * 2
    assert (await bare.post("/message/template", {"phone": "84900000000", "tracking_id": "t1", **data}))["error"] == -227
    assert zalo.violations == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"template_id": "T2"},
        {"template_data": {}},
        {"template_data": {"code": "a", "more": "b"}},
        {"template_data": {"code": ""}},
        {"phone": "0987654321"},
        {"phone": "+84987654321"},
        {"mode": "development"},
    ],
)
async def test_a_template_must_fit(zalo: ZaloOfficialAccount, bare: Bare, wrong: dict[str, Any]) -> None:
    zalo.person(phone="84987654321")
    zalo.approves_template("T1", "Hồ sơ <code>")
    body = {"phone": "84987654321", "tracking_id": "t1", "template_id": "T1", "template_data": {"code": "a"}, **wrong}
    assert (await bare.post("/message/template", body))["error"] == -201
    zalo.excuse("template_by_phone: -201")


async def test_the_account_and_a_person_can_be_looked_up(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    await an.follows()
    assert (await bare.get("/v2.0/oa/getoa"))["data"]["num_follower"] == 1
    card = (await bare.get("/v3.0/oa/user/detail", data=json.dumps({"user_id": an.id})))["data"]
    assert (card["display_name"], card["user_is_follower"]) == ("Trần Thị An", True)
    assert (await bare.get("/v3.0/oa/user/detail", user_id=an.id))["error"] == -201
    zalo.excuse("?data=")


@pytest.mark.parametrize("path", ["/v2.0/oa/message", "/v3.0/oa/message/transaction", "/v3.0/oa/message/promotion"])
async def test_what_has_ended_is_not_there(zalo: ZaloOfficialAccount, bare: Bare, path: str) -> None:
    async with bare.session.post(zalo.base_url + path, json={}) as answer:
        assert answer.status == 404
    zalo.excuse(f"there is no POST {path}")
