"""Speaking on Zalo Bot over real HTTP: what a person sees, and what is said of each way in which a send can end."""

from __future__ import annotations

import asyncio
import io
import logging
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import httpx
import pytest
from PIL import Image

from bot.channels.base import Parcel
from bot.channels.zalo_bot import ZaloBotSpeech
from bot.channels.zalo_bot_api import NoAnswer, Refusal, ServerFault
from bot.channels.zalo_bot_outcomes import outcome_of
from bot.channels.zalo_bot_pictures import GOOD_FOR, MOST_BYTES, PublicPictures, as_jpeg
from bot.channels.zalo_bot_speak import MOST_TEXT, in_words
from bot.delivery.outcome import Failed, Gone, Outcome, Refused, Sent, Unknown, Wait
from talk.fit import fit, width
from talk.reply import Choice, Enclosure, Reply
from tests.bot.telegram_kit import NOW, PUBLIC, picture
from tests.bot.zalo_bot_kit import Office, open_office
from tests.standins.zalo_bot import Person, ZaloBotPlatform


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloBotPlatform]:
    async with ZaloBotPlatform.open() as running:
        yield running


@pytest.fixture
async def office(zalo: ZaloBotPlatform, tmp_path: Path) -> AsyncIterator[Office]:
    """With a public address."""
    async with open_office(zalo, tmp_path, webhook=True, hears=False) as opened:
        yield opened


@pytest.fixture
def an(zalo: ZaloBotPlatform) -> Person:
    person = zalo.person("Trần Thị An")
    person.contact.opened = True
    return person


def parcel(person: Person | str, reply: Reply | str) -> Parcel:
    reply = Reply(text=reply) if isinstance(reply, str) else reply
    return Parcel(person if isinstance(person, str) else person.id, 1, reply, "1.0")


def enclosing(kind: str, name: str, text: str = "", *, file_id: int = 1, alt: str = "") -> Reply:
    return Reply(text=text, enclosure=Enclosure(file_id=file_id, kind=kind, name=name, mime="image/png", alt=alt))


async def test_words_as_they_are(office: Office, an: Person) -> None:
    said = "<b>5 < 7</b> *và* _xem_ https://example.vn 😀"
    assert await office.speech.send(parcel(an, said)) == Sent()
    assert (await an.next_message()).text == said


async def test_long_words_and_a_long_menu_all_arrive(office: Office, an: Person) -> None:
    rows = tuple((Choice(label=f"Mục số {number} có tên khá dài để thử", data=f"d{number}"),) for number in range(70))
    parts = fit(Reply(text="Một câu vừa phải. " * 300, rows=rows), ZaloBotSpeech.limits)
    for part in parts:
        assert await office.speech.send(parcel(an, part)) == Sent()
    heard = [message.text for message in an.inbox]
    assert len(heard) == len(parts) > 3
    assert all(text[-1] in ".ử" for text in heard)
    assert "70. Mục số 69" in heard[-1]


async def test_a_picture_is_fetched_from_us_with_its_words(zalo: ZaloBotPlatform, office: Office, an: Person) -> None:
    file_id = await office.keeps("picture", "biểu đồ.png", "image/png", picture(form="PNG"))
    assert await office.speech.send(parcel(an, enclosing("picture", "biểu đồ.png", "Tuần 47", file_id=file_id))) == Sent()
    heard = await an.next_message()
    assert (heard.text, Image.open(io.BytesIO(heard.picture or b"")).size) == ("Tuần 47", (40, 30))
    assert zalo.calls("sendPhoto")[0].params["photo"].startswith(f"{PUBLIC}/zalo/bot/pictures/{file_id}-")
    assert await office.speech.send(parcel(an, enclosing("picture", "biểu đồ.png", file_id=file_id))) == Sent()
    assert "caption" not in zalo.calls("sendPhoto")[1].params


async def test_a_large_picture_is_made_smaller_not_refused(office: Office, an: Person) -> None:
    noisy = Image.effect_noise((1_600, 1_200), 90)
    out = io.BytesIO()
    noisy.save(out, "PNG")
    file_id = await office.keeps("picture", "to.png", "image/png", out.getvalue())
    assert await office.speech.send(parcel(an, enclosing("picture", "to.png", file_id=file_id))) == Sent()
    shown = (await an.next_message()).picture or b""
    assert len(shown) <= MOST_BYTES < len(out.getvalue())


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("GIF", "P"), ("WEBP", "RGBA"), ("JPEG", "CMYK"), ("PNG", "I;16")]
)
def test_every_picture_becomes_jpeg(form: str, mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (30, 20)).save(out, form)
    with Image.open(io.BytesIO(as_jpeg(out.getvalue()))) as made:
        assert (made.format, made.size) == ("JPEG", (30, 20))


def test_what_is_seen_through_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (30, 20), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(as_jpeg(out.getvalue()))) as made:
        assert made.getpixel((5, 5)) == (255, 255, 255)


