"""What no page of ours sends is refused as malformed: no fault in the log, nothing kept that cannot be given back."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from bot.app import App
from bot.channels.intake import real_mime
from office.records import StoredFile

JSON, FORM = {"Content-Type": "application/json"}, {"Content-Type": "multipart/form-data; boundary=b"}
ID = b'--b\r\nContent-Disposition: form-data; name="id"\r\n\r\nq1\r\n'
OGG = b"OggS\x00\x02" + bytes(60)
MALFORMED = {
    "unknown charset": ({"Content-Type": "application/json; charset=nope"}, b"{}"),
    "charset that is no text": ({"Content-Type": "application/json; charset=rot13"}, b"{}"),
    "deep": (JSON, b"[" * 100_000),
    "no JSON": (JSON, b"{"),
    "no boundary": ({"Content-Type": "multipart/form-data"}, b"x"),
    "cut off": (FORM, b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nabc'),
    "no beginning": (FORM, b"x\r\n--c--\r\n"),
    "form within a form": (
        FORM,
        b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n"
        b'Content-Disposition: form-data; name="file"\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--\r\n',
    ),
    "long header": (FORM, b"--b\r\nX: " + b"y" * 20_000 + b"\r\n\r\nx\r\n--b--\r\n"),
    "no header": (FORM, b"--b\r\nnonsense\r\n\r\nx\r\n--b--\r\n"),
    "unknown encoding": (FORM, ID + b'--b\r\nContent-Disposition: form-data; name="text"\r\nContent-Encoding: nope\r\n\r\nx\r\n'),
}


@pytest.fixture
async def http(app: App) -> AsyncIterator[aiohttp.ClientSession]:
    """A conversation that has begun."""
    async with aiohttp.ClientSession(app.address) as session:
        async with session.post("/chat/api/session", json={}) as answer:
            session.headers["Authorization"] = f"Bearer {(await answer.json())['token']}"
        yield session


@pytest.mark.parametrize("kind", MALFORMED)
async def test_what_is_malformed_is_said_to_be(http: aiohttp.ClientSession, kind: str) -> None:
    headers, body = MALFORMED[kind]
    with capture_logs() as logs:
        async with http.post("/chat/api/messages", headers=headers, data=body) as answer:
            assert answer.status == 400
    assert not [line for line in logs if line["log_level"] == "error"]


async def test_a_sound_is_kept_under_a_known_type_only(http: aiohttp.ClientSession) -> None:
    for number, claimed in enumerate((b"audio/charset", b"audio/ogg; codecs=opus")):
        part = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.ogg"\r\nContent-Type: %s\r\n\r\n' % claimed
        body = ID.replace(b"q1", b"q%d" % number) + part + OGG + b"\r\n--b--\r\n"
        async with http.post("/chat/api/messages", headers=FORM, data=body) as answer:
            assert answer.status == 200
    async with http.get("/chat/api/messages") as answer:
        files = [file for message in (await answer.json())["messages"] for file in message["files"]]
    assert [file["mime"] for file in files] == ["audio/ogg"]
    async with http.get(files[0]["url"]) as answer:
        assert (answer.status, await answer.read()) == (200, OGG)


@pytest.mark.parametrize(
    ("claimed", "mime"),
    [
        ("audio/ogg", "audio/ogg"),
        ("Audio/OGG; codecs=opus", "audio/ogg"),
        ("audio/charset", None),
        ("audio/x" + "y" * 200, None),
        ("text/html", None),
    ],
)
def test_a_claim_counts_only_for_known_sounds(claimed: str, mime: str | None) -> None:
    assert real_mime(OGG, claimed) == (mime or real_mime(OGG, ""))


async def test_a_long_text_sent_again_is_kept_once(app: App, http: aiohttp.ClientSession) -> None:
    for repeated in (False, True):
        async with http.post("/chat/api/messages", json={"id": "m1", "text": "chờ mãi " * 1_000}) as answer:
            assert (await answer.json())["repeated"] is repeated
    async with app.database.reading() as session:
        assert (await session.execute(select(func.count()).select_from(StoredFile))).scalar_one() == 1
