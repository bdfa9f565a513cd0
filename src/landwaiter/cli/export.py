"""`landwaiter export`: leads of a run, or a case, in the forms that other programs read."""

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Literal

import pyarrow as pa

from landwaiter.cases.entities import Tables, entities_of
from landwaiter.cases.misp import event_of
from landwaiter.cases.opening import basis_of, rows_about
from landwaiter.cases.reading import evidence_of, read_case
from landwaiter.cases.statement import strictest
from landwaiter.cases.stix import bundle_of
from landwaiter.cli.office import kept_store, marking
from landwaiter.engine.folder import new_folder
from landwaiter.engine.spreadsheet import write_csv
from landwaiter.errors import InputError

# The file by which a folder of ours is known; what is in it was written by us and may be written again.
MARK = "export.json"


def export(
    *,
    form: Literal["ftm", "stix", "misp", "csv"],
    out: Path,
    run: Path | None = None,
    case: str | None = None,
    subject: str | None = None,
    tlp: str | None = None,
) -> int:
    """Write cases and findings as FollowTheMoney, STIX, MISP or CSV.

    ftm: entities as JSON lines: parties, shipments as EconomicActivity, listings with their Sanction, Ownership,
    UnknownLink for what could be, Note for a red flag. stix: one bundle of STIX 2.1. misp: one event. csv: a folder
    with one file for each table, in which no cell is a formula to a spreadsheet.

    Written are the findings, and the rows, parties and listings that they point to; not the whole books.

    Args:
        form: ftm, stix, misp or csv.
        out: file to write, or folder for csv: new, empty, or one that this command wrote.
        run: folder of a finished `landwaiter run`.
        case: a case, such as C12, with the rows that it keeps.
        subject: of a run only this lead: a subject_id of its assessments, a party_id or a chain_id.
        tlp: marking of a STIX bundle or MISP event; red for a run if not given. A case has the strictest of its
            statements, and can only be marked more strictly.
    """
    if (run is None) == (case is None):
        raise InputError("--run, --case", "one of them is needed, and only one", "give the folder, or the case's name")
    tables, title, as_of, mark = _of_run(run, subject) if run is not None else _of_case(str(case))
    if tlp is not None:
        mark = strictest([marking(tlp), mark]) if case is not None else marking(tlp)
    if not tables:
        raise InputError(title, "holds no rows to write", "a case by hand has none; its notes leave in a dossier")
    if form == "csv":
        _write_folder(tables, out)
        counts = Counter({name: len(rows) for name, rows in tables.items()})
    else:
        entities = entities_of(tables)
        counts = Counter(one.schema for one in entities)
        if form == "ftm":
            lines = (json.dumps({"id": one.id, "schema": one.schema, "properties": one.properties}, ensure_ascii=False)
                     for one in entities)  # fmt: skip
            _write(out, "".join(f"{line}\n" for line in lines))
        else:
            made = (bundle_of if form == "stix" else event_of)(entities, title=title, as_of=as_of, tlp=mark)
            _write(out, json.dumps(made, ensure_ascii=False, indent=1) + "\n")
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    sys.stdout.write(f"{out}: {told}{f'; TLP:{mark.upper()}' if form in ('stix', 'misp') else ''}\n")
    return 0


def _of_run(run: Path, subject: str | None) -> tuple[Tables, str, date, str]:
    basis = basis_of(run)
    title = f"Leads of {basis['as_of']}" if subject is None else f"{subject} on {basis['as_of']}"
    return rows_about(run, subject), title, date.fromisoformat(str(basis["as_of"])), "red"


def _of_case(name: str) -> tuple[Tables, str, date, str]:
    with kept_store() as store:
        one = read_case(store, name)
        tables = evidence_of(store, name)
        mark = strictest(statement.tlp for statement in store.statements_of(name))
    return tables, one.title, date.fromisoformat(str(one.basis.get("as_of") or one.opened_at[:10])), mark


def _write(out: Path, text: str) -> None:
    """Aside, then in place whole."""
    aside = out.with_name(f".{out.name}.part")
    try:
        aside.write_text(text, encoding="utf-8")
        aside.replace(out)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise InputError(str(out), f"cannot be written: {error.strerror}", "does its folder exist?") from error


def _write_folder(tables: Tables, out: Path) -> None:
    with new_folder(out, MARK) as folder:
        for name, rows in tables.items():
            write_csv(pa.Table.from_pylist([dict(row) for row in rows]), folder / f"{name}.csv")
        (folder / MARK).write_text(json.dumps({name: len(rows) for name, rows in tables.items()}), encoding="utf-8")
