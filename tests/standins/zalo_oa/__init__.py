"""A strict Zalo Official Account on loopback: it speaks OA API v3 over HTTP, refuses what the real one refuses, fails when told to.

async with ZaloOfficialAccount.open() as zalo:
    zalo.sets_webhook(f"{app}/zalo/oa")
    an = zalo.person("Trần Thị An")
    await an.says("Xin chào")
    hello = await an.next_message()
    await an.presses("Phản ánh")
    await zalo.passes(hours=49)
"""

from tests.standins.telegram.clock import Clock

from .account import ZaloOfficialAccount
from .contact import Contact
from .doubts import ButtonShape, Doubts, Signing
from .faults import Fault, Faults, Kind
from .journal import Request
from .people import Person
from .posts import Button, Heard
from .standing import Standing
from .tokens import TokenPair
from .told import Delivery, Event

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
