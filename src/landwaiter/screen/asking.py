"""What does a user's file ask? Rows of text become records to screen, or pairs of records to compare."""

from collections.abc import Sequence

import pyarrow as pa

from landwaiter.errors import InputError
from landwaiter.ref.identifiers import national_identifier
from landwaiter.screen.index import Asked

_KINDS = {
    "person": "person", "individual": "person", "people": "person", "organisation": "organisation",
    "organization": "organisation", "company": "organisation", "entity": "organisation", "firm": "organisation",
    "vessel": "vessel", "ship": "vessel", "aircraft": "aircraft", "address": "address",
}  # fmt: skip


def asked_of(rows: pa.Table, where: str) -> list[Asked]:
    """One record for each row: name; and kind, country, birth_date, other_names, weak_names, identifiers if given."""
    _require(rows, ("name",), where)
    columns = {name: _texts(rows, name) for name in
               ("name", "kind", "country", "birth_date", "other_names", "weak_names", "identifiers")}  # fmt: skip
    return [_asked(cells) for cells in zip(*columns.values(), strict=True)]


def asked_of_side(rows: pa.Table, side: str, where: str) -> list[Asked]:
    """One record for each row of pairs, of the side `left` or `right`; both have the kind of the row."""
    _require(rows, ("left", "right"), where)
    fields = (f"{side}_{name}" for name in ("country", "birth", "other_names", "weak_names", "identifiers"))
    columns = [_texts(rows, name) for name in (side, "kind", *fields)]
    return [_asked(cells) for cells in zip(*columns, strict=True)]


def asked_of_parties(parties: pa.Table) -> list[Asked]:
    """One record for each row of `parties`: its most used name first, and of its numbers the national ones."""
    columns = (parties.column(name).to_pylist() for name in ("name", "names", "kind", "country", "source_ids"))
    return [
        Asked(
            names=[name, *(other for other in names if other != name)],
            kind=kind,
            countries=[country] if country else [],
            identifiers=list(filter(None, map(national_identifier, numbers))),
        )
        for name, names, kind, country, numbers in zip(*columns, strict=True)
    ]


def row_names(rows: pa.Table) -> list[str]:
    """What each row is called: its column `row`, or its number from 0."""
    if "row" not in rows.column_names:
        return [str(number) for number in range(rows.num_rows)]
    return _texts(rows, "row")


def parse_asked(name: str, *, kind: str = "", country: str = "", birth_date: str = "", identifiers: str = "") -> Asked:
    """One record from texts; several values are separated by `;`."""
    return _asked((name, kind, country, birth_date, "", "", identifiers))


def _asked(cells: Sequence[str]) -> Asked:
    """A record from its cells, in the order name, kind, country, birth date, other names, weak names, identifiers."""
    name, kind, country, birth, other, weak, identifiers = cells
    return Asked(
        names=[*_parts(name, whole=True), *_parts(other)],
        weak_names=_parts(weak),
        kind=_KINDS.get(kind.strip().lower(), "unknown"),
        countries=[part.upper() for part in _parts(country) if len(part) == 2],
        births=[part[:10] for part in _parts(birth) if part[:4].isdigit()],
        identifiers=_parts(identifiers),
    )


def _parts(text: str, *, whole: bool = False) -> list[str]:
    """Values of a cell; a main name is one value even where it has a semicolon."""
    # A command line may hold bytes that are no text; they are shown as such, not refused.
    plain = text.encode("utf-8", "replace").decode()
    parts: Sequence[str] = [plain] if whole else plain.split(";")
    return [part.strip() for part in parts if part.strip()]


def _texts(rows: pa.Table, name: str) -> list[str]:
    if name not in rows.column_names:
        return [""] * rows.num_rows
    return [cell or "" for cell in rows.column(name).to_pylist()]


def _require(rows: pa.Table, names: tuple[str, ...], where: str) -> None:
    missing = [name for name in names if name not in rows.column_names]
    if missing:
        has = ", ".join(rows.column_names) or "none"
        raise InputError(where, f"has no column '{missing[0]}'", f"its columns are: {has}")
