"""Texts sent as files: in whatever encoding they came nothing leads to the reporter, nothing is lost, and a long one holds up nobody."""

from __future__ import annotations

import asyncio
import threading

import pytest
from sqlalchemy import select

from bot import judge
from handlers.texts_sent import MOST_READ
from office.files import content_of, forget_unused
from office.records import CaseFile, Post, SealedWords, StoredFile
from tests.dialogue import Message, Someone
from tests.dialogues.test_told import ABOUT_MONEY, STORY, choose
from tests.play import Play
from tests.small_office import LONG_AGO

NAMED = "Chị ấy ném hồ sơ xuống đất. Tôi tên là Lò Thị Sen, gọi số 0912 345 678.\n"
LINE = "Tôi ngồi đợi ở ghế mà không ai gọi đến tên, ngoài trời thì mưa.\n"
LONG = LINE * (2 * MOST_READ // len(LINE)) + "CUỐI TỆP: tên cán bộ quát tôi.\n"
SITTING = "Ở bộ phận một cửa xã An Bình tôi ngồi chờ.\n"

pytestmark = pytest.mark.parametrize("play", ["browser", "telegram", "zalo_oa+browser"], indirect=True)
"""Zalo Bot brings no files; to officials an Official Account carries short texts only, and as documents, so there they sit at the browser."""


async def handler(play: Play, staff_code: str) -> Someone:
    """An official, where files arrive as they are."""
    return await play.official(staff_code, on="browser" if "+" in play.channel else None)


async def told(citizen: Someone, *texts: bytes, story: str = STORY, category: str = "Giao tiếp") -> None:
    """Up to the summary, but for how to be known."""
    await citizen.says(story)
    await choose(citizen, category)
    await citizen.taps("Đúng")
    await citizen.hears("gửi kèm")
    for number, text in enumerate(texts):
        await citizen.sends(f"{number}.txt", text, "text/plain")
        await citizen.hears("giữ tệp")
    await citizen.taps("tiếp tục")
    await citizen.hears("cách nào")


async def filed(citizen: Someone, *texts: bytes, story: str = STORY, category: str = "Giao tiếp") -> Message:
    """The whole way; gives the summary."""
    await told(citizen, *texts, story=story, category=category)
    await citizen.taps("Giữ kín")
    summary = await citizen.hears("xem lại")
    await citizen.taps("📨 Gửi")
    await citizen.hears("Mã biên nhận")
    return summary


async def opened(play: Play, official: Someone, files: int) -> list[str]:
    """The case opened: what its text files say."""
    await official.hears("phản ánh")
    await official.taps("Mở xem")
    texts = [(await play.fetch((await official.hears("Gửi kèm")).files[0])).decode() for _ in range(files)]
    await official.hears("Phản ánh số 1")
    return texts


async def unsealed(play: Play, watcher: Someone, files: int) -> tuple[str, list[str]]:
    """What was hidden: the words, and the files."""
    await watcher.taps("đã che")
    await watcher.hears("vì sao")
    await watcher.says("Xác minh nội dung tố giác nhận tiền")
    words = (await watcher.hears("Lời kể đầy đủ")).text
    return words, [(await play.fetch((await watcher.hears("nguyên văn")).files[0])).decode() for _ in range(files)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig", "utf-32"])
async def test_whatever_its_encoding_a_text_is_read_and_hidden(play: Play, encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    watcher, citizen = await handler(play, "NV01"), await play.citizen()
    await filed(citizen, mark + NAMED.encode(encoding), story=ABOUT_MONEY, category="Vòi vĩnh")
    (handed_on,) = await opened(play, watcher, 1)
    assert handed_on == "Chị ấy ném hồ sơ xuống đất. Tôi tên là [tên người], gọi số [số điện thoại].\n"
    _, files = await unsealed(play, watcher, 1)
    assert files == [NAMED]


async def test_a_text_that_cannot_be_read_is_refused_with_what_to_do(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.sends("cu.txt", "Cán bộ quát người dân giữa phòng".encode("cp1258", "ignore") + b"\xe1 \xf2\xff", "text/plain")
    await citizen.hears("bảng mã", "UTF-8")
    await citizen.hears("kể giúp tôi")
    async with play.app.database.reading() as session:
        assert not (await session.execute(select(StoredFile.id))).all()


async def test_what_was_kept_unread_by_an_earlier_version_is_sealed_not_lost(play: Play) -> None:
    watcher, citizen = await handler(play, "NV01"), await play.citizen()
    odd = NAMED.encode("utf-16")
    await told(citizen, b"x", story=ABOUT_MONEY, category="Vòi vĩnh")
    async with play.app.database.transaction() as session:  # as it lies there from before
        kept = (await session.execute(select(StoredFile))).scalar_one()
        kept.content, kept.size = session.info["vault"].seal_bytes(odd, "file"), len(odd)
    await citizen.taps("Giữ kín")
    await citizen.hears("được giữ kín")
    await citizen.taps("📨 Gửi")
    await citizen.hears("Mã biên nhận")
    (handed_on,) = await opened(play, watcher, 1)
    assert "nguyên văn" in handed_on
    assert "Sen" not in handed_on
    await watcher.taps("đã che")
    await watcher.hears("vì sao")
    await watcher.says("Xác minh nội dung tố giác nhận tiền")
    await watcher.hears("Lời kể đầy đủ")
    assert await play.fetch((await watcher.hears("nguyên văn")).files[0]) == odd


async def test_what_was_hidden_in_a_long_text_can_be_opened(play: Play) -> None:
    watcher, citizen = await handler(play, "NV01"), await play.citizen()
    long = NAMED + LINE * 2_000 + "CUỐI TỆP: chứng cứ quan trọng nhất.\n"
    assert len(long) > 100_000
    summary = await filed(citizen, NAMED.encode(), long.encode(), story=ABOUT_MONEY, category="Vòi vĩnh")
    assert "20.000 ký tự" in summary.text
    short, cut = await opened(play, watcher, 2)
    assert short == "Chị ấy ném hồ sơ xuống đất. Tôi tên là [tên người], gọi số [số điện thoại].\n"
    assert len(cut) < MOST_READ + 500
    assert "Sen" not in cut
    assert cut.rstrip().endswith("nguyên văn.]")
    words, files = await unsealed(play, watcher, 2)
    assert "0912 345 678" in words
    assert files == [NAMED, long]
    async with play.app.database.transaction() as session:
        await forget_unused(session, play.clock())
        kept = (await session.execute(select(CaseFile.sealed, CaseFile.file_id).order_by(CaseFile.id))).all()
        assert [sealed for sealed, _ in kept] == [False, False, True, True]
        assert [(await content_of(session, file)).decode() for sealed, file in kept if sealed] == [NAMED, long]


async def test_what_handlers_do_not_get_is_said_before_it_is_sent(play: Play) -> None:
    head, citizen = await handler(play, "CT01"), await play.citizen()
    summary = await filed(citizen, LONG.encode())
    assert "20.000 ký tự" in summary.text
    (handed_on,) = await opened(play, head, 1)
    assert "CUỐI" not in handed_on
    assert "Phần sau" in handed_on


async def test_a_long_text_of_an_open_reporter_goes_along_as_it_is(play: Play) -> None:
    head, citizen = await handler(play, "CT01"), await play.citizen()
    whole = LONG * 3
    assert len(whole) > 100_000
    await told(citizen, whole.encode())
    await citizen.taps("Công khai")
    await citizen.hears("họ tên")
    await citizen.says("Lò Thị Sen, 0912 345 678")
    assert "20.000" not in (await citizen.hears("xem lại")).text
    await citizen.taps("📨 Gửi")
    await citizen.hears("Mã biên nhận")
    assert await opened(play, head, 1) == [whole]


async def test_a_long_text_added_later_says_so(play: Play) -> None:
    head, citizen = await handler(play, "CT01"), await play.citizen()
    await filed(citizen)
    await head.hears("phản ánh mới")
    await citizen.taps("Tra cứu")
    await citizen.hears("Giao tiếp")
    await citizen.taps("Bổ sung")
    await citizen.hears()
    await citizen.sends("ke.txt", LONG.encode(), "text/plain")
    await citizen.hears("20.000 ký tự", "được giữ kín")
    await citizen.hears("bổ sung")
    (handed_on,) = await opened(play, head, 1)
    assert "CUỐI" not in handed_on


class Slow:
    """Reads what takes long only when told to."""

    def __init__(self, real: object) -> None:
        self.real, self.begun, self.may_go_on, self.lengths = real, threading.Event(), threading.Event(), list[int]()

    def __call__(self, text: str, *others: object) -> str:
        self.lengths.append(len(text))
        if len(text) > 4_000:
            self.begun.set()
            assert self.may_go_on.wait(30)
        return self.real(text, *others)  # type: ignore[operator,no-any-return]


@pytest.mark.only_on("browser")  # the other stand-ins wait until the whole channel is quiet
async def test_nobody_waits_while_a_long_text_is_read(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(judge.redact_whole)
    monkeypatch.setattr(judge, "redact_whole", slow)
    official, other, citizen = await handler(play, "MC01"), await play.citizen("người khác"), await play.citizen()
    files = [(SITTING + LINE * 140).encode()] * 10
    await told(citizen, *files)
    await citizen.taps("Giữ kín")
    await citizen.hears("xem lại")
    sending = asyncio.create_task(citizen.taps("📨 Gửi"))
    try:
        assert await asyncio.to_thread(slow.begun.wait, 20)
        async with asyncio.timeout(5):
            await official.says("/trogiup")
            await other.says("Ở trạm y tế xã An Bình cán bộ quát to giữa phòng")
    finally:
        slow.may_go_on.set()
        await sending
    await official.hears()
    await other.hears("trợ lý tự động")
    await citizen.hears("Mã biên nhận")
    assert sum(slow.lengths) < 2 * MOST_READ


async def test_words_sealed_with_whole_files_by_an_earlier_version_can_be_opened(play: Play) -> None:
    watcher, citizen = await handler(play, "NV01"), await play.citizen()
    await filed(citizen, story=ABOUT_MONEY, category="Vòi vĩnh")
    await opened(play, watcher, 0)
    long = NAMED + LINE * 2_000
    async with play.app.database.transaction() as session:
        row = (await session.execute(select(SealedWords))).scalar_one()
        row.sealed = session.info["vault"].seal(long, "words")
    _, files = await unsealed(play, watcher, 1)
    assert files == [long]
    await watcher.taps("Xem phần đã che")
    await watcher.hears("vì sao")
    await watcher.says("Xác minh nội dung thêm một lần")
    await watcher.hears("Lời kể đầy đủ")
    assert (await play.fetch((await watcher.hears("nguyên văn")).files[0])).decode() == long


@pytest.mark.only_on("browser")  # elsewhere files lie with the channel
async def test_who_no_longer_may_open_it_cannot_fetch_the_sealed_file(play: Play) -> None:
    watcher, citizen = await handler(play, "NV01"), await play.citizen()
    await filed(citizen, NAMED.encode(), story=ABOUT_MONEY, category="Vòi vĩnh")
    await opened(play, watcher, 1)
    await watcher.taps("đã che")
    await watcher.hears("vì sao")
    await watcher.says("Xác minh nội dung tố giác nhận tiền")
    await watcher.hears("Lời kể đầy đủ")
    url = (await watcher.hears("nguyên văn")).files[0]["url"]
    async with play.http.get(play.app.address.rstrip("/") + url) as answer:
        assert answer.status == 200
    async with play.app.database.transaction() as session:  # it comes out that the watcher works there
        unit = play.office.units["an-binh-tram-y-te"]
        session.add(Post(person_id=play.office.people["NV01"], unit_id=unit, role="official", title="", valid_from=LONG_AGO))
    async with play.http.get(play.app.address.rstrip("/") + url) as answer:
        assert answer.status == 403
