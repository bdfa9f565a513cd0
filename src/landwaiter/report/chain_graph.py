"""Which lots and hops belong into one picture, and in which column and row does each lot stand?"""

from collections import defaultdict
from dataclasses import dataclass

from landwaiter.report.casebook import Casebook, Lead
from landwaiter.report.shelf import Hop, Lot

MOST = 28  # lots of one picture


@dataclass(frozen=True, slots=True)
class ChainGraph:
    """Lots by column (legs from the left) and row, the hops between them, and what was left out."""

    columns: list[list[Lot]]
    hops: list[Hop]
    lots_left_out: int
    chains_left_out: int


def chain_graph(lead: Lead, casebook: Casebook) -> ChainGraph | None:
    """The lead's chains merged into one graph, or None where nothing is linked with anything.

    Where the run kept no hop between two lots that follow each other in a chain, the chain's own link is drawn.
    """
    wanted = dict.fromkeys(link["row_id"] for link in lead.links if link["row_id"] in casebook.lots)
    if not wanted:
        wanted = dict.fromkeys(lot["row_id"] for lot in casebook.evidence_of(lead))
    every = _hops(lead, casebook, set(wanted))
    linked = {row for hop in every for row in (hop["in_row"], hop["out_row"])}
    rows = [row for row in wanted if row in linked]
    kept = set(rows[:MOST])
    hops = [hop for hop in every if hop["in_row"] in kept and hop["out_row"] in kept]
    if not hops:
        return None
    shown = {row for hop in hops for row in (hop["in_row"], hop["out_row"])}
    columns = _columns({row: casebook.lots[row] for row in rows if row in shown}, hops)
    return ChainGraph(columns, hops, len(rows) - len(shown), lead.chains_left_out)


def _hops(lead: Lead, casebook: Casebook, rows: set[str]) -> list[Hop]:
    found = {
        (hop["in_row"], hop["out_row"]): hop
        for row in sorted(rows)
        for hop in casebook.hops.get(row, [])
        if hop["out_row"] in rows
    }
    for before, after in zip(lead.links, lead.links[1:], strict=False):
        pair = before["row_id"], after["row_id"]
        if before["chain_id"] == after["chain_id"] and pair not in found and rows.issuperset(pair):
            lot, next_lot = casebook.lots[pair[0]], casebook.lots[pair[1]]
            found[pair] = Hop(
                in_row=pair[0],
                out_row=pair[1],
                party_id=lot["consignee_party"] or "",
                family="",
                quantity=after["quantity"],
                days_between=(next_lot["declared_on"] - lot["declared_on"]).days,
                basis=after["basis"],
                probability=None,
            )
    return [found[pair] for pair in sorted(found)]


def _columns(lots: dict[str, Lot], hops: list[Hop]) -> list[list[Lot]]:
    """A lot stands right of every lot that it came from; within a column near the lots it is linked with."""
    before: dict[str, list[str]] = defaultdict(list)
    for hop in hops:
        before[hop["out_row"]].append(hop["in_row"])
    depth = dict.fromkeys(lots, 0)
    # Two lots of one day could point at each other, so the number of passes has a bound.
    for _ in range(len(lots)):
        deeper = {row: max((depth[other] + 1 for other in before[row]), default=0) for row in lots}
        deeper = {row: min(value, len(lots)) for row, value in deeper.items()}
        if deeper == depth:
            break
        depth = deeper
    columns: dict[int, list[Lot]] = defaultdict(list)
    for row in sorted(lots, key=lambda row: (lots[row]["declared_on"], row)):
        columns[depth[row]].append(lots[row])
    ordered = [columns[key] for key in sorted(columns)]
    return _untangled(ordered, hops)


def _untangled(columns: list[list[Lot]], hops: list[Hop]) -> list[list[Lot]]:
    """Two sweeps that put each lot at the mean height of its neighbours."""
    neighbours: dict[str, list[str]] = defaultdict(list)
    for hop in hops:
        neighbours[hop["in_row"]].append(hop["out_row"])
        neighbours[hop["out_row"]].append(hop["in_row"])
    for _ in range(2):
        for column in [*columns, *reversed(columns)]:
            height = {lot["row_id"]: i / len(other) for other in columns for i, lot in enumerate(other)}
            means = {
                lot["row_id"]: sum(height[n] for n in neighbours[lot["row_id"]]) / (len(neighbours[lot["row_id"]]) or 1)
                for lot in column
            }
            column.sort(key=lambda lot: (means[lot["row_id"]], lot["declared_on"], lot["row_id"]))
    return columns
