"""`landwaiter controls`: texts of control lists, their thresholds, what changed, and which stored goods flip."""

import csv
import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pyarrow as pa
import pyarrow.parquet as pq
from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from landwaiter.classify.controlled import ALIASES, versions_for
from landwaiter.classify.difference import Change, difference, entries_apart
from landwaiter.classify.flips import Flip, flips, goods_of
from landwaiter.classify.rules import rules_of
from landwaiter.classify.stale import row_of, rules_in, stale_rules
from landwaiter.cli.screen import check_ending, write_answers
from landwaiter.errors import InputError
from landwaiter.ref.paragraphs import Version, as_table, as_versions, held_lists, held_versions
from landwaiter.sources.controls.reading import FORMS, read_controls

Action = Literal["list", "show", "rules", "compare", "read"]


def controls(
    action: Action,
    what: Annotated[str | None, Parameter(name="WHAT")] = None,
    /,
    *,
    control_list: str = "us_ccl",
    as_of: date | None = None,
    old: str | None = None,
    new: str | None = None,
    goods: Path | None = None,
    check: Path | None = None,
    form: str | None = None,
    valid_from: date | None = None,
    out: Path | None = None,
    json_: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Compare two versions of a control list, and say which goods the change catches or lets go.

    `list` names the texts that are held. `show ENTRY` prints an entry or paragraph with every threshold that was read,
    beside the clause that it was read from. `rules` writes the thresholds with the hash of their texts, or names those
    of a kept file that are stale. `compare` prints what changed from --old to --new: added, deleted, relaxed,
    tightened, changed both ways, wording only; with --goods also the stored goods that flip, and which way. `read FILE`
    turns an official file into the table `control_paragraphs`, which `compare` takes as --old or --new.

    Nothing here clears goods: a text holds the entries that it holds, and rules say what their paragraph says.

    Args:
        action: list, show, rules, compare or read.
        what: the entry or paragraph to show, such as 3A001.a.5; or the official file to read.
        control_list: us_ccl, eu_annex_i ...
        as_of: the day whose text is shown; today if not given.
        old: first day of a text that is held (see `list`), or a file that `read` wrote.
        new: likewise, the later one.
        goods: batch file with row and item_class and params (a JSON object), or hs_code; .parquet, .csv or .jsonl.
        check: thresholds that `rules --out F.csv` wrote earlier; exit status 1 where one is stale.
        form: how the official file is written; `controls read` without a file names the forms.
        valid_from: first day on which the official file holds.
        out: file for the changes, the flips (with --goods) or the paragraphs read; .parquet, .csv or .jsonl.
        json_: print JSON lines instead of a table.
    """
    name = ALIASES.get(control_list.lower(), control_list.lower())
    if out is not None:
        check_ending(out)
    if action == "list":
        return _list(json_)
    if action == "show":
        return _show(name, what or "", as_of or date.today(), json_)
    if action == "rules":
        return _rules(name, as_of or date.today(), check, out)
    if action == "read":
        return _read(name, what, form, valid_from, out)
    before, after = _version(name, old, "--old"), _version(name, new, "--new")
    changes = difference(before, after)
    found = flips(goods_of(_rows(goods)), before, after) if goods is not None else None
    if out is not None:
        write_answers(_flip_rows(found) if found is not None else _change_rows(changes), out)
    if json_:
        rows = _change_rows(changes).to_pylist() + (_flip_rows(found).to_pylist() if found else [])
        for row in rows:
            sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    else:
        _tell(before, after, changes, found)
    return 0


def _list(json_: bool) -> int:
    rows = []
    for name in held_lists():
        for version in held_versions(name):
            entries = [path for path in version.at if "." not in path]
            until = version.valid_to.isoformat() if version.valid_to else ""
            rows.append((name, str(version.valid_from), until, len(entries), len(version.at)))
    if json_:
        for row in rows:
            keys = ("control_list", "valid_from", "valid_to", "entries", "paragraphs")
            sys.stdout.write(json.dumps(dict(zip(keys, row, strict=True))) + "\n")
        return 0
    table = Table("list", "from", "until", "entries", "paragraphs")
    for row in rows:
        table.add_row(*map(str, row))
    Console().print(table)
    return 0


def _show(name: str, path: str, day: date, json_: bool) -> int:
    version, near = versions_for(name, path.split(".")[0], day)
    chosen = version or (near[-1] if near else None)
    if chosen is None or path not in chosen.at:
        sys.stderr.write(f"{path or 'no entry'}: not in a text of {name} that is held; `landwaiter controls list`\n")
        return 1
    if version is None:
        sys.stderr.write(f"no text of {path} of {day} is held; this is that of {chosen.valid_from}\n")
    wanted = [one for one in chosen.paragraphs if one.path == path or one.path.startswith(path + ".")]
    for one in wanted:
        read = rules_of(one.path, one.text, decimal_comma=name.startswith("eu"))
        if json_:
            rules = [{"rule": str(rule), "role": rule.role, "clause": rule.clause} for rule in read.rules]
            row = {"path": one.path, "kind": one.kind, "joins": one.joins, "effect": one.effect, "text": one.text}
            said = {"text_sha256": one.text_sha256, "locator": one.locator, "rules": rules, "unread": list(read.unread)}
            sys.stdout.write(json.dumps(row | said, ensure_ascii=False) + "\n")
            continue
        depth = "  " * one.path.count(".")
        sys.stdout.write(f"{depth}{one.path if one.kind in ('heading', 'item') else one.kind}  {one.text}\n")
        for rule in read.rules:
            sys.stdout.write(f"{depth}    {rule.role}: {rule}    « {rule.clause} »\n")
        for words in read.unread:
            sys.stdout.write(f"{depth}    not read as a rule: « {words} »\n")
    return 0


def _rules(name: str, day: date, check: Path | None, out: Path | None) -> int:
    versions = [one for one in held_versions(name) if one.valid_from <= day]
    if not versions:
        raise InputError(name, f"no text of {day} or before is held", "`landwaiter controls list` names those that are")
    rows = [row_of(name, rule) for rule in rules_in(versions[-1])]
    if check is not None:
        stale = stale_rules([{key: str(value) for key, value in row.items()} for row in _rows(check)], versions[-1])
        for path, clause, reason in stale:
            sys.stdout.write(f"{path}  « {clause} »  {reason}\n")
        sys.stdout.write(f"{len(stale)} rules are stale by the text of {versions[-1].valid_from}\n")
        return 1 if stale else 0
    if out is None:
        raise InputError("controls rules", "needs --out or --check", "give a file, .csv, .parquet or .jsonl")
    write_answers(pa.Table.from_pylist(rows), out)
    sys.stdout.write(f"{len(rows):,} rules of the text of {versions[-1].valid_from}\n")
    return 0


def _read(name: str, what: str | None, form: str | None, valid_from: date | None, out: Path | None) -> int:
    if what is None or form is None or valid_from is None or out is None:
        forms = "; ".join(f"{key}: {sentence}" for key, sentence in FORMS.items())
        raise InputError("controls read", "needs FILE, --form, --valid-from and --out", f"forms are {forms}")
    path = Path(what)
    if not path.is_file():
        raise InputError(what, "is not there", "give the path of the official file")
    paragraphs = read_controls(path, form=form, control_list=name, valid_from=valid_from)
    table = as_table(paragraphs)
    write_answers(table, out)
    sys.stdout.write(
        f"{path.name}: {table.num_rows:,} paragraphs of {len(set(table['entry'].to_pylist())):,} entries\n"
    )
    return 0


def _version(name: str, said: str | None, option: str) -> Version:
    """A text that is held, by its first day, or one that `read` wrote."""
    if said is None:
        raise InputError(option, "is missing", "give a day of `landwaiter controls list`, or a file of `controls read`")
    held = {str(version.valid_from): version for version in held_versions(name)}
    if said in held:
        return held[said]
    path = Path(said)
    if not path.is_file():
        raise InputError(option, f"'{said}' is no text of {name} and no file", f"held are {', '.join(held) or 'none'}")
    return version_in(path)


def version_in(path: Path) -> Version:
    """The one text in a file that `controls read` wrote."""
    if not path.is_file():
        raise InputError(str(path), "is not there", "write it with `controls read ... --out F.parquet`")
    if path.suffix != ".parquet":
        raise InputError(str(path), "is not a Parquet table", "write it with `controls read ... --out F.parquet`")
    try:
        versions = as_versions(pq.read_table(path))
    except (pa.ArrowInvalid, KeyError) as error:
        raise InputError(str(path), "is not a table of `controls read`", "write it with `--out F.parquet`") from error
    if len(versions) != 1:
        raise InputError(str(path), f"holds {len(versions)} versions", "give a file with one")
    return versions[0]


def _rows(path: Path) -> list[dict[str, object]]:
    """The rows of a batch file of goods."""
    check_ending(path)
    if not path.is_file():
        raise InputError(str(path), "is not there")
    if path.suffix == ".parquet":
        return list(pq.read_table(path).to_pylist())
    return list(_text_rows(path))


def _text_rows(path: Path) -> list[dict[str, object]]:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    if path.suffix == ".csv":
        return [dict(row) for row in csv.DictReader(lines)]
    return [json.loads(line) for line in lines if line.strip()]


def _change_rows(changes: list[Change]) -> pa.Table:
    rows = [
        {
            "path": one.path,
            "change": one.kind,
            "limits": "; ".join(
                f"{shift.quantity}: {shift.old} -> {shift.new}, {shift.towards}" for shift in one.shifts
            ),
            "old_text": one.old_text,
            "new_text": one.new_text,
        }
        for one in changes
    ]
    names = ("path", "change", "limits", "old_text", "new_text")
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in names]))


def _flip_rows(found: list[Flip]) -> pa.Table:
    rows = [
        {
            "row": one.row,
            "flip": one.way,
            "before": ";".join(one.before),
            "after": ";".join(one.after),
            "reason": one.reason,
        }
        for one in found
    ]
    names = ("row", "flip", "before", "after", "reason")
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in names]))


def _tell(before: Version, after: Version, changes: list[Change], found: list[Flip] | None) -> None:
    console = Console()
    table = Table("paragraph", "change", "limits or words", title=f"{before.valid_from} to {after.valid_from}")
    for row in _change_rows(changes).to_pylist():
        table.add_row(row["path"], row["change"], row["limits"] or row["new_text"][:100] or row["old_text"][:100])
    console.print(table)
    gone, come = entries_apart(before, after)
    for which, entries in (("older", gone), ("newer", come)):
        if entries:
            shown = ", ".join(entries[:8]) + (f" and {len(entries) - 8} more" if len(entries) > 8 else "")
            sys.stdout.write(f"only the {which} text holds {shown}: not compared\n")
    if found is not None:
        flipped = Table("row", "flip", "before", "after", "reason")
        for row in _flip_rows(found).to_pylist():
            flipped.add_row(*(row[name] for name in ("row", "flip", "before", "after", "reason")))
        console.print(flipped)
        sys.stdout.write(f"{len(found)} goods flip\n")
