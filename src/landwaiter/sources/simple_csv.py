"""Whom does a `targets.simple.csv` of OpenSanctions list? One row per target, `;` between values."""

import re

from landwaiter.sources.delimited import records_of
from landwaiter.sources.reading import Entry, ListFile, Reading, Reject, listed
from landwaiter.sources.values import given_name_first, split_cell

COLUMNS = (
    "id",
    "schema",
    "name",
    "aliases",
    "birth_date",
    "countries",
    "addresses",
    "identifiers",
    "sanctions",
    "phones",
    "emails",
    "program_ids",
    "dataset",
    "first_seen",
    "last_seen",
    "last_change",
)
# Schemata of FollowTheMoney that can be a target, and our kinds.
KINDS = {
    "Person": "person",
    "Organization": "organisation",
    "Company": "organisation",
    "LegalEntity": "organisation",
    "PublicBody": "organisation",
    "Vessel": "vessel",
    "Airplane": "aircraft",
    "Address": "address",
    "Vehicle": "unknown",
    "CryptoWallet": "unknown",
    "Security": "unknown",
    "Asset": "unknown",
}
_IMO = re.compile(r"IMO[ -]?(\d{7})")


def read_simple(list_name: str, file: ListFile) -> Reading:
    """Listings of the simple CSV. A schema that we do not know leaves the kind unknown and is named."""
    rejects: list[Reject] = []
    rows = records_of(file, COLUMNS, rejects, required=["id", "schema", "name"])
    return listed(list_name, file.name, [_entry(row, line) for line, row in rows], rejects=rejects)


def _entry(row: dict[str, str], line: int) -> Entry:
    schema = row["schema"].strip()
    person = schema == "Person"
    names = [row["name"], *split_cell(row.get("aliases", ""))]
    # The publisher quotes this cell once more than CSV does; an entry without reasons has a quoted nothing.
    reason = row.get("sanctions", "").strip()
    quoted = len(reason) > 1 and reason[0] == reason[-1] == '"'
    return Entry(
        key=row["id"].strip(),
        line=line,
        kind=KINDS.get(schema, schema),
        names=[given_name_first(name) for name in names] if person else names,
        countries=[row.get("countries", "")],
        birth_dates=[row.get("birth_date", "")] if person else [],
        addresses=split_cell(row.get("addresses", "")),
        identifiers=[plain_identifier(value) for value in split_cell(row.get("identifiers", ""))],
        programmes=[*split_cell(row.get("program_ids", "")), *split_cell(row.get("dataset", ""))],
        reason=reason[1:-1] if quoted else reason,
        source_url=f"https://www.opensanctions.org/entities/{row['id'].strip()}/",
    )


def plain_identifier(value: str) -> str:
    """`imo:9123456` of `IMO9123456`; any other number stays bare, for nothing says what it is."""
    found = _IMO.fullmatch(value.strip())
    return f"imo:{found[1]}" if found else value
