"""Makes the first tables: events, cases, entries, evidence, statements, documents, proposals."""

import sqlalchemy as sa
from alembic import op

from landwaiter.errors import RefusedError

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Column names of each table, all text and never empty, in the order in which they stand.
ROWS = {
    "cases": ("title", "subject", "origin", "basis"),
    "entries": ("case_id", "kind", "body"),
    "evidence": ("case_id", "source", "key", "body", "sha256"),
    "statements": ("case_id", "statement", "tlp", "body"),
    "documents": ("case_id", "sha256", "name", "media_type", "tlp", "content"),
    "proposals": ("kind", "sha256", "payload", "state"),
}
INDEXED = {"statements": "statement", "documents": "sha256", "proposals": "sha256"}


def upgrade() -> None:
    """Make every table and index."""
    texts = [sa.Column(name, sa.Text, nullable=False) for name in ("at", "officer", "kind", "body", "prev", "hash")]
    op.create_table("events", sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False), *texts)
    for table, columns in ROWS.items():
        op.create_table(
            table,
            sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
            sa.Column("event", sa.BigInteger, sa.ForeignKey("events.seq"), nullable=False),
            *(_column(name) for name in columns),
        )
        for name in ("event", *(one for one in columns if one in ("case_id", INDEXED.get(table)))):
            op.create_index(f"ix_{table}_{name}", table, [name])


def downgrade() -> None:
    """Refuse: what is kept is never thrown away by the program."""
    raise RefusedError("cases", "cannot be taken back to an older form", "restore a backup made before the change")


def _column(name: str) -> "sa.Column[object]":
    if name == "case_id":
        return sa.Column(name, sa.BigInteger, sa.ForeignKey("cases.id"), nullable=False)
    return sa.Column(name, sa.LargeBinary if name == "content" else sa.Text, nullable=False)
