"""What the stand-in refuses: everything the Bot API's documents, aiogram's models or Telegram's limits forbid."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiohttp import FormData
from telegram import Bot as PtbBot
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, InvalidToken, NetworkError
from telegram.ext import ExtBot

from tests.standins.telegram import Person, TelegramStandIn

from .conftest import Ask, picture


@pytest.fixture
async def user(tg: TelegramStandIn) -> Person:
    """Somebody who has started the bot."""
    person = tg.user()
    await person.starts()
    return person


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def key(**more: Any) -> dict[str, Any]:
    return {"text": "x", "callback_data": "y", **more}


BREACHES: dict[str, tuple[str, dict[str, Any], str]] = {
    "unknown parameter": ("sendMessage", {"text": "x", "txt": "y"}, "unknown parameter txt"),
    "wrong type": ("sendMessage", {"text": "x", "disable_notification": 1}, "disable_notification"),
    "text is no string": ("sendMessage", {"text": 5}, '"text"'),
    "required is missing": ("answerCallbackQuery", {"chat_id": None}, "callback_query_id"),
    "no text": ("sendMessage", {"text": ""}, '"text"'),
    "only spaces": ("sendMessage", {"text": " \n "}, "message text is empty"),
    "too long": ("sendMessage", {"text": "a" * 4097}, "message is too long"),
    "too long in UTF-16": ("sendMessage", {"text": "😀" * 2049}, "message is too long"),
    "lone surrogate": ("sendMessage", {"text": "\ud83d"}, "UTF-8"),
    "lone surrogate on a button": ("sendMessage", {"text": "x", "reply_markup": keyboard([key(text="\ud83d")])}, "UTF-8"),
    "unknown tag": ("sendMessage", {"text": "<p>x</p>", "parse_mode": "HTML"}, 'Unsupported start tag "p" at byte offset 0'),
    "bare less-than": ("sendMessage", {"text": "số < 5", "parse_mode": "HTML"}, 'Unsupported start tag "" at byte offset 5'),
    "open tag": ("sendMessage", {"text": "<b>x", "parse_mode": "HTML"}, 'end tag corresponding to start tag "b"'),
    "crossed tags": ("sendMessage", {"text": "<b><i>x</b></i>", "parse_mode": "HTML"}, "Unmatched end tag"),
    "unknown parse mode": ("sendMessage", {"text": "x", "parse_mode": "RTF"}, "unsupported parse_mode"),
    "Markdown is not for the stand-in": ("sendMessage", {"text": "x", "parse_mode": "MarkdownV2"}, "stand-in does not know"),
    "parameter the stand-in would ignore": ("sendMessage", {"text": "x", "message_effect_id": "1"}, "stand-in does not know"),
    "entity outside": ("sendMessage", {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "outside"),
    "data too long": ("sendMessage", {"text": "x", "reply_markup": keyboard([key(callback_data="đ" * 33)])}, "BUTTON_DATA_INVALID"),
    "no label": ("sendMessage", {"text": "x", "reply_markup": keyboard([key(text=" ")])}, "non-empty"),
    "button does nothing": ("sendMessage", {"text": "x", "reply_markup": keyboard([{"text": "x"}])}, "text buttons are unallowed"),
    "button does two things": ("sendMessage", {"text": "x", "reply_markup": keyboard([key(url="https://a.vn")])}, "exactly one thing"),
    "strange link": ("sendMessage", {"text": "x", "reply_markup": keyboard([{"text": "x", "url": "ftp://a.vn"}])}, "Wrong HTTP URL"),
    "link to here": ("sendMessage", {"text": "x", "reply_markup": keyboard([{"text": "x", "url": "http://localhost/"}])}, "Wrong HTTP"),
    "unknown field of a button": ("sendMessage", {"text": "x", "reply_markup": keyboard([key(colour="red")])}, "unknown field colour"),
    "too many in a row": ("sendMessage", {"text": "x", "reply_markup": keyboard([key()] * 9)}, "8 buttons in a row"),
    "too many at all": ("sendMessage", {"text": "x", "reply_markup": keyboard(*[[key()] * 8] * 13)}, "reply markup is too long"),
    "no markup at all": ("sendMessage", {"text": "x", "reply_markup": {"buttons": []}}, "object expected as reply markup"),
    "photo is a text": ("sendPhoto", {"photo": "attach://nothing"}, "no photo in the request"),
    "unknown action": ("sendChatAction", {"action": "dancing"}, "wrong parameter action"),
    "commands in capitals": ("setMyCommands", {"commands": [{"command": "Huy", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    "command without words": ("setMyCommands", {"commands": [{"command": "huy", "description": ""}]}, "DESCRIPTION_INVALID"),
    "description too long": ("setMyDescription", {"description": "x" * 513}, "description is too long"),
    "short description too long": ("setMyShortDescription", {"short_description": "x" * 121}, "description is too long"),
    "unknown kind of update": ("getUpdates", {"allowed_updates": ["turn"]}, "unknown kinds: turn"),
    "limit out of range": ("getUpdates", {"limit": 101}, "limit must be 1-100"),
    "secret with a dot": ("setWebhook", {"url": "https://a.vn/t", "secret_token": "a.b"}, "unallowed characters"),
    "edit without a target": ("editMessageText", {"text": "x"}, "identifier is not specified"),
    "toast too long": ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
}
NO_CHAT = ("setMy", "getUpdates", "setWebhook", "answer")


@pytest.mark.parametrize("case", BREACHES)
async def test_a_breach_is_refused_and_remembered(case: str, tg: TelegramStandIn, ask: Ask, user: Person) -> None:
    method, body, reason = BREACHES[case]
    where = {} if method.startswith(NO_CHAT) else {"chat_id": user.id}
    status, answer = await ask(method, json={**where, **body})
    assert status == answer["error_code"] == 400
    assert reason in answer["description"]
    assert tg.excuse(reason)
    assert user.inbox == []


async def test_a_violation_fails_the_test_at_the_end() -> None:
    tg = await TelegramStandIn.start()
    user = tg.user()
    await user.starts()
    async with PtbBot(tg.token, base_url=tg.ptb_base_url) as bot:
        with pytest.raises(BadRequest, match="too long"):
            await bot.send_message(user.id, "a" * 5000)
    with pytest.raises(AssertionError, match="sendMessage: Bad Request: message is too long"):
        await tg.stop()


async def test_the_exact_limits_are_allowed(tg: TelegramStandIn, speaker: ExtBot[None], user: Person) -> None:
    full = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="d" * 64)] * 8] * 12)
    await speaker.send_message(user.id, "😀" * 2048, reply_markup=full)
    await speaker.send_message(user.id, f"<b>{'a' * 4096}</b>", parse_mode="HTML")
    await speaker.send_photo(user.id, picture(), caption="a" * 1024)
    assert [len(post.text) for post in user.inbox] == [2048, 4096, 1024]


async def test_a_caption_ends_at_1024(tg: TelegramStandIn, speaker: ExtBot[None], user: Person) -> None:
    with pytest.raises(BadRequest, match="caption is too long"):
        await speaker.send_photo(user.id, picture(), caption="a" * 1025)
    tg.excuse("caption is too long")


async def test_html_becomes_entities(tg: TelegramStandIn, speaker: ExtBot[None], user: Person) -> None:
    await speaker.send_message(
        user.id, '  <b>Đơn 😀 <i>mới</i></b> &lt;3 &amp; <a href="https://a.vn/?a=1&amp;b=2">xem</a>\n', parse_mode="HTML"
    )
    post = user.inbox[0]
    assert post.text == "Đơn 😀 mới <3 & xem"
    assert post.entities == [
        {"type": "bold", "offset": 0, "length": 10},
        {"type": "italic", "offset": 7, "length": 3},
        {"type": "text_link", "url": "https://a.vn/?a=1&b=2", "offset": 16, "length": 3},
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"not a picture", "IMAGE_PROCESS_FAILED"),
        (picture()[:60], "IMAGE_PROCESS_FAILED"),
        (b"", "file must be non-empty"),
        (bytes(10_000_001), "too big for a photo"),
        (picture(1000, 30), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_a_photo_must_be_a_picture(data: bytes, reason: str, tg: TelegramStandIn, ask: Ask, user: Person) -> None:
    form = FormData({"chat_id": str(user.id)})
    form.add_field("photo", data, filename="a.png")
    status, answer = await ask("sendPhoto", data=form)
    assert (status, reason in answer["description"]) == (400, True)
    tg.excuse(reason)


async def test_documents_end_at_50_megabytes(tg: TelegramStandIn, speaker: ExtBot[None], user: Person) -> None:
    await speaker.send_document(user.id, bytes(50_000_000), filename="a.bin", read_timeout=20)
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await speaker.send_document(user.id, bytes(50_000_001), filename="a.bin", read_timeout=20)
    tg.excuse("Request Entity Too Large")


async def test_a_file_nobody_refers_to(tg: TelegramStandIn, ask: Ask, user: Person) -> None:
    form = FormData({"chat_id": str(user.id), "text": "x"})
    form.add_field("extra", b"data", filename="a.bin")
    assert (await ask("sendMessage", data=form))[0] == 400
    tg.excuse('uploaded file "extra" is not referred to')


async def test_a_file_of_another_kind_or_none(tg: TelegramStandIn, speaker: ExtBot[None], user: Person) -> None:
    sent = await user.sends_document("a.txt", b"a")
    with pytest.raises(BadRequest, match=r"[Cc]an't use file of type document as photo"):
        await speaker.send_photo(user.id, sent.data["document"]["file_id"])
    with pytest.raises(BadRequest, match=r"(?i)wrong file identifier"):
        await speaker.send_photo(user.id, "AgACnothing")
    with pytest.raises(BadRequest, match=r"(?i)voice is not an ogg"):
        await speaker.send_voice(user.id, b"RIFFxxxxWAVE")
    tg.excuse("document as photo")
    tg.excuse("not an OGG")


async def test_every_way_of_sending_parameters(ask: Ask, user: Person) -> None:
    body = {"chat_id": str(user.id), "text": "Chào", "reply_markup": json.dumps(keyboard([key()]))}
    assert (await ask("sendMessage", verb="GET", params=body))[0] == 200
    assert (await ask("SENDMESSAGE", data=body))[0] == 200
    assert (await ask("sendMessage", json={**body, "chat_id": user.id, "reply_markup": keyboard([key()])}))[0] == 200
    form = FormData(body)
    form.add_field("disable_notification", "true", content_type="text/plain")
    assert (await ask("sendMessage", data=form))[0] == 200
    assert [(post.text, post.labels, post.silent) for post in user.inbox] == [("Chào", ("x",), False)] * 3 + [("Chào", ("x",), True)]


@pytest.mark.parametrize("data", [b"chat_id=1&text=%FF", b"chat_id=1&text=a&text=b", b"chat_id=1&text=a&reply_markup={"])
async def test_an_unreadable_form(data: bytes, tg: TelegramStandIn, ask: Ask) -> None:
    status, _ = await ask("sendMessage", data=data, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert status == 400
    assert len(tg.excuse("Bad Request")) == 1


async def test_tokens_and_unknown_methods(tg: TelegramStandIn, ask: Ask, speaker: ExtBot[None]) -> None:
    assert (await ask("getMe", token="123456789:wrong"))[0] == 401
    assert (await ask("getMe", token="nonsense"))[0] == 404
    with pytest.raises(InvalidToken):
        async with PtbBot("123456789:wrong", base_url=tg.ptb_base_url):
            pass
    assert tg.violations == []
    assert (await ask("sendMesage"))[0] == 404
    assert (await ask("sendDice", json={"chat_id": 1}))[0] == 404
    assert len(tg.excuse("method not found")) == 2


async def test_files_need_token_and_a_told_path(tg: TelegramStandIn, ask: Ask, user: Person) -> None:
    sent = await user.sends_document("a.txt", b"a")
    stored = tg.world.files.find(sent.data["document"]["file_id"])
    assert stored
    assert (await ask(f"../file/bot{tg.token}/{stored.path}", verb="GET"))[0] == 404
    assert (await ask(f"../file/bot1:x/{stored.path}", verb="GET"))[0] == 401
    assert (await ask("getFile", json={"file_id": "nothing"}))[1]["description"].startswith("Bad Request: wrong file_id")
