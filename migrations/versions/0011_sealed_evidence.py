"""Evidence of which handlers get a copy with something hidden is kept as it was sent, and handed out by unsealing alone; follows 0010."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_evidence", sa.Column("sealed", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """What is sealed must not become evidence that every handler opens."""
    op.execute("DELETE FROM case_evidence WHERE sealed")
    op.drop_column("case_evidence", "sealed")
