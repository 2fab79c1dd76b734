"""Opens what the settings name: the vault with the office's key, and the database. Nothing is asked of the database yet."""

from __future__ import annotations

import binascii

from bot.settings import Settings
from office.database import Database
from office.vault import Vault


class KeyUnusable(ValueError):
    """The office's key is not 32 bytes in URL-safe base64."""


def open_vault(settings: Settings) -> Vault:
    """The vault with the key from the settings, or from the key file that the first run makes. Raises KeyUnusable."""
    try:
        if settings.secret_key is not None:
            return Vault.from_text(settings.secret_key.get_secret_value())
        return Vault.from_file(settings.data_dir / "secret.key")
    except (binascii.Error, ValueError) as wrong:
        raise KeyUnusable(str(wrong)) from wrong


def open_database(settings: Settings) -> Database:
    """The database of the settings, its folder made for the owner alone. Raises KeyUnusable."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Database(settings.database, open_vault(settings), synchronous=settings.sqlite_synchronous)
