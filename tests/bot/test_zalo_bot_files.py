"""What people send to the Zalo bot besides words: pictures and voices are kept, and of the rest they are told another way."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from PIL import Image

from bot.channels import downloads
from handlers.files_sent import problem_said
from tests.bot.telegram_kit import PUBLIC, photo_with_place, picture
from tests.bot.zalo_bot_kit import Office, open_office
from tests.standins.zalo_bot import ZaloBotPlatform

AAC = b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(200)


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloBotPlatform]:
    async with ZaloBotPlatform.open() as running:
        yield running


@pytest.fixture(params=["polling", "webhook"])
async def office(zalo: ZaloBotPlatform, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Office]:
    async with open_office(zalo, tmp_path, webhook=request.param == "webhook") as opened:
        yield opened


@pytest.mark.parametrize("field", ["photo_url", "photo"])
async def test_a_picture_is_kept_without_its_place(zalo: ZaloBotPlatform, office: Office, field: str) -> None:
    zalo.doubts.picture_field = field
    an = zalo.person()
    await an.sends_picture(photo_with_place(), "quầy số 3")
    await office.settled()
    [turn] = office.turns
    kept, content = await office.stored(turn.attachments[0].file_id)
    assert (turn.text, kept.kind, kept.mime) == ("quầy số 3", "picture", "image/jpeg")
    assert len(Image.open(io.BytesIO(content)).getexif()) == 0
    assert an.typing == ["typing"]


async def test_a_voice_is_kept(zalo: ZaloBotPlatform, office: Office) -> None:
    await zalo.person().sends_voice(AAC)
    await office.settled()
    kept, content = await office.stored(office.turns[0].attachments[0].file_id)
    assert (kept.kind, kept.mime, content) == ("voice", "audio/aac", AAC)


async def test_what_the_channel_cannot_carry_is_told_kindly_with_another_way(zalo: ZaloBotPlatform, office: Office) -> None:
    an = zalo.person()
    await an.sends_sticker()
    await an.sends_file("don.pdf", b"%PDF")
    await an.sends_location(21.0, 105.8)
    await office.settled()
    said = [problem_said(turn)[0].text for turn in office.turns]
    assert "nhãn dán" in said[0]
    assert said[1] == said[2]
    assert "viết bằng lời" in said[1]
    assert (f"{PUBLIC}/chat" in said[1]) == (office.settings.public_url is not None)
    assert an.typing == []


async def test_an_unsupported_thing_from_nobody_blocks_nobody(zalo: ZaloBotPlatform, office: Office) -> None:
    zalo.doubts.unsupported_has_message = False
    an = zalo.person()
    await an.sends_file("don.pdf", b"%PDF")
    await an.says("vẫn nghe")
    await office.settled()
    assert [turn.text for turn in office.turns] == ["vẫn nghe"]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"MZ" + bytes(300), "unsupported"), (picture()[:400], "unreadable"), (bytes(21 * 1024**2), "too_big")],
)
async def test_a_picture_that_cannot_be_kept(zalo: ZaloBotPlatform, office: Office, content: bytes, said: str) -> None:
    await zalo.person().sends_picture(content, "xem giúp tôi")
    await office.settled()
    assert [(turn.text, turn.attachments[0].problem) for turn in office.turns] == [("xem giúp tôi", said)]


async def test_a_file_that_hides_its_size(zalo: ZaloBotPlatform, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "MAX_FILE", 1_000)
    await zalo.person().sends_picture(picture(400, 400, "PNG") + bytes(5_000))
    await office.settled()
    assert office.turns[0].attachments[0].problem == "too_big"


async def test_a_file_server_that_stumbles_is_asked_again(zalo: ZaloBotPlatform, office: Office) -> None:
    zalo.faults.server_error(calls="file")
    zalo.faults.drops_after(calls="file")
    await zalo.person().sends_picture(picture())
    await office.settled()
    assert office.turns[0].attachments[0].file_id
    assert len(zalo.calls("file")) == 3


async def test_a_file_that_is_not_to_be_had(zalo: ZaloBotPlatform, office: Office) -> None:
    zalo.faults.server_error(calls="file", times=3)
    an = zalo.person()
    await an.sends_picture(picture(), "lần một")
    zalo.world.files.clear()
    await an.sends_picture(picture(), "lần hai")
    zalo.world.files.clear()
    await office.settled()
    assert [(turn.text, turn.attachments[0].problem) for turn in office.turns] == [("lần một", "not_fetched"), ("lần hai", "not_fetched")]


async def test_typing_that_cannot_be_shown_harms_nothing(zalo: ZaloBotPlatform, office: Office) -> None:
    zalo.faults.server_error(calls="sendChatAction")
    await zalo.person().sends_picture(picture())
    await office.settled()
    assert office.turns[0].attachments[0].file_id


async def test_a_picture_is_confirmed_at_once_and_heard_when_it_is_here(zalo: ZaloBotPlatform, tmp_path: Path) -> None:
    async with open_office(zalo, tmp_path, webhook=True) as office:
        office.hearing._fetching.downloads.client.timeout = httpx.Timeout(60)
        held = zalo.faults.slow(20, calls="file")
        update = await zalo.person().sends_picture(picture(), "ảnh to")
        await zalo.all_taken()
        assert [delivery.status for delivery in zalo.deliveries] == [200]
        assert await office.claims() == 0
        await zalo.until(lambda: held.struck)
        zalo.clock.advance(20)
        await office.settled()
        assert (update.taken, len(zalo.calls("file")), await office.claims()) == (True, 1, 1)
        assert office.turns[0].attachments[0].file_id
