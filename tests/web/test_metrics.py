"""What an operator reads in `/metrics`, over real HTTP: what is heard, sent and waiting, and nothing that tells of whom."""

from __future__ import annotations

import math
import re
import uuid
from collections.abc import Mapping

import aiohttp
import pytest

from bot import figures
from bot.app import App
from bot.delivery.outcome import Failed, NeedsTemplate, Refused, Sent, Unknown
from bot.figures import OutboxFigures
from office.outbox_upkeep import Waiting
from talk.talk import Talk
from talk.turn import Turn
from tests.delivery.kit import WINDOW, Scripted, Stage, news
from tests.dialogue import TestClock
from tests.small_office import SmallOffice


async def shown(app: App) -> Mapping[str, float]:
    """Each line of our own: its name with its labels, and the number."""
    async with aiohttp.ClientSession() as http, http.get(f"{app.address}metrics") as answer:
        assert answer.status == 200
        lines = re.findall(r"^(congvu_\S+) (\S+)$", await answer.text(), re.MULTILINE)
    return {name: float(number) for name, number in lines}


async def grown(app: App, before: Mapping[str, float]) -> dict[str, float]:
    """What the counters have grown by; other tests may have counted before us."""
    after = await shown(app)
    counted = [name for name in after if "_total" in name or name.endswith("_count")]
    return {name: more for name in counted if (more := after[name] - before.get(name, 0))}


async def test_turns_are_counted_by_channel_and_outcome(app: App) -> None:
    before = await shown(app)
    async with aiohttp.ClientSession(app.address) as http:
        async with http.post("/chat/api/session", json={}) as answer:
            bearer = {"Authorization": f"Bearer {(await answer.json())['token']}"}
        for _ in range(2):  # the second time is a repeat
            async with http.post("/chat/api/messages", json={"id": "once", "text": "xin chào"}, headers=bearer) as answer:
                assert answer.status == 200
    turn = Turn(channel="telegram", address="a", update_key=str(uuid.uuid4()), text="xin chào")
    assert (await app.talk.hear(turn)).outcome == "answered"
    assert await grown(app, before) == {
        'congvu_turns_total{channel="browser",outcome="answered"}': 1,
        'congvu_turns_total{channel="browser",outcome="repeated"}': 1,
        'congvu_turns_total{channel="telegram",outcome="answered"}': 1,
        "congvu_turn_seconds_count": 3,
    }


async def test_failed_turns_are_counted(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the person was given a reference, or the database was away and the channel is to deliver it again."""

    async def breaks(*_: object, **__: object) -> None:
        raise RuntimeError

    before = await shown(app)
    turn = Turn(channel="zalo_oa", address="a", update_key=str(uuid.uuid4()), text="xin chào")
    monkeypatch.setattr(app.talk.root, "propagate_event", breaks)
    assert (await app.talk.hear(turn)).outcome == "failed"
    monkeypatch.setattr(Talk, "_heard", breaks)
    with pytest.raises(RuntimeError):
        await app.talk.hear(turn)
    assert await grown(app, before) == {'congvu_turns_total{channel="zalo_oa",outcome="failed"}': 2, "congvu_turn_seconds_count": 2}


async def test_sends_and_digests_are_counted(app: App, small_office: SmallOffice) -> None:
    """Each message of a digest is a send, the digest itself counts once; one that may be lost is not counted as sent."""
    before = await shown(app)
    telegram = Scripted("telegram")
    stage = Stage(app.database, telegram)
    head = await stage.contact("telegram", person_id=small_office.people["CT01"])
    telegram.ends = [Failed("away"), Sent(), Sent(), Unknown("lost"), Refused("too old"), NeedsTemplate("silent")]
    for kind, texts in (("digest", ["BẢN TIN", "trang hai"]), ("digest", ["BẢN TIN KHÁC"]), ("case_new", ["một"]), ("case_new", ["hai"])):
        await stage.plan(head, kind, {"texts": texts}, repeat_ok=kind != "digest")
        await stage.settle()
        await stage.passes(minutes=1)
    assert await grown(app, before) == {
        'congvu_sends_total{channel="telegram",outcome="failed"}': 1,
        'congvu_sends_total{channel="telegram",outcome="sent"}': 2,
        'congvu_sends_total{channel="telegram",outcome="unknown"}': 1,
        'congvu_sends_total{channel="telegram",outcome="refused"}': 1,
        'congvu_sends_total{channel="telegram",outcome="needs_template"}': 1,
        "congvu_digests_sent_total": 1,
    }


async def outbox(app: App) -> list[float]:
    """Due, planned, held, and for how long the oldest is due."""
    after = await shown(app)
    return [*(after[f'congvu_outbox_rows{{state="{state}"}}'] for state in ("due", "planned", "held")), after[OLDEST]]


OLDEST = "congvu_outbox_oldest_due_seconds"


async def test_what_waits_in_the_outbox(app: App, clock: TestClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked at when it is asked for, but not for every asking anew."""
    zalo = Scripted("zalo_oa", window=WINDOW)
    stage = Stage(app.database, zalo)
    stage.now = clock()
    await stage.tell(await stage.contact("zalo_oa", "silent", heard=clock() - 2 * WINDOW), news("answered", 1))
    citizen = await stage.contact("zalo_oa", heard=clock())
    for number in range(2):
        await stage.plan(citizen, "reporter", news("answered", number + 2))
    await stage.plan(citizen, "reporter", news("answered", 4, case=6), due_at=clock() + WINDOW)
    clock.forward(hours=2, minutes=30)
    assert await outbox(app) == [2, 1, 1, 9_000]
    stage.now = clock()
    await stage.settle()
    assert await outbox(app) == [2, 1, 1, 9_000]
    await OutboxFigures(app.database, clock).measure()
    assert await outbox(app) == [0, 1, 1, 0]

    async def away(*_: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(figures, "waiting", away)
    await OutboxFigures(app.database, clock).measure()
    assert all(math.isnan(each) for each in await outbox(app))


async def test_the_outbox_is_looked_at_once_in_a_few_seconds(app: App, clock: TestClock, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[float] = []
    seconds = [0.0]

    async def counted(_session: object, _now: object) -> Waiting:
        looks.append(seconds[0])
        return Waiting(0, 0, 0, None)

    monkeypatch.setattr(figures, "waiting", counted)
    measured = OutboxFigures(app.database, clock, lambda: seconds[0])
    for at in (0.0, 1.0, 4.9, 5.0, 6.0, 11.0):
        seconds[0] = at
        await measured.measure()
    assert looks == [0.0, 5.0, 11.0]


async def test_no_label_tells_of_a_person(app: App, small_office: SmallOffice) -> None:
    """Not an address, a name or a unit, and not the moment at which something came first."""
    stage = Stage(app.database, Scripted("telegram"))
    head = await stage.contact("telegram", "an-address", person_id=small_office.people["CT01"])
    await stage.plan(head, "case_new", {"texts": ["phản ánh"]})
    await stage.settle()
    lines = [name for name in await shown(app) if "zalo_oa_connected" not in name]
    labels = {label for line in lines for label in re.findall(r'(\w+)="([^"]*)"', line)}
    assert {name for name, _ in labels} <= {"channel", "outcome", "state", "le"}
    assert {value for name, value in labels if name == "channel"} <= {"browser", "telegram", "zalo_oa", "zalo_bot"}
    assert not [line for line in lines if "_created" in line]
