"""One person on many channels, and notices that wait for a person's next word; follows 0008."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FLAGS = ("borrowed", "failing", "holds", "knocked")


def upgrade() -> None:
    op.add_column("contact", sa.Column("party", BIG, nullable=True))
    op.add_column("contact", sa.Column("allowance", BIG, nullable=True))
    for name in FLAGS:
        op.add_column("contact", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_contact_party", "contact", ["party"])
    held = sa.text("state = 'held'")
    op.create_index("ix_outbox_held", "outbox", ["contact_id"], sqlite_where=held, postgresql_where=held)
    op.create_table(
        "joining_code",
        sa.Column("code_tag", sa.String(length=40), nullable=False),
        sa.Column("contact_id", BIG, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_joining_code_contact_id")),
        sa.PrimaryKeyConstraint("code_tag", name=op.f("pk_joining_code")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_joining_code_contact_id", "joining_code", ["contact_id"])


def downgrade() -> None:
    """What waits for a person's next word stands under a kind that the program before does not know."""
    op.execute("DELETE FROM outbox WHERE state = 'held'")
    op.drop_table("joining_code")
    op.drop_index("ix_outbox_held", "outbox")
    op.drop_index("ix_contact_party", "contact")
    for name in (*reversed(FLAGS), "allowance", "party"):
        op.drop_column("contact", name)
