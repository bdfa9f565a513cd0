"""What is kept of a case, and under which names? Eight tables to which rows are only ever added.

Nothing is updated or deleted: who is assigned now is the last assignment, a request is open until its answer is there.
Every row names the event of the audit log that wrote it, and that event holds the digest of its rows.
"""

import sqlalchemy as sa

METADATA = sa.MetaData()

EVENTS = sa.Table(
    "events",
    METADATA,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("officer", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("prev", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
)


def _rows(name: str, *columns: sa.Column[object]) -> sa.Table:
    """A table whose rows belong to an event."""
    return sa.Table(
        name,
        METADATA,
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("event", sa.BigInteger, sa.ForeignKey("events.seq"), nullable=False, index=True),
        *columns,
    )


def _case() -> "sa.Column[object]":
    return sa.Column("case_id", sa.BigInteger, sa.ForeignKey("cases.id"), nullable=False, index=True)


def _text(name: str, *, index: bool = False, unique: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.Text, nullable=False, index=index, unique=unique or None)


# `basis` is the record of the run from which the case was opened: its run.json, folder and digests; {} by hand.
CASES = _rows("cases", _text("title"), _text("subject"), _text("origin"), _text("basis"))

# A note, assignment, request, answer, check, decision or link; `body` is a JSON object whose form `work.py` gives.
ENTRIES = _rows("entries", _case(), _text("kind"), _text("body"))

# A row of a table of the run, by value: `source` is the table, `key` the row's own key, `body` the row as JSON.
EVIDENCE = _rows("evidence", _case(), _text("source"), _text("key"), _text("body"), _text("sha256"))

STATEMENTS = _rows("statements", _case(), _text("statement", index=True), _text("tlp"), _text("body"))

DOCUMENTS = _rows(
    "documents",
    _case(),
    _text("sha256", index=True),
    _text("name"),
    _text("media_type"),
    _text("tlp"),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

# `state` is proposed or done; a proposal is open while its digest has more rows proposed than done.
PROPOSALS = _rows("proposals", _text("kind"), _text("sha256", index=True), _text("payload"), _text("state"))

# Packages of peers that were taken in, by the digest of what was signed: the database takes none twice.
PACKAGES = _rows("packages", _text("sender"), _text("manifest", unique=True))

ROW_TABLES = (CASES, ENTRIES, EVIDENCE, STATEMENTS, DOCUMENTS, PROPOSALS, PACKAGES)
