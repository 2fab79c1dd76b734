"""Outbox rows, bubbles and contacts are no longer numbered as they came, and what was answered to whom goes; follows 0003.

The neighbour of a case's notice was its reporter (docs/decisions/0007). Contacts that are there keep their numbers: these stand under seals.
"""

# ruff: noqa: S608 - the statements are put together of what is written in this file alone
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DUE = sa.text("state = 'due'")
DRAWN = ("contact", "outbox", "browser_message")
BY_LOT = {
    "sqlite": "random() & 4611686018427387903",
    "postgresql": "('x' || md5(gen_random_uuid()::text))::bit(64)::bigint & 4611686018427387903",
}
ANY_MARK = {"sqlite": "lower(hex(randomblob(20)))", "postgresql": "md5(gen_random_uuid()::text)"}
THE_HOUR = {"sqlite": "substr(gone_at, 1, 13) || ':00:00.000000'", "postgresql": "date_trunc('hour', gone_at, 'UTC')"}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    _outbox_by_place(dialect)
    _bubbles_by_seq(dialect)
    op.execute(f"UPDATE contact SET gone_at = {THE_HOUR[dialect]} WHERE gone_at IS NOT NULL")
    if dialect == "sqlite":
        _heard_update(with_rowid=False)
    else:
        for table in DRAWN:
            sequence = op.get_bind().scalar(sa.text(f"SELECT pg_get_serial_sequence('{table}', 'id')"))
            op.execute(f"ALTER TABLE {table} ALTER COLUMN id DROP DEFAULT")
            op.execute(f"DROP SEQUENCE IF EXISTS {sequence}")


def _outbox_by_place(dialect: str) -> None:
    # a bubble that stands while its row is still due must not come again under its new mark
    stands = (
        "(SELECT count(*) FROM browser_message b WHERE b.contact_id = outbox.contact_id AND NOT b.mine"
        " AND b.mark LIKE CAST(outbox.id AS VARCHAR(20)) || '.%')"
    )
    op.execute(f"UPDATE outbox SET parts_sent = {stands} WHERE state = 'due' AND parts_sent < {stands}")
    op.execute("DELETE FROM outbox WHERE state <> 'due' AND kind IN ('reply', 'reporter')")
    op.drop_index("ix_outbox_of_contact", "outbox")
    op.drop_index("ix_outbox_waiting", "outbox")
    op.add_column("outbox", sa.Column("place", BIG, nullable=True))
    _count("outbox", "place", "PARTITION BY contact_id ORDER BY id")
    with op.batch_alter_table("outbox") as table:
        table.alter_column("place", existing_type=BIG, nullable=False)
    op.execute(f"UPDATE outbox SET id = {BY_LOT[dialect]}")
    _outbox_indexes("place")


def _outbox_indexes(number: str) -> None:
    op.create_index("ix_outbox_of_contact", "outbox", ["contact_id", number], sqlite_where=DUE, postgresql_where=DUE)
    op.create_index("ix_outbox_waiting", "outbox", ["due_at"], sqlite_where=DUE, postgresql_where=DUE)


def _bubbles_by_seq(dialect: str) -> None:
    op.drop_index("ix_browser_message_contact_id", "browser_message")
    op.add_column("browser_message", sa.Column("seq", BIG, nullable=True))
    # everybody's last bubble gets one and the same number, no smaller than any that an open page has seen: it asks for what comes after
    _count("browser_message", "seq", "PARTITION BY contact_id ORDER BY id DESC")
    op.execute("UPDATE browser_message SET seq = (SELECT max(id) FROM browser_message) + 1 - seq")
    with op.batch_alter_table("browser_message") as table:
        table.alter_column("seq", existing_type=BIG, nullable=False)
    op.execute(f"UPDATE browser_message SET id = {BY_LOT[dialect]}")
    op.execute(f"UPDATE browser_message SET mark = {ANY_MARK[dialect]} WHERE NOT mine")
    op.create_index("ix_browser_message_of_contact", "browser_message", ["contact_id", "seq"])


def _count(table: str, column: str, over: str) -> None:
    op.execute(
        f"UPDATE {table} SET {column} = counted.n FROM (SELECT id, row_number() OVER ({over}) AS n FROM {table}) AS counted"
        f" WHERE counted.id = {table}.id"
    )


def _heard_update(*, with_rowid: bool) -> None:
    op.create_table(
        "heard_update_new",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("update_key", sa.String(length=128), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "update_key", name=op.f("pk_heard_update")),
        sqlite_with_rowid=with_rowid,
    )
    op.execute("INSERT INTO heard_update_new SELECT channel, update_key, heard_at FROM heard_update ORDER BY channel, update_key")
    op.drop_table("heard_update")
    op.rename_table("heard_update_new", "heard_update")
    op.create_index(op.f("ix_heard_update_heard_at"), "heard_update", ["heard_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_browser_message_of_contact", "browser_message")
    _count("browser_message", "id", "ORDER BY contact_id, seq")
    op.drop_column("browser_message", "seq")
    op.create_index("ix_browser_message_contact_id", "browser_message", ["contact_id"])
    op.drop_index("ix_outbox_of_contact", "outbox")
    op.drop_index("ix_outbox_waiting", "outbox")
    _count("outbox", "id", "ORDER BY contact_id, place, id")
    op.drop_column("outbox", "place")
    _outbox_indexes("id")
    if op.get_bind().dialect.name == "sqlite":
        _heard_update(with_rowid=True)
        return
    for table in DRAWN:
        op.execute(f"CREATE SEQUENCE {table}_id_seq OWNED BY {table}.id")
        op.execute(f"SELECT setval('{table}_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM {table}), false)")
        op.execute(f"ALTER TABLE {table} ALTER COLUMN id SET DEFAULT nextval('{table}_id_seq')")
