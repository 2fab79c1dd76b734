"""Nobody may flood the public chat; nobody who types is ever held up."""

from __future__ import annotations

import uuid

import aiohttp
from aiohttp.test_utils import make_mocked_request

from bot.app import App
from bot.web.pace import Pace, comes_from
from office.records import Case
from tests.small_office import SmallOffice


def test_so_many_in_so_long_and_no_more() -> None:
    now = [0.0]
    pace = Pace(3, 60, clock=lambda: now[0])
    assert [pace.allows("a") for _ in range(4)] == [True, True, True, False]
    assert pace.allows("b")
    now[0] = 59.9
    assert not pace.allows("a")
    now[0] = 60.0
    assert pace.allows("a")


def test_a_refused_time_does_not_count() -> None:
    now = [0.0]
    pace = Pace(1, 10, clock=lambda: now[0])
    assert pace.allows("a")
    now[0] = 9.0
    assert not pace.allows("a")
    now[0] = 10.0
    assert pace.allows("a")


def test_only_a_proxy_on_this_machine_names_another() -> None:
    class Peer:
        def get_extra_info(self, name: str, default: object = None) -> object:
            return (self.address, 1) if name == "peername" else default

        def __init__(self, address: str) -> None:
            self.address = address

    def asked(peer: str, named: str = "6.6.6.6, 203.0.113.9") -> str:
        request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": named}, transport=Peer(peer))  # type: ignore[arg-type]
        return comes_from(request)

    assert asked("127.0.0.1") == "203.0.113.9"
    assert asked("198.51.100.7") == "198.51.100.7"
    assert asked("2001:db8:1:2:3::4") == asked("::1", "2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert asked("2001:db8:1:3::4") != asked("2001:db8:1:2::4")
    assert asked("::ffff:198.51.100.7") == asked("198.51.100.7")
    assert asked("::1", "unix:whoever") == "unix:whoever"


def test_what_was_no_such_time_is_forgiven() -> None:
    pace = Pace(1, 60)
    assert [pace.allows("a"), pace.allows("a")] == [True, False]
    pace.forgive("a")
    assert [pace.allows("a"), pace.allows("a")] == [True, False]
    pace.forgive("b")


async def test_the_chat_says_when_it_is_too_much_and_for_whom(app: App) -> None:
    async with aiohttp.ClientSession(app.address) as http:

        async def begin(address: str) -> tuple[int, str]:
            async with http.post("/chat/api/session", json={}, headers={"X-Forwarded-For": address}) as answer:
                return answer.status, await answer.text()

        statuses = [(await begin("203.0.113.9"))[0] for _ in range(60)]
        assert statuses == [200] * 60
        status, words = await begin("203.0.113.9")
        assert status == 429
        assert "chờ một phút" in words
        assert (await begin("203.0.113.10"))[0] == 200


async def test_codes_cannot_be_guessed_in_many_conversations_from_one_place(app: App) -> None:
    async with aiohttp.ClientSession(app.address) as http:
        here = {"X-Forwarded-For": "203.0.113.9"}

        async def says(address: dict[str, str], token: str, **said: str) -> int:
            headers = {**address, "Authorization": f"Bearer {token}"}
            async with http.post("/chat/api/messages", json={"id": uuid.uuid4().hex} | said, headers=headers) as answer:
                return answer.status

        async def guesser() -> str:
            async with http.post("/chat/api/session", json={}, headers=here) as answer:
                return str((await answer.json())["token"])

        ways = ({"choice": "withdraw_yes:000000000000"}, {"text": "000-000-000-000"}, {"text": "/lienket ABCD-EFGH"})
        for number in range(30):
            assert await says(here, await guesser(), **ways[number % 3]) == 200
        late = await guesser()
        assert await says(here, late, **ways[number % 3]) == 429
        assert await says(here, late, choice="look_up:000000000000") == 429
        assert await says(here, late, text="Cán bộ một cửa quát to giữa phòng") == 200
        assert await says({"X-Forwarded-For": "203.0.113.10"}, late, choice="look_up:000000000000") == 200


async def test_right_codes_are_not_counted(app: App, small_office: SmallOffice) -> None:
    unit, now = small_office.units["an-binh-mot-cua"], app.talk.clock()
    async with app.database.transaction() as session:
        times = {"created_at": now, "accept_due_at": now, "answer_due_at": now}
        what = {"text": "x", "identity": "anonymous", "category": "DELAY"}
        session.add(Case(code="000000000000", unit_id=unit, handled_by_id=unit, **what, **times))
    async with aiohttp.ClientSession(app.address) as http:
        async with http.post("/chat/api/session", json={}) as answer:
            headers = {"Authorization": f"Bearer {(await answer.json())['token']}"}
        for number in range(40):
            async with http.post("/chat/api/messages", json={"id": f"m{number}", "text": "000-000-000-000"}, headers=headers) as answer:
                assert answer.status == 200
