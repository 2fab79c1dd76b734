"""The contract with aiogram: a turn finds its handler by filter and state, and data reach handlers and filters by name."""

from __future__ import annotations

from typing import Any

from aiogram import F
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup

from talk.filters import Command, Picked, Wrote
from talk.router import Router
from talk.turn import Turn


class Walk(StatesGroup):
    begun = State()


def turn(**given: Any) -> Turn:
    return Turn(channel="browser", address="a", update_key="1", **given)


def tree() -> Router:
    root, first, second = Router(), Router(), Router()

    @first.turn(StateFilter(Walk.begun), Wrote())
    async def in_state(turn: Turn, now: str) -> str:
        return f"state {turn.text} {now}"

    @first.turn(Picked("open"))
    async def picked(picked: str) -> str:
        return f"picked {picked}"

    @second.turn(Command("huy", words=("huỷ",)))
    async def command() -> str:
        return "cancelled"

    @second.turn(F.text)
    async def rest() -> str:
        return "rest"

    root.include_routers(first, second)
    return root


async def test_state_button_and_magic_filter() -> None:
    root = tree()
    assert await root.propagate_event("turn", turn(text="chào"), raw_state=Walk.begun.state, now="7h") == "state chào 7h"
    assert await root.propagate_event("turn", turn(choice="open:17"), raw_state=None) == "picked 17"
    assert await root.propagate_event("turn", turn(text="chào"), raw_state=None) == "rest"


async def test_commands_are_understood_in_many_spellings() -> None:
    root = tree()
    for said in ("/huy", "/HUY", "/huy@congvu_bot", "/huỷ", "huy", "Huỷ", "/huy ngay"):
        assert await root.propagate_event("turn", turn(text=said), raw_state=None) == "cancelled", said


async def test_an_old_button_is_not_a_fresh_one() -> None:
    assert await tree().propagate_event("turn", turn(choice="open:17", stale=True, text="x"), raw_state=None) == "rest"


async def test_two_trees_do_not_share_handlers() -> None:
    assert tree() is not tree()
