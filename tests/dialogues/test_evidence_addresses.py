"""The address of a piece of evidence is good for a day, and only as long as the person handles the case; a sender's own as long as the day."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from office.cases import Filing, file_case, recategorise
from office.contacts import contact_at
from office.files import store
from office.people import Who
from office.records import Case, CaseFile, Post
from tests.dialogue import BrowserLine, Someone
from tests.play import Play

LETTER = "Bằng chứng".encode()
pytestmark = pytest.mark.parametrize("play", ["browser"], indirect=True)


async def case_with_letter(play: Play) -> int:
    async with play.app.database.transaction() as session:
        citizen = await contact_at(session, "browser", "citizen", play.clock())
        letter = await store(session, "document", "đơn.txt", "text/plain", LETTER, play.clock())
        filing = Filing(play.office.units["an-binh-mot-cua"], "Chờ lâu quá.", "", "anonymous", "DELAY", file_ids=[letter.id])
        return (await file_case(session, filing, citizen, play.clock())).id


async def letter_of(play: Play, head: Someone, case: int) -> dict[str, Any]:
    await head.says("/phananh")
    await head.hears("đang mở")
    await head.taps(f"Số {case}")
    letter = (await head.hears(f"Gửi kèm phản ánh số {case}")).files[0]
    await head.hears(f"Phản ánh số {case}")
    return letter


async def fetched(play: Play, url: str) -> int:
    async with play.http.get(play.app.address.rstrip("/") + url) as answer:
        if answer.status == 200:
            assert await answer.read() == LETTER
            assert answer.headers["Cache-Control"] == "private, no-store"
        return answer.status


async def test_it_ends_after_a_day_and_the_next_look_gives_a_new_one(play: Play) -> None:
    case, head = await case_with_letter(play), await play.official("CT01")
    play.clock.forward(seconds=2)
    await head.hears("đang chờ")
    old = (await letter_of(play, head, case))["url"]
    play.clock.forward(hours=23, minutes=59)
    assert await fetched(play, old) == 200
    play.clock.forward(hours=2)
    assert await fetched(play, old) == 403
    longer = old.replace("&e=", "&e=9")
    assert await fetched(play, longer) == 403
    assert await fetched(play, old.replace("&o=0", "&o=1")) == 403
    head.line._seq = 0  # the page is loaded again
    again = [file["url"] for message in await head.line.receive() for file in message.files]
    assert [await fetched(play, url) for url in again] == [200]


@pytest.mark.parametrize("how", ["unlinked", "post ended", "routed past the head"])
async def test_it_ends_with_the_right_to_see_the_case(play: Play, how: str) -> None:
    case, head = await case_with_letter(play), await play.official("CT01")
    play.clock.forward(seconds=2)
    await head.hears("đang chờ")
    url = (await letter_of(play, head, case))["url"]
    assert await fetched(play, url) == 200
    async with play.app.database.transaction() as session:
        if how == "unlinked":
            contact = await contact_at(session, *head.line.address, play.clock())
            contact.person_id = None
        elif how == "post ended":
            posts = await session.execute(select(Post).where(Post.person_id == play.office.people["CT01"]))
            posts.scalar_one().valid_to = play.clock().date()
        else:
            found = await session.get_one(Case, case)
            await recategorise(session, found, Who(0, play.office.people["CT01"]), "BRIBERY", play.clock())
    assert await fetched(play, url) == 403


async def test_who_sent_a_file_sees_it_in_the_own_conversation(play: Play) -> None:
    citizen = await play.citizen()
    await citizen.sends("đơn.txt", LETTER, "text/plain")
    await citizen.hears()
    await citizen.hears()
    url = (await own_files(play, citizen))[0]["url"]
    assert await fetched(play, url) == 200
    case = await case_with_letter(play)
    async with play.app.database.transaction() as session:  # now it is evidence, in a case that its sender does not handle
        session.add(CaseFile(case_id=case, file_id=int(url.split("/files/")[1].split("?")[0])))
    assert await fetched(play, url) == 200
    play.clock.forward(hours=26)
    assert await fetched(play, url) == 403


async def own_files(play: Play, someone: Someone) -> list[dict[str, Any]]:
    assert isinstance(someone.line, BrowserLine)
    async with play.http.get(f"{play.app.address}chat/api/messages", headers=someone.line._headers) as answer:
        return [file for message in (await answer.json())["messages"] if message["from"] == "me" for file in message["files"]]
