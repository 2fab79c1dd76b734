"""Files that came along with a message: which were kept, and kind words about those that were not."""

from __future__ import annotations

from talk.reply import Reply
from talk.texts import say
from talk.turn import Turn


def kept_ids(turn: Turn) -> list[int]:
    """The ids of the files that were kept."""
    return [attachment.file_id for attachment in turn.attachments if attachment.file_id is not None]


def problem_said(turn: Turn) -> list[Reply]:
    """One sentence for each kind of trouble."""
    troubles = {attachment.problem: attachment.elsewhere for attachment in turn.attachments if attachment.problem}
    return [Reply(text=say(f"files-{trouble.replace('_', '-')}", elsewhere=where)) for trouble, where in troubles.items()]
