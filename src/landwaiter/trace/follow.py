"""Where did it come from, where did it go? Follows the hops of a finished run both ways from some rows."""

from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc

FOLLOWED = pa.schema(
    [
        ("direction", pa.string()),
        ("level", pa.int32()),
        ("in_row", pa.string()),
        ("out_row", pa.string()),
        ("party_id", pa.string()),
        ("quantity", pa.float64()),
        ("days_between", pa.int32()),
    ]
)


def follow(hops: pa.Table, rows: Collection[str], *, max_hops: int) -> pa.Table:
    """The hops upstream and downstream of `rows`, nearest first: direction, level (1 is next to them) and the hop.

    Every lot is followed once in each direction, at its nearest level. Linear in the hops for every level.
    """
    found = [_one_way(hops, rows, "upstream", max_hops), _one_way(hops, rows, "downstream", max_hops)]
    return pa.concat_tables(found)


def _one_way(hops: pa.Table, rows: Collection[str], direction: str, max_hops: int) -> pa.Table:
    near, far = ("out_row", "in_row") if direction == "upstream" else ("in_row", "out_row")
    seen = set(rows)
    frontier = sorted(seen)
    found = [FOLLOWED.empty_table()]
    for level in range(1, max_hops + 1):
        step = hops.filter(pc.is_in(hops[near], value_set=pa.array(frontier, pa.string()))).sort_by(
            [("in_row", "ascending"), ("out_row", "ascending")]
        )
        if not step.num_rows:
            break
        found.append(_at_level(step, direction, level))
        frontier = sorted(set(step[far].to_pylist()) - seen)
        seen.update(frontier)
    return pa.concat_tables(found)


def _at_level(step: pa.Table, direction: str, level: int) -> pa.Table:
    columns = {
        "direction": pa.array([direction] * step.num_rows, pa.string()),
        "level": pa.array([level] * step.num_rows, pa.int32()),
        **{name: step[name] for name in FOLLOWED.names[2:]},
    }
    return pa.table(columns, schema=FOLLOWED)
