"""Which parties does a user's own CSV list? Its ids and list names are kept as they are given."""

from landwaiter.sources.delimited import records_of, text_of
from landwaiter.sources.reading import Entry, Files, Reading, Reject, listed, stem_of
from landwaiter.sources.values import split_cell

COLUMNS = (
    "name",
    "kind",
    "country",
    "other_names",
    "identifiers",
    "listed_on",
    "delisted_on",
    "reason",
    "listing_id",
    "id",
    "list",
    "weak_names",
    "birth_date",
    "addresses",
)


def read(files: Files) -> Reading:
    """Listings of a CSV or TSV with the columns of docs/reference/files.md, `;` between the values of a cell.

    Without listing_id a row is `<file>:<line>`; a column `id`, the party's own number, stands in for it.
    """
    file = files["list"]
    stem = stem_of(file.name)
    rejects: list[Reject] = []
    delimiter = max(",\t", key=text_of(file)[:4096].partition("\n")[0].count)
    entries = [
        _entry(row, line, stem)
        for line, row in records_of(file, COLUMNS, rejects, required=["name"], delimiter=delimiter)
    ]
    return listed(stem, file.name, entries, rejects=rejects)


def _entry(row: dict[str, str], line: int, stem: str) -> Entry:
    def values(column: str) -> list[str]:
        return split_cell(row.get(column, ""))

    own_id = row.get("id", "").strip()
    return Entry(
        key=row.get("listing_id", "").strip() or f"{stem}:{own_id or line}",
        line=line,
        kind=row.get("kind", "").strip().lower() or "unknown",
        names=[row["name"], *values("other_names")],
        weak_names=values("weak_names"),
        countries=[row.get("country", "")],
        birth_dates=[row.get("birth_date", "")],
        addresses=values("addresses"),
        identifiers=[*values("identifiers"), *([own_id] if own_id else [])],
        reason=row.get("reason", ""),
        listed_on=row.get("listed_on", ""),
        delisted_on=row.get("delisted_on", ""),
        list=row.get("list", "").strip() or stem,
    )
