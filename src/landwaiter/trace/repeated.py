"""Which record of one book counts where several tell one lot? Each of the others stands aside, once, for that one."""

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import read_step

HERE = Path(__file__).parent
ASIDE = pa.schema([(name, pa.string()) for name in ("row_id", "other_row", "counted_row", "kind")])


class _Record(NamedTuple):
    """One record of a pair; it sorts by its place among all inputs."""

    row_no: int
    row_id: str


def find_repeated(corridor: Corridor) -> None:
    """Put `repeated_records`: each record that another of its book stands for, that one, and the one of its pair.

    A record may be paired twice, by its number with one and by its paper with another, and pairs may even run in a
    circle: so all records that are paired with each other, however far, are one lot, of which one record counts. That
    is the one that none of them corrects or says again; of several such, or none, the last one given. Linear.
    """
    corridor.run(read_step(HERE / "repeated_records.sql"), {})
    beside: dict[_Record, dict[_Record, str]] = defaultdict(dict)
    outdone: set[_Record] = set()
    for row in corridor.get("repeated_records").to_pylist():
        first, other = _Record(row["row_no"], row["row_id"]), _Record(row["other_no"], row["other_row"])
        outdone.add(first)
        # Corrected says more than repeated, should a pair be both.
        beside[first][other] = beside[other][first] = min(row["kind"], beside[first].get(other, row["kind"]))
    aside: list[dict[str, str]] = []
    seen: set[_Record] = set()
    for record in sorted(beside):
        if record not in seen:
            lot = _joined(beside, record)
            seen.update(lot)
            counted = max([one for one in lot if one not in outdone] or lot)
            aside += _stand_aside(beside, counted)
    corridor.put("repeated_records", pa.Table.from_pylist(sorted(aside, key=lambda one: one["row_id"]), schema=ASIDE))


def _joined(beside: dict[_Record, dict[_Record, str]], start: _Record) -> list[_Record]:
    """All records that pairs join to one, itself first, the nearest before those further on."""
    found, known = [start], {start}
    for record in found:
        new = sorted(set(beside[record]) - known)
        found += new
        known.update(new)
    return found


def _stand_aside(beside: dict[_Record, dict[_Record, str]], counted: _Record) -> list[dict[str, str]]:
    """Each record but the counted one, with the one of its pair that is nearer to it."""
    near_first = _joined(beside, counted)
    place = {record: at for at, record in enumerate(near_first)}
    told = []
    for record in near_first[1:]:
        nearer = min(beside[record], key=place.__getitem__)
        told.append(
            {
                "row_id": record.row_id,
                "other_row": nearer.row_id,
                "counted_row": counted.row_id,
                "kind": beside[record][nearer],
            }
        )
    return told
