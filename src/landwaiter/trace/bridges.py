"""Which firm that one country's books know only as a buyer is known to another's only as a seller?

Where a hub's own books are absent, the maker's books name it as a buyer and the target's as a seller, in two scripts;
its name alone often does not join the two. The number of its house and the lots that came and went speak too.
"""

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import Step, read_step
from landwaiter.tables import TABLES
from landwaiter.trace.likeness import name_scores

HERE = Path(__file__).parent
WORKING = ("one_sided", "one_sided_papers", "address_numbers", "bridge_pairs", "bridge_names")
# How alike the names must be where the house has the same number: much, or little and then the lots must fit.
ALIKE, HARDLY_ALIKE = 0.03, 0.003
# The same where one side names no address, and only the number of a part is shared.
ALIKE_UNPLACED, HARDLY_ALIKE_UNPLACED = 0.3, 0.1
FEWEST_FITTING = 2


class _Pair(NamedTuple):
    """A buyer and a seller that could be one: the better pair sorts last."""

    likeness: float
    fitting: int
    lots: int
    buyer_no: int
    seller_no: int
    has_same_house: bool


def find_bridges(corridor: Corridor, *, threads: int = 1) -> int:
    """Put `bridges` and say how many there are; reads `lots`, `shipments`, `parties` and `party_numbers`.

    A firm whose address has another number is never joined, and a firm is joined with one other at most: where two do
    about as well, with none. The work is one comparison for each pair of a country that shares a house or part number.
    """
    for name in ("one_sided", "one_sided_papers"):
        corridor.run(_step(name), {})
    numbers = _house_numbers(corridor.get("one_sided_papers"))
    pairs = [(party, number) for party, found in sorted(numbers.items()) for number in sorted(found)]
    columns = list(zip(*pairs, strict=True)) or [(), ()]
    corridor.put(
        "address_numbers",
        pa.table({"party_no": pa.array(columns[0], pa.int32()), "number": pa.array(columns[1], pa.int64())}),
    )
    for name in ("bridge_pairs", "bridge_names"):
        corridor.run(_step(name), {})
    named = {row["party_no"]: row for row in corridor.get("bridge_names").to_pylist()}
    found = _joined(_likely(corridor.get("bridge_pairs").to_pylist(), numbers, named, threads))
    told = [_told(pair, named) for pair in found]
    corridor.put("bridges", pa.Table.from_pylist(told, schema=TABLES["bridges"].schema))
    for name in WORKING:
        corridor.drop(name)
    return len(found)


def _house_numbers(papers: pa.Table) -> dict[int, set[int]]:
    """The numbers that the addresses of each firm name, in any script's digits."""
    numbers: dict[int, set[int]] = defaultdict(set)
    for row in papers.to_pylist():
        numbers[row["party_no"]].update(int(one) for one in re.findall(r"\d{1,9}", row["address"]))
    return numbers


def _likely(
    pairs: list[dict[str, int]], numbers: dict[int, set[int]], named: dict[int, dict[str, list[str]]], threads: int
) -> list[_Pair]:
    """The pairs for which name, house and lots together say enough."""
    ends = [(row["buyer_no"], row["seller_no"]) for row in pairs]
    scores = name_scores(ends, {number: sorted(row["names"]) for number, row in named.items()}, threads)
    likely = []
    for row, score in zip(pairs, scores, strict=True):
        theirs, ours = numbers.get(row["buyer_no"], set()), numbers.get(row["seller_no"], set())
        same = bool(theirs & ours)
        if theirs and ours and not same:
            continue
        much, little = (ALIKE, HARDLY_ALIKE) if same else (ALIKE_UNPLACED, HARDLY_ALIKE_UNPLACED)
        fits = row["fitting_lots"] >= FEWEST_FITTING and 2 * row["fitting_lots"] >= row["lots"]
        if score >= much or (score >= little and fits):
            likely.append(_Pair(score, row["fitting_lots"], row["lots"], row["buyer_no"], row["seller_no"], same))
    return sorted(likely, reverse=True)


def _joined(likely: list[_Pair]) -> list[_Pair]:
    """Pairs of which each firm stands in one, the likeliest first; a buyer may have a seller in each of two books."""
    taken: set[int] = set()
    found = []
    for pair in likely:
        if pair.seller_no not in taken:
            found.append(pair)
        taken.add(pair.seller_no)
    return sorted(found, key=lambda pair: pair.seller_no)


def _told(pair: _Pair, named: dict[int, dict[str, list[str]]]) -> dict[str, object]:
    seller, buyer = named[pair.seller_no], named[pair.buyer_no]
    house = "the same number in the address" if pair.has_same_house else "the same part number"
    why = (
        f"'{seller['names'][0]}', who only sells, and '{buyer['names'][0]}', who only buys: names {pair.likeness:.2f} "
        f"alike, one country, {house}, and {pair.fitting} of {pair.lots} lots sold could be lots bought"
    )
    return {
        "party_id": seller["party_id"],
        "home_party": buyer["party_id"],
        "likeness": pair.likeness,
        "lots": pair.fitting,
        "why": why,
    }


def _step(name: str) -> Step:
    return read_step(HERE / f"{name}.sql")
