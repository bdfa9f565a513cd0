"""Would the same decision stand on the same rows today? The run behind it, done again from the recorded inputs."""

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from landwaiter import __version__
from landwaiter.cases.audit import canonical
from landwaiter.cases.opening import digests_of, key_of, rows_about
from landwaiter.cases.schema import CASES, ENTRIES, EVIDENCE
from landwaiter.cases.store import Store, number
from landwaiter.errors import InputError, LandwaiterError
from landwaiter.flow import Inputs, run
from landwaiter.load.mapping import Mapping as FileMapping
from landwaiter.record import Options, rules_digest

MOST_NAMED = 20
# What a decision rests on is named before what follows from it.
_TOLD_FIRST = {"findings": 0, "matches": 1}


@dataclass
class Replayed:
    """What a replay found.

    Args:
        outcome: `same`, `differs`, or `not rerun`.
        lines: each difference, or each reason for which it could not be done, in one sentence.
        notes: what else has changed since, such as the rules.
    """

    decision: str
    case: str
    outcome: str
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Recorded:
    """A decision with the record of the run that it rests on, and the digests of the rows that it saw."""

    decision: str
    case: str
    subject: str
    basis: dict[str, object]
    seen: dict[tuple[str, str], str]


class _Quiet:
    """A progress that nobody watches."""

    def begin(self, step: str) -> None:
        """A step begins."""

    def end(self, step: str, rows: int) -> None:
        """It has ended."""

    def say(self, line: str) -> None:
        """A line that nobody reads."""


def versions_now() -> dict[str, str]:
    """The program and rules at hand, as a decision names them."""
    return {"landwaiter": __version__, "rules": rules_digest()}


def replay(store: Store, name: str, work: Path, *, memory_mb: int, threads: int) -> Replayed:
    """Do the run behind a decision again where its inputs are still there, and compare row by row.

    Args:
        store: where the decision is kept.
        name: of the decision, such as D3; of a case, such as C12, for its last one.
        work: a folder for the new run, which is removed afterwards.
        memory_mb: what the run may use.
        threads: how many a step may use; the result does not depend on it.
    """
    recorded = _recorded(store, name)
    result = Replayed(recorded.decision, recorded.case, "not rerun")
    if not recorded.basis:
        result.lines.append("the case was opened by hand, so there is no run behind the decision")
        return result
    result.notes = _changed_since(recorded.basis)
    result.lines = _missing(recorded.basis)
    if result.lines:
        return result
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=work) as folder:
        out = Path(folder) / "run"
        try:
            run(_inputs(recorded.basis), out, _options(recorded.basis, memory_mb, threads), _Quiet())
        except LandwaiterError as error:
            result.lines.append(f"the run stopped: {error}")
            return result
        lists = json.loads((out / "run.json").read_text(encoding="utf-8"))["lists"]
        result.lines = _differences(recorded, out, lists)
    result.outcome = "differs" if result.lines else "same"
    return result


def _recorded(store: Store, name: str) -> _Recorded:
    with store.read() as connection:
        query = sa.select(ENTRIES.c.id, ENTRIES.c.case_id, ENTRIES.c.body).where(ENTRIES.c.kind == "decision")
        if name.strip().upper().startswith("C"):
            query = query.where(ENTRIES.c.case_id == number(name)).order_by(ENTRIES.c.id.desc()).limit(1)
        else:
            query = query.where(ENTRIES.c.id == number(name))
        found = connection.execute(query).first()
        if found is None:
            raise InputError(name, "is no decision, or a case without one", "`landwaiter case show CASE` names them")
        subject = str(connection.scalar(sa.select(CASES.c.subject).where(CASES.c.id == found.case_id)))
        columns = (EVIDENCE.c.source, EVIDENCE.c.key, EVIDENCE.c.sha256)
        rows = connection.execute(sa.select(*columns).where(EVIDENCE.c.case_id == found.case_id))
        seen = {(str(row.source), str(row.key)): str(row.sha256) for row in rows}
    return _Recorded(f"D{found.id}", f"C{found.case_id}", subject, json.loads(found.body)["basis"], seen)


