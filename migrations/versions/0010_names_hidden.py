"""The names that were hidden in a case, sealed; follows 0009."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Of cases filed before nothing is known: what is added to them is hidden by itself, as until now."""
    op.create_table(
        "sealed_names",
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_sealed_names_case_id_case_file")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_sealed_names")),
    )


def downgrade() -> None:
    op.drop_table("sealed_names")
