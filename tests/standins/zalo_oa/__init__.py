"""A strict Zalo Official Account on loopback: it speaks OA API v3 over HTTP, refuses what the real one refuses, fails when told to.

async with ZaloOfficialAccount.open() as zalo:
    zalo.sets_webhook(f"{app}/zalo/oa")
    an = zalo.person("Trần Thị An")
    await an.says("Xin chào")
    hello = await an.next_message()
    await an.presses("Phản ánh")
    await zalo.passes(hours=49)
"""

from tests.standins.shared.carrier import Delivery
from tests.standins.shared.clock import Clock
from tests.standins.shared.faults import Fault, Faults, Kind
from tests.standins.shared.journal import Request

from .account import ZaloOfficialAccount
from .contact import Contact
from .doubts import ButtonShape, Doubts, Signing
from .people import Person
from .posts import Button, Heard
from .standing import Standing
from .tokens import TokenPair
from .told import Event

__all__ = [
    "Button",
    "ButtonShape",
    "Clock",
    "Contact",
    "Delivery",
    "Doubts",
    "Event",
    "Fault",
    "Faults",
    "Heard",
    "Kind",
    "Person",
    "Request",
    "Signing",
    "Standing",
    "TokenPair",
    "ZaloOfficialAccount",
]
