"""`landwaiter leads`: the cases of a week, ordered so that they find the most."""

import json
import sys
from pathlib import Path
from typing import Annotated

import pyarrow.parquet as pq
from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from landwaiter.assess.queue import queue
from landwaiter.cli.screen import check_ending, write_answers
from landwaiter.errors import InputError


def leads(
    result: Annotated[Path, Parameter(name="RESULT")],
    /,
    *,
    budget: int = 25,
    least: float = 0.0,
    out: Path | None = None,
    json_: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Order the firms of a finished run for a week that has room for so many cases.

    A case opened on one firm shows those that stand in the same rows too, so that the second hub of a chain does not
    take a place of its own. Each next case is the one that adds the most expected finds: the scores of whom it shows
    and no earlier case has shown. The sum says how many finds to expect from the whole queue, if the scores are right.
    Exit status 1 where no firm has a lead; that clears none.

    Args:
        result: the --out folder of `landwaiter run`.
        budget: how many cases the week has room for.
        least: firms of a lower score open no case.
        out: file for the queue, .parquet, .csv or .jsonl.
        json_: print JSON lines instead of a table.
    """
    if out is not None:
        check_ending(out)
    if budget < 1:
        raise InputError("--budget", f"is {budget}", "give a number of cases, 1 or more")
    if not 0 <= least <= 1:
        raise InputError("--least", f"is {least}", "give a score from 0 to 1")
    if not (result / "run.json").exists():
        raise InputError(str(result), "holds no finished run", "give the --out folder of `landwaiter run`")
    if not (result / "assessments.parquet").exists():
        raise InputError(str(result), "has no assessments", "give customs rows to the run: --shipments")
    assessments, findings = (pq.read_table(result / f"{name}.parquet") for name in ("assessments", "findings"))
    cases = queue(assessments, findings, budget=budget, least=least)
    if out is not None:
        # A CSV has no lists: who is shown besides stands in one cell.
        joined = [";".join(also) for also in cases["also_shown"].to_pylist()]
        at = cases.column_names.index("also_shown")
        write_answers(cases.set_column(at, "also_shown", [joined]) if out.suffix == ".csv" else cases, out)
    if json_:
        sys.stdout.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in cases.to_pylist())
    else:
        _show(cases.to_pylist())
    return 0 if cases.num_rows else 1


def _show(cases: list[dict[str, object]]) -> None:
    if not cases:
        sys.stdout.write("no firm has a lead in this run; that clears none\n")
        return
    table = Table("", "firm", "country", "score", "also shown", "expected finds so far", box=None)
    for case in cases:
        also = case["also_shown"]
        assert isinstance(also, list)
        named = f"{case['name'] or ''} ({case['subject_id']})"
        cells = (str(case["place"]), named, str(case["country"] or ""), f"{case['score']:.2f}")
        table.add_row(*cells, str(len(also)) if also else "", f"{case['expected_so_far']:.1f}")
    Console().print(table)
