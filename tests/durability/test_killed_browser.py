"""The program is killed (SIGKILL) at every point that matters while a citizen writes in the browser; nothing is lost, nothing is double."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from sqlalchemy import func, select

from office.database import Database
from office.records import Case, OutboxMessage
from tests.conftest import KEY_TEXT
from tests.dialogue import BrowserLine, Message
from tests.durability.lives import Life, life
from tests.small_office import SmallOffice

POINTS = ("received", "before commit", "after commit", "before send", "after send")
NOW = "2026-11-23T07:00:00+07:00"


@pytest.fixture
def order(database_url: str, tmp_path: Any) -> dict[str, Any]:
    return {
        "now": NOW,
        "settings": {
            "data_dir": str(tmp_path), "database_url": database_url, "secret_key": KEY_TEXT, "port": 0, "sample": False,
            "sqlite_synchronous": "NORMAL",
        },
    }  # fmt: skip


class StubbornPage:
    """A page that sends its message again until it was confirmed, as the real one does, and reads until it has an answer."""

    def __init__(self, line: BrowserLine, http: aiohttp.ClientSession) -> None:
        self.line = line
        self.http = http
        self.heard: list[Message] = []

    async def tries(self, mark: str, **fields: str) -> bool:
        try:
            await self.line._post(self.line._form(id=mark, **fields))
        except (aiohttp.ClientError, ConnectionError):
            return False
        return True

    async def listens(self, life: Life, answers: int) -> list[Message]:
        """Follow the stream as the page does, until so many messages are there."""
        self.line._base = life.address
        async with self.http.get(f"{life.address}chat/api/stream", headers=self.line._headers) as stream:
            count = 0
            async with asyncio.timeout(20):
                async for raw in stream.content:
                    if raw.startswith(b"data:") and b'"from": "bot"' in raw:
                        count += 1
                        if count >= answers:
                            break
        self.line._seq = 0
        return await self.line.receive()


async def count(database: Database, table: type[Any], *where: Any) -> int:
    async with database.reading() as session:
        return int((await session.execute(select(func.count()).select_from(table).where(*where))).scalar_one())


@pytest.mark.parametrize("point", POINTS)
async def test_one_message(point: str, order: dict[str, Any], database: Database) -> None:
    """A message is written while the program dies; the page sends it again to the next life."""
    async with aiohttp.ClientSession() as http:
        async with life(order | {"kill": point}) as first:
            page = StubbornPage(await BrowserLine.open(http, first.address), http)
            await page.tries("m1", text="/trogiup")
            assert await first.ends() == -9
        async with life(order) as second:
            page.line._base = second.address
            assert await page.tries("m1", text="/trogiup")
            heard = await page.listens(second, 1)
    assert [message.text.splitlines()[0] for message in heard] == ["Anh/chị có thể:"]
    assert await count(database, OutboxMessage, OutboxMessage.state == "due") == 0


@pytest.mark.parametrize("point", POINTS)
async def test_sending_a_complaint(point: str, order: dict[str, Any], database: Database, small_office: SmallOffice) -> None:
    """The tap that sends a complaint: one case, one receipt, whatever happens."""
    async with aiohttp.ClientSession() as http:
        async with life(order) as first:
            page = StubbornPage(await BrowserLine.open(http, first.address), http)
            answers = 0
            for number, said in enumerate(_to_the_summary(small_office)):
                assert await page.tries(f"m{number}", **said)
                answers += 1
            heard = await page.listens(first, answers)
            (send,) = [handle for message in heard for label, handle in message.buttons.items() if "Gửi" in label and "send" in handle]
        async with life(order | {"kill": point}) as second:
            page.line._base = second.address
            await page.tries("send", choice=send, label="Gửi")
            assert await second.ends() == -9
        async with life(order) as third:
            page.line._base = third.address
            assert await page.tries("send", choice=send, label="Gửi")
            heard = await page.listens(third, answers + 1)
    assert sum("Mã biên nhận" in message.text for message in heard) == 1
    assert await count(database, Case) == 1


def _to_the_summary(office: SmallOffice) -> list[dict[str, str]]:
    """The taps up to the summary. The conversation is the contact's first, so its bound buttons end in 1."""
    return [
        {"text": "Nộp hồ sơ khai sinh ba tuần rồi vẫn chưa được trả, hỏi thì không ai biết"},
        {"choice": "category:DELAY~1"},
        {"choice": f"unit:{office.units['an-binh-mot-cua']}~1"},
        {"choice": "when:today~1"},
        {"choice": "files_done~1"},
        {"choice": "identity:confidential~1"},
    ]
