"""What do the red flags find? Runs every SQL file of this folder and writes each row it gives as a finding."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import Step, read_step
from landwaiter.errors import ContractError
from landwaiter.tables import TABLES

HERE = Path(__file__).parent
EPOCH = date(1970, 1, 1)
CARD = ("id", "title", "typology", "kind", "innocent", "misses", "source", "reason")
KINDS = ("block", "licence", "red flag", "context")
ALL_ROWS = "all of the party"

# What several flags read, made once before them.
BEFORE = {path.stem: read_step(path) for path in sorted((HERE / "before").glob("*.sql"))}
PARTY_ROWS = read_step(HERE / "after" / "party_rows.sql")
VIEWS = read_step(HERE / "after" / "finding_views.sql")

Cell = str | int | list[str] | None
Answers = list[tuple[Step, list[dict[str, Cell]]]]


def find_flags() -> list[Step]:
    """Every red flag, by looking in the folder; ContractError where a card is incomplete."""
    flags = [read_step(path) for path in sorted(HERE.glob("*.sql"))]
    for flag in flags:
        missing = [key for key in CARD if not flag.card.get(key)]
        wrong = flag.card.get("kind") not in KINDS or flag.card.get("rows", ALL_ROWS) != ALL_ROWS
        if missing or flag.card["id"] != flag.name or wrong:
            raise ContractError(flag.name, f"the card is incomplete or wrong: {missing or 'id, kind or rows'}")
    return flags


def judge(corridor: Corridor, flags: Sequence[Step]) -> list[tuple[str, str]]:
    """Put `findings`: what each flag finds on the tables that are there; give the flags that could not run, and why.

    A flag gives one row per finding: subject_kind, subject_id (a route gives origin, hub and code), strength_bp,
    first_day and last_day (days since 1970-01-01), one or more `evidence...` lists, and what its sentence names. Where
    its card says `rows: all of the party`, days and rows are added to what it gives. The same finding twice, for two
    destinations say, is numbered.
    """
    answers: Answers = []
    not_run = []
    for flag in flags:
        missing = [name for name in _needs(flag) if not corridor.has(name)]
        if missing:
            not_run.append((flag.name, f"needs {', '.join(missing)}"))
            continue
        for name in flag.reads:
            if name in BEFORE and not corridor.has(name):
                corridor.run(BEFORE[name], {})
        made = f"flag_{flag.name}"
        corridor.run(flag, {}, name=made)
        answers.append((flag, corridor.get(made).to_pylist()))
        corridor.drop(made)
    for name in BEFORE:
        corridor.drop(name)
    answers = _with_party_rows(corridor, answers)
    findings = [one for flag, rows in answers for one in _numbered([_finding(flag, row) for row in rows])]
    corridor.put("findings", _with_views(corridor, findings))
    return not_run


def _needs(flag: Step) -> list[str]:
    """The tables that must be there: what the flag reads, or what is read to make that, and its party's rows."""
    read = [one for name in flag.reads for one in (BEFORE[name].reads if name in BEFORE else (name,))]
    rows = PARTY_ROWS.reads if "rows" in flag.card else ()
    return sorted({*read, *rows} - {"pointed_at"})


def _with_party_rows(corridor: Corridor, answers: Answers) -> Answers:
    """The answers with all rows of its party to those whose card asks for them; who stands in no row is no subject."""
    asked = {str(row["subject_id"]) for flag, rows in answers if "rows" in flag.card for row in rows}
    if not asked:
        return answers
    corridor.put("pointed_at", pa.table({"party_id": pa.array(sorted(asked), pa.string())}))
    corridor.run(PARTY_ROWS, {})
    of_party = {row.pop("party_id"): row for row in corridor.get("party_rows").to_pylist()}
    for name in ("pointed_at", "party_rows"):
        corridor.drop(name)
    given = []
    for flag, rows in answers:
        if "rows" in flag.card:
            rows = [row | of_party[row["subject_id"]] for row in rows if row["subject_id"] in of_party]
        given.append((flag, rows))
    return given


def _with_views(corridor: Corridor, findings: list[dict[str, object]]) -> pa.Table:
    """The findings with the view that each rests on, read from the books in which its rows stand."""
    schema = TABLES["findings"].schema
    cited = [
        {"finding_id": one["finding_id"], "subject_id": one["subject_id"], "row_id": row}
        for one in findings
        for row in _ids(one["evidence"])
    ]
    if not cited or not all(corridor.has(name) for name in VIEWS.reads if name != "finding_rows"):
        return pa.Table.from_pylist(findings, schema=schema)
    columns = pa.schema([(name, pa.string()) for name in ("finding_id", "subject_id", "row_id")])
    corridor.put("finding_rows", pa.Table.from_pylist(cited, schema=columns))
    corridor.run(VIEWS, {})
    views = {row["finding_id"]: row["view"] for row in corridor.get("finding_views").to_pylist()}
    for name in ("finding_rows", "finding_views"):
        corridor.drop(name)
    return pa.Table.from_pylist([{**one, "view": views.get(one["finding_id"])} for one in findings], schema=schema)


def _ids(cell: object) -> list[str]:
    assert isinstance(cell, list)
    return cell


class Count(int):
    """A whole number that a sentence can name: `{lots:lot}` is 1 lot, 2,598 lots; {n:company} is 2 companies."""

    def __format__(self, noun: str) -> str:
        number = f"{int(self):,}"
        if not noun:
            return number
        if self == 1:
            return f"{number} {noun}"
        if noun.endswith("ny"):
            return f"{number} {noun[:-1]}ies"
        return f"{number} {noun}{'es' if noun.endswith('ch') else 's'}"


def _finding(flag: Step, row: dict[str, Cell]) -> dict[str, object]:
    evidence = {
        one for key, cell in row.items() if key.startswith("evidence") and isinstance(cell, list) for one in cell
    }
    subject = row["subject_id"] if "subject_id" in row else f"{row['origin']}>{row['hub']}:{row['code']}"
    dated: dict[str, object] = {
        key.removesuffix("_day") + "_on": EPOCH + timedelta(days=cell)
        for key, cell in row.items()
        if key.endswith("_day") and isinstance(cell, int)
    }
    strength_bp = row["strength_bp"]
    assert isinstance(strength_bp, int)
    return {
        "finding_id": f"{flag.name}:{subject}",
        "flag": flag.name,
        "subject_kind": row["subject_kind"],
        "subject_id": subject,
        "strength": strength_bp / 10000,
        "reason": flag.card["reason"].format_map({**_countable(row), **dated}),
        "tested": flag.card["tested"].format_map({**_countable(row), **dated}) if "tested" in flag.card else None,
        "evidence": sorted(evidence),
        "first_on": dated.get("first_on"),
        "last_on": dated.get("last_on"),
    }


def _countable(row: dict[str, Cell]) -> dict[str, Cell]:
    return {key: Count(cell) if isinstance(cell, int) else cell for key, cell in row.items()}


def _numbered(findings: list[dict[str, object]]) -> list[dict[str, object]]:
    """Several findings of one flag on one subject become `flag:subject`, `flag:subject#2`, strongest first."""
    seen: dict[object, int] = {}
    for finding in sorted(findings, key=lambda one: (one["finding_id"], -_strength(one), one["reason"])):
        number = seen.get(finding["finding_id"], 0) + 1
        seen[finding["finding_id"]] = number
        if number > 1:
            finding["finding_id"] = f"{finding['finding_id']}#{number}"
    return findings


def _strength(finding: dict[str, object]) -> float:
    strength = finding["strength"]
    assert isinstance(strength, float)
    return strength
