"""`landwaiter inspect`: which declarations to open first, learned from a service's own inspections."""

import re
import sys
from pathlib import Path
from typing import Annotated

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from cyclopts import Parameter
from numpy.typing import NDArray

from landwaiter.assess.misdeclaration import SCORED, Layout, Lessons, learn, score
from landwaiter.cli.screen import check_ending, write_answers
from landwaiter.errors import InputError
from landwaiter.load.loading import read_rows

FALSE, RIGHT = ("1", "true", "yes", "y", "false declaration"), ("0", "false", "no", "n", "")
NUMBER = r"^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$"
TOP = 8


def inspect(
    *,
    inspected: Path,
    outcome: str,
    declarations: Path,
    out: Path,
    goods: str = "hs_code",
    texts: Annotated[list[str] | None, Parameter(consume_multiple=True)] = None,
    amounts: Annotated[list[str] | None, Parameter(consume_multiple=True)] = None,
) -> int:
    """Say which declarations to open first, learned from what inspections of others like them have found.

    Nothing is kept between two calls: the lessons are learned anew from the inspections each time, in seconds for tens
    of thousands of rows. The columns that came in, and score, rank and reasons, go out. Each reason is a count that can
    be checked in the inspections. A score is the chance among declarations that would have been inspected as before;
    where inspections were chosen by suspicion it is too high for all others, and the order is what counts.

    Args:
        inspected: declarations that were inspected, with their outcome: CSV, TSV, XLSX, Parquet or JSON lines.
        outcome: column of the outcome: 1, true or yes where the declaration was found false, else 0, false or no.
        declarations: those to be scored, with the same columns but the outcome.
        out: file for the answers, .parquet, .csv or .jsonl; one line for each declaration, in the order given.
        goods: column of the commodity code.
        texts: columns of codes and names that may tell, such as importer, declarant, office and origin; if not given,
            every column that both files have, but for goods, outcome and amounts.
        amounts: columns of numbers that may tell, such as value and net_mass_kg.
    """
    check_ending(out)
    taught, asked = read_rows(inspected), read_rows(declarations)
    taken = {goods, outcome, *(amounts or [])}
    shared = [name for name in taught.column_names if name in asked.column_names and name not in taken]
    layout = Layout(goods, tuple(texts or shared), tuple(amounts or []))
    taught, asked = (
        _with_numbers(rows, layout.amounts, file) for rows, file in ((taught, inspected), (asked, declarations))
    )
    lessons = learn(taught, _outcomes(taught, outcome, inspected), layout)
    scored = score(lessons, asked)
    for name in {*SCORED.names, "rank"} & set(asked.column_names):
        asked = asked.drop_columns([name])
    order = np.argsort(-np.asarray(scored.column("score")), kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(1, len(order) + 1)
    for name, column in (("score", scored.column("score")), ("rank", pa.array(rank)), ("reasons", _joined(scored))):
        asked = asked.append_column(name, column)
    write_answers(asked, out)
    sys.stdout.write(_summary(lessons, taught.num_rows, scored, out))
    return 0


def _outcomes(rows: pa.Table, name: str, file: Path) -> NDArray[np.bool_]:
    if name not in rows.column_names:
        raise InputError(str(file), f"has no column '{name}'", f"its columns are: {', '.join(rows.column_names)}")
    words = [(cell or "").strip().lower() for cell in rows.column(name).cast(pa.string()).to_pylist()]
    for line, word in enumerate(words):
        if word not in FALSE and word not in RIGHT:
            raise InputError(str(file), f"row {line}: {name} is '{word}'", "write 1 where found false, 0 where not")
    return np.array([word in FALSE for word in words])


def _with_numbers(rows: pa.Table, amounts: tuple[str, ...], file: Path) -> pa.Table:
    """Amounts as numbers; an empty cell stays unknown, any other word is refused."""
    for name in amounts:
        if name not in rows.column_names:
            raise InputError(str(file), f"has no column '{name}'", f"its columns are: {', '.join(rows.column_names)}")
        text = rows.column(name).cast(pa.string())
        empty = pc.equal(pc.fill_null(text, ""), "")
        text = pc.if_else(empty, pa.scalar(None, pa.string()), text)
        wrong = pc.invert(pc.fill_null(pc.match_substring_regex(text, NUMBER), True))
        if pc.any(wrong).as_py():
            line = pc.index(wrong, True).as_py()
            cell = re.sub(r"\s+", " ", text[line].as_py())[:40]
            raise InputError(str(file), f"row {line}: {name} is '{cell}', not a number", "write it as 1234.5")
        place = rows.column_names.index(name)
        rows = rows.set_column(place, name, pc.cast(pc.utf8_trim_whitespace(text), pa.float64()))
    return rows


def _joined(scored: pa.Table) -> pa.Array:
    return pc.binary_join(scored.column("reasons").combine_chunks(), "; ")


def _summary(lessons: Lessons, inspections: int, scored: pa.Table, out: Path) -> str:
    lines = [f"{inspections:,} inspections, {100 * lessons.base:.1f} % found false; what tells most:"]
    lines += [f"  {weight:.2f}  {name}" for name, weight in lessons.weights()[:TOP]]
    likely = int((np.asarray(scored.column("score")) > 0.5).sum())
    return "\n".join([*lines, f"{scored.num_rows:,} declarations scored, {likely:,} over 0.50: {out}"]) + "\n"
