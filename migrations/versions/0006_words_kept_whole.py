"""A citizen's words as they were told, sealed, where names or numbers are hidden from the case; follows 0005."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sealed_words",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("case_id", BIG, nullable=False),
        sa.Column("event_id", BIG, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_sealed_words_case_id_case_file")),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"], name=op.f("fk_sealed_words_event_id_case_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_words")),
    )
    op.create_index(op.f("ix_sealed_words_case_id"), "sealed_words", ["case_id"])


def downgrade() -> None:
    op.drop_table("sealed_words")
