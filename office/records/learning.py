"""Since when citizens are told that corrected messages may teach the classifier."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from office.records.base import Record


class LearningNotice(Record):
    """One row, with id 1, as long as the privacy notice says it without a break; none while it does not."""

    __tablename__ = "learning_notice"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    told_since: Mapped[dt.datetime]
