"""Files that people send on Telegram: fetched, looked at, kept without what betrays a person; and kind words for those that are not."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from bot.channels import telegram_files
from office.records import StoredFile
from tests.bot.telegram_kit import Office, open_office, photo_with_place, picture
from tests.standins.telegram import TelegramStandIn

OGG = b"OggS" + bytes(200)
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(200)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
async def tg() -> AsyncIterator[TelegramStandIn]:
    async with await TelegramStandIn.start() as running:
        yield running


@pytest.fixture(params=["polling", "webhook"])
async def office(tg: TelegramStandIn, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Office]:
    async with open_office(tg, tmp_path, webhook=request.param == "webhook") as opened:
        yield opened


async def test_every_kind_of_file_is_kept(tg: TelegramStandIn, office: Office) -> None:
    user = tg.user()
    await user.sends_photo(picture(), "quầy số 3")
    await user.sends_voice(OGG)
    await user.sends_video(MP4)
    await user.sends_document("đơn.pdf", PDF, "application/pdf", "đơn đây")
    await user.sends_album([picture(), picture()], "hai ảnh")
    await office.settled()
    assert [post.text for post in user.inbox] == [
        *("nghe: quầy số 3 picture", "nghe:  voice", "nghe:  video", "nghe: đơn đây document", "nghe: hai ảnh picture", "nghe:  picture"),
    ]
    contents = [(await office.stored(turn.attachments[0].file_id))[1] for turn in office.turns]
    assert contents[1:4] == [OGG, MP4, PDF]
    assert office.turns[3].attachments[0].name == "đơn.pdf"


@pytest.mark.parametrize("as_document", [False, True])
async def test_a_photo_is_kept_without_its_place(tg: TelegramStandIn, office: Office, as_document: bool) -> None:
    user, betraying = tg.user(), photo_with_place()
    assert Image.open(io.BytesIO(betraying)).getexif().get_ifd(0x8825)
    if as_document:
        await user.sends_document("IMG_0001.jpg", betraying, "image/jpeg")
    else:
        await user.sends_photo(betraying)
    await office.settled()
    kept, content = await office.stored(office.turns[0].attachments[0].file_id)
    assert (kept.kind, kept.mime) == ("picture", "image/jpeg")
    assert len(Image.open(io.BytesIO(content)).getexif()) == 0


async def test_a_file_of_25_mb_is_not_even_asked_for(tg: TelegramStandIn, office: Office) -> None:
    user = tg.user()
    await user.sends_document("phim.mp4", bytes(25_000_000), "video/mp4", "xem giúp tôi")
    await office.settled()
    assert (await user.next_message()).text == "nghe: xem giúp tôi too_big"
    assert tg.calls("getFile") == []


async def test_a_large_file_that_hides_its_size(tg: TelegramStandIn, office: Office) -> None:
    user = tg.user()
    await _without_size(tg, user.sends_document("phim.mp4", bytes(25_000_000)))
    await office.settled()
    assert (await user.next_message()).text == "nghe:  too_big"
    assert [call.error for call in tg.calls("getFile")] == ["Bad Request: file is too big"]


async def test_a_file_that_grows_while_it_is_fetched(tg: TelegramStandIn, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram_files, "MAX_FILE", 1_000_000)
    user = tg.user()
    await _without_size(tg, user.sends_document("phim.mp4", bytes(1_500_000)))
    await office.settled()
    assert (await user.next_message()).text == "nghe:  too_big"
    assert await office.count(StoredFile) == 0


async def _without_size(tg: TelegramStandIn, sending: object) -> None:
    """Send a file whose size the update does not tell."""
    add = tg.world.updates.add

    def without(kind: str, content: dict, lane: str) -> object:  # type: ignore[type-arg]
        content["document"].pop("file_size")
        return add(kind, content, lane)

    tg.world.updates.add = without  # type: ignore[method-assign, assignment]
    await sending  # type: ignore[misc]
    tg.world.updates.add = add  # type: ignore[method-assign]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("trống.pdf", b"", "empty"),
        ("virus.exe", b"MZ" + bytes(300), "unsupported"),
        ("hỏng.jpg", picture()[:400], "unreadable"),
    ],
)
async def test_a_file_that_cannot_be_kept(tg: TelegramStandIn, office: Office, name: str, content: bytes, said: str) -> None:
    user = tg.user()
    await user.sends_document(name, content)
    await office.settled()
    assert (await user.next_message()).text == f"nghe:  {said}"


async def test_stickers_places_and_telephone_numbers(tg: TelegramStandIn, office: Office) -> None:
    user = tg.user()
    await user.sends_sticker()
    await user.sends_location(21.03, 105.85)
    await user.sends_contact("+84912345678", "Lan")
    await office.settled()
    assert [post.text for post in user.inbox] == ["nghe:  sticker", "nghe:  location", "nghe:  contact"]
    assert tg.calls("getFile") == []


async def test_a_stumble_on_the_way_is_tried_again(tg: TelegramStandIn, office: Office) -> None:
    tg.faults.drops_before("getFile")
    tg.faults.drops_after("file")
    user = tg.user()
    await user.sends_document("đơn.pdf", PDF, "application/pdf")
    await office.settled()
    assert (await user.next_message()).text == "nghe:  document"
    assert tg.faults.unspent == []


@pytest.mark.parametrize("where", ["getFile", "file"])
async def test_a_file_that_cannot_be_fetched_does_not_cost_the_words(tg: TelegramStandIn, office: Office, where: str) -> None:
    tg.faults.server_error(where, times=20)
    user = tg.user()
    await user.sends_photo(picture(), "chuyện là thế này")
    await user.says("và thế này")
    await office.settled()
    assert [post.text for post in user.inbox] == ["nghe: chuyện là thế này not_fetched", "nghe: và thế này"]


async def test_a_file_server_that_hangs(tg: TelegramStandIn, office: Office) -> None:
    tg.faults.hangs("file", times=20)
    user = tg.user()
    await user.sends_photo(picture(), "chuyện là thế này")
    await office.settled()
    assert (await user.next_message()).text == "nghe: chuyện là thế này not_fetched"


async def test_an_update_that_comes_again_fetches_nothing_again(tg: TelegramStandIn, office: Office) -> None:
    user = tg.user()
    await user.sends_photo(picture())
    await office.settled()
    tg.repeat_update()
    await office.settled()
    assert len(tg.calls("file")) == 1
    assert await office.count(StoredFile) == 1
    assert len(user.inbox) == 1


async def test_a_file_made_to_break_its_reader_is_told_and_done_with(
    tg: TelegramStandIn, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise IndexError("index out of range")

    monkeypatch.setattr("bot.channels.intake.strip_metadata", break_down)
    user = tg.user()
    await user.sends_photo(picture())
    await office.settled()
    assert (await user.next_message()).text == "nghe:  unreadable"
