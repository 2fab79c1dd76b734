"""Files that came along with a message: which were kept, kind words about those that were not, and about those that may name their sender."""

from __future__ import annotations

import mimetypes
from collections.abc import Collection

from aiogram.fsm.context import FSMContext

from office.records import StoredFile
from talk.reply import Choice, Enclosure, Reply
from talk.texts import say
from talk.turn import Turn


def kept_ids(turn: Turn) -> list[int]:
    """The ids of the files that were kept."""
    return [attachment.file_id for attachment in turn.attachments if attachment.file_id is not None]


def evidence(file: StoredFile, alt: str) -> Enclosure:
    """A file of a case, as it goes along with a reply to whoever handles that."""
    name = f"{file.kind}-{file.id}{mimetypes.guess_extension(file.mime) or ''}"  # the name that it came with may tell who sent it
    return Enclosure(file_id=file.id, kind=file.kind, name=name, mime=file.mime, alt=alt)


def problem_said(turn: Turn) -> list[Reply]:
    """One sentence for each kind of trouble."""
    troubles = {attachment.problem: attachment.elsewhere for attachment in turn.attachments if attachment.problem}
    return [Reply(text=say(f"files-{trouble.replace('_', '-')}", elsewhere=where)) for trouble, where in troubles.items()]


async def note_doubts(turn: Turn, state: FSMContext) -> None:
    """Remember the files that could not be cleaned for sure, until their sender has said whether they go along."""
    fresh = [[each.file_id, each.name] for each in turn.attachments if each.may_name and each.file_id is not None]
    if fresh:
        await state.update_data(may_name=[*(await state.get_value("may_name") or []), *fresh])


async def doubtful(state: FSMContext, file_ids: list[int]) -> dict[int, str]:
    """Those of the files about which the sender was not asked yet, with their names."""
    return {number: name for number, name in await state.get_value("may_name") or [] if number in file_ids}


async def settle_doubts(state: FSMContext, file_ids: Collection[int]) -> None:
    """The sender has said what becomes of these files, or need not be asked; of others nothing was said."""
    noted = await state.get_value("may_name") or []
    left = [[number, name] for number, name in noted if number not in file_ids]
    if left != noted:
        await state.update_data(may_name=left or None)


def quoted(files: dict[int, str]) -> str:
    """Their names as they stand in a sentence."""
    return ", ".join(f"«{name}»" for name in files.values())


def left_out_said(files: dict[int, str]) -> Reply:
    """That these do not go along."""
    return Reply(text=say("files-left-out", names=quoted(files)))


def doubts_said(files: dict[int, str]) -> Reply:
    """That these may name their sender, and what one can do."""
    rows = tuple((Choice(label=say(f"files-{button}-button"), data=button.replace("-", "_")),) for button in ("leave-out", "send-anyway"))
    return Reply(text=say("files-may-name", names=quoted(files)), rows=rows)