def _changed_since(basis: Mapping[str, object]) -> list[str]:
    """Program and rules that are not those of the run: then a difference may be theirs."""
    notes = []
    versions = basis.get("versions")
    then = str(versions["landwaiter"]) if isinstance(versions, dict) else "unknown"
    if then != __version__:
        notes.append(f"the run was made by landwaiter {then}; this is {__version__}")
    rules = basis.get("rules")
    if rules is None:
        notes.append("the run did not record the digest of its rules")
    elif rules != rules_digest():
        notes.append(f"the rules have changed since: {str(rules)[:12]} then, {rules_digest()[:12]} now")
    return notes


def _missing(basis: Mapping[str, object]) -> list[str]:
    """Inputs that are not there any more, or are not the same."""
    lines = []
    for one in _dicts(basis, "inputs"):
        path = Path(str(one.get("path") or ""))
        if not one.get("path"):
            lines.append(f"{one['file']}: the run did not record where it lay")
        elif not path.is_file():
            lines.append(f"{path}: is not there any more")
        else:
            with path.open("rb") as file:
                now = hashlib.file_digest(file, "sha256").hexdigest()
            if now != one["sha256"]:
                lines.append(f"{path}: has changed: {str(one['sha256'])[:12]} then, {now[:12]} now")
    if _dicts(basis, "lists"):
        if not basis.get("lists_from"):
            lines.append("the lists were not read from a folder that the run recorded")
        elif not Path(str(basis["lists_from"])).exists():
            lines.append(f"{basis['lists_from']}: the lists are not there any more")
    return lines


def _inputs(basis: Mapping[str, object]) -> Inputs:
    files: dict[str, list[Path]] = {}
    mappings: dict[str, FileMapping] = {}
    decisions = None
    for one in _dicts(basis, "inputs"):
        path, kind = Path(str(one["path"])), str(one["kind"])
        if kind == "decisions":
            decisions = path
            continue
        files.setdefault(kind, []).append(path)
        mapping = one.get("mapping")
        if isinstance(mapping, dict):
            mappings[kind] = FileMapping(**mapping)
    lists = Path(str(basis["lists_from"])) if _dicts(basis, "lists") else None
    return Inputs(files, lists, decisions=decisions, mappings=mappings)


def _options(basis: Mapping[str, object], memory_mb: int, threads: int) -> Options:
    said = basis["options"]
    assert isinstance(said, dict)
    said = {**said, "targets": tuple(said["targets"]), "origins": tuple(said["origins"])}
    # The engine does not decide the rows; the one at hand is always there.
    said["engine"] = "duckdb"
    return Options(as_of=date.fromisoformat(str(basis["as_of"])), memory_mb=memory_mb, threads=threads, **said)


def _differences(recorded: _Recorded, out: Path, lists: list[dict[str, object]]) -> list[str]:
    """Every list, row and table that is not what the decision saw."""
    then = {str(one["list"]): one["sha256"] for one in _dicts(recorded.basis, "lists")}
    now = {str(one["list"]): one["sha256"] for one in lists}
    lines = [f"list {name}: {_how(then.get(name), now.get(name))}" for name in sorted({*then, *now})
             if then.get(name) != now.get(name)]  # fmt: skip
    try:
        tables = rows_about(out, recorded.subject)
    except InputError:
        return [*lines, f"{recorded.subject} is no lead of the new run"]
    found = {(name, key_of(name, row)): hashlib.sha256(canonical(row).encode()).hexdigest()
             for name, rows in tables.items() for row in rows}  # fmt: skip
    changed = [key for key in sorted({*recorded.seen, *found}) if recorded.seen.get(key) != found.get(key)]
    changed.sort(key=lambda key: (_TOLD_FIRST.get(key[0], len(_TOLD_FIRST)), key))
    lines += [f"{name} {key}: {_how(recorded.seen.get((name, key)), found.get((name, key)))}"
              for name, key in changed[:MOST_NAMED]]  # fmt: skip
    if len(changed) > MOST_NAMED:
        lines.append(f"and {len(changed) - MOST_NAMED:,} more rows of this case")
    tables_then = recorded.basis.get("tables")
    tables_then = tables_then if isinstance(tables_then, dict) else {}
    tables_now = digests_of(out)
    others = [name for name in sorted({*tables_then, *tables_now}) if tables_then.get(name) != tables_now.get(name)]
    if others:
        lines.append(f"tables of the run that are not byte for byte the same: {', '.join(others)}")
    return lines


def _how(then: object, now: object) -> str:
    if then is None:
        return "is new"
    return "is gone" if now is None else "is not the same"


def _dicts(basis: Mapping[str, object], name: str) -> list[dict[str, object]]:
    found = basis.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
