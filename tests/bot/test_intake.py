"""What a channel hands over is kept without its author, on every channel alike; where that is not sure, it is said."""

from __future__ import annotations

import pytest

from bot.channels.intake import take_in
from office.database import Database
from office.files import content_of
from tests.dialogue import TestClock
from tests.office.test_cleaning_documents import DOCX, NAME, docx, packed
from tests.office.test_cleaning_media import SECRET, film, track
from tests.office.test_cleaning_pdf import ENCRYPTED, made

OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + b"\x3e\0\x03\0\xfe\xff\x09\0" + bytes(480) + NAME.encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "mime", "content", "names", "may_name"),
    [
        ("đơn.pdf", "application/pdf", made(), b"Nguyen Van Kin", False),
        ("đơn.docx", DOCX, packed(docx()), None, False),
        ("quay.mp4", "video/mp4", film(track(b"vide")), SECRET, False),
        ("khoá.pdf", "application/pdf", ENCRYPTED, None, True),
        ("cũ.doc", "application/msword", OLD_WORD, None, True),
        ("lời.txt", "text/plain", "Một cửa quát người dân".encode(), None, False),
    ],
)
async def test_the_author_is_not_kept(
    database: Database, clock: TestClock, name: str, mime: str, content: bytes, names: bytes | None, may_name: bool
) -> None:
    taken = await take_in(database, name, mime, content, clock())
    assert taken.problem is None
    assert taken.file_id is not None
    assert taken.may_name is may_name
    async with database.reading() as session:
        kept = await content_of(session, taken.file_id)
    assert taken.size == len(kept)
    assert names is None or (names in content and names not in kept)
    assert (kept == content) is (may_name or mime == "text/plain")


SAID = "Tôi tên Lò Thị Sen 👩‍🌾, gọi số 0912 345 678.\r\n\tCán bộ ném hồ sơ.\n"


@pytest.mark.parametrize(
    "content",
    [
        SAID.encode(),
        SAID.encode("utf-8-sig"),
        SAID.encode("utf-16"),
        b"\xfe\xff" + SAID.encode("utf-16-be"),
        SAID.encode("utf-32"),
        (SAID * 5_000).encode("utf-16"),
    ],
)
@pytest.mark.parametrize("claimed", ["text/plain", "application/octet-stream", ""])
async def test_a_text_is_kept_as_it_is_read_whatever_its_encoding(
    database: Database, clock: TestClock, content: bytes, claimed: str
) -> None:
    taken = await take_in(database, "kể.txt", claimed, content, clock())
    assert (taken.problem, taken.mime) == (None, "text/plain")
    assert taken.file_id is not None
    async with database.reading() as session:
        assert (await content_of(session, taken.file_id)).decode() in (SAID, SAID * 5_000)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("quầy đóng cửa".encode("cp1258", "ignore") + b"\xe1\xf2", "unreadable_text"),  # an encoding that does not tell what it is
        (b"\xff\xfe" + b"\x01\xd8" * 30, "unreadable_text"),  # halves of letters
        (b"\xff\xfe" + bytes(range(32)) * 4, "unreadable_text"),  # no text at all
        (SAID.encode("utf-16-le"), "unreadable_text"),  # could be anything
        (SAID.encode("utf-16") + b"x", "unreadable_text"),  # cut in the middle of a letter
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n", "empty"),
    ],
)
async def test_no_letter_of_a_text_is_guessed(database: Database, clock: TestClock, content: bytes, problem: str) -> None:
    taken = await take_in(database, "kể.txt", "text/plain", content, clock())
    assert (taken.problem, taken.file_id) == (problem, None)
