"""Which records speak of one leg? The seller's country and the buyer's both write it down; it must be counted once.

Precision goes first: two records become one only where the parties, the goods, the size and the days all agree and no
other record would do as well. What is ambiguous stays apart, and is then counted twice rather than lost.
"""

from collections import defaultdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import Step, read_step
from landwaiter.tables import TABLES
from landwaiter.text.columns import Flags, Floats, Ints
from landwaiter.trace.agreeing import cost_of_sizes, cost_of_terms, ints, odd_and_same, said_of_size
from landwaiter.trace.likeness import Likeness, compare_firms
from landwaiter.trace.repeated import find_repeated

HERE = Path(__file__).parent
# Names of one firm in two books, where the firm on the other side, the goods, the size and the days agree already; the
# very same odd count says so much that the names need not.
LEAST_ALIKE, LEAST_ALIKE_IF_ODD = 0.8, 0.1
# A second pair of other size must cost so much more, or nobody can tell which of the two it is.
MARGIN = 0.5
WORDS = {
    "repeated": "the same line of the same book, given again",
    "corrected": "the same number or paper, parties, code and route; the later record corrects the earlier",
}


def unify(corridor: Corridor, *, threads: int = 1) -> list[str]:
    """Put `legs`, one row for each record whose leg another record already counts; say how many there are, and of what.

    Also puts `known_by_trade`: firms that the books of two countries write in ways no name would join. Reads
    `shipments`, `parties`, `party_numbers`, `goods_families` and `books`. Linear in the records but for those of one
    party, corridor, family and stretch of 64 days, which are all laid side by side.
    """
    find_repeated(corridor)
    for name in ("leg_records", "leg_pairs", "piece_weights", "leg_party_names"):
        corridor.run(_step(name), {})
    repeated = corridor.get("repeated_records")
    pairs = corridor.get("leg_pairs").sort_by([("export_no", "ascending"), ("import_no", "ascending")])
    mirrored, unsure = _mirrored(corridor, pairs, threads)
    corridor.put("legs", pa.concat_tables([_set_aside(repeated, mirrored), mirrored]).sort_by("row_id"))
    corridor.run(_step("known_by_trade"), {})
    for name in ("repeated_records", "leg_records", "leg_pairs", "piece_weights", "leg_party_names"):
        corridor.drop(name)
    return _notes(repeated["kind"].to_pylist(), mirrored.num_rows, unsure)


def _notes(kinds: list[str], mirrored: int, unsure: int) -> list[str]:
    told = {
        "stand in the books of both countries and are counted once": mirrored,
        "are given twice and counted once": kinds.count("repeated"),
        "were corrected later; the last word is counted": kinds.count("corrected"),
        "could be one leg with more than one record of the other country, and were left apart": unsure,
    }
    return [
        f"legs: {count} {'legs' if count == mirrored else 'records'} {what}" for what, count in told.items() if count
    ]


def _mirrored(corridor: Corridor, pairs: pa.Table, threads: int) -> tuple[pa.Table, int]:
    """The import records whose leg an export record counts, as `legs`, and how many had more than one partner."""
    sizes, count, weight = cost_of_sizes(corridor, pairs)
    costs = sizes + cost_of_terms(pairs)
    odd = odd_and_same(pairs)
    firms = compare_firms(corridor, pairs, odd & np.isfinite(costs), threads=threads)
    enough = firms.by_trade | (firms.alike >= np.where(odd, LEAST_ALIKE_IF_ODD, LEAST_ALIKE))
    # The same party is nearest, then one of a like name or of shared lots, then one whom the count alone speaks for.
    costs += np.where(firms.alike == 1, 0.0, np.where(firms.by_trade | (firms.alike >= LEAST_ALIKE), 1.5, 2.5))
    chosen, unsure = _one_to_one(pairs, costs, np.flatnonzero(np.isfinite(costs) & enough))
    rows = pairs.take(pa.array(chosen, pa.int64()))
    weighed = (ints(rows, "export_mass_g") > 0) & (ints(rows, "import_mass_g") > 0)
    said = [
        said_of_size(count[place], weight[place], weighed=both)
        for place, both in zip(chosen.tolist(), weighed.tolist(), strict=True)
    ]
    found = {
        "row_id": rows["import_row"],
        "leg_id": rows["export_row"],
        "other_row": rows["export_row"],
        "kind": pa.array(["both books"] * rows.num_rows, pa.string()),
        "why_merged": pa.array(_why(rows, chosen, said, firms), pa.string()),
    }
    return pa.table(found, schema=TABLES["legs"].schema), unsure


