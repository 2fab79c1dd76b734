"""Nobody may flood the public chat; nobody who types is ever held up."""

from __future__ import annotations

import aiohttp
from aiohttp.test_utils import make_mocked_request

from bot.app import App
from bot.web.pace import Pace, comes_from


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

    def asked(peer: str) -> str:
        request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.9"}, transport=Peer(peer))  # type: ignore[arg-type]
        return comes_from(request)

    assert asked("127.0.0.1") == "203.0.113.9"
    assert asked("198.51.100.7") == "198.51.100.7"


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
