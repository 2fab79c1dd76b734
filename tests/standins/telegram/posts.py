"""A message as it stands in a chat: its Bot API form for the bot, and what a person sees of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from .files import StoredFile
from .keyboards import Button, Rows, rows_of


@dataclass(eq=False)
class Post:
    """One message of a chat. It changes when it is edited, so a test that holds it sees the newest state."""

    data: dict[str, Any]
    from_bot: bool
    media: StoredFile | None = None
    keyboard: Rows = ()
    silent: bool = False
    former: list[dict[str, Any]] = field(default_factory=list)

    @property
    def message_id(self) -> int:
        """The number of the message in its chat."""
        return int(self.data["message_id"])

    @property
    def chat_id(self) -> int:
        """The chat it stands in."""
        return int(self.data["chat"]["id"])

    @property
    def sent_at(self) -> datetime:
        """When it was sent, in UTC."""
        return datetime.fromtimestamp(self.data["date"], UTC)

    @property
    def text(self) -> str:
        """The words: the text, or the caption of a picture or file."""
        found = self.data.get("text", self.data.get("caption", ""))
        return str(found)

    @property
    def entities(self) -> list[dict[str, Any]]:
        """Bold, links and so on, with offsets in UTF-16 units."""
        return list(self.data.get("entities", self.data.get("caption_entities", [])))

    @property
    def rows(self) -> Rows:
        """The buttons under the message, top to bottom."""
        return rows_of(self.data.get("reply_markup"), "inline_keyboard")

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons under the message in reading order."""
        return tuple(button for row in self.rows for button in row)

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands on the buttons."""
        return tuple(button.label for button in self.buttons)

    @property
    def former_buttons(self) -> tuple[Button, ...]:
        """Buttons that an edit has taken away; an app that has not noticed yet still shows them."""
        rows = (row for old in self.former for row in rows_of(old.get("reply_markup"), "inline_keyboard"))
        return tuple(button for row in rows for button in row)

    @property
    def edited(self) -> bool:
        """Whether words or buttons have changed since it was sent."""
        return bool(self.former)

    @property
    def reply_to(self) -> int | None:
        """The number of the message it answers."""
        replied = self.data.get("reply_to_message")
        return int(replied["message_id"]) if replied else None

    @property
    def photo(self) -> bytes | None:
        """The picture, if it is one."""
        return self._content("photo")

    @property
    def document(self) -> bytes | None:
        """The content of the file, if it is one; its name and type are in `media`."""
        return self._content("document")

    @property
    def voice(self) -> bytes | None:
        """The sound, if it is a voice message."""
        return self._content("voice")

    def change(self, **fields: Any) -> None:
        """Edit the message; a field given as None or empty goes away."""
        self.former.append(self.data)
        self.data = {name: value for name, value in {**self.data, **fields}.items() if value not in (None, [])}

    def _content(self, kind: str) -> bytes | None:
        return self.media.data if self.media and self.media.kind == kind else None

    def __repr__(self) -> str:
        what = f" [{self.media.kind}]" if self.media else ""
        return f"<{self.message_id}{what} {self.text!r} {list(self.labels) or ''}>"


def quoting(answered: Post | None) -> dict[str, Any]:
    """The field that names the message this one answers; a quoted message does not quote again."""
    if answered is None:
        return {}
    return {"reply_to_message": {key: value for key, value in answered.data.items() if key != "reply_to_message"}}
