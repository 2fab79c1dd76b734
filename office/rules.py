"""Rules that have a number, as data: the unit's own, else the nearest unit's above, else the default with its source."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from office import Session
from office.records import Rule
from office.units import lineage


@dataclass(frozen=True)
class Default:
    """A rule's value where no unit has set its own."""

    value: Any
    source: str


DEFAULTS = {
    "accept_hours": Default(8, "Hà Nội, Quyết định 1207 (iHanoi): tiếp nhận trong 8 giờ làm việc"),
    "accept_hours_urgent": Default(4, "Hà Nội, Quyết định 1207 (iHanoi): việc khẩn 4 giờ làm việc"),
    "answer_days": Default(5, "Chính sách của đơn vị; chưa có số ngày chung toàn quốc"),
    "digest_time": Default("07:30", "Chính sách của đơn vị"),
    "late_after_minutes": Default(15, "Chính sách của đơn vị"),
    "check_in_opens_minutes": Default(60, "Chính sách của đơn vị"),
    "remind_before_minutes": Default(15, "Chính sách của đơn vị"),
    "self_check_reminder_minutes": Default(30, "Chính sách của đơn vị: nhắc tự kiểm tra trước giờ tan; 0 là không nhắc"),
    "deadline_warning_hours": Default(4, "Chính sách của đơn vị: báo trước khi quá hạn, giờ làm việc"),
    "quiet_from": Default("21:00", "Chính sách của đơn vị: không nhắc ban đêm"),
    "quiet_to": Default("06:30", "Chính sách của đơn vị: không nhắc ban đêm"),
}


def usable(code: str, value: Any) -> Any:
    """The value, or the default where it is not of the default's kind: a rule written badly in one unit must not silence all the others."""
    default = DEFAULTS[code].value
    if isinstance(default, str):
        return value if isinstance(value, str) and _CLOCK.fullmatch(value) else default
    return value if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 else default


_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
"""Rules in words are times of the day."""


async def rule(session: Session, code: str, unit_id: int | None, day: dt.date) -> Any:
    """The value of a rule for a unit on a day. Raises KeyError for a code that is not in `DEFAULTS`."""
    default = DEFAULTS[code]
    line = await lineage(session, unit_id, day) if unit_id is not None else []
    rows = (
        await session.execute(
            select(Rule.unit_id, Rule.value)
            .where(Rule.code == code, Rule.in_force_from <= day, or_(Rule.unit_id.in_(line), Rule.unit_id.is_(None)))
            .order_by(Rule.in_force_from)
        )
    ).all()
    newest = {row.unit_id: row.value for row in rows}
    for owner in [*line, None]:
        if owner in newest:
            return usable(code, newest[owner])
    return default.value
