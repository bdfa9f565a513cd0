"""`landwaiter own`: who is owned or controlled by a listed party, under which regime on which day, with the proof."""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from landwaiter.cli.screen import check_ending, write_answers
from landwaiter.errors import InputError
from landwaiter.load.loading import load, read_rows
from landwaiter.load.mapping import read_mapping
from landwaiter.own import supposing
from landwaiter.own.answer import Answer, decide
from landwaiter.own.graph import Graph, read_graph
from landwaiter.own.listed import read_listed
from landwaiter.own.rules import REGIMES, rule_of

ANSWER = pa.schema([
    ("party_id", pa.string()), ("regime", pa.string()), ("as_of", pa.date32()), ("answer", pa.string()),
    ("listed_party", pa.list_(pa.string())), ("edges", pa.list_(pa.string())), ("flags", pa.list_(pa.string())),
    ("reason", pa.string()), ("name", pa.string()),
])  # fmt: skip


def own(
    *,
    ownership: Path,
    listed: Path,
    regime: str = "all",
    as_of: date | None = None,
    out: Path | None = None,
    what_if: str | None = None,
    map: Path | None = None,  # noqa: A002
) -> int:
    """Say for each party that a listed one reaches whether it counts as owned or controlled: yes, possible or no.

    A yes or a possible comes with the fewest holdings that prove it, as OWNER>OWNED; a proof goes on in the lines of
    the owners that it names. A party without a line is not reached by any holding in the file: that clears nobody.
    Exit status 1 where no answer is yes or possible.

    Args:
        ownership: who holds what in whom: columns of `ownership`, or BODS 0.4 or FollowTheMoney JSON.
        listed: the listed parties: columns id (an owner_id) or name; optional other_names, listed_on,
            delisted_on, reason.
        regime: us_50, us_bis_affiliates, eu, uk, tw, jp, several separated by a comma, or all.
        as_of: the day, which chooses the rule and the holdings; today if not given.
        out: file for the answers, .parquet, .csv or .jsonl; without it they are printed.
        what_if: suppose one holding, OWNER_ID>OWNED_ID=PERCENT, and say whose answer it would change.
        map: how the headers of the ownership file map to ours.
    """
    if out is not None:
        check_ending(out)
    day = as_of or date.today()
    regimes = REGIMES if regime == "all" else tuple(part.strip() for part in regime.split(","))
    for one in regimes:
        rule_of(one, day)
    table = _read_ownership(ownership, map)
    graph = read_graph(table, day)
    by_id = read_listed(read_rows(listed), graph, day, str(listed))
    known = sum(one in graph.places for one in by_id)
    sys.stdout.write(f"{listed.name}: {len(by_id):,} listed parties on {day}, {known:,} of them hold something\n")
    if what_if is not None:
        return _suppose(graph, by_id, what_if, regimes, day)
    answers = [answer for one in regimes for answer in decide(graph, by_id, one, day)]
    if out is not None:
        table = _table(answers, graph)
        write_answers(_flat(table) if out.suffix == ".csv" else table, out)
    else:
        for answer in answers:
            sys.stdout.write(_line(answer, graph) + "\n")
    for one in regimes:
        _summary(one, day, [answer for answer in answers if answer.regime == one])
    return 0 if any(answer.answer != "no" for answer in answers) else 1


def _read_ownership(path: Path, mapping: Path | None) -> pa.Table:
    mappings = read_mapping(mapping) if mapping is not None else {}
    with tempfile.TemporaryDirectory() as folder:
        loaded = load("ownership", path, Path(folder), mapping=mappings.get("ownership"))
        sys.stdout.write(loaded.line + "\n")
        if loaded.rejected:
            for reject in pq.read_table(loaded.paths[1], memory_map=False).slice(0, 5).to_pylist():
                sys.stderr.write(f"{reject['file']}, line {reject['line']}: {reject['column']} {reject['reason']}\n")
        if not loaded.loaded:
            raise InputError(str(path), "holds no interest that could be read", "see the rejects above")
        return pq.read_table(loaded.paths[0], memory_map=False)


def _suppose(graph: Graph, listed: dict[str, str], text: str, regimes: Sequence[str], day: date) -> int:
    supposed = supposing.parse_supposed(text)
    any_change = False
    for regime in regimes:
        for party, (before, after) in supposing.what_if(graph, listed, supposed, regime, day).items():
            any_change = True
            sys.stdout.write(json.dumps({"regime": regime, "party_id": party, "before": before, "after": after}) + "\n")
    if not any_change:
        sys.stdout.write(f"{text}: no answer would change\n")
    return 0


def _table(answers: Sequence[Answer], graph: Graph) -> pa.Table:
    return pa.table(
        [
            [answer.party_id for answer in answers],
            [answer.regime for answer in answers],
            [answer.as_of for answer in answers],
            [answer.answer for answer in answers],
            [answer.listed for answer in answers],
            [answer.edges for answer in answers],
            [answer.flags for answer in answers],
            [answer.reason for answer in answers],
            [graph.names.get(answer.party_id) for answer in answers],
        ],
        schema=ANSWER,
    )


def _flat(table: pa.Table) -> pa.Table:
    """Lists in a cell, separated by `;`."""
    for name in ("listed_party", "edges", "flags"):
        joined = [";".join(cell) for cell in table.column(name).to_pylist()]
        table = table.set_column(table.column_names.index(name), name, pa.array(joined, pa.string()))
    return table


def _line(answer: Answer, graph: Graph) -> str:
    name = graph.names.get(answer.party_id, answer.party_id)
    flags = f" [{', '.join(answer.flags)}]" if answer.flags else ""
    return f"{answer.regime:<18} {answer.answer:<8} {name} <- {', '.join(answer.listed)}: {answer.reason}{flags}"


def _summary(regime: str, day: date, answers: Sequence[Answer]) -> None:
    rule = rule_of(regime, day)
    counts = Counter(answer.answer for answer in answers)
    said = ", ".join(f"{counts[word]:,} {word}" for word in ("yes", "possible", "no"))
    force = f" ({rule.doubt or rule.note})" if rule.doubt or not rule.in_force else ""
    sys.stdout.write(f"{rule.title}, {day}: {len(answers):,} parties reached: {said}{force}\n")
