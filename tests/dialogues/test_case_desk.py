"""The head's desk: a long list is read to its end, and who is linked late hears of what waits."""

from __future__ import annotations

from sqlalchemy import select

from office.cases import Filing, file_case
from office.contacts import contact_at
from office.records import Post
from tests.play import Play


async def file_some(play: Play, count: int, category: str = "DELAY") -> list[int]:
    """Cases about the commune's desk, filed at this moment; their numbers."""
    async with play.app.database.transaction() as session:
        citizen = await contact_at(session, "browser", "citizen", play.clock())
        filing = Filing(play.office.units["an-binh-mot-cua"], "Chờ lâu quá.", "", "anonymous", category)
        return [(await file_case(session, filing, citizen, play.clock())).id for _ in range(count)]


async def test_a_long_list_of_cases_is_read_to_its_end(play: Play) -> None:
    numbers = await file_some(play, 23)
    await file_some(play, 4, "BRIBERY")  # go past the chair, and are not counted either
    head = await play.official("CT01")
    await head.says("/phananh")
    seen = []
    for part, more in (("1–10", True), ("11–20", True), ("21–23", False)):
        page = await head.hears(f"23 phản ánh đang mở ({part})")
        seen += [label for label in page.buttons if "Số " in label]
        assert any("Xem tiếp" in label for label in page.buttons) is more
        if more:
            await head.taps("Xem tiếp")
    assert [int(label.split("Số ")[1].split(" ")[0]) for label in seen] == numbers
    await head.taps("Xem trước đó")
    await head.hears("(11–20)", buttons=("Xem trước đó", "Xem tiếp"))
    await head.taps("Quá hạn")
    await head.hears("Không có phản ánh nào quá hạn")


async def test_who_is_linked_late_hears_of_what_waits(play: Play) -> None:
    await file_some(play, 3)
    head = await play.official("CT01")
    await head.hears_nothing()
    play.clock.forward(seconds=1)
    await head.hears("Có 3 phản ánh đang chờ anh/chị")
    await head.taps("Các phản ánh đang mở")
    await head.hears("3 phản ánh đang mở:")
    await file_some(play, 1)
    await head.hears("phản ánh mới")


async def test_what_is_late_already_is_said_too(play: Play) -> None:
    await file_some(play, 2)
    play.clock.set("2026-12-14 09:00")
    await file_some(play, 1)
    head = await play.official("CT01")
    play.clock.forward(seconds=2)
    await head.hears("Có 3 phản ánh đang chờ anh/chị xử lý, trong đó 2 phản ánh đã quá hạn")


async def test_who_no_longer_handles_them_hears_nothing(play: Play) -> None:
    await file_some(play, 2)
    head, clerk = await play.official("CT01"), await play.official("MC01")
    async with play.app.database.transaction() as session:
        post = (await session.execute(select(Post).where(Post.person_id == play.office.people["CT01"]))).scalar_one()
        post.valid_to = play.clock().date()
    play.clock.forward(seconds=5)
    await head.hears_nothing()
    await clerk.hears_nothing()
