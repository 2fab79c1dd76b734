"""A file is fetched from where Zalo keeps it, and from nowhere inside the network: not by its address, its name, or another address it leads to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from aiohttp import web

from bot.channels import downloads
from bot.channels.addresses import IPAddress, is_public, leads_out
from bot.channels.downloads import Downloads, NotThere
from talk.turn import Turn
from tests.bot import zalo_bot_kit, zalo_oa_kit
from tests.bot.telegram_kit import picture
from tests.certificate import Certificate, certificate_for
from tests.standins.zalo_bot import ZaloBotPlatform
from tests.standins.zalo_oa import ZaloOfficialAccount


@dataclass
class Elsewhere:
    """Another server on this machine, which nobody named in the settings."""

    url: str = ""
    asked: list[str] = field(default_factory=list)


@pytest.fixture
async def elsewhere() -> AsyncIterator[Elsewhere]:
    found = Elsewhere()

    async def give(request: web.Request) -> web.Response:
        found.asked.append(request.path)
        return web.Response(body=picture())

    app = web.Application()
    app.router.add_get("/{rest:.*}", give)
    async with served(app) as found.url:
        yield found


@asynccontextmanager
async def served(app: web.Application, shown: Certificate | None = None) -> AsyncIterator[str]:
    """On a free port of loopback; by TLS where a certificate is to be shown."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=shown.shown if shown else None).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@dataclass
class Sending:
    """A person who sends a picture, on either channel."""

    zalo: ZaloOfficialAccount | ZaloBotPlatform
    turns: list[Turn]
    picture_at: Callable[[str], Awaitable[None]]
    """Told with this address."""

    async def picture(self) -> None:
        await self.picture_at(self.zalo.world.host("anh.jpg", picture()))

    @property
    def problems(self) -> list[str | None]:
        return [each.problem for turn in self.turns for each in turn.attachments]


@asynccontextmanager
async def on_the_account(folder: Path) -> AsyncIterator[Sending]:
    async with ZaloOfficialAccount.open() as zalo, zalo_oa_kit.opened(zalo, folder) as office:
        an = zalo.person("An")

        async def told(url: str) -> None:
            an._attached("image", [{"thumbnail": url, "url": url}])
            await office.settled()

        yield Sending(zalo, office.turns, told)


@asynccontextmanager
async def on_the_bot(folder: Path) -> AsyncIterator[Sending]:
    async with ZaloBotPlatform.open() as zalo, zalo_bot_kit.open_office(zalo, folder, webhook=True) as office:
        an = zalo.person()

        async def told(url: str) -> None:
            an._tell("image", {"photo_url": url, "message_type": "CHAT_PHOTO"})
            await office.settled()

        yield Sending(zalo, office.turns, told)


@pytest.fixture(params=[on_the_account, on_the_bot])
async def sending(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Sending]:
    async with request.param(tmp_path) as opened:
        yield opened


async def test_nothing_is_fetched_from_inside_the_network(sending: Sending, elsewhere: Elsewhere) -> None:
    await sending.picture_at(f"{elsewhere.url}/secret.jpg")
    assert sending.problems == ["not_fetched"]
    assert elsewhere.asked == []


async def test_nobody_is_led_inside_the_network(sending: Sending, elsewhere: Elsewhere) -> None:
    sending.zalo.faults.moved(f"{elsewhere.url}/secret.jpg", calls="file")
    await sending.picture()
    assert sending.problems == ["not_fetched"]
    assert elsewhere.asked == []
    assert len(sending.zalo.calls("file")) == 1


@pytest.mark.parametrize("whole", [True, False])
async def test_a_file_that_moved_is_fetched_where_it_is(sending: Sending, whole: bool) -> None:
    there = sending.zalo.world.host("cho-moi.jpg", picture())
    sending.zalo.faults.moved(there if whole else there.removeprefix(sending.zalo.world.base_url), calls="file")
    await sending.picture()
    assert sending.problems == [None]
    assert len(sending.zalo.calls("file")) == 2


@pytest.mark.parametrize(
    "there",
    [
        "https://[bad/a.jpg",
        "//127.0.0.1:1/a.jpg",
        "file:///etc/passwd",
        "https://a.example.vn\\\\@127.0.0.1/a.jpg",
        "https://1.1.1.1:99999/a.jpg",
        "https://a.example.vn:99999999999999999999/a.jpg",
    ],
)
async def test_what_it_moved_to_is_no_address_of_ours(sending: Sending, there: str) -> None:
    sending.zalo.faults.moved(there, calls="file")
    await sending.picture()
    assert sending.problems == ["not_fetched"]
    assert len(sending.zalo.calls("file")) == 1


async def test_one_that_moves_for_ever_is_given_up(sending: Sending) -> None:
    there = sending.zalo.world.host("vong.jpg", picture())
    sending.zalo.faults.moved(there, calls="file", times=50)
    await sending.picture()
    assert sending.problems == ["not_fetched"]
    assert len(sending.zalo.calls("file")) == 4