async def test_the_address_of_a_picture_is_good_for_it_alone_and_not_for_long(office: Office) -> None:
    pictures = office.speech._pictures
    assert pictures is not None
    shown, other, document = [
        await office.keeps(kind, "x", "image/png", picture(form="PNG")) for kind in ("picture", "picture", "document")
    ]
    good = pictures.address(shown).removeprefix(PUBLIC)
    expired = PublicPictures(office.database, PUBLIC, lambda: NOW - 2 * GOOD_FOR).address(shown).removeprefix(PUBLIC)
    until = good.split("-")[1]
    wanted = {
        good: 200,
        expired: 404,
        good.replace(f"/{shown}-", f"/{other}-"): 404,
        good.replace(until, str(int(until) + 1)): 404,
        good[:-5] + ("0" if good[-5] != "0" else "1") + ".jpg": 404,
        pictures.address(document).removeprefix(PUBLIC): 404,
        pictures.address(999_999).removeprefix(PUBLIC): 404,
        f"/zalo/bot/pictures/{shown}.jpg": 404,
    }
    async with aiohttp.ClientSession() as http:
        for path, status in wanted.items():
            async with http.get(office.url + path) as answer:
                assert answer.status == status, path
                if status == 200:
                    assert (answer.content_type, answer.headers["Cache-Control"]) == ("image/jpeg", "no-store")


async def test_without_a_public_address_pictures_are_told(zalo: ZaloBotPlatform, tmp_path: Path, an: Person) -> None:
    async with open_office(zalo, tmp_path, hears=False) as office:
        assert office.speech.routes() == []
        file_id = await office.keeps("picture", "a.png", "image/png", picture(form="PNG"))
        for text, alt, said in [
            ("Tuần 47", "Ba phản ánh mới.", "Tuần 47\n\nBa phản ánh mới."),
            ("", "Ba phản ánh mới.", "Ba phản ánh mới."),
            ("Có ba phản ánh mới.", "ba phản ánh mới.", "Có ba phản ánh mới."),
        ]:
            assert await office.speech.send(parcel(an, enclosing("picture", "a.png", text, file_id=file_id, alt=alt))) == Sent()
            assert (await an.next_message()).text == said
        assert await office.speech.send(parcel(an, enclosing("document", "don.pdf", "Gửi kèm"))) == Sent()
        assert "«don.pdf»" in (await an.next_message()).text
    assert zalo.calls("sendPhoto") == []


async def test_a_file_is_told_with_the_address_of_the_web_chat(office: Office, an: Person) -> None:
    for kind in ("document", "voice", "video"):
        assert await office.speech.send(parcel(an, enclosing(kind, "tep-3.pdf", "Gửi kèm"))) == Sent()
        text = (await an.next_message()).text
        assert text.startswith("Gửi kèm\n\n📎 Có tệp «tep-3.pdf»")
        assert text.endswith(f"{PUBLIC}/chat")


async def test_a_picture_that_zalo_cannot_have_is_told(zalo: ZaloBotPlatform, office: Office, an: Person) -> None:
    file_id = await office.keeps("picture", "a.png", "image/png", b"no picture at all")
    assert await office.speech.send(parcel(an, enclosing("picture", "a.png", "Tuần 47", file_id=file_id, alt="Ba mới."))) == Sent()
    assert (await an.next_message()).text == "Tuần 47\n\nBa mới."
    zalo.excuse("photo: ")


def test_words_in_place_of_a_file_never_make_a_message_too_long() -> None:
    room = ZaloBotSpeech.limits.caption
    for alt in ("Câu. " * 2_000, "x" * 5_000, ""):
        told = in_words(enclosing("picture", "a" * 120, "y" * room, alt=alt), enclosing("picture", "a" * 120, alt=alt).enclosure, PUBLIC)  # type: ignore[arg-type]
        assert room < width(told) <= MOST_TEXT


async def test_who_blocked_the_bot_is_gone(office: Office, an: Person) -> None:
    an.blocks()
    assert isinstance(await office.speech.send(parcel(an, "x")), Gone)
    file_id = await office.keeps("picture", "a.png", "image/png", picture(form="PNG"))
    assert isinstance(await office.speech.send(parcel(an, enclosing("picture", "a.png", file_id=file_id))), Gone)


async def test_who_never_wrote_or_is_not_there_is_gone(zalo: ZaloBotPlatform, office: Office) -> None:
    assert isinstance(await office.speech.send(parcel(zalo.person(), "x")), Gone)
    assert isinstance(await office.speech.send(parcel("0" * 20, "x")), Gone)
    zalo.excuse("chat not found")


