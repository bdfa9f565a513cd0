"""Where did an export series break, whose share jumped, which hub grew, and who bought what a target no longer does?"""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.engine.corridor import Corridor
from landwaiter.mirror import reasons
from landwaiter.mirror.asked import Asked
from landwaiter.mirror.cells import NotRun
from landwaiter.mirror.dates import Comparison, Span, comparisons_table, growth_tests, window_tests
from landwaiter.mirror.left_out import gathered, not_compared, without_placebo
from landwaiter.mirror.triple import TRIPLES, Sides, priority_goods, triple_differences, triple_rows
from landwaiter.mirror.wanted import WANTED, wanted
from landwaiter.ref.facts import read_facts

KINDS = ("break", "hub_share", "triple_difference", "substitution")
STEPS = """
mirror_statuses mirror_headings mirror_units mirror_windows
mirror_growth mirror_shares mirror_measures mirror_limits mirror_jumps
mirror_substitutions
"""


def compare_series(corridor: Corridor, asked: Asked) -> tuple[list[reasons.Row], list[NotRun]]:
    """Rows of every kind from every monthly export series, and what could not be compared."""
    asked.run(corridor, "mirror_exports mirror_codes")
    spans = _spans(corridor)
    corridor.put("mirror_wanted", WANTED.empty_table())
    corridor.put("mirror_triples", TRIPLES.empty_table())
    if not spans:
        why = "the flows hold no monthly exports by code"
        return [], [(f"{kind}", why) for kind in KINDS]
    beside = asked.ways_round()
    tests, not_planned = _plan(spans, asked, beside)
    corridor.put("mirror_tests", comparisons_table(tests))
    corridor.put("mirror_neighbours", _pairs(beside))
    _put_revisions(corridor)
    asked.run(corridor, STEPS)
    not_run = gathered(not_planned) + without_placebo(corridor) + not_compared(corridor, tests)
    terms = asked.terms
    corridor.put("mirror_wanted", wanted(corridor.get("mirror_windows"), tests, beside, terms.least_cents))
    hubs = sorted({hub for hubs in beside.values() for hub in hubs})
    sides = Sides(hubs, asked.targets, tuple(asked.treated) or priority_goods(asked.as_of.isoformat()))
    triples, no_triples = triple_differences(corridor.get("mirror_windows"), tests, sides)
    corridor.put("mirror_triples", triples)
    not_run += gathered(no_triples)
    rows = triple_rows(triples, tests, terms.money)
    jumps = corridor.get("mirror_jumps")
    rows += reasons.breaks(jumps.filter(pc.equal(jumps.column("kind"), "break")), tests, terms.money, terms.nominal_bp)
    rows += reasons.hub_shares(jumps.filter(pc.equal(jumps.column("kind"), "hub_share")), tests, terms.nominal_bp)
    made = corridor.get("mirror_substitutions")
    rows += reasons.substitutions(made, tests, beside, terms.money, (terms.least_cents, terms.least_ratio_bp))
    return rows, not_run


def _spans(corridor: Corridor) -> list[Span]:
    lives = corridor.get("mirror_codes").group_by("origin").aggregate([("first_month", "min"), ("last_month", "max")])
    rows = lives.sort_by("origin").to_pylist()
    return [Span(row["origin"], row["first_month_min"], row["last_month_max"]) for row in rows]


def _plan(
    spans: Sequence[Span], asked: Asked, beside: Mapping[str, Sequence[str]]
) -> tuple[dict[int, Comparison], list[NotRun]]:
    """Every comparison to make, by number, and those that the series are too short for."""
    tests: list[Comparison] = []
    not_run: list[NotRun] = []
    for span in spans:
        found, why = growth_tests(span, asked.days_of(span.origin, asked.targets))
        tests += found
        if why:
            not_run += [(f"break of {span.origin}", why), (f"hub_share of {span.origin}", why)]
        for target in beside:
            found, why = window_tests(span, target, asked.days_of(span.origin, [target]), asked.windows)
            tests += found
            if why:
                not_run.append((f"substitution for {target} of {span.origin}", why))
    unknown = [target for target in asked.targets if target not in beside]
    if unknown:
        why = "no neighbours of it are known; name them with --neighbours"
        not_run.append((f"substitution for {', '.join(unknown)}", why))
    return dict(enumerate(tests)), not_run


def _pairs(beside: Mapping[str, Sequence[str]]) -> pa.Table:
    rows = [{"target": target, "neighbour": country} for target, countries in beside.items() for country in countries]
    return pa.Table.from_pylist(rows, schema=pa.schema([("target", pa.string()), ("neighbour", pa.string())]))


def _put_revisions(corridor: Corridor) -> None:
    """The facts of HS revisions: codes that are new, ended or gained scope, and where new scope came from."""
    revised, lineage = [], []
    for row in read_facts("hs_revisions").to_pylist():
        since = int(row["since"][:4]) * 12 + int(row["since"][5:7]) - 1
        if row["change"] != "lost":
            revised.append({"hs6": row["hs6"], "since": since})
        if row["change"] in ("new", "gained"):
            lineage += [
                {"hs6": row["hs6"], "since": since, "related": code, "related_hs4": code[:4]}
                for code in row["related"].split(";")
            ]
    corridor.put("mirror_revised", pa.Table.from_pylist(revised))
    corridor.put("mirror_lineage", pa.Table.from_pylist(lineage))
