"""A mark of the calendar that the database renews at each change of it; follows 0001."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from office.records.calendar_stamp import NEW_STAMP, WATCHED, no_longer_watching, watching

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "calendar_stamp",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("stamp", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_stamp")),
    )
    dialect = op.get_bind().dialect.name
    for statement in (*NEW_STAMP[dialect], *(each for table in WATCHED for each in watching(dialect, table))):
        op.execute(sa.DDL(statement))


def downgrade() -> None:
    for statement in no_longer_watching(op.get_bind().dialect.name):
        op.execute(sa.DDL(statement))
    op.drop_table("calendar_stamp")
