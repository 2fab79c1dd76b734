"""Since when citizens are told that corrected messages may teach the classifier: for the whole office, not for each host; follows 0004."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "learning_notice",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("told_since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_notice")),
    )


def downgrade() -> None:
    op.drop_table("learning_notice")
