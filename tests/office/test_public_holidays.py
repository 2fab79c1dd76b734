"""Viet Nam's holidays are those of the package, though its other countries are not loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

OURS = """
from office.public_holidays import public_holidays
found = {day: name for year in range(2025, 2031) for day, name in public_holidays(year).items()}
"""
THEIRS = "import holidays.countries; found = dict(holidays.country_holidays('VN', years=range(2024, 2032), language='vi'))"
TOLD = """
import json, sys
countries = len([name for name in sys.modules if name.startswith('holidays.countries.')])
print(json.dumps([countries, sorted([str(day), name] for day, name in found.items())]))
"""


def _told(program: str) -> list[Any]:
    ran = subprocess.run([sys.executable, "-c", program + TOLD], capture_output=True, text=True, check=True, timeout=60)
    told: list[Any] = json.loads(ran.stdout)
    return told


def test_the_same_days_and_one_country() -> None:
    ours, theirs = _told(OURS), _told(THEIRS)
    assert ours[0] == 1
    assert theirs[0] > 100  # otherwise the package has mended it, and our detour can go
    assert ours[1] == theirs[1]
    assert ["2026-09-02", "Quốc khánh"] in ours[1]
