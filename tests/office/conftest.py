"""What tests of the office's rules share."""

from __future__ import annotations

import pytest

from office.database import Database
from tests.office.fortnight import Fortnight, live_the_fortnight
from tests.small_office import SmallOffice


@pytest.fixture
async def lived(database: Database, small_office: SmallOffice) -> Fortnight:
    """The small office after the fortnight on paper."""
    async with database.transaction() as session:
        return await live_the_fortnight(session, small_office)
