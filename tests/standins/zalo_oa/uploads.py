"""Uploads of the account: types and sizes, 5,000 in a month, kept 7 days."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from tests.standins.shared.clock import Clock
from tests.standins.shared.kinds import document_kind, picture_kind

from .doubts import BAD_UPLOAD, GIF_BYTES, UPLOADS_SPENT
from .refused import Refused, invalid
from .standing import VIETNAM

MEGABYTE = 1024 * 1024
KEPT_SECONDS = 7 * 86_400
PER_MONTH = 5_000
BIGGEST = {"image": MEGABYTE, "gif": GIF_BYTES, "file": 5 * MEGABYTE}
TAKEN = {"image": {"png", "jpg"}, "gif": {"gif"}, "file": {"pdf", "doc", "docx", "csv"}}


@dataclass(frozen=True)
class Upload:
    """One stored upload; `kind` is `image`, `gif` or `file`."""

    id: str
    kind: str
    name: str
    at: float
    data: bytes = field(repr=False)


class Uploads:
    """All uploads by the id or token that was given for them."""

    def __init__(self, clock: Clock, per_month: int = PER_MONTH) -> None:
        self.per_month = per_month
        self._clock = clock
        self._by_id: dict[str, Upload] = {}
        self._counts: dict[str, int] = {}

    def keep(self, kind: str, name: str, data: bytes) -> Upload:
        """Check and store an upload. Raises for a wrong type or size, or when the month is used up."""
        found = document_kind(data, name) if kind == "file" else picture_kind(data)
        if found not in TAKEN[kind]:
            raise Refused(BAD_UPLOAD, f"{name!r} is not one of {sorted(TAKEN[kind])}", breach=True)
        if len(data) > BIGGEST[kind]:
            raise Refused(BAD_UPLOAD, f"{len(data)} bytes, at most {BIGGEST[kind]}", breach=True)
        self._count()
        upload = Upload(secrets.token_urlsafe(36), kind, name, self._clock.seconds(), data)
        self._by_id[upload.id] = upload
        return upload

    def find(self, id: str, kinds: set[str]) -> Upload:
        """The upload behind an id. Raises -100 when it is over 7 days old, -201 when it never was."""
        upload = self._by_id.get(id)
        if upload is None or upload.kind not in kinds:
            raise invalid(f"attachment is not an upload of {sorted(kinds)}")
        if self._clock.seconds() - upload.at > KEPT_SECONDS:
            raise Refused(-100)
        return upload

    def _count(self) -> None:
        month = self._clock.now().astimezone(VIETNAM).strftime("%Y-%m")
        if self._counts.get(month, 0) >= self.per_month:
            raise Refused(UPLOADS_SPENT, "uploads of this month")
        self._counts[month] = self._counts.get(month, 0) + 1