async def test_the_contact_of_one_who_blocked_is_marked_and_comes_back(zalo: ZaloBotPlatform, tmp_path: Path) -> None:
    an = zalo.person()
    async with open_office(zalo, tmp_path, webhook=True) as office:
        await an.says("chào")
        await zalo.all_taken()
        an.blocks()
        await office.carry()
        contact = await office.contact(an.id)
        assert contact
        assert contact.gone_at
        await an.says("tôi quay lại")
        await office.settled()
        contact = await office.contact(an.id)
        assert contact
        assert contact.gone_at is None
        assert an.inbox[-1].text.startswith("nghe: tôi quay lại")


async def test_what_zalo_will_never_take_is_refused(zalo: ZaloBotPlatform, office: Office, an: Person) -> None:
    assert isinstance(await office.speech.send(parcel(an, "x" * 2_001)), Refused)
    zalo.excuse("2001 characters")
    assert await office.speech.send(parcel(an, " \n")) == Refused("nothing to say")


async def test_too_many_requests(zalo: ZaloBotPlatform, office: Office, an: Person) -> None:
    zalo.faults.too_many(calls="sendMessage", seconds=7)
    assert await office.speech.send(parcel(an, "x")) == Wait(7)
    zalo.faults.answers(429, "Too many requests", calls="sendMessage")
    assert await office.speech.send(parcel(an, "x")) == Wait(10)
    assert an.inbox == []


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_error_is_a_failure(zalo: ZaloBotPlatform, office: Office, an: Person, status: int) -> None:
    zalo.faults.server_error(status, calls="sendMessage")
    assert await office.speech.send(parcel(an, "x")) == Failed(f"the server answered {status}")
    assert await office.speech.send(parcel(an, "x")) == Sent()


async def test_an_answer_lost_may_have_carried_the_message(zalo: ZaloBotPlatform, office: Office, an: Person) -> None:
    zalo.faults.drops_after(calls="sendMessage")
    assert isinstance(await office.speech.send(parcel(an, "x")), Unknown)
    assert [heard.text for heard in an.inbox] == ["x"]
    zalo.faults.drops_before(calls="sendMessage")
    assert isinstance(await office.speech.send(parcel(an, "y")), Unknown)
    zalo.faults.not_json(calls="sendMessage")
    assert isinstance(await office.speech.send(parcel(an, "z")), Unknown)
    zalo.faults.hangs(calls="sendMessage")
    assert await office.speech.send(parcel(an, "t")) == Unknown("ReadTimeout")


async def test_a_server_that_is_away(zalo: ZaloBotPlatform, office: Office, an: Person) -> None:
    office.speech._api._base = "http://127.0.0.1:9/bot1:x"
    assert await office.speech.send(parcel(an, "x")) == Failed("ConnectError")


async def test_a_wrong_token_is_said_once_and_never_shown(
    zalo: ZaloBotPlatform, tmp_path: Path, an: Person, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    async with open_office(zalo, tmp_path, hears=False, token="12345:MustNotBeSeen") as office:
        for _ in range(2):
            assert await office.speech.send(parcel(an, "lời của dân")) == Failed("the token was refused")
    shown = caplog.text + "".join(capfd.readouterr())
    assert shown.count("ZALO_BOT_TOKEN") == 1
    assert "MustNotBeSeen" not in shown
    assert "lời của dân" not in shown


async def test_all_together_stay_at_a_pace(zalo: ZaloBotPlatform, office: Office) -> None:
    people = [zalo.person(str(number)) for number in range(10)]
    for person in people:
        person.contact.opened = True
    began = time.monotonic()
    assert set(await asyncio.gather(*(office.speech.send(parcel(person, "x")) for person in people))) == {Sent()}
    assert time.monotonic() - began > 9 / 26


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (httpx.ConnectTimeout(""), Failed("ConnectTimeout")),
        (httpx.PoolTimeout(""), Failed("PoolTimeout")),
        (httpx.WriteTimeout(""), Unknown("WriteTimeout")),
        (httpx.RemoteProtocolError(""), Unknown("RemoteProtocolError")),
        (TimeoutError(), Unknown("TimeoutError")),
        (ServerFault(503), Failed("the server answered 503")),
        (ServerFault(504), Unknown("the server answered 504")),
        (NoAnswer(), Unknown("an answer that is none of the platform's")),
        (Refusal(401, "Unauthorized"), Failed("the token was refused")),
        (Refusal(404, "Not Found"), Failed("the token was refused")),
        (Refusal(403, "Forbidden"), Gone("Forbidden")),
        (Refusal(400, "Bad Request: chat not found"), Gone("Bad Request: chat not found")),
        (Refusal(400, "text too long"), Refused("400 text too long")),
        (Refusal(408, "Request timeout"), Unknown("the platform took too long")),
        (Refusal(429, "Slow down"), Wait(10.0)),
        (Refusal(429, "Slow down", 3.0), Wait(3.0)),
        (Refusal(-1, "?"), Refused("-1 ?")),
    ],
)
def test_what_became_of_it(fault: Exception, outcome: Outcome) -> None:
    assert outcome_of(fault) == outcome
