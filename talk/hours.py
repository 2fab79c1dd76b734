"""Understands an hour of the day as people write it: "7h40", "13:25", "7 giờ rưỡi", "8 giờ kém 10", "2h chiều"; accents or not."""

from __future__ import annotations

import datetime as dt
import re

from office.units import fold

_HOUR = re.compile(
    r"(?<![\d:.,/])(?P<hour>\d{1,2})\s*(?:"
    r"(?:gio|g|h)\s*(?:kem\s*(?P<less>\d{1,2})|(?P<minute>\d{1,2})(?!\d)|(?P<half>ruoi))?"
    r"|[:.](?P<past>\d{2})(?!\d)"
    r"|\s(?P<halved>ruoi)\b)"
)
_PART = re.compile(r"\b(?:(?P<early>sang|som)|(?P<late>chieu))\b")
_EVENING = re.compile(r"\s*toi\b")  # only behind the hour: without its accents "tối" is "tôi" as well


def hours_in(text: str) -> tuple[dt.time, ...]:
    """What the words may mean, the likelier first: "2h" is two in the morning or in the afternoon. Empty if they name no hour, or several."""
    plain = fold(text)
    found = list(_HOUR.finditer(plain))
    if len(found) != 1:
        return ()
    part = _PART.search(plain)
    minutes = _minutes(found[0])
    if minutes is None:
        return ()
    later = minutes + 12 * 60
    if _EVENING.match(plain[found[0].end() :]) or (part is not None and part["late"]):
        wanted = [later if minutes < 12 * 60 else minutes]
    else:
        wanted = [minutes] if part is not None or minutes >= 12 * 60 else [minutes, later]
    return tuple(dt.time(each // 60, each % 60) for each in wanted)


def _minutes(found: re.Match[str]) -> int | None:
    """Minutes since midnight; None where there is no such hour."""
    hour, minute = int(found["hour"]), int(found["minute"] or found["past"] or 0)
    if hour > 23 or minute > 59 or int(found["less"] or 0) > 59:
        return None
    half = 30 if found["half"] or found["halved"] else 0
    total = hour * 60 + minute + half - int(found["less"] or 0)
    return total if total >= 0 else None
