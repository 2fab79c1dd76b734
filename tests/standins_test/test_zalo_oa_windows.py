"""Windows, quotas, standing and every number of the table of errors by its natural cause; then the scripted faults."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientTimeout, ServerDisconnectedError

from tests.standins.shared.clock import Clock
from tests.standins.zalo_oa import Person, ZaloOfficialAccount
from tests.standins.zalo_oa.bare import Bare
from tests.standins.zalo_oa.refused import WORDS


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloOfficialAccount]:
    async with ZaloOfficialAccount.open() as running:
        yield running


@pytest.fixture
async def bare(zalo: ZaloOfficialAccount) -> AsyncIterator[Bare]:
    async with Bare.open(zalo) as client:
        yield client


@pytest.fixture
async def an(zalo: ZaloOfficialAccount) -> Person:
    person = zalo.person("Trần Thị An")
    await person.says("chào")
    return person


async def code(bare: Bare, person: Person) -> int:
    bare.pair = bare.zalo.issues_tokens()
    return int((await bare.send(person.id, "chào"))["error"])


async def test_free_for_48_hours_then_billed_then_closed(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    await zalo.passes(hours=48)
    assert await code(bare, an) == 0
    assert not an.inbox[-1].billed
    await zalo.passes(seconds=1)
    assert await code(bare, an) == 0
    assert an.inbox[-1].billed
    await zalo.passes(days=5)
    assert await code(bare, an) == -230
    await an.says("còn đây")
    assert await code(bare, an) == 0
    assert not an.inbox[-1].billed


async def test_every_kind_of_interaction_opens_the_window(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    an = zalo.person()
    assert await code(bare, an) == -232
    for act in (an.follows, lambda: an.sends_picture(b"x"), lambda: an.sends_location(21.0, 105.8), lambda: an.sends_other("sticker")):
        await zalo.passes(days=8)
        assert await code(bare, an) in {-230, -232}
        await act()
        assert await code(bare, an) == 0


async def test_reading_and_unfollowing_are_no_interactions(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    await zalo.passes(days=8)
    await an.reads()
    assert await code(bare, an) == -230
    await an.unfollows()
    assert await code(bare, an) == -213


async def test_an_unfollow_closes_until_the_next_word(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    await an.follows()
    await zalo.passes(seconds=1)
    await an.unfollows()
    assert await code(bare, an) == -213
    await zalo.passes(seconds=1)
    await an.says("à mà")
    assert await code(bare, an) == 0


async def test_eight_free_messages_after_each_interaction(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    assert [await code(bare, an) for _ in range(9)] == [0] * 8 + [-218]
    await an.says("nữa")
    assert await code(bare, an) == 0
    zalo.doubts.free_messages = None
    assert [await code(bare, an) for _ in range(9)] == [0] * 9


async def test_the_account_has_no_more_billed_messages(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    zalo.standing.billed_left = 1
    await zalo.passes(hours=49)
    assert [await code(bare, an) for _ in range(2)] == [0, -211]


@pytest.mark.parametrize(("missing", "error"), [("package", -224), ("permission", -223), ("verified", -221)])
async def test_an_account_that_is_not_set_up(zalo: ZaloOfficialAccount, bare: Bare, an: Person, missing: str, error: int) -> None:
    setattr(zalo.standing, missing, False)
    assert await code(bare, an) == error


@pytest.mark.parametrize(("act", "error"), [("blocks", -217), ("falls_silent", -227), ("restricts", -244)])
async def test_a_person_who_is_gone(zalo: ZaloOfficialAccount, bare: Bare, an: Person, act: str, error: int) -> None:
    getattr(an, act)()
    assert await code(bare, an) == error
    assert an.inbox == []


async def test_writing_takes_a_block_back(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    an.blocks()
    await an.says("lại đây")
    assert await code(bare, an) == 0


async def test_an_id_the_account_has_never_seen(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    assert (await bare.send("123", "chào"))["error"] == -201
    zalo.excuse("user_id is unknown")


@pytest.mark.parametrize(("hour", "error"), [(5, -234), (6, 0), (21, 0), (22, -234)])
async def test_promotions_rest_at_night(hour: int, error: int) -> None:
    moment = dt.datetime(2026, 11, 23, hour, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    async with ZaloOfficialAccount.open(clock=Clock(moment, frozen=True)) as zalo, Bare.open(zalo) as bare:
        an = zalo.person()
        zalo.approves_template("P", "Mời dự hội chợ", promotion=True)
        zalo.approves_template("T", "Kết quả")
        for template, expected in (("P", error), ("T", 0)):
            body = {"user_id": an.id, "template_id": template, "template_data": {}}
            assert (await bare.post("/v3.0/oa/message/template", body))["error"] == expected


async def test_templates_need_no_window_but_money(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    an = zalo.person()
    zalo.approves_template("T", "Kết quả")
    zalo.standing.templates_left = 1
    body = {"user_id": an.id, "template_id": "T", "template_data": {}}
    assert [(await bare.post("/v3.0/oa/message/template", body))["error"] for _ in range(2)] == [0, -211]


async def test_so_many_requests_a_minute() -> None:
    async with ZaloOfficialAccount.open(per_minute=3) as zalo, Bare.open(zalo) as bare:
        an = zalo.person()
        await an.says("chào")
        assert [(await bare.send(an.id, "a"))["error"] for _ in range(4)] == [0, 0, 0, -32]
        assert bare.headers["X-RateLimit-Remain"] == "0"
        await zalo.passes(minutes=1)
        assert (await bare.send(an.id, "a"))["error"] == 0


@pytest.mark.parametrize("error", sorted(WORDS))
async def test_every_number_of_the_table_on_request(zalo: ZaloOfficialAccount, bare: Bare, an: Person, error: int) -> None:
    other = zalo.person()
    await other.says("chào")
    zalo.faults.answers(error, calls="send", to=an.id, skip=1)
    assert [await code(bare, an), await code(bare, other), await code(bare, an), await code(bare, an)] == [0, 0, error, 0]
    assert len(an.inbox) == 2
    assert zalo.calls("send")[2].fault


async def test_faults_of_the_line(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    zalo.faults.drops_before(calls="send")
    with pytest.raises(ServerDisconnectedError):
        await bare.send(an.id, "một")
    assert an.inbox == []
    zalo.faults.drops_after(calls="send")
    with pytest.raises(ServerDisconnectedError):
        await bare.send(an.id, "hai")
    assert [post.text for post in an.inbox] == ["hai"]
    assert zalo.faults.unspent == []


async def test_a_timeout_after_acceptance(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    assert bare.pair is not None
    zalo.faults.hangs(calls="send")
    body = {"recipient": {"user_id": an.id}, "message": {"text": "một"}}
    with pytest.raises(asyncio.TimeoutError):
        await bare.session.post(
            f"{zalo.base_url}/v3.0/oa/message/cs", json=body, headers={"access_token": bare.pair.access}, timeout=ClientTimeout(total=0.2)
        )
    assert [post.text for post in an.inbox] == ["một"]


async def test_a_late_answer_waits_for_the_clock(zalo: ZaloOfficialAccount, bare: Bare, an: Person) -> None:
    zalo.faults.slow(30, calls="send")
    waiting = asyncio.create_task(bare.send(an.id, "một"))
    await zalo.until(lambda: an.inbox)
    assert not waiting.done()
    zalo.clock.advance(30)
    assert (await waiting)["error"] == 0


@pytest.mark.parametrize("status", [429, 500, 502, 503])
async def test_faults_with_a_status(zalo: ZaloOfficialAccount, bare: Bare, an: Person, status: int) -> None:
    assert bare.pair is not None
    if status == 429:
        zalo.faults.too_many(calls="send", seconds=7)
    else:
        zalo.faults.server_error(status, calls="send")
    body = {"recipient": {"user_id": an.id}, "message": {"text": "một"}}
    async with bare.session.post(f"{zalo.base_url}/v3.0/oa/message/cs", json=body, headers={"access_token": bare.pair.access}) as answer:
        assert answer.status == status
        assert answer.headers["X-RateLimit-Limit"] == "4000"
        if status == 429:
            assert (answer.headers["Retry-After"], (await answer.json())["error"]) == ("7", -32)
            assert answer.headers["X-RateLimit-Remain"] == "0"
    assert an.inbox == []
