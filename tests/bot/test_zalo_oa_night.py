"""What Zalo refuses because it is night in Viet Nam goes at six in the morning, not hours later, and not again and again until then."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.delivery.outcome import Later
from office.moments import local
from talk.reply import Reply
from tests.bot.zalo_oa_kit import Office
from tests.standins.zalo_oa import ZaloOfficialAccount


def moment(words: str) -> dt.datetime:
    """A time in Viet Nam, UTC+7."""
    return dt.datetime.fromisoformat(f"{words}+07:00").astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("refused", "then"),
    [
        ("2026-11-23T22:00:00", "2026-11-24T06:00:00"),
        ("2026-11-23T23:30:00", "2026-11-24T06:00:00"),
        ("2026-11-24T00:00:00", "2026-11-24T06:00:00"),
        ("2026-11-24T00:10:00", "2026-11-24T06:00:00"),
        ("2026-11-24T05:59:30", "2026-11-24T06:00:00"),
        ("2026-11-30T23:59:59", "2026-12-01T06:00:00"),
        ("2026-11-24T06:00:00", "2026-11-24T06:10:00"),  # our clock and theirs differ: soon, not tomorrow
        ("2026-11-24T21:59:00", "2026-11-24T22:09:00"),
        ("2026-11-24T12:00:00", "2026-11-24T12:10:00"),
    ],
)
async def test_it_waits_for_the_morning(oa: Office, zalo: ZaloOfficialAccount, refused: str, then: str) -> None:
    oa.clock.moment = moment(refused)
    zalo.faults.answers(-234, calls="send")
    got = await oa.channel.speech.send(oa.parcel(zalo.person("An").id, Reply(text="Chào anh/chị.")))
    assert isinstance(got, Later)
    assert oa.clock() + dt.timedelta(seconds=got.seconds) == moment(then)


@pytest.mark.parametrize("refused", ["2026-11-23T22:17:00", "2026-11-24T03:40:05"])
async def test_it_is_said_at_six_and_not_before(oa: Office, zalo: ZaloOfficialAccount, refused: str) -> None:
    oa.clock.moment = moment(refused)
    zalo.faults.answers(-234, calls="send")
    an = zalo.person("An")
    await an.says("một")
    await oa.settled()
    oa.clock.moment = moment("2026-11-24T05:59:59")
    await oa.carry()
    assert (len(zalo.calls("send")), an.unread) == (1, [])
    oa.clock.moment = moment("2026-11-24T06:00:00")
    await oa.carry()
    assert [message.text for message in an.takes_unread()] == ["Tôi nghe: một"]
    assert local(oa.clock()).hour == 6
