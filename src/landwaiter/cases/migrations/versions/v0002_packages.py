"""Adds the table of packages that were taken in, each once by the digest of what its sender signed."""

import sqlalchemy as sa
from alembic import op

from landwaiter.errors import RefusedError

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "packages",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("event", sa.BigInteger, sa.ForeignKey("events.seq"), nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("manifest", sa.Text, nullable=False, unique=True),
    )
    op.create_index("ix_packages_event", "packages", ["event"])


def downgrade() -> None:
    """Refuse: what is kept is never thrown away by the program."""
    raise RefusedError("cases", "cannot be taken back to an older form", "restore a backup made before the change")
