"""What the bot remembers of a conversation: its state, its notes and the buttons it offered last, sealed with the contact.

aiogram's `FSMContext` works on it, but nothing is written before the turn's transaction is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey

from office import Session
from office.contacts import remember
from office.records import Contact
from office.vault import SealBroken, vault_of


class Memory(BaseStorage):
    """The memory of one contact during one turn."""

    def __init__(self, session: Session, contact: Contact) -> None:
        self._session = session
        self._contact = contact
        self.before = contact.state
        self.state = contact.state
        self._kept = self._open(contact.memory)
        self.notes: dict[str, Any] = self._kept.get("notes", {})
        self.offered: list[list[str]] = self._kept.get("offered", [])
        """Label and data of the buttons offered last, in order, then of earlier ones: what a typed number or word may mean."""
        self.line: dict[str, Any] = self._kept.get("line", {})
        """Which updates wait for each other, if any do (`talk.line`)."""
        self.forgotten = False
        """Whether all was forgotten in this turn."""

    def _open(self, sealed: bytes | None) -> dict[str, Any]:
        if sealed is None:
            return {}
        try:
            opened = vault_of(self._session).open(sealed, "memory")
        except SealBroken:  # another key after a restore: the talk begins anew rather than failing for ever
            self.state = None
            return {}
        assert isinstance(opened, dict)
        return opened

    async def keep(self) -> None:
        """Write the memory into the contact's row; it is committed with the rest of the turn."""
        await remember(self._session, self._contact, **self.kept())

    def kept(self, **also: Any) -> dict[str, Any]:
        """What the contact's row shall hold of it, beside what else is new there."""
        memory, kept = self._contact.memory, {"notes": self.notes, "offered": self.offered} | ({"line": self.line} if self.line else {})
        if kept != self._kept or memory is None:
            memory = vault_of(self._session).seal(kept, "memory") if any(kept.values()) else None
        return {"state": self.state, "serial": self.serial, "memory": memory, **also}

    def end(self) -> None:
        """The conversation under way is over; what comes next is another."""
        self.before = self.state = None

    def forget(self) -> None:
        """Nothing of what was said or offered is remembered."""
        self.notes, self.offered, self.line, self.forgotten = {}, [], {}, True
        self.end()

    @property
    def serial(self) -> int:
        """The number of the conversation under way, or of the next one."""
        return self._contact.serial + (1 if self.before is None and self.state is not None else 0)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        self.state = state.state if isinstance(state, State) else state

    async def get_state(self, key: StorageKey) -> str | None:
        return self.state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        self.notes = dict(data)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return dict(self.notes)

    async def close(self) -> None:
        """Nothing to close: the turn's transaction owns the session."""
