"""The public holidays of Viet Nam, of the package `holidays`, without its two hundred other countries.

The package loads all countries with the first; that took a quarter of a second of every start (docs/decisions/0008-what-a-tap-costs.md).
"""

from __future__ import annotations

import importlib.util
import sys
from functools import cache

from holidays import HolidayBase, country_holidays

_COUNTRIES = "holidays.countries"


@cache
def public_holidays(year: int) -> HolidayBase:
    """The public holidays and weekends, in Vietnamese. With the years on both sides: a swap may reach over the new year."""
    _leave_out_the_others()
    return country_holidays("VN", years=range(year - 1, year + 2), expand=False, language="vi")


def _leave_out_the_others() -> None:
    """Let the folder of countries be there without what its `__init__` loads; each country still loads by its own name."""
    spec = importlib.util.find_spec(_COUNTRIES)
    if spec is not None and _COUNTRIES not in sys.modules:
        sys.modules[_COUNTRIES] = importlib.util.module_from_spec(spec)
