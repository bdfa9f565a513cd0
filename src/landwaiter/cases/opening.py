"""What does a case take with it when it is opened from a run? Every row that its lead rests on, by value."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from landwaiter.cases.entities import entities_of
from landwaiter.cases.statement import Source, Statement, identified
from landwaiter.cases.work import Opening, Row
from landwaiter.errors import InputError
from landwaiter.tables import TABLES

RECORD = "run.json"
Rows = list[dict[str, object]]


def opening_of(run: Path, subject: str, title: str, *, tlp: str) -> Opening:
    """All that a case about one lead of a finished run starts with.

    Args:
        run: the folder that `landwaiter run` wrote.
        subject: a subject_id of `assessments`, a party_id or a chain_id.
        title: what the case is about.
        tlp: the marking of the statements that its rows become.
    """
    basis = basis_of(run)
    tables = rows_about(run, subject)
    rows = [Row(name, key_of(name, row), row) for name, found in tables.items() for row in found]
    inputs = basis.get("inputs")
    digests = {str(one["file"]): str(one["sha256"]) for one in inputs} if isinstance(inputs, list) else {}
    return Opening(title, subject, "run", basis, rows, statements_of(tables, digests, tlp))


def basis_of(run: Path) -> dict[str, object]:
    """The record of a run, with its folder and the digest of every table that it wrote."""
    if not (run / RECORD).exists():
        raise InputError(str(run), "holds no finished run", "give the --out folder of `landwaiter run`")
    record = json.loads((run / RECORD).read_text(encoding="utf-8"))
    kept = {name: value for name, value in record.items() if name not in ("flags", "steps")}
    return {**kept, "folder": str(run.resolve()), "tables": digests_of(run)}


def digests_of(run: Path) -> dict[str, str]:
    """Sha256 of every table that a run wrote, by name."""
    found = {}
    for path in sorted(run.glob("*.parquet")):
        with path.open("rb") as file:
            found[path.stem] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def rows_about(run: Path, subject: str | None) -> dict[str, Rows]:
    """The rows of a run that a lead rests on, or all its leads, by table, each in the order of its table."""
    about = {"subject_id": [subject]} if subject is not None else None
    assessed = _where(run, "assessments", about)
    reasons = {str(one) for row in assessed for one in _list(row["reasons"])}
    findings = _where(run, "findings", {**about, "finding_id": reasons} if about is not None else None)
    pointed = {str(one) for row in findings for one in [row["subject_id"], *_list(row["evidence"])]}
    pointed |= {subject} if subject is not None else set()
    chains = _where(run, "chains", {"chain_id": pointed})
    shipments = _where(run, "shipments", {"row_id": pointed | {str(row["row_id"]) for row in chains}})
    rows = {str(row["row_id"]) for row in shipments}
    roles = ("exporter_party", "consignee_party", "end_user_party")
    parties = pointed | {str(row[role]) for row in shipments for role in roles if row[role]}
    control = _where(run, "control_of", {"party_id": parties})
    parties |= {end for row in control for edge in _list(row["edges"]) for end in str(edge).split(">")}
    known = _where(run, "parties", {"party_id": parties})
    is_known = bool(assessed or findings or chains) or any(subject == row["party_id"] for row in known)
    if subject is not None and not is_known:
        raise InputError(
            subject, f"is no lead, party or chain of {run}", "assessments.parquet and the report name them"
        )
    matches = _where(run, "matches", {"party_id": parties})
    hops = [row for row in _where(run, "hops", {"in_row": rows}) if row["out_row"] in rows]
    found = {
        "assessments": assessed,
        "findings": findings,
        "parties": known,
        "shipments": shipments,
        "chains": chains,
        "hops": hops,
        "controls": _where(run, "controls", {"row_id": rows}),
        "legs": _where(run, "legs", {"leg_id": rows}),
        "matches": matches,
        "listings_matched": _where(
            run, "listings_matched", {"listing_id": {str(row["listing_id"]) for row in matches}}
        ),
        "control_of": control,
        "owners": _where(run, "owners", {"party_id": parties}),
        "checklist": _where(run, "checklist", {"subject_id": [subject]} if subject is not None else None),
        "end_use_statements": _where(run, "end_use_statements", {"row_id": pointed}),
    }
    return {name: table for name, table in found.items() if table}


def key_of(table: str, row: Mapping[str, object]) -> str:
    """What identifies a row within its table."""
    return " ".join(str(row[column]) for column in TABLES[table].key)


def statements_of(tables: Mapping[str, Rows], digests: Mapping[str, str], tlp: str) -> list[Statement]:
    """The rows in FollowTheMoney's words, value by value, each with the file and line that it was read from."""
    shipped = {str(row["row_id"]): row for row in tables.get("shipments", ())}
    said: dict[str, Statement] = {}
    for entity in entities_of(tables):
        table, key = entity.source
        row = shipped.get(key, {}) if table == "shipments" else {}
        file, day = str(row.get("file") or ""), str(row.get("declared_on") or "")
        place = Source(digests.get(file, ""), file or table, str(row.get("line") or key))
        for name, values in entity.properties.items():
            for value in values:
                one = identified(
                    Statement("", entity.id, entity.schema, name, value, source=place, first_seen=day, last_seen=day,
                              tlp=tlp)
                )  # fmt: skip
                said.setdefault(one.id, one)
    return list(said.values())


def _where(run: Path, table: str, wanted: Mapping[str, Iterable[str]] | None) -> Rows:
    """The rows of a table in which any column has one of its wanted values, or all; none where there is no table."""
    path = run / f"{table}.parquet"
    if not path.exists():
        return []
    tests = [
        pc.is_in(ds.field(column), pa.array(sorted(values), pa.string())) for column, values in (wanted or {}).items()
    ]
    either = reduce(or_, tests) if tests else None
    rows: Rows = ds.dataset(path).to_table(filter=either).to_pylist()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []
