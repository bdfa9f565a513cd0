"""`landwaiter classify`: the HS codes that a description could mean, and the control lists that say something."""

import json
import re
import sys
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import pyarrow as pa
from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from landwaiter.classify.controlled import judge_item
from landwaiter.classify.declared import Declared, declared_code, reason_of
from landwaiter.classify.hs_text import HsReader, shipped_reader
from landwaiter.classify.priority import priority_codes
from landwaiter.cli.controls import version_in
from landwaiter.cli.screen import ENDINGS, check_ending, write_answers
from landwaiter.errors import InputError
from landwaiter.load.loading import read_rows
from landwaiter.ref.paragraphs import Version

ANSWER = pa.schema([
    ("row", pa.string()), ("rank", pa.int64()), ("hs6", pa.string()), ("probability", pa.float64()),
    ("chpl_tier", pa.string()), ("control_list", pa.string()), ("entry", pa.string()), ("answer", pa.string()),
    ("reason", pa.string()),
])  # fmt: skip
# 2022, 2022-06 or 2022-06-30, and whatever stands behind it.
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?!\d)")
ASKED = ("text", "lang", "hs_code", "part_number", "control_list", "as_of", "item_class", "params")
Line = dict[str, object]


def classify(
    text: Annotated[str | None, Parameter(name="TEXT")] = None,
    /,
    *,
    batch: Path | None = None,
    out: Path | None = None,
    in_domain: Path | None = None,
    control_text: Path | None = None,
    hs_code: str = "",
    as_of: date | None = None,
    limit: int = 5,
    json_: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Name the HS codes that goods could have, with a probability and the words that say so, offline.

    English, Chinese in both scripts, Russian and Ukrainian are read. A first code under 0.5 is a suggestion, not an
    answer. Exit status 1 where no code could be named. Nothing here clears goods: it says what the words say.

    Args:
        text: the description of one item.
        batch: a file of items: columns text; optional row, hs_code, part_number, and for control lists control_list
            (us_ccl, eu_annex_i), item_class, params (a JSON object) and as_of.
        out: file for the answers to a batch, .parquet, .csv or .jsonl; at least one line for each row.
        in_domain: labelled rows of your own trade, columns text and hs6 (or hs_code): learned first, then asked.
        control_text: a text of a control list that `controls read` wrote (.parquet), asked beside those held.
        hs_code: the code that was declared for the item.
        as_of: the day for which control lists and the priority list count; today if not given.
        limit: the most codes for each item.
        json_: print JSON lines instead of a table.
    """
    if (text is None) == (batch is None):
        raise InputError("classify", "takes one TEXT, or --batch FILE", "give one of them")
    if limit < 1:
        raise InputError("--limit", "is 1 or more")
    if batch is not None and out is None:
        raise InputError("--batch", "needs --out", f"name a file that ends in {', '.join(ENDINGS)}")
    if out is not None:
        check_ending(out)
    items = items_of(read_rows(batch), str(batch)) if batch is not None else [
        {**dict.fromkeys(ASKED, ""), "row": "0", "text": text or "", "hs_code": hs_code}]  # fmt: skip
    reader = reader_for(in_domain)
    texts = [version_in(control_text)] if control_text is not None else []
    lines = list(lines_of(items, reader, as_of or date.today(), limit, texts))
    answered = {line["row"] for line in lines if line["hs6"] and _number(line) >= 0.5}
    if batch is not None and out is not None:
        write_answers(pa.Table.from_pylist(lines, schema=ANSWER), out)
        sys.stdout.write(f"{batch}: {len(items):,} rows, {len(answered):,} answered with 0.50 or more; {out}\n")
        return 0
    _show(lines, as_json=json_)
    return 0 if any(line["hs6"] for line in lines) else 1


def reader_for(in_domain: Path | None) -> HsReader:
    """The reader with the knowledge that comes with the program, and the user's labelled rows where given."""
    if in_domain is None:
        return shipped_reader()
    table = read_rows(in_domain)
    column = next((name for name in ("hs6", "hs_code", "code") if name in table.column_names), "")
    if not column or "text" not in table.column_names:
        raise InputError(str(in_domain), "needs columns text and hs6", f"it has: {', '.join(table.column_names)}")
    texts, labels = table.column("text").to_pylist(), table.column(column).to_pylist()
    rows = [(text or "", (label or "")[:6]) for text, label in zip(texts, labels, strict=True)]
    return shipped_reader().trained_on(rows, where=str(in_domain))


def items_of(table: pa.Table, where: str) -> list[dict[str, str]]:
    """Each row of a batch as texts, under every column that may be asked."""
    if "text" not in table.column_names and "item_class" not in table.column_names:
        raise InputError(where, "has no column 'text'", f"its columns are: {', '.join(table.column_names) or 'none'}")
    columns = {name: table.column(name).to_pylist() if name in table.column_names else [""] * table.num_rows
               for name in ASKED}  # fmt: skip
    names = table.column("row").to_pylist() if "row" in table.column_names else range(table.num_rows)
    return [
        {"row": str(name if name is not None else ""), **{key: cells[place] or "" for key, cells in columns.items()}}
        for place, name in enumerate(names)
    ]


def lines_of(
    items: Sequence[dict[str, str]], reader: HsReader, today: date, limit: int, texts: Sequence[Version] = ()
) -> Iterator[Line]:
    """The lines of every item: its codes, then the paragraphs of the list it asks for; at least one."""
    tiers: dict[date, dict[str, str]] = {}
    for item in items:
        day, problem = _day(item["as_of"], today)
        if day not in tiers:
            tiers[day] = {
                row["hs6"]: row["tier"] for row in priority_codes(day).to_pylist() if row["answer"] == "caught"
            }
        lines = [*_code_lines(item, reader, tiers[day], limit), *_control_lines(item, day, texts)]
        if problem:
            lines[0] = {**lines[0], "reason": f"{lines[0]['reason']}; {problem}"}
        yield from lines


def _code_lines(item: dict[str, str], reader: HsReader, tiers: dict[str, str], limit: int) -> Iterator[Line]:
    reading = reader.read([item["text"] or item["part_number"]], most=limit)[0]
    declared = declared_code(item["hs_code"], reader.codes)
    for rank, one in enumerate(reading.candidates, 1):
        reason = reason_of(reading, rank, declared)
        yield _line(
            item, rank, reason, hs6=one.hs6, probability=round(one.probability, 6), chpl_tier=tiers.get(one.hs6)
        )
    if not reading.candidates:
        yield _line(item, 0, "; ".join(filter(None, (reading.reason, _said_of(declared, tiers)))))


def _said_of(declared: Declared, tiers: dict[str, str]) -> str:
    tier = tiers.get(declared.digits[:6])
    return declared.problem or (f"declared {declared.digits[:6]} is on the priority list, tier {tier}" if tier else "")


def _control_lines(item: dict[str, str], day: date, texts: Sequence[Version]) -> Iterator[Line]:
    if not item["item_class"]:
        return
    try:
        given = json.loads(item["params"] or "{}")
    except ValueError:
        given = None
    if not isinstance(given, dict):
        yield _line(
            item, 0, "params is not a JSON object: no control list was asked", control_list=item["control_list"]
        )
        return
    try:
        answers = judge_item(
            item["item_class"], given, control_list=item["control_list"], as_of=day, text=item["text"], more=texts
        )
    except InputError as error:
        yield _line(item, 0, str(error), control_list=item["control_list"])
        return
    for rank, one in enumerate(answers, 1):
        yield _line(item, rank, one.reason, control_list=one.control_list, entry=one.entry, answer=one.answer)


def _line(item: dict[str, str], rank: int, reason: str, **cells: object) -> Line:
    return {**dict.fromkeys(ANSWER.names), "row": item["row"], "rank": rank, "reason": reason, **cells}


def _day(text: str, today: date) -> tuple[date, str]:
    """The day that a row names; of a year or a month that it names, the last day that has been."""
    if not text.strip():
        return today, ""
    found = _PERIOD.match(text.strip())
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(part) if part else 0 for part in found.groups())
        last = date(year, month, day) if day else date(year, month or 12, monthrange(year, month or 12)[1])
        return (last if day else min(last, today)), "" if day else f"as_of '{text[:20]}' counts as {min(last, today)}"
    except ValueError:
        return today, f"as_of '{text[:20]}' is no day, so {today} counts"


def _number(line: Line) -> float:
    found = line["probability"]
    return found if isinstance(found, float) else 0.0


def _show(lines: Sequence[Line], *, as_json: bool) -> None:
    if as_json:
        for line in lines:
            sys.stdout.write(json.dumps({key: cell for key, cell in line.items() if cell is not None},
                                        ensure_ascii=False) + "\n")  # fmt: skip
        return
    table = Table("HS 2022", "probability", "priority", "reason")
    for line in lines:
        code = str(line["hs6"] or line["entry"] or "-")
        chance = f"{_number(line):.2f}" if line["hs6"] else str(line["answer"] or "")
        table.add_row(code, chance, f"tier {line['chpl_tier']}" if line["chpl_tier"] else "", str(line["reason"]))
    Console().print(table)
