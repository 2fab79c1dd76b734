"""Of whom a case speaks and where in the unit it was, as the citizen confirmed it; follows 0011. Older cases tell it in their story only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_COLUMNS = ("person", "place")


def upgrade() -> None:
    for name in _COLUMNS:
        op.add_column("case_file", sa.Column(name, sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    for name in _COLUMNS:
        op.drop_column("case_file", name)
