"""What was cut short is said whole later, with the words, the pictures and the permission of that moment."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import delete, update

from bot.delivery.outcome import Gone, NeedsTemplate, Sent
from office import Session
from office.contacts import contact_at
from office.database import Database
from office.files import forget_unused, store
from office.outbox import Claimed, put_replies
from office.records import Contact, StoredFile
from talk.fit import Limits
from talk.reply import Drawing, Enclosure, Reply
from tests.delivery.kit import ANSWER, NOW, WINDOW, Scripted, Stage, news
from tests.small_office import SmallOffice


async def halves(session: Session, claimed: Claimed, now: dt.datetime) -> list[Reply] | None:
    """A digest in two parts, for whom it is written at that moment."""
    return None if claimed.person_id is None else [Reply(text=f"phần {number} cho {claimed.person_id}") for number in (1, 2)]


@pytest.mark.parametrize("repeat_ok", [True, False])
async def test_what_was_half_said_is_said_whole(database: Database, small_office: SmallOffice, repeat_ok: bool) -> None:
    zalo = Scripted("zalo_oa", window=WINDOW)
    stage = Stage(database, zalo, write=halves)
    head = small_office.people["CT01"]
    zalo.ends = [Sent(), NeedsTemplate("nothing left")]
    await stage.plan(await stage.contact("zalo_oa", person_id=head), "digest", {}, repeat_ok=repeat_ok)
    await stage.settle()
    zalo.tries.clear()
    await stage.word("zalo_oa")
    assert zalo.said == [f"phần 1 cho {head}", f"phần 2 cho {head}", ANSWER]


async def test_what_was_half_said_is_judged_anew(database: Database, small_office: SmallOffice) -> None:
    """Whoever is no official any more hears nothing of the unit, not even the rest."""
    zalo = Scripted("zalo_oa", window=WINDOW)
    stage = Stage(database, zalo, write=halves)
    head = await stage.contact("zalo_oa", person_id=small_office.people["CT01"])
    zalo.ends = [Sent(), NeedsTemplate("nothing left")]
    await stage.plan(head, "digest", {}, repeat_ok=False)
    await stage.settle()
    zalo.tries.clear()
    async with database.transaction() as session:
        await session.execute(update(Contact).values(person_id=None))
    await stage.word("zalo_oa")
    assert zalo.said == [ANSWER]


async def test_a_long_answer_half_said_here_is_said_whole_there(database: Database) -> None:
    telegram, zalo = Scripted("telegram", limits=Limits(text=20)), Scripted("zalo_oa", window=WINDOW, gathers=dt.timedelta(minutes=10))
    stage = Stage(database, telegram, zalo)
    citizen = await stage.contact("telegram", party=7)
    await stage.contact("zalo_oa", party=7)
    telegram.ends = [Sent(), Gone("blocked")]
    words = "Chúng tôi xin lỗi. Cán bộ đã được nhắc nhở."
    await stage.tell(citizen, news("answered", 1, words=words))
    assert zalo.tried == []
    await stage.word("zalo_oa")
    assert zalo.said == [words, ANSWER]


async def test_a_picture_is_drawn_anew(database: Database, small_office: SmallOffice) -> None:
    """Charts are kept for three months, what waits for longer."""

    async def chart(session: Session, claimed: Claimed, now: dt.datetime) -> list[Reply]:
        return [Reply(text="BẢN TIN"), Reply(text="", drawing=Drawing(kind="k", of={}, name="c.png"))]

    zalo = Scripted("zalo_oa", window=WINDOW)
    stage = Stage(database, zalo, write=chart, draw=lambda _: b"drawn")
    zalo.ends = [Sent(), NeedsTemplate("nothing left")]
    await stage.plan(await stage.contact("zalo_oa", person_id=small_office.people["CT01"]), "digest", {})
    await stage.settle()
    zalo.tries.clear()
    stage.now += dt.timedelta(days=100)
    async with database.transaction() as session:
        assert await forget_unused(session, stage.now - dt.timedelta(days=90)) == 1
    await stage.word("zalo_oa")
    assert [each.content for each in zalo.tries] == [None, b"drawn", None]


async def test_an_answer_outlives_its_picture(database: Database) -> None:
    """An answer is never written anew: its words go alone."""
    zalo = Scripted("zalo_oa", window=WINDOW)
    stage = Stage(database, zalo)
    await stage.contact("zalo_oa")
    async with database.transaction() as session:
        file = await store(session, "picture", "c.png", "image/png", b"drawn", NOW)
        reply = Reply(text="Đây ạ.", enclosure=Enclosure(file_id=file.id, kind="picture", name="c.png", mime="image/png", alt="biểu đồ"))
        await put_replies(session, await contact_at(session, "zalo_oa", "a", NOW), "u", [reply.to_json()], NOW)
    zalo.ends = [NeedsTemplate("nothing left")]
    await stage.settle()
    async with database.transaction() as session:
        await session.execute(delete(StoredFile))
    await stage.word("zalo_oa")
    assert [(each.reply.enclosure, each.content) for each in zalo.tries[1:]] == [(None, None)] * 2
    assert "Đây ạ." in zalo.said[0]
