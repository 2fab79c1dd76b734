"""A strict Telegram on loopback: it speaks the Bot API over HTTP, refuses what the real one refuses, and fails when told to.

tg = await TelegramStandIn.start()
user = tg.user("Trần Thị Mẫu")
await user.starts()
hello = await user.next_message()
await user.taps("Phản ánh")
await tg.stop()
"""

from tests.standins.shared.clock import Clock

from .courier import as_telegram, at_once, brisk
from .faults import Faults
from .journal import Request
from .keyboards import Button
from .people import Group, Person
from .posts import Post
from .rates import Rates
from .seat import Seat
from .server import TOKEN, TelegramStandIn
from .world import Tap

__all__ = [
    "TOKEN",
    "Button",
    "Clock",
    "Faults",
    "Group",
    "Person",
    "Post",
    "Rates",
    "Request",
    "Seat",
    "Tap",
    "TelegramStandIn",
    "as_telegram",
    "at_once",
    "brisk",
]
