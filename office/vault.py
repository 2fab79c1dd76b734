"""Keeps secret what identifies people: seals values with the office's key and makes tags that match without revealing."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from office import Session

_NONCE = 12


class SealBroken(ValueError):
    """The sealed value was changed, or sealed with another key or for another purpose."""


class Vault:
    """Seals with AES-256-GCM. The purpose is bound in, so a value sealed for one column cannot be passed off in another."""

    def __init__(self, key: bytes) -> None:
        if len(key) != 32:
            raise ValueError("the key must have 32 bytes")
        self._cipher = AESGCM(key)
        self._tag_key = hashlib.blake2b(b"tags", key=key, digest_size=32).digest()

    @classmethod
    def from_file(cls, path: Path) -> Vault:
        """Open the vault whose key is in `path`; on the first run make the key, readable by the owner alone."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return cls.from_text(path.read_text())
        with os.fdopen(descriptor, "w") as file:
            file.write(base64.urlsafe_b64encode(os.urandom(32)).decode())
        return cls.from_text(path.read_text())

    @classmethod
    def from_text(cls, text: str) -> Vault:
        """The key as URL-safe base64, as it stands in the key file or in `SECRET_KEY`."""
        return cls(base64.urlsafe_b64decode(text.strip()))

    def seal_bytes(self, plain: bytes, purpose: str) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, purpose.encode())

    def open_bytes(self, sealed: bytes, purpose: str) -> bytes:
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode())
        except InvalidTag as broken:
            raise SealBroken(f"cannot open a value sealed for {purpose}") from broken

    def seal(self, value: Any, purpose: str) -> bytes:
        """Seal a JSON value, also one with half a letter in it (a lone surrogate), as channels may tell."""
        return self.seal_bytes(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), purpose)

    def open(self, sealed: bytes, purpose: str) -> Any:
        """The JSON value. Raises SealBroken."""
        return json.loads(self.open_bytes(sealed, purpose))

    def tag(self, text: str, purpose: str) -> str:
        """A short mark, the same for the same text, from which the text cannot be found without the key."""
        return hmac.new(self._tag_key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()[:40]


def vault_of(session: Session) -> Vault:
    """The vault that belongs to the session's database."""
    vault = session.info["vault"]
    assert isinstance(vault, Vault)
    return vault
