"""What the bot says: texts, buttons, pictures and files, in a form that any channel can carry."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Choice(BaseModel):
    """A button. Channels without buttons show it as a numbered line; typing its number or its words is the same as a tap.

    A *bound* choice belongs to the conversation that offered it: once that conversation has ended it is an "old button" and is
    answered kindly. An unbound one ("open case 17") works at any time and must check for itself what it may do.
    """

    model_config = ConfigDict(frozen=True)

    label: str
    data: str
    bound: bool = True
    url: str | None = None

    @classmethod
    def anytime(cls, label: str, data: str) -> Self:
        """A choice that stays good after the conversation has moved on."""
        return cls(label=label, data=data, bound=False)

    @classmethod
    def link(cls, label: str, url: str) -> Self:
        """A choice that opens a page."""
        return cls(label=label, data="", bound=False, url=url)


class Enclosure(BaseModel):
    """A stored file that goes along with a reply. `file_id` is the id of an `office.records.StoredFile`."""

    model_config = ConfigDict(frozen=True)

    file_id: int
    kind: str  # "picture" | "document" | "voice"
    name: str
    mime: str
    alt: str = ""


class Drawing(BaseModel):
    """A picture (PNG) that is drawn when the message is sent, because drawing takes longer than anybody's turn may hold the database.

    `kind` names who draws it, from what stands in `of`.
    """

    model_config = ConfigDict(frozen=True)

    kind: str
    of: dict[str, Any]
    name: str
    alt: str = ""


class Reply(BaseModel):
    """One message to a person. `rows` is the layout of the buttons, top to bottom; `first_number` counts them where they become numbers, and
    `by_words` says them without numbers there, since the numbers belong to another message.

    `asks_contact`: it asks for name and telephone, for which a channel may have a form of its own beside the words.
    Of `enclosure` and `drawing` it has one at most.
    """

    model_config = ConfigDict(frozen=True)

    text: str
    rows: tuple[tuple[Choice, ...], ...] = ()
    enclosure: Enclosure | None = None
    first_number: int = 1
    by_words: bool = False
    drawing: Drawing | None = None
    asks_contact: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        """All buttons in reading order: the order of the numbers on a channel without buttons."""
        return tuple(choice for row in self.rows for choice in row)

    @property
    def goes_with(self) -> str | None:
        """The kind of what goes along: that of the file; a drawing becomes a picture."""
        if self.enclosure is not None:
            return self.enclosure.kind
        return "picture" if self.drawing is not None else None

    def words_alone(self) -> Self:
        """The words and buttons, without file or drawing."""
        return self.model_copy(update={"enclosure": None, "drawing": None})

    def to_json(self) -> dict[str, Any]:
        """The form kept in the outbox."""
        return self.model_dump(exclude_defaults=True)
