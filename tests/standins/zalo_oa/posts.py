"""A message of the account as the person sees it, with its buttons, picture, file or form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Button:
    """One button. `payload` is what a press sends, the address it opens, or the number it calls."""

    title: str
    kind: str
    payload: str

    @property
    def speaks(self) -> bool:
        """Whether a press comes back to the account as a text."""
        return self.kind.startswith("oa.query.")


@dataclass
class Outgoing:
    """What one accepted request will bring to the person."""

    text: str = ""
    buttons: list[Button] = field(default_factory=list)
    picture: bytes | None = field(default=None, repr=False)
    file_name: str = ""
    file: bytes | None = field(default=None, repr=False)
    asks_info: bool = False
    template_id: str = ""
    template_data: dict[str, Any] = field(default_factory=dict)

    @property
    def echo(self) -> str:
        """Which part the webhook's echo is named after."""
        if self.template_id:
            return "template"
        if self.buttons or self.asks_info:
            return "interactive"
        if self.picture is not None:
            return "image"
        return "file" if self.file is not None else "text"


@dataclass
class Heard(Outgoing):
    """A message that has arrived: its id, to whom, when (seconds of the stand-in's clock), and whether it cost money."""

    message_id: str = ""
    user_id: str = ""
    at: float = 0.0
    billed: bool = False
    seen: bool = False

    @property
    def titles(self) -> list[str]:
        """The labels of the buttons."""
        return [button.title for button in self.buttons]
