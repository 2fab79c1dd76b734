"""What channels keep of their own: the tokens by which the office speaks, what an account has left, and messages taken but not yet read."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from office.records.base import Key, Record


class TokenPair(Record):
    """The access and refresh token of one account, sealed together.

    A refresh token serves once, so `version` counts the pairs and one process at a time refreshes: the one that holds `lease_until`.
    `trouble` says why the last try was refused; `lost`: only an operator's consent helps. `login` is the sealed half of a consent under way.
    """

    __tablename__ = "token_pair"

    account: Mapped[str] = mapped_column(String(80), primary_key=True)
    sealed: Mapped[bytes | None]
    version: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[dt.datetime | None]
    renewed_at: Mapped[dt.datetime | None]
    lease_holder: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[dt.datetime | None]
    trouble: Mapped[str | None] = mapped_column(String(200))
    lost: Mapped[bool] = mapped_column(default=False)
    login: Mapped[bytes | None]
    login_until: Mapped[dt.datetime | None]


class ChannelQuota(Record):
    """What a channel said last that the whole account may still send; `told_at` to the hour, for whoever was written to then is nobody's business."""

    __tablename__ = "channel_quota"

    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    remaining: Mapped[int]
    total: Mapped[int | None]
    told_at: Mapped[dt.datetime]
    refused: Mapped[bool]


class ParkedUpdate(Record):
    """An update that a channel has confirmed before it was heard: its files are on their way, or it takes long. Sealed: a person wrote it."""

    __tablename__ = "parked_update"
    __table_args__ = (UniqueConstraint("channel", "update_key"), Index("ix_parked_update_of_address", "channel", "address", "id"))

    id: Mapped[Key]
    channel: Mapped[str] = mapped_column(String(16))
    update_key: Mapped[str] = mapped_column(String(128))
    address: Mapped[str] = mapped_column(String(128))
    sealed: Mapped[bytes]
    created_at: Mapped[dt.datetime]
    lease_holder: Mapped[str | None] = mapped_column(String(40))
    lease_until: Mapped[dt.datetime | None]
