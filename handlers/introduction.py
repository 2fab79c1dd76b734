"""Who speaks with a machine is told so first, and what becomes of the words: once, and once more when words begin to teach the classifier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import TelegramObject

from office.moments import whole_hour
from office.people import Who
from office.records import Contact
from talk.reply import Choice, Reply
from talk.router import Router
from talk.texts import say

_TOLD = "learning_told"
"""In the conversation's memory: beginning of the time of learning of which this person was told."""


def introduction(learns: bool) -> Reply:
    """What this is, and what becomes of the words."""
    text = say("start-introduction", learns=yes_or_no(learns))
    return Reply(text=text, rows=((Choice.anytime(say("start-privacy-button"), "privacy"),),))


def yes_or_no(learns: bool) -> str:
    """For the texts that differ by whether corrected messages may teach the classifier."""
    return "yes" if learns else "no"


async def is_told(contact: Contact, state: FSMContext, told_since: dt.datetime | None) -> bool:
    """Whether this person was introduced, with what holds now: that words may teach must be told before it is done."""
    return contact.noticed_at is not None and (told_since is None or await knows_of_learning(state, told_since))


async def knows_of_learning(state: FSMContext, told_since: dt.datetime | None) -> bool:
    """Whether this person was told that words may teach, and it has been so since."""
    return told_since is not None and await state.get_value(_TOLD) == _named(told_since)


async def note_told(contact: Contact, state: FSMContext, told_since: dt.datetime | None, now: dt.datetime) -> None:
    """The person is being told."""
    contact.noticed_at = whole_hour(now)
    if told_since is not None:
        await state.update_data({_TOLD: _named(told_since)})


def _named(told_since: dt.datetime) -> str:
    return told_since.astimezone(dt.UTC).isoformat()


def introduces_first(router: Router) -> None:
    """Let all answers of this router to somebody who was not told begin with the introduction."""
    router.turn.middleware(_introduce_first)


async def _introduce_first(handler: Callable[..., Awaitable[Any]], turn: TelegramObject, known: dict[str, Any]) -> Any:
    contact, state, told_since = known["contact"], known["state"], known["told_since"]
    told = await is_told(contact, state, told_since)
    answer = await handler(turn, known)
    if told or not answer or not await _concerns(known["who"], contact, state):
        return answer
    await note_told(contact, state, told_since, known["now"])
    first, *others = answer if isinstance(answer, list | tuple) else [answer]
    return [_with_introduction(first, learns=told_since is not None), *others]


async def _concerns(who: Who, contact: Contact, state: FSMContext) -> bool:
    """An official was greeted otherwise; as long as no complaint is being written, nothing of it needs to be told."""
    return not who.is_official or contact.noticed_at is None or bool(await state.get_value("draft"))


def _with_introduction(reply: Reply, *, learns: bool) -> Reply:
    said = introduction(learns)
    return reply.model_copy(update={"text": f"{said.text}\n\n{reply.text}", "rows": (*reply.rows, *said.rows)})
