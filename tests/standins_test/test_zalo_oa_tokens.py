"""The Official Account's token server: form and secret, rotation, lock-out, consent with PKCE, expiry by the clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.standins.zalo_oa import ZaloOfficialAccount
from tests.standins.zalo_oa.bare import VERIFIER, Bare
from tests.standins.zalo_oa.tokens import challenge_of

BACK = "https://xa-mau.example.vn/zalo/dong-y"


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloOfficialAccount]:
    async with ZaloOfficialAccount.open() as running:
        yield running


@pytest.fixture
async def bare(zalo: ZaloOfficialAccount) -> AsyncIterator[Bare]:
    async with Bare.open(zalo) as client:
        yield client


def consent_page(zalo: ZaloOfficialAccount, **more: str) -> str:
    wanted = {"app_id": zalo.app_id, "redirect_uri": BACK, "code_challenge": challenge_of(VERIFIER), "state": "s1", **more}
    return f"{zalo.oauth_url}/v4/oa/permission?{urlencode(wanted)}"


async def a_code(zalo: ZaloOfficialAccount) -> str:
    return parse_qs(urlsplit(await zalo.consents(consent_page(zalo))).query)["code"][0]


async def works(bare: Bare, access: str) -> int:
    return int((await bare.send(bare.zalo.person().id, "chào", token=access))["error"])


async def test_a_refresh_gives_a_new_pair_with_seconds_as_a_string(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    assert bare.pair is not None
    answer = await bare.refresh(bare.pair.refresh)
    assert set(answer) == {"access_token", "refresh_token", "expires_in"}
    assert answer["expires_in"] == "90000"
    assert answer["refresh_token"] != bare.pair.refresh
    assert await works(bare, answer["access_token"]) == -232
    assert await works(bare, bare.pair.access) == -216


async def test_with_the_switch_the_old_access_token_survives_a_refresh(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    assert bare.pair is not None
    zalo.doubts.old_access_survives = True
    await bare.refresh(bare.pair.refresh)
    assert await works(bare, bare.pair.access) == -232


async def test_a_used_refresh_token_locks_out_until_a_new_consent(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    assert bare.pair is not None
    second = await bare.refresh(bare.pair.refresh)
    assert (await bare.refresh(bare.pair.refresh))["error"] == -14014
    assert zalo.tokens.locked
    assert (await bare.refresh(second["refresh_token"]))["error"] == -14014
    assert await works(bare, second["access_token"]) == -216
    code = await a_code(zalo)
    third = await bare.token(code=code, code_verifier=VERIFIER, grant_type="authorization_code")
    assert await works(bare, third["access_token"]) == -232
    assert (await bare.refresh(bare.pair.refresh))["error"] == -14014
    assert not zalo.tokens.locked, "a token from before the new consent harms no more"
    assert "access_token" in await bare.refresh(third["refresh_token"])


async def test_an_answer_that_is_lost_means_a_lock_out(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    assert bare.pair is not None
    zalo.faults.drops_after(calls="token")
    with pytest.raises(Exception, match="disconnected"):
        await bare.refresh(bare.pair.refresh)
    assert not zalo.tokens.locked
    assert (await bare.refresh(bare.pair.refresh))["error_name"] == "Invalid refresh token"
    assert zalo.tokens.locked


async def test_access_lasts_25_hours_and_refresh_90_days(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    assert bare.pair is not None
    await zalo.passes(hours=25)
    assert await works(bare, bare.pair.access) == -232
    await zalo.passes(seconds=1)
    assert await works(bare, bare.pair.access) == -220
    await zalo.passes(days=90)
    assert (await bare.refresh(bare.pair.refresh))["error_name"] == "Refresh token is expired"


async def test_the_access_token_may_die_before_its_time(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    assert bare.pair is not None
    zalo.tokens.kill_access()
    assert await works(bare, bare.pair.access) == -216
    assert "access_token" in await bare.refresh(bare.pair.refresh)


async def test_the_access_token_may_die_in_the_middle_of_many(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    assert bare.pair is not None
    zalo.tokens.die_after(2)
    assert [await works(bare, bare.pair.access) for _ in range(4)] == [-232, -232, -220, -220]
    again = await bare.refresh(bare.pair.refresh)
    assert [await works(bare, again["access_token"]) for _ in range(4)] == [-232] * 4


async def test_the_consent_page_sends_back_code_account_and_state(zalo: ZaloOfficialAccount) -> None:
    back = urlsplit(await zalo.consents(consent_page(zalo)))
    found = parse_qs(back.query)
    assert f"{back.scheme}://{back.netloc}{back.path}" == BACK
    assert set(found) == {"code", "oa_id", "state"}
    assert (found["oa_id"], found["state"]) == ([zalo.oa_id], ["s1"])


async def test_an_operator_may_decline(zalo: ZaloOfficialAccount) -> None:
    zalo.operator_declines()
    assert await zalo.consents(consent_page(zalo)) == ""


@pytest.mark.parametrize("wrong", [{"app_id": "1"}, {"redirect_uri": "xa-mau"}, {"code_challenge": ""}, {"scope": "all"}])
async def test_the_consent_page_wants_its_parameters(zalo: ZaloOfficialAccount, wrong: dict[str, str]) -> None:
    assert await zalo.consents(consent_page(zalo, **wrong)) == ""
    zalo.excuse("permission: ")


async def test_only_a_registered_callback(zalo: ZaloOfficialAccount) -> None:
    zalo.world.callbacks.add("https://khac.example.vn/")
    assert await zalo.consents(consent_page(zalo)) == ""
    zalo.excuse("not registered")


async def test_a_code_serves_once_and_ten_minutes(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    code = await a_code(zalo)
    assert "access_token" in await bare.token(code=code, code_verifier=VERIFIER, grant_type="authorization_code")
    assert (await bare.token(code=code, code_verifier=VERIFIER, grant_type="authorization_code"))["error"] == -14019
    late = await a_code(zalo)
    await zalo.passes(minutes=10, seconds=1)
    assert (await bare.token(code=late, code_verifier=VERIFIER, grant_type="authorization_code"))["error"] == -14019


async def test_the_verifier_must_fit_the_challenge(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    answer = await bare.token(code=await a_code(zalo), code_verifier="w" * 64, grant_type="authorization_code")
    assert answer["error_name"] == "Invalid code verifier"
    zalo.excuse("verifier")


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"secret": "x"}, "Invalid secret key"),
        ({"app_id": "1"}, "Invalid app_id"),
        ({"grant_type": "password"}, "Invalid grant_type"),
        ({"scope": "all"}, "Invalid grant_type or parameters"),
    ],
)
async def test_the_token_server_refuses_what_is_not_in_order(
    zalo: ZaloOfficialAccount, bare: Bare, wrong: dict[str, str], name: str
) -> None:
    assert bare.pair is not None
    params: dict[str, str] = {"refresh_token": bare.pair.refresh, "grant_type": "refresh_token", **wrong}
    answer = await bare.token(secret=params.pop("secret", None), **params)
    assert answer["error_name"].startswith(name)
    zalo.excuse(name)
    assert "access_token" in await bare.refresh(bare.pair.refresh), "a refused request uses nothing up"


async def test_json_is_not_a_form(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    assert bare.pair is not None
    body = {"refresh_token": bare.pair.refresh, "grant_type": "refresh_token", "app_id": zalo.app_id}
    headers = {"secret_key": zalo.secret_key}
    async with bare.session.post(f"{zalo.oauth_url}/v4/oa/access_token", json=body, headers=headers) as answer:
        assert "error_name" in await answer.json()
    zalo.excuse("must be sent as")


async def test_no_token_elsewhere_than_in_the_bare_header(zalo: ZaloOfficialAccount, bare: Bare) -> None:
    assert bare.pair is not None
    for headers in ({"Authorization": f"Bearer {bare.pair.access}"}, {}):
        async with bare.session.get(f"{zalo.base_url}/v2.0/oa/getoa", headers=headers) as answer:
            assert answer.status == 200
            assert (await answer.json())["error"] == -216
    zalo.excuse("header access_token is missing")
    assert (await bare.get("/v2.0/oa/getoa"))["error"] == 0


async def test_violations_fail_the_block() -> None:
    with pytest.raises(AssertionError, match="there is no GET /v4/oa/nothing"):
        async with ZaloOfficialAccount.open() as zalo, Bare.open(zalo) as bare:
            await bare.session.get(f"{zalo.oauth_url}/v4/oa/nothing")
