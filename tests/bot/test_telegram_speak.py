"""Speaking on Telegram over real HTTP: what a person sees, and what is said of each way in which a send can end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from telegram.error import BadRequest, ChatMigrated, NetworkError, TelegramError

from bot.channels.base import Parcel
from bot.channels.telegram import TelegramSpeech
from bot.channels.telegram_outcomes import ServerFault, outcome_of
from bot.delivery.outcome import Failed, Gone, Outcome, Refused, Sent, Unknown, Wait
from talk.reply import Choice, Enclosure, Reply
from tests.bot.telegram_kit import HASTE, picture, settings_for
from tests.standins.telegram import Button, Person, TelegramStandIn

OGG = b"OggS" + bytes(60)


@pytest.fixture
async def tg() -> AsyncIterator[TelegramStandIn]:
    async with await TelegramStandIn.start() as running:
        yield running


@pytest.fixture
async def speech(tg: TelegramStandIn, tmp_path: Path) -> AsyncIterator[TelegramSpeech]:
    async with TelegramSpeech.open(settings_for(tg, tmp_path), patience=HASTE) as channel:
        yield channel


@pytest.fixture
async def user(tg: TelegramStandIn) -> Person:
    somebody = tg.user()
    await somebody.starts()
    return somebody


def parcel(user: Person | int, reply: Reply | str, content: bytes | None = None) -> Parcel:
    reply = Reply(text=reply) if isinstance(reply, str) else reply
    return Parcel(str(user if isinstance(user, int) else user.id), 1, reply, "1.0", content)


def enclosing(kind: str, name: str, mime: str, text: str = "") -> Reply:
    return Reply(text=text, enclosure=Enclosure(file_id=1, kind=kind, name=name, mime=mime))


async def test_words_as_they_are_with_buttons(tg: TelegramStandIn, speech: TelegramSpeech, user: Person) -> None:
    rows = (
        (Choice(label="Đúng", data="ask:yes~1"), Choice(label="Khác", data="ask:no~1")),
        (Choice.link("Cổng thông tin", "https://xa-mau.example.vn/"),),
    )
    said = "<b>5 < 7</b> *và* _xem_ https://example.vn 😀"
    assert await speech.send(parcel(user, Reply(text=said, rows=rows))) == Sent()
    post = await user.next_message()
    assert (post.text, post.rows) == (
        said,
        (
            (Button("Đúng", "ask:yes~1"), Button("Khác", "ask:no~1")),
            (Button("Cổng thông tin", url="https://xa-mau.example.vn/"),),
        ),
    )
    assert all(entity["type"] == "url" for entity in post.entities)
    assert post.data["link_preview_options"]["is_disabled"] is True


async def test_many_buttons_in_a_row_are_broken_into_rows(speech: TelegramSpeech, user: Person) -> None:
    row = tuple(Choice(label=str(number), data=f"n:{number}") for number in range(20))
    assert await speech.send(parcel(user, Reply(text="chọn", rows=(row,)))) == Sent()
    assert [len(shown) for shown in (await user.next_message()).rows] == [8, 8, 4]


async def test_a_button_that_does_not_fit_does_not_take_the_message_with_it(speech: TelegramSpeech, user: Person) -> None:
    row = (Choice(label="Dài", data="ă" * 33), Choice(label="Vừa", data="ă" * 32))
    assert await speech.send(parcel(user, Reply(text="chọn", rows=(row,)))) == Sent()
    assert (await user.next_message()).labels == ("Vừa",)


async def test_a_picture_with_words_and_buttons(speech: TelegramSpeech, user: Person) -> None:
    reply = enclosing("picture", "biểu đồ.png", "image/png", "Tuần 47").model_copy(update={"rows": ((Choice(label="Mở", data="o"),),)})
    image = picture(form="PNG")
    assert await speech.send(parcel(user, reply, image)) == Sent()
    post = await user.next_message()
    assert (post.photo, post.text, post.labels) == (image, "Tuần 47", ("Mở",))


@pytest.mark.parametrize("size", [(30, 900), (6_000, 5_000)])
async def test_a_picture_that_is_no_photo_for_telegram_goes_as_a_document(
    speech: TelegramSpeech, user: Person, size: tuple[int, int]
) -> None:
    image = picture(*size)
    assert await speech.send(parcel(user, enclosing("picture", "ảnh.jpg", "image/jpeg", "Ảnh"), image)) == Sent()
    post = await user.next_message()
    assert (post.document, post.text) == (image, "Ảnh")


async def test_a_photo_that_telegram_refuses_goes_as_a_document(tg: TelegramStandIn, speech: TelegramSpeech, user: Person) -> None:
    broken = picture(form="PNG")[:60]
    assert await speech.send(parcel(user, enclosing("picture", "ảnh.png", "image/png"), broken)) == Sent()
    assert (await user.next_message()).document == broken
    tg.excuse("IMAGE_PROCESS_FAILED")


@pytest.mark.parametrize(
    ("kind", "name", "mime", "content", "method"),
    [
        ("document", "đơn.pdf", "application/pdf", b"%PDF-1.4", "sendDocument"),
        ("voice", "ghi âm.ogg", "audio/ogg", OGG, "sendVoice"),
        ("voice", "ghi âm.webm", "audio/webm", b"\x1aE\xdf\xa3" + bytes(60), "sendDocument"),
        ("video", "phim.mp4", "video/mp4", b"\0\0\0\x18ftypmp42" + bytes(60), "sendDocument"),
        ("picture", "động.gif", "image/gif", picture(form="GIF"), "sendDocument"),
    ],
)
async def test_other_files(
    tg: TelegramStandIn, speech: TelegramSpeech, user: Person, kind: str, name: str, mime: str, content: bytes, method: str
) -> None:
    assert await speech.send(parcel(user, enclosing(kind, name, mime), content)) == Sent()
    post = await user.next_message()
    assert post.media
    assert post.media.data == content
    assert method == "sendVoice" or post.media.name == name
    assert [call.status for call in tg.calls(method)] == [200]


async def test_too_many_requests(tg: TelegramStandIn, speech: TelegramSpeech, user: Person) -> None:
    tg.faults.too_many("sendMessage", retry_after=7)
    assert await speech.send(parcel(user, "x")) == Wait(7)
    assert user.inbox == []


async def test_a_person_who_blocked_the_bot_is_gone(speech: TelegramSpeech, user: Person) -> None:
    await user.blocks_bot()
    assert isinstance(await speech.send(parcel(user, "x")), Gone)
    assert isinstance(await speech.send(parcel(user, enclosing("picture", "a.jpg", "image/jpeg"), picture())), Gone)


async def test_a_chat_that_is_not_there_is_gone(tg: TelegramStandIn, speech: TelegramSpeech) -> None:
    assert isinstance(await speech.send(parcel(42, "x")), Gone)
    assert isinstance(await speech.send(parcel(42, enclosing("picture", "a.jpg", "image/jpeg"), picture())), Gone)
    assert tg.calls("sendDocument") == []


async def test_a_message_that_telegram_will_never_take_is_refused(tg: TelegramStandIn, speech: TelegramSpeech, user: Person) -> None:
    assert isinstance(await speech.send(parcel(user, "x" * 4_097)), Refused)
    tg.excuse("too long")


@pytest.mark.parametrize("status", [500, 502])
async def test_a_server_error_is_a_failure(tg: TelegramStandIn, speech: TelegramSpeech, user: Person, status: int) -> None:
    tg.faults.server_error("sendMessage", status=status)
    assert await speech.send(parcel(user, "x")) == Failed(f"the server answered {status}")
    assert await speech.send(parcel(user, "x")) == Sent()


async def test_a_connection_lost_may_have_carried_the_message(tg: TelegramStandIn, speech: TelegramSpeech, user: Person) -> None:
    tg.faults.drops_after("sendMessage")
    assert isinstance(await speech.send(parcel(user, "x")), Unknown)
    assert [post.text for post in user.inbox] == ["x"]
    tg.faults.drops_before("sendMessage")
    assert isinstance(await speech.send(parcel(user, "y")), Unknown)


async def test_no_answer_in_time(tg: TelegramStandIn, speech: TelegramSpeech, user: Person) -> None:
    tg.faults.hangs("sendMessage")
    assert await speech.send(parcel(user, "x")) == Unknown("ReadTimeout")


async def test_a_server_that_is_away_and_comes_back(tmp_path: Path) -> None:
    tg = await TelegramStandIn.start()
    port, user = int(tg.base_url.rpartition(":")[2]), 700_000_001
    await tg.stop()
    async with TelegramSpeech.open(settings_for(tg, tmp_path), patience=HASTE) as speech:
        assert await speech.send(parcel(user, "x")) == Failed("ConnectError")
        async with await TelegramStandIn.start(port=port) as again:
            await again.user(id=user).starts()
            assert await speech.send(parcel(user, "x")) == Sent()


async def test_a_wrong_token_is_said_once_and_never_shown(
    tg: TelegramStandIn, tmp_path: Path, user: Person, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    token = "123456789:AAWrongTokenThatMustNotBeSeen"
    async with TelegramSpeech.open(settings_for(tg, tmp_path, token=token), patience=HASTE) as speech:
        for _ in range(2):
            assert await speech.send(parcel(user, "lời của dân")) == Failed("the token was refused")
        tg.faults.server_error("sendMessage")
        await tg.close()
        await speech.send(parcel(user, "lời của dân"))
    shown = caplog.text + "".join(capfd.readouterr())
    assert "MustNotBeSeen" not in shown
    assert "lời của dân" not in shown
    assert shown.count("TELEGRAM_TOKEN") == 1


async def test_all_together_stay_below_telegrams_rate(tg: TelegramStandIn, speech: TelegramSpeech) -> None:
    people = [tg.user() for _ in range(12)]
    for person in people:
        await person.starts()
    assert set(await asyncio.gather(*(speech.send(parcel(person, "x")) for person in people))) == {Sent()}
    times = [call.at for call in tg.calls("sendMessage")]
    assert 11 / (times[-1] - times[0]) < 30


async def test_one_who_taps_wildly_is_answered_at_a_walking_pace(tg: TelegramStandIn, speech: TelegramSpeech, user: Person) -> None:
    sent = [asyncio.create_task(speech.send(parcel(user, str(number)))) for number in range(12)]
    done, waiting = await asyncio.wait(sent, timeout=0.9)
    assert {task.result() for task in done} == {Sent()}
    assert len(waiting) >= 1
    assert await speech.send(parcel(await _another(tg), "x")) == Sent()
    for task in waiting:
        task.cancel()


async def _another(tg: TelegramStandIn) -> Person:
    person = tg.user()
    await person.starts()
    return person


def _caused(by: Exception) -> NetworkError:
    fault = NetworkError("?")
    fault.__cause__ = by
    return fault


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (_caused(httpx.ConnectTimeout("")), Failed("ConnectTimeout")),
        (_caused(httpx.PoolTimeout("")), Failed("PoolTimeout")),
        (_caused(httpx.WriteTimeout("")), Unknown("WriteTimeout")),
        (_caused(httpx.RemoteProtocolError("")), Unknown("RemoteProtocolError")),
        (ServerFault(503), Failed("the server answered 503")),
        (ServerFault(504), Unknown("the server answered 504")),
        (NetworkError("Temporary Redirect (307)"), Failed("an answer that is none of the Bot API's")),
        (TelegramError("Invalid server response"), Unknown("TelegramError")),
        (TimeoutError(), Unknown("TimeoutError")),
        (ChatMigrated(-1009), Gone("Group migrated to supergroup. New chat id: -1009")),
        (BadRequest("User is deactivated"), Gone("User is deactivated")),
        (BadRequest("Message is too long"), Refused("Message is too long")),
    ],
)
def test_what_became_of_it(fault: Exception, outcome: Outcome) -> None:
    assert outcome_of(fault) == outcome
