"""The account stays able to speak: no pair of tokens is ever used before it is saved, spent twice, or lost without a loud word."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from aiohttp import ClientSession

from bot.channels.zalo_oa_consent import ConsentRefused, begin, finish, query_of
from bot.channels.zalo_oa_faults import NoTokens, ZaloAway
from bot.channels.zalo_oa_tokens import token_answer
from bot.delivery.outcome import Failed, Sent
from office.token_pairs import note_trouble, take_turn
from talk.reply import Reply
from tests.bot.zalo_oa_kit import HASTE, Office, opened
from tests.standins.zalo_oa import ZaloOfficialAccount
from tests.standins.zalo_oa.people import Person

HELLO = Reply(text="Xin chào anh/chị")


@pytest.fixture
async def an(zalo: ZaloOfficialAccount) -> Person:
    person = zalo.person("An")
    await person.says("chào")
    return person


async def say(office: Office, person: Person) -> object:
    return await office.channel.speech.send(office.parcel(person.id, HELLO))


async def test_many_at_once_refresh_once(oa: Office, zalo: ZaloOfficialAccount, an: Person) -> None:
    zalo.doubts.free_messages = None
    zalo.tokens.kill_access()
    outcomes = await asyncio.gather(*(say(oa, an) for _ in range(20)))
    assert all(isinstance(each, Sent) for each in outcomes)
    assert len(zalo.calls("token")) == 1


async def test_two_processes_on_one_database_refresh_once(zalo: ZaloOfficialAccount, an: Person, tmp_path: Path) -> None:
    async with opened(zalo, tmp_path) as one, opened(zalo, tmp_path, connected=False) as other:
        for _ in range(3):
            zalo.tokens.kill_access()
            outcomes = await asyncio.gather(say(one, an), say(other, an))
            assert [type(each) for each in outcomes] == [Sent, Sent]
        assert len(zalo.calls("token")) == 3
        assert not zalo.tokens.locked
        pair = await one.pair()
        assert pair is not None
        assert zalo.tokens.pair is not None
        assert (pair.access, pair.refresh) == (zalo.tokens.pair.access, zalo.tokens.pair.refresh)


async def test_a_dead_holder_of_the_turn_is_waited_out(oa: Office, zalo: ZaloOfficialAccount, an: Person) -> None:
    zalo.tokens.kill_access()
    pair = await oa.pair()
    assert pair is not None
    async with oa.database.transaction() as session:
        assert await take_turn(session, f"zalo_oa:{zalo.app_id}", pair.version, "somebody who died", oa.clock())
    assert isinstance(await say(oa, an), Failed)
    assert not zalo.calls("token")
    oa.clock.forward(seconds=61)
    assert isinstance(await say(oa, an), Sent)


async def test_renewed_before_its_end_and_saved_before_its_use(oa: Office, zalo: ZaloOfficialAccount, an: Person) -> None:
    oa.clock.forward(hours=24, minutes=55)
    saved: list[str] = []
    once = oa.channel.api._once

    async def watch(url: str, token: str, content: object) -> object:
        pair = await oa.pair()
        assert pair is not None
        saved.append(pair.access)
        assert token == pair.access
        return await once(url, token, content)  # type: ignore[arg-type]

    oa.channel.api._once = watch  # type: ignore[assignment,method-assign]
    assert isinstance(await say(oa, an), Sent)
    assert len(zalo.calls("token")) == 1
    assert len(set(saved)) == 1


async def test_a_pair_that_could_not_be_saved_is_not_used_and_not_forgotten(
    oa: Office, zalo: ZaloOfficialAccount, an: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    await say(oa, an)
    sends = len(zalo.calls("send"))
    zalo.tokens.kill_access()
    oa.database.falls_after = 1  # taking the turn still succeeds
    assert not isinstance(await say(oa, an), Sent)
    assert len(zalo.calls("token")) == 1
    assert len(zalo.calls("send")) == sends + 1  # the try with the old token; none with the new
    assert "could not be saved" in capsys.readouterr().out
    oa.database.away, oa.database.falls_after = False, -1
    assert isinstance(await say(oa, an), Sent)
    assert len(zalo.calls("token")) == 1


async def test_a_send_that_gives_up_does_not_tear_the_refresh_apart(zalo: ZaloOfficialAccount, an: Person, tmp_path: Path) -> None:
    from dataclasses import replace

    async with opened(zalo, tmp_path, patience=replace(HASTE, send=0.3, read=5)) as oa:
        zalo.tokens.kill_access()
        zalo.faults.slow(10, calls="token")
        assert not isinstance(await say(oa, an), Sent)  # gave up while the answer was on its way
        zalo.clock.advance(11)
        await oa.channel.tokens.close()
        pair = await oa.pair()
        assert pair is not None
        assert zalo.tokens.pair is not None
        assert pair.refresh == zalo.tokens.pair.refresh
        assert isinstance(await say(oa, an), Sent)
        assert len(zalo.calls("token")) == 1


@pytest.mark.parametrize("fault", ["drops_before", "server_error", "not_json", "too_many"])
async def test_a_bad_road_to_the_tokens_passes(oa: Office, zalo: ZaloOfficialAccount, an: Person, fault: str) -> None:
    zalo.tokens.kill_access()
    getattr(zalo.faults, fault)(calls="token")
    assert isinstance(await say(oa, an), Failed)
    assert isinstance(await say(oa, an), Sent)


async def test_a_lost_refresh_token_is_a_loud_alarm_until_an_operator_consents(
    oa: Office, zalo: ZaloOfficialAccount, an: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    zalo.tokens.kill_access()
    zalo.faults.drops_after(calls="token")  # the new pair never arrives, and the old one has served
    assert isinstance(await say(oa, an), Failed)
    for _ in range(3):
        assert isinstance(await say(oa, an), Failed)
    said = capsys.readouterr().out
    assert said.count("congvu zalo login") == 1
    assert "the refresh token is lost" in said
    pair = await oa.pair()
    assert pair is not None
    assert pair.lost
    assert len(zalo.calls("token")) == 2  # and none after it is known
    await consent(oa, zalo)
    assert isinstance(await say(oa, an), Sent)


async def test_a_wrong_secret_is_a_loud_alarm_but_nothing_is_lost(
    oa: Office, zalo: ZaloOfficialAccount, an: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    zalo.tokens.kill_access()
    zalo.faults.answers(-14004, "Invalid secret key", calls="token")
    assert isinstance(await say(oa, an), Failed)
    assert isinstance(await say(oa, an), Failed)
    assert capsys.readouterr().out.count("ZALO_APP_SECRET") == 1
    assert len(zalo.calls("token")) == 1  # not again within the minute
    oa.clock.forward(seconds=61)
    assert isinstance(await say(oa, an), Sent)


async def test_a_quiet_account_keeps_its_tokens(oa: Office, zalo: ZaloOfficialAccount) -> None:
    await oa.channel.tokens.keep_alive()
    assert not zalo.calls("token")
    for _ in range(3):
        oa.clock.forward(hours=25)
        await zalo.passes(hours=25)
        await oa.channel.tokens.keep_alive()
    assert len(zalo.calls("token")) == 3


async def test_without_a_consent_nothing_is_asked(zalo: ZaloOfficialAccount, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with opened(zalo, tmp_path, connected=False) as oa:
        with pytest.raises(NoTokens):
            await oa.channel.tokens.access()
        await oa.channel.tokens.keep_alive()
        assert "congvu zalo login" in capsys.readouterr().out
        assert not zalo.requests


async def test_no_token_in_the_log_or_readable_in_the_database(
    oa: Office, zalo: ZaloOfficialAccount, an: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    zalo.tokens.kill_access()
    await say(oa, an)
    assert zalo.tokens.pair is not None
    kept = on_disk(tmp_path)
    said = capsys.readouterr().out
    for secret in (zalo.tokens.pair.access, zalo.tokens.pair.refresh, zalo.secret_key, zalo.oa_secret_key):
        assert secret not in said
        assert secret.encode() not in kept


def test_a_refusal_with_an_http_status_of_its_own_is_a_refusal() -> None:
    refusal = {"error": -14014, "error_name": "Invalid refresh token"}
    assert token_answer(httpx.Response(400, json=refusal))["error"] == -14014
    for answer in (httpx.Response(400, text="<html>"), httpx.Response(403, json=[1]), httpx.Response(404, json={})):
        with pytest.raises(ZaloAway):
            token_answer(answer)


def on_disk(folder: Path) -> bytes:
    """Everything that the database has written."""
    return b"".join(path.read_bytes() for path in folder.glob("zalo.db*"))


async def consent(oa: Office, zalo: ZaloOfficialAccount) -> str:
    """An operator follows the address; what the page at the end says."""
    address = await begin(oa.settings, oa.database, oa.clock())
    back = await zalo.consents(address)
    local = back.replace("https://xa-mau.example.vn", oa.url)
    async with ClientSession() as http, http.get(local) as answer:
        return f"{answer.status} {await answer.text()}"


async def test_an_operator_consents_and_the_running_program_finishes(zalo: ZaloOfficialAccount, tmp_path: Path, an: Person) -> None:
    async with opened(zalo, tmp_path, connected=False) as oa:
        said = await consent(oa, zalo)
        assert said.startswith("200")
        assert "Đã kết nối" in said
        assert isinstance(await say(oa, an), Sent)
        async with ClientSession() as http, http.get(f"{oa.url}/zalo/login?code=x&state=y") as answer:
            assert answer.status == 400  # the consent is over: nobody can finish it a second time


async def test_a_consent_that_is_not_ours_changes_nothing(zalo: ZaloOfficialAccount, tmp_path: Path) -> None:
    async with opened(zalo, tmp_path, connected=False) as oa:

        async def refused(query: dict[str, str]) -> str:
            with pytest.raises(ConsentRefused) as refusal:
                await finish(oa.settings, oa.database, oa.channel.http, query, oa.clock())
            assert refusal.value.words
            return refusal.value.why

        assert await refused({"code": "c", "state": "s"}) == "state"
        right = query_of(await zalo.consents(await begin(oa.settings, oa.database, oa.clock())))
        assert await refused(right | {"state": "khác"}) == "state"
        assert await refused({"state": right["state"]}) == "declined"
        assert await refused(right | {"oa_id": "999"}) == "other"
        assert await refused(right | {"code": "không có"}) == "refused"
        zalo.faults.server_error(calls="token")
        assert await refused(right) == "away"
        oa.clock.forward(minutes=16)
        assert await refused(right) == "state"
        assert await oa.pair() is None


async def test_trouble_of_an_older_pair_says_nothing_of_the_newer(oa: Office, zalo: ZaloOfficialAccount) -> None:
    before = await oa.pair()
    assert before is not None
    await oa.connect()
    async with oa.database.transaction() as session:
        await note_trouble(session, f"zalo_oa:{zalo.app_id}", before.version, "late", lost=True, until=None)
    after = await oa.pair()
    assert after is not None
    assert (after.lost, after.trouble) == (False, None)
