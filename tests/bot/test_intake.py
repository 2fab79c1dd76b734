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
