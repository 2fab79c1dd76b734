"""A strict Zalo Bot Platform on loopback: it speaks the Bot API over HTTP, refuses what the real one refuses, fails when told to.

async with ZaloBotPlatform.open(allow_http=True) as zalo_bot:
    an = zalo_bot.person("Trần Thị An")
    await an.says("Xin chào")
    hello = await an.next_message()
"""

from tests.standins.shared.carrier import Delivery
from tests.standins.shared.clock import Clock
from tests.standins.shared.faults import Fault, Faults, Kind
from tests.standins.shared.journal import Request

from .contact import Contact, Heard
from .doubts import Body, Doubts
from .people import Person
from .platform import TOKEN, ZaloBotPlatform
from .updates import Update
from .world import Webhook

__all__ = [
    "TOKEN",
    "Body",
    "Clock",
    "Contact",
    "Delivery",
    "Doubts",
    "Fault",
    "Faults",
    "Heard",
    "Kind",
    "Person",
    "Request",
    "Update",
    "Webhook",
    "ZaloBotPlatform",
]
