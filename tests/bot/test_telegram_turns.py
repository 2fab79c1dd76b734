"""What Telegram tells, read as what a person did."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram_turns import Left, Said, Wanted, understand
from talk.turn import MAX_TEXT

PERSON = {"id": 700, "is_bot": False, "first_name": "Trần", "last_name": "Mẫu"}
PRIVATE = {"id": 700, "type": "private", "first_name": "Trần"}
GROUP = {"id": -100123, "type": "supergroup", "title": "Tổ dân phố"}
SIZES = [
    {"file_id": "small", "file_unique_id": "a", "width": 90, "height": 60, "file_size": 900},
    {"file_id": "large", "file_unique_id": "b", "width": 1280, "height": 853, "file_size": 90_000},
    {"file_id": "middle", "file_unique_id": "c", "width": 320, "height": 213, "file_size": 9_000},
]
FILE = {"file_id": "f1", "file_unique_id": "u1", "file_size": 500}


def message(chat: dict[str, Any] = PRIVATE, kind: str = "message", **content: Any) -> dict[str, Any]:
    return {"update_id": 41, kind: {"message_id": 5, "from": PERSON, "chat": chat, "date": 1_780_000_000, **content}}


def said(raw: dict[str, Any], username: str | None = None) -> Said:
    happened = understand(raw, username)
    assert isinstance(happened, Said)
    return happened


def test_words() -> None:
    turn = said(message(text="Cán bộ nhiệt tình")).turn
    assert (turn.channel, turn.address, turn.update_key, turn.text) == ("telegram", "700", "41", "Cán bộ nhiệt tình")
    assert (turn.group, turn.edited, turn.cut, turn.choice, turn.attachments) == (False, False, False, None, ())
    assert turn.display_name == "Trần Mẫu"


def test_words_are_cleaned() -> None:
    turn = said(message(text="ngoài\u202e giờ\x00 \ud800 hết")).turn
    assert turn.text == "ngoài giờ \ufffd hết"
    turn.text.encode()


def test_words_that_cannot_be_seen_are_still_a_turn() -> None:
    assert said(message(text="\u200b\u2060")).turn.text == ""


@pytest.mark.parametrize(
    ("text", "link"), [("/start dv17", "dv17"), ("/start@xa_mau_bot dv17", "dv17"), ("/start", None), ("/huy dv17", None)]
)
def test_a_deep_link(text: str, link: str | None) -> None:
    turn = said(message(text=text)).turn
    assert (turn.text, turn.link) == (text, link)


def test_a_text_too_long_is_cut_and_kept_whole() -> None:
    words = "dài " * 1_020
    happened = said(message(text=words))
    assert happened.turn.cut
    assert len(happened.turn.text) == MAX_TEXT
    assert happened.whole_text == words.strip()


def test_forwarded_words_are_words() -> None:
    origin = {"type": "hidden_user", "date": 1_780_000_000, "sender_user_name": "Ai đó"}
    assert said(message(text="chuyển tiếp", forward_origin=origin)).turn.text == "chuyển tiếp"


def test_an_edit() -> None:
    happened = said(message(kind="edited_message", photo=SIZES, caption="sửa", edit_date=1_780_000_100))
    assert (happened.turn.edited, happened.turn.text, happened.files) == (True, "sửa", ())


def test_a_place_that_moves_says_nothing() -> None:
    assert understand(message(kind="edited_message", location={"latitude": 21, "longitude": 105}, edit_date=1_780_000_100)) is None


def test_a_tap() -> None:
    query = {"id": "99", "from": PERSON, "chat_instance": "1", "data": "case:17~3", "message": message()["message"]}
    happened = said({"update_id": 42, "callback_query": query})
    assert (happened.turn.choice, happened.turn.address, happened.turn.update_key, happened.query_id) == ("case:17~3", "700", "42", "99")


def test_a_tap_on_a_message_too_old_to_be_told() -> None:
    query = {"id": "99", "from": PERSON, "chat_instance": "1", "data": "x", "message": {"message_id": 5, "chat": PRIVATE, "date": 0}}
    assert said({"update_id": 42, "callback_query": query}).turn.address == "700"


def test_a_tap_without_a_message_or_data() -> None:
    turn = said({"update_id": 42, "callback_query": {"id": "99", "from": PERSON, "chat_instance": "1"}}).turn
    assert (turn.address, turn.choice) == ("700", "")


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ({"photo": SIZES}, Wanted("large", "picture", "ảnh.jpg", "image/jpeg", 90_000)),
        ({"voice": {**FILE, "duration": 3}}, Wanted("f1", "voice", "ghi âm.ogg", "audio/ogg", 500)),
        (
            {"audio": {**FILE, "duration": 3, "file_name": "cuộc gọi.m4a", "mime_type": "audio/mp4"}},
            Wanted("f1", "voice", "cuộc gọi.m4a", "audio/mp4", 500),
        ),
        ({"video": {**FILE, "width": 6, "height": 4, "duration": 3}}, Wanted("f1", "video", "video.mp4", "video/mp4", 500)),
        ({"video_note": {**FILE, "length": 240, "duration": 3}}, Wanted("f1", "video", "video.mp4", "video/mp4", 500)),
        (
            {"document": {**FILE, "file_name": "đơn\u202e.pdf", "mime_type": "application/pdf"}},
            Wanted("f1", "document", "đơn.pdf", "application/pdf", 500),
        ),
        ({"document": {"file_id": "f1", "file_unique_id": "u"}}, Wanted("f1", "document", "tệp", "application/octet-stream", 0)),
    ],
)
def test_files_to_fetch(content: dict[str, Any], wanted: Wanted) -> None:
    happened = said(message(**content, caption="kèm theo"))
    assert happened.files == (wanted,)
    assert (happened.turn.text, happened.turn.attachments) == ("kèm theo", ())


ANIMATION = {**FILE, "width": 6, "height": 4, "duration": 3}
STICKER = {"file_id": "s", "file_unique_id": "u", "type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}
PLACE = {"latitude": 21.0, "longitude": 105.8}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ({"sticker": STICKER}, "sticker"),
        ({"location": PLACE}, "location"),
        ({"venue": {"location": PLACE, "title": "Ủy ban", "address": "thôn 1"}, "location": PLACE}, "location"),
        ({"contact": {"phone_number": "+84912345678", "first_name": "Lan"}}, "contact"),
        ({"animation": ANIMATION, "document": FILE}, "unsupported"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "unsupported"),
        ({"something_new": {"a": 1}}, "unsupported"),
    ],
)
def test_what_cannot_be_used_gets_a_kind_word(content: dict[str, Any], problem: str) -> None:
    happened = said(message(**content))
    assert [attachment.problem for attachment in happened.turn.attachments] == [problem]
    assert happened.files == ()


@pytest.mark.parametrize(
    "raw",
    [
        message(pinned_message=message(text="x")["message"]),
        message(message_auto_delete_timer_changed={"message_auto_delete_time": 86_400}),
        message(GROUP, new_chat_members=[PERSON]),
        {"update_id": 41, "poll_answer": {"poll_id": "1", "user": PERSON, "option_ids": [0]}},
        {"update_id": 41},
    ],
)
def test_what_nobody_said_is_no_turn(raw: dict[str, Any]) -> None:
    assert understand(raw) is None


def test_a_group() -> None:
    turn = said(message(GROUP, text="/tracuu")).turn
    assert (turn.group, turn.address) == (True, "-100123")
    assert said(message(GROUP, photo=SIZES, caption="/tracuu")).files == ()


@pytest.mark.parametrize(("text", "for_us"), [("/tracuu@Xa_Mau_bot", True), ("/tracuu@bot_khac", False), ("hỏi @bot_khac", True)])
def test_commands_for_another_bot_of_the_group(text: str, for_us: bool) -> None:
    assert (understand(message(GROUP, text=text), "xa_mau_bot") is not None) is for_us


@pytest.mark.parametrize(("status", "gone"), [("kicked", True), ("left", True), ("member", False)])
def test_blocked_and_unblocked(status: str, gone: bool) -> None:
    bot = {"id": 9, "is_bot": True, "first_name": "Trợ lý"}
    new = {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}
    old = {"user": bot, "status": "member"}
    change = {"chat": PRIVATE, "from": PERSON, "date": 1_780_000_000, "old_chat_member": old, "new_chat_member": new}
    assert understand({"update_id": 43, "my_chat_member": change}) == (Left("700", "43") if gone else None)


def test_a_message_that_the_library_cannot_read_is_answered_all_the_same() -> None:
    broken = message(text="vẫn nghe được", entities="???")
    assert said(broken).turn.text == "vẫn nghe được"
    assert said(message(photo="???")).turn.attachments[0].problem == "unsupported"
    assert understand({"update_id": 44, "message": "???"}) is None


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = ("text", "caption", "photo", "document", "voice", "sticker", "location", "chat", "from", "entities", "forward_origin", "date")


@settings(deadline=None, max_examples=150)
@given(
    kind=st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member", "chat_member", "?"]),
    content=ANY_JSON | st.dictionaries(st.sampled_from(FIELDS), ANY_JSON),
)
def test_nothing_breaks_the_reader(kind: str, content: Any) -> None:
    update = {"update_id": 1, kind: content}
    if isinstance(content, dict) and kind == "message":
        update = message(**{key: value for key, value in content.items() if key not in ("kind", "chat")})
    understand(json.loads(json.dumps(update)))


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_words_can_be_kept(words: str) -> None:
    turn = said(message(text=words or "x")).turn
    turn.model_dump_json().encode()
    assert len(turn.text) <= MAX_TEXT
