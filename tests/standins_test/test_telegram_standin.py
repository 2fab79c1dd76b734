"""Conversations on the stand-in: aiogram polls over real HTTP, python-telegram-bot answers, people talk, tap and send."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile, KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.error import BadRequest
from telegram.ext import ExtBot

from tests.standins.telegram import TelegramStandIn

from .conftest import picture, polling

OGG = b"OggS" + bytes(60)
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Đúng", callback_data="yes"), InlineKeyboardButton("Khác", callback_data="no")]])


def echo(speaker: ExtBot[None]) -> Dispatcher:
    """A small bot: greets, echoes with two buttons, thanks for a tap by changing its message."""
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart())
    async def greet(message: Message, command: CommandObject) -> None:
        await speaker.send_message(message.chat.id, f"Chào {message.from_user.first_name} {command.args or ''}".strip())  # type: ignore[union-attr]

    @dispatcher.message(F.text)
    async def repeat(message: Message) -> None:
        await speaker.send_chat_action(message.chat.id, "typing")
        await speaker.send_message(message.chat.id, f"<b>{len(message.text or '')}</b>", parse_mode="HTML", reply_markup=BUTTONS)

    @dispatcher.callback_query()
    async def thank(query: CallbackQuery) -> None:
        assert query.message
        await speaker.answer_callback_query(query.id, text="Đã ghi")
        await speaker.edit_message_text(f"Cảm ơn: {query.data}", chat_id=query.message.chat.id, message_id=query.message.message_id)

    return dispatcher


async def test_a_conversation_through_both_libraries(tg: TelegramStandIn, speaker: ExtBot[None], hearer: Bot) -> None:
    user = tg.user("Trần Thị Mẫu")
    async with polling(echo(speaker), hearer):
        await user.starts("u17")
        assert (await user.next_message()).text == "Chào Trần u17"

        await user.says("Cán bộ rất nhiệt tình 👍")
        reply = await user.next_message()
        assert (reply.text, reply.labels) == ("23", ("Đúng", "Khác"))
        assert reply.entities == [{"type": "bold", "offset": 0, "length": 2}]
        assert user.typing == ["typing"]

        tap = await user.taps("Đúng")
        assert await user.answer_to(tap) == "Đã ghi"
        changed = await user.next_edit()
        assert changed is reply
        assert (changed.text, changed.labels, changed.edited) == ("Cảm ơn: yes", (), True)
        await tg.all_taken()
    assert user.unread == []
    assert tg.unanswered_taps == []
    assert [call.status for call in tg.calls("sendMessage")] == [200, 200]


async def test_an_old_button_can_still_be_pressed(tg: TelegramStandIn, speaker: ExtBot[None], hearer: Bot) -> None:
    user = tg.user()
    async with polling(echo(speaker), hearer):
        await user.says("xin chào")
        message = await user.next_message()
        await user.answer_to(await user.taps("Khác"))
        await user.next_edit()
        with pytest.raises(AssertionError, match="no button 'Khác'"):
            await user.taps("Khác")
        tap = await user.taps("Khác", on=message, stale=True)
        assert await user.answer_to(tap) == "Đã ghi"
        await tg.until(lambda: [call.error for call in tg.calls("editMessageText") if call.status == 400])


async def test_a_message_too_old_to_be_told(tg: TelegramStandIn, speaker: ExtBot[None], hearer: Bot) -> None:
    user, heard = tg.user(), asyncio.Queue[CallbackQuery]()
    dispatcher = Dispatcher()
    dispatcher.callback_query.register(heard.put)
    async with polling(dispatcher, hearer):
        await user.starts()
        await speaker.send_message(user.id, "Chọn", reply_markup=BUTTONS)
        await user.taps("Đúng", long_ago=True)
        query = await asyncio.wait_for(heard.get(), 5)
    assert query.message
    assert query.message.date == 0 or query.message.date.timestamp() == 0
    assert not isinstance(query.message, Message)


async def test_everything_a_person_can_send_is_heard(tg: TelegramStandIn, hearer: Bot) -> None:
    user, kinds = tg.user(), asyncio.Queue[Message]()
    dispatcher = Dispatcher()
    dispatcher.message.register(kinds.put)
    dispatcher.edited_message.register(kinds.put)
    async with polling(dispatcher, hearer):
        first = await user.says("một")
        await user.edits(first, "hai")
        await user.sends_photo(picture(), "ảnh chụp")
        await user.sends_album([picture(), picture()], "hai ảnh")
        await user.sends_voice(OGG)
        await user.sends_video(b"video")
        await user.sends_document("don.pdf", b"%PDF-1.4")
        await user.sends_sticker()
        await user.sends_location(21.03, 105.85)
        await user.sends_contact("+84912345678", "Lan")
        await user.forwards("chuyển tiếp", hidden_name="Ẩn danh")
        await user.says("trả lời", reply_to=first)
        await tg.all_taken()
    heard = [kinds.get_nowait() for _ in range(kinds.qsize())]
    assert [message.content_type for message in heard] == [
        *("text", "text", "photo", "photo", "photo", "voice", "video", "document", "sticker", "location", "contact", "text", "text"),
    ]
    assert heard[1].edit_date
    assert heard[3].media_group_id == heard[4].media_group_id is not None
    assert heard[-2].forward_origin
    assert heard[-1].reply_to_message


async def test_files_go_both_ways(tg: TelegramStandIn, speaker: ExtBot[None], hearer: Bot) -> None:
    user, image = tg.user(), picture()
    await user.starts()
    sent = await user.sends_document("đơn.pdf", b"%PDF-1.4 x", "application/pdf")
    file_id = sent.data["document"]["file_id"]
    by_ptb = await (await speaker.get_file(file_id)).download_as_bytearray()
    by_aiogram = await hearer.download(file_id)
    assert by_aiogram
    assert bytes(by_ptb) == by_aiogram.read() == b"%PDF-1.4 x"

    message = await speaker.send_photo(user.id, image, caption="biểu đồ", reply_markup=BUTTONS)
    await speaker.send_photo(user.id, message.photo[-1].file_id)
    await speaker.send_document(user.id, InputFile(io.BytesIO(b"a,b"), "tuần.csv"), caption="<i>tuần</i>", parse_mode="HTML")
    await speaker.send_voice(user.id, OGG, duration=4)
    photo, again, document, voice = user.inbox
    assert photo.photo == again.photo == image
    assert (photo.text, photo.labels) == ("biểu đồ", ("Đúng", "Khác"))
    assert document.media
    assert (document.document, document.media.name, document.text) == (b"a,b", "tuần.csv", "tuần")
    assert voice.voice == OGG


async def test_a_big_file_cannot_be_fetched(tg: TelegramStandIn, speaker: ExtBot[None]) -> None:
    sent = await tg.user().sends_document("phim.mp4", bytes(30_000_000))
    with pytest.raises(BadRequest, match=r"[Ff]ile is too big"):
        await speaker.get_file(sent.data["document"]["file_id"])


async def test_a_long_text_comes_in_pieces(tg: TelegramStandIn, hearer: Bot) -> None:
    user, heard = tg.user(), asyncio.Queue[Message]()
    dispatcher = Dispatcher()
    dispatcher.message.register(heard.put)
    async with polling(dispatcher, hearer):
        await user.says("😀" * 5000)
        await tg.all_taken()
    assert [len(heard.get_nowait().text or "") for _ in range(heard.qsize())] == [2048, 2048, 904]


async def test_keys_below_the_input_field(tg: TelegramStandIn, speaker: ExtBot[None]) -> None:
    user = tg.user()
    await user.starts()
    keys = ReplyKeyboardMarkup([[KeyboardButton("Điểm danh"), KeyboardButton("Gửi số", request_contact=True)]], resize_keyboard=True)
    await speaker.send_message(user.id, "Chọn", reply_markup=keys)
    assert (await user.presses("Điểm danh")).text == "Điểm danh"
    assert "contact" in (await user.presses("Gửi số")).data
    await speaker.send_message(user.id, "Xong", reply_markup=ReplyKeyboardRemove())
    with pytest.raises(AssertionError, match="no key"):
        await user.presses("Điểm danh")


async def test_a_tap_is_answered_once_and_in_time(tg: TelegramStandIn, speaker: ExtBot[None]) -> None:
    user = tg.user()
    await user.starts()
    await speaker.send_message(user.id, "Chọn", reply_markup=BUTTONS)
    tap, late = await user.taps("Đúng"), await user.taps("Khác")
    assert len(tg.unanswered_taps) == 2
    await speaker.answer_callback_query(tap.query_id)
    with pytest.raises(BadRequest, match=r"[Qq]uery is too old"):
        await speaker.answer_callback_query(tap.query_id)
    tg.clock.advance(151)
    with pytest.raises(BadRequest, match=r"[Qq]uery is too old"):
        await speaker.answer_callback_query(late.query_id)
    assert tg.unanswered_taps == [late]


async def test_edits_that_change_nothing_or_miss(tg: TelegramStandIn, speaker: ExtBot[None]) -> None:
    user = tg.user()
    await user.starts()
    message = await speaker.send_message(user.id, "Chọn", reply_markup=BUTTONS)
    where: dict[str, Any] = {"chat_id": user.id, "message_id": message.message_id}
    with pytest.raises(BadRequest, match="not modified"):
        await speaker.edit_message_text("Chọn", reply_markup=BUTTONS, **where)
    await speaker.edit_message_reply_markup(**where)
    assert user.inbox[0].labels == ()
    assert [button.label for button in user.inbox[0].former_buttons] == ["Đúng", "Khác"]
    with pytest.raises(BadRequest, match="not modified"):
        await speaker.edit_message_reply_markup(**where)
    with pytest.raises(BadRequest, match="to edit not found"):
        await speaker.edit_message_text("x", chat_id=user.id, message_id=999)
    photo = await speaker.send_photo(user.id, picture(), caption="một")
    with pytest.raises(BadRequest, match="no text in the message"):
        await speaker.edit_message_text("hai", chat_id=user.id, message_id=photo.message_id)
    await speaker.edit_message_caption(user.id, photo.message_id, caption="hai")
    assert user.inbox[1].text == "hai"
    await speaker.delete_message(user.id, photo.message_id)
    assert len(user.inbox) == 1


async def test_the_profile_of_the_bot(tg: TelegramStandIn, speaker: ExtBot[None], hearer: Bot) -> None:
    me = await hearer.get_me()
    assert (me.username, me.id, me.is_bot) == ("xa_mau_bot", int(tg.token.split(":")[0]), True)
    await speaker.set_my_commands([("diemdanh", "Điểm danh"), ("huy", "Dừng lại")], language_code="vi")
    assert [command.command for command in await hearer.get_my_commands(language_code="vi")] == ["diemdanh", "huy"]
    await speaker.set_my_description("Trợ lý của xã")
    await speaker.set_my_short_description("Trợ lý")
    assert tg.profile.commands["default", "vi"][0] == {"command": "diemdanh", "description": "Điểm danh"}
    assert (tg.profile.description, tg.profile.short_description) == ({"": "Trợ lý của xã"}, {"": "Trợ lý"})


async def test_the_only_button_of_a_message_needs_no_label(tg: TelegramStandIn, speaker: ExtBot[None]) -> None:
    user = tg.user()
    await user.starts()
    await speaker.send_message(user.id, "Xem", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Mở", callback_data="open")]]))
    await speaker.send_message(user.id, "Chọn", reply_markup=BUTTONS)
    assert (await user.taps(user.inbox[0])).button_data == "open"
    with pytest.raises(AssertionError, match="exactly one button"):
        await user.taps(user.inbox[1])
    link = InlineKeyboardMarkup([[InlineKeyboardButton("Cổng", url="https://example.vn")]])
    await speaker.send_message(user.id, "Xem", reply_markup=link)
    with pytest.raises(AssertionError, match=r"opens https://example\.vn"):
        await user.taps("Cổng")


async def test_people_cannot_do_what_their_app_does_not(tg: TelegramStandIn, speaker: ExtBot[None]) -> None:
    user = tg.user()
    await user.starts()
    await speaker.send_message(user.id, "Chào")
    with pytest.raises(ValueError, match="empty message"):
        await user.says(" \n")
    with pytest.raises(UnicodeEncodeError):
        await user.says("\ud83d")
    with pytest.raises(ValueError, match="own messages only"):
        await user.edits(user.inbox[0], "Tạm biệt")
    with pytest.raises(AssertionError, match="only a webhook"):
        tg.out_of_order()


async def test_a_missing_answer_says_who_waited(tg: TelegramStandIn) -> None:
    user = tg.user("Mai Mẫu")
    with pytest.raises(AssertionError, match="Mai heard nothing"):
        await user.next_message(timeout=0.02)