PUBLIC_API = "https://bot-api.zaloplatforms.com"


def meaning(*numbers: str, asked: list[str] | None = None) -> Callable[[str, int], Awaitable[list[IPAddress]]]:
    """Every name means these IP addresses."""

    async def numbers_of(host: str, port: int) -> list[IPAddress]:
        if asked is not None:
            asked.append(f"{host}:{port}")
        return [ip_address(each) for each in numbers]

    return numbers_of


@pytest.mark.parametrize(
    "numbers",
    [["127.0.0.1"], ["1.1.1.1", "10.0.0.5"], ["169.254.169.254"], ["::1"], ["::ffff:127.0.0.1"], ["fe80::1"], ["64:ff9b::7f00:1"], []],
)
async def test_a_name_that_means_something_inside_is_not_asked(elsewhere: Elsewhere, numbers: list[str]) -> None:
    port = elsewhere.url.rpartition(":")[2]
    async with httpx.AsyncClient() as client:
        with pytest.raises(NotThere):
            await Downloads(client, PUBLIC_API, numbers=meaning(*numbers)).content(f"https://anh.example.vn:{port}/a.jpg", 3)
    assert elsewhere.asked == []


async def test_a_name_that_means_nothing_just_now_is_asked_for_again() -> None:
    asked: list[str] = []

    async def nothing(host: str, port: int) -> list[IPAddress]:
        asked.append(host)
        raise OSError

    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await Downloads(client, PUBLIC_API, numbers=nothing).content("https://anh.example.vn/a.jpg", 3)
    assert asked == ["anh.example.vn"] * 3


async def test_the_address_that_was_looked_at_is_the_one_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its name all the same: for the certificate, and for a machine that serves several names."""
    monkeypatch.setattr(downloads, "leads_out", lambda _: True)
    heard: list[str] = []

    async def give(request: web.Request) -> web.Response:
        heard.append(request.host)
        return web.Response(body=b"here")

    app = web.Application()
    app.router.add_get("/a.jpg", give)
    certificate, asked = certificate_for("anh.example.vn"), []
    async with served(app, certificate) as url, httpx.AsyncClient(verify=certificate.trusted) as client:
        place = f"anh.example.vn:{url.rpartition(':')[2]}"
        fetching = Downloads(client, PUBLIC_API, numbers=meaning("127.0.0.1", asked=asked))
        assert await fetching.content(f"https://{place}/a.jpg", 3) == b"here"
        assert (heard, asked) == ([place], [place])
        with pytest.raises(httpx.ConnectError, match="certificate"):
            await fetching.content(f"https://khac.example.vn:{url.rpartition(':')[2]}/a.jpg", 3)


async def test_behind_a_proxy_names_are_the_proxys_to_look_up(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    asked: list[str] = []
    async with httpx.AsyncClient() as client:
        fetching = Downloads(client, PUBLIC_API, numbers=meaning("1.1.1.1", asked=asked))
        with pytest.raises(httpx.ConnectError):
            await fetching.content("https://anh.example.vn/a.jpg", 3)
        with pytest.raises(NotThere):
            await fetching.content("https://10.0.0.5/a.jpg", 3)
    assert asked == []


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://photo-stal-1.zdn.vn/a.jpg", True),
        ("https://1.1.1.1/a.jpg", True),
        ("http://photo-stal-1.zdn.vn/a.jpg", False),
        ("https://127.0.0.1/a", False),
        ("https://127.1/a", False),
        ("https://10.0.0.5/a", False),
        ("https://169.254.169.254/latest", False),
        ("https://[::1]/a", False),
        ("https://[::ffff:10.0.0.5]/a", False),
        ("https://a.example.vn@10.0.0.5/a", False),
        ("https://localhost/a", False),
        ("https://localhost./a", False),
        ("https://db.internal/a", False),
        ("https://db.internal./a", False),
        ("https:///a", False),
        ("https://.a.example.vn/a", False),
        ("https://1.1.1.1:65535/a", True),
        ("https://1.1.1.1:65536/a", False),
        ("https://a.example.vn:0/a", False),
        ("https://a.example.vn:-1/a", False),
        ("file:///etc/passwd", False),
        ("…", False),
    ],
)
def test_only_public_addresses_are_fetched(url: str, public: bool) -> None:
    assert is_public(httpx.URL(url)) is public


@pytest.mark.parametrize(
    ("number", "out"),
    [
        ("203.162.0.181", True),
        ("2001:ee0::1", True),
        ("64:ff9b::1.1.1.1", True),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("2002:7f00:1::", False),
        ("fec0::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
    ],
)
def test_which_numbers_lead_out(number: str, out: bool) -> None:
    assert leads_out(ip_address(number)) is out