def _one_to_one(pairs: pa.Table, costs: Floats, possible: Ints) -> tuple[Ints, int]:
    """Pairs of which each record stands in one, and how many had a rival of another size as near.

    Most records have one possible partner, which has no other: these are done at once.
    """
    exports, imports = ints(pairs, "export_no")[possible], ints(pairs, "import_no")[possible]
    alone: Flags = np.ones(len(possible), np.bool_)
    for side in (exports, imports):
        _, place, many = np.unique(side, return_inverse=True, return_counts=True)
        alone &= many[place] == 1
    chosen, unsure = _nearest_first(pairs, costs, possible[~alone])
    return np.sort(np.concatenate([possible[alone], np.array(chosen, np.int64)])), unsure


def _nearest_first(pairs: pa.Table, costs: Floats, possible: Ints) -> tuple[list[int], int]:
    """Pairs in the order of their cost, each record once.

    Of rivals of the very same size it does not matter which is taken: the quantity counted is the same.
    """
    exports, imports, sizes = (ints(pairs, name) for name in ("export_no", "import_no", "export_quantity"))
    import_sizes = ints(pairs, "import_quantity")
    order = possible[np.lexsort((imports[possible], exports[possible], costs[possible]))].tolist()
    ends_of = {place: ((0, int(exports[place])), (1, int(imports[place]))) for place in order}
    rivals: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place in order:
        for end in ends_of[place]:
            rivals[end].append(place)
    taken: set[tuple[int, int]] = set()
    chosen, unsure = [], 0

    def best(end: tuple[int, int]) -> int:
        return next((one for one in rivals[end] if not taken.intersection(ends_of[one])), -1)

    for place in order:
        if taken.intersection(ends_of[place]):
            continue
        near = False
        for side, end in enumerate(ends_of[place]):
            for rival in rivals[end]:
                if costs[rival] > costs[place] + MARGIN:
                    break
                other = ends_of[rival][1 - side]
                apart = (import_sizes, sizes)[side]
                # A record that has a nearer partner of its own is no rival.
                near |= bool(other not in taken and apart[rival] != apart[place] and best(other) == rival)
        taken.update(ends_of[place])
        if near:
            unsure += 1
        else:
            chosen.append(place)
    return chosen, unsure


def _why(rows: pa.Table, chosen: Ints, said: list[str], firms: Likeness) -> list[str]:
    """For each pair, what agrees, in a sentence."""
    sentences = []
    told = zip(rows.to_pylist(), said, firms.alike[chosen].tolist(), firms.by_trade[chosen].tolist(), strict=True)
    for row, size, alike, by_trade in told:
        parties = "the same parties" if alike == 1 else _parties(row, alike, by_trade, firms.names)
        code = "the same code" if row["export_hs6"] == row["import_hs6"] else "codes of one family"
        if row["family"] != row["import_family"]:
            code = "codes of two families"
        value = ""
        if row["export_cents"] and row["import_cents"]:
            value = f", value {row['import_cents'] / row['export_cents']:.2f} times that of the export"
        sentences.append(
            f"export and import record of one leg: {parties}, {code}, {size}{value}, {row['lag']} days apart"
        )
    return sentences


def _parties(row: dict[str, int], alike: float, by_trade: bool, names: dict[int, list[str]]) -> str:
    sides = [side for side in ("seller", "buyer") if row[f"{side}_no"] != row[f"import_{side}_no"]]
    written = " and ".join(
        f"the {side} written '{names[row[f'{side}_no']][0][:60]}' and '{names[row[f'import_{side}_no']][0][:60]}'"
        for side in sides
    )
    trade = ", known to be one by lots of the same odd counts" if by_trade else ""
    return f"{written}, {alike:.2f} alike{trade}" + (", and the other party the same" if len(sides) == 1 else "")


def _set_aside(repeated: pa.Table, mirrored: pa.Table) -> pa.Table:
    """Every record that another one of its own book stands for, as `legs`; the leg may be counted in the other book."""
    counted = mirrored.filter(pc.is_in(mirrored["row_id"], value_set=repeated["counted_row"].combine_chunks()))
    other_book = dict(zip(counted["row_id"].to_pylist(), counted["leg_id"].to_pylist(), strict=True))
    rows = [
        {
            "row_id": row["row_id"],
            "leg_id": other_book.get(row["counted_row"], row["counted_row"]),
            "other_row": row["other_row"],
            "kind": row["kind"],
            "why_merged": WORDS[row["kind"]],
        }
        for row in repeated.to_pylist()
    ]
    return pa.Table.from_pylist(rows, schema=TABLES["legs"].schema)


def _step(name: str) -> Step:
    return read_step(HERE / f"{name}.sql")
