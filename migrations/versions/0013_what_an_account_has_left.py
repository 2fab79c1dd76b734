"""What a channel said last that the whole account may still send; follows 0012. Nothing was kept before: the next answer tells it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "channel_quota",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("remaining", BIG, nullable=False),
        sa.Column("total", BIG, nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channel_quota")),
    )


def downgrade() -> None:
    op.drop_table("channel_quota")
