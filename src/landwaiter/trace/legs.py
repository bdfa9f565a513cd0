"""Which records speak of one leg? The seller's country and the buyer's both write it down; it must be counted once.

Precision goes first: two records become one only where the parties, the goods, the size and the days all agree and no
other record would do as well. What is ambiguous stays apart, and is then counted twice rather than lost.
"""

from collections import defaultdict
from pathlib import Path

import numpy as np
import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import Step, read_step
from landwaiter.tables import TABLES
from landwaiter.text.align import align
from landwaiter.text.columns import Flags, Floats, Ints
from landwaiter.text.forms import shape_names
from landwaiter.text.score import probability

HERE = Path(__file__).parent
# Names of one firm in two books, where the firm on the other side, the goods, the size and the days agree already.
LEAST_ALIKE = 0.8
_MOST_NAMES = 6
# An import is worth what was exported, plus freight and insurance; the rest is what yearly rates leave open.
VALUE_LOW, VALUE_HIGH, FREIGHT = 0.75, 1.45, 1.06
# A leg counted here and weighed there: how far the weight of a piece may lie from the median of its code.
WEIGHT_APART = 0.35
# A second pair of other size must cost so much more, or nobody can tell which of the two it is.
MARGIN = 0.5


def unify(corridor: Corridor, *, threads: int = 1) -> list[str]:
    """Put `legs`, one row for each record whose leg another record already counts; say how many there are, and of what.

    Reads `shipments`, `parties`, `party_numbers`, `goods_families` and `books`. Linear in the records but for those of
    one party, corridor, family and stretch of 64 days, which are all laid side by side.
    """
    corridor.run(_step("repeated_records"), {})
    for name in ("leg_records", "leg_pairs", "piece_weights", "leg_party_names"):
        corridor.run(_step(name), {})
    repeated = corridor.get("repeated_records")
    pairs = corridor.get("leg_pairs").sort_by([("export_no", "ascending"), ("import_no", "ascending")])
    mirrored, unsure = _mirrored(corridor, pairs, threads) if pairs.num_rows else ([], 0)
    corridor.put("legs", _as_legs(repeated.to_pylist(), mirrored))
    for name in ("repeated_records", "leg_records", "leg_pairs", "piece_weights", "leg_party_names"):
        corridor.drop(name)
    return _notes(repeated["kind"].to_pylist(), len(mirrored), unsure)


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


def _mirrored(corridor: Corridor, pairs: pa.Table, threads: int) -> tuple[list[dict[str, str]], int]:
    """The pairs of records that are one leg, and how many records had more than one partner."""
    alike = _alike(corridor, pairs, threads)
    sizes, said = _sizes(corridor, pairs)
    costs = sizes + _cost_of_terms(pairs) + np.where(alike < 1, 1.5, 0.0)
    possible = np.flatnonzero(np.isfinite(costs) & (alike >= LEAST_ALIKE))
    chosen, unsure = _one_to_one(pairs, costs, possible)
    rows = pairs.take(pa.array(chosen, pa.int64())).to_pylist()
    names = _names(corridor)
    found = [
        {
            "row_id": row["import_row"],
            "other_row": row["export_row"],
            "kind": "both books",
            "why_merged": _why(row, said[place], float(alike[place]), names),
        }
        for row, place in zip(rows, chosen, strict=True)
    ]
    return found, unsure


def _alike(corridor: Corridor, pairs: pa.Table, threads: int) -> Floats:
    """1 where both parties of two records are the same; else the lower likeness of the names that differ."""
    alike = np.ones(pairs.num_rows)
    names = _names(corridor)
    for one, other in (("seller_no", "import_seller_no"), ("buyer_no", "import_buyer_no")):
        left, right = _ints(pairs, one), _ints(pairs, other)
        differ = np.flatnonzero(left != right)
        asked = sorted({(int(left[place]), int(right[place])) for place in differ})
        score = dict(zip(asked, _scores(asked, names, threads), strict=True))
        found = np.array([score[int(left[place]), int(right[place])] for place in differ], np.float64)
        alike[differ] = np.minimum(alike[differ], found)
    # Never 1 by likeness alone: that stands for the same party.
    return np.where(alike < 1, np.round(alike, 4), 1.0)


def _scores(asked: list[tuple[int, int]], names: dict[int, list[str]], threads: int) -> list[float]:
    """The likeness of the nearest names of each pair of parties, under 1."""
    if not asked:
        return []
    owner, ours, theirs = [], [], []
    for place, (one, other) in enumerate(asked):
        for left in names[one][:_MOST_NAMES]:
            for right in names[other][:_MOST_NAMES]:
                owner.append(place)
                ours.append(left)
                theirs.append(right)
    texts = sorted({*ours, *theirs})
    place_of = {text: place for place, text in enumerate(texts)}
    forms = shape_names(texts)
    left_names, right_names = (np.array([place_of[text] for text in side], np.int64) for side in (ours, theirs))
    found = probability(align(forms, left_names, forms, right_names, threads=threads))
    best = np.zeros(len(asked))
    np.maximum.at(best, np.array(owner, np.int64), found)
    return [min(float(score), 0.9999) for score in best]


def _names(corridor: Corridor) -> dict[int, list[str]]:
    table = corridor.get("leg_party_names").to_pylist()
    return {row["party_no"]: sorted(row["names"]) for row in table}


def _sizes(corridor: Corridor, pairs: pa.Table) -> tuple[Floats, list[str]]:
    """What the count and the weight of two records cost, infinite where they contradict, and what was compared."""
    count = _count_cost(pairs)
    weight = _log_ratio(_ints(pairs, "export_mass_g"), _ints(pairs, "import_mass_g"))
    piece = _piece_cost(corridor, pairs)
    said, costs = [], np.full(pairs.num_rows, np.inf)
    for place in range(pairs.num_rows):
        if np.isfinite(count[place]):
            # The count alone tells them where it is the same to a hundredth; up to a twentieth the weight must say so.
            sure = count[place] <= 0.01 or (weight[place] <= 0.02 and count[place] <= 0.05)
            costs[place] = 40 * count[place] + _known(weight[place]) * 10 if sure else np.inf
            said.append("the same count" if count[place] == 0 else f"counts {count[place]:.1%} apart")
        elif np.isfinite(piece[place]):
            costs[place] = 1 + 4 * piece[place]
            said.append(f"a count and a weight that fit the usual weight of a piece within {piece[place]:.0%}")
        else:
            costs[place] = 0.5 + 40 * weight[place] if weight[place] <= 0.02 else np.inf
            said.append(f"weights {_known(weight[place]):.1%} apart")
    return costs, said


def _known(value: float) -> float:
    return float(value) if np.isfinite(value) else 0.0


def _count_cost(pairs: pa.Table) -> Floats:
    """How far two counts in one unit lie apart, as a logarithm; infinite where they cannot be compared."""
    left, right = _ints(pairs, "export_quantity"), _ints(pairs, "import_quantity")
    same_unit = np.array(pairs["export_unit"].to_pylist()) == np.array(pairs["import_unit"].to_pylist())
    return np.where(same_unit, _log_ratio(left, right), np.inf)


def _piece_cost(corridor: Corridor, pairs: pa.Table) -> Floats:
    """For a leg counted in one book and only weighed in the other, how far a piece's weight is from the usual one."""
    usual = {row["hs6"]: row["weight"] / 1e9 for row in corridor.get("piece_weights").to_pylist()}
    costs = np.full(pairs.num_rows, np.inf)
    sides = []
    for side in ("export", "import"):
        pieces = np.array([unit == "C62" for unit in pairs[f"{side}_unit"].to_pylist()]) & (
            _ints(pairs, f"{side}_quantity") > 0
        )
        sides.append((pieces, _ints(pairs, f"{side}_quantity"), _ints(pairs, f"{side}_mass_g"), pairs[f"{side}_hs6"]))
    for (counted, quantity, _, codes), (other_counted, _, mass, _) in (sides, sides[::-1]):
        for place in np.flatnonzero(counted & ~other_counted & (mass > 0)):
            weight = usual.get(codes[int(place)].as_py())
            apart = abs(np.log(mass[place] / quantity[place] / weight)) if weight else np.inf
            costs[place] = apart if apart <= WEIGHT_APART else np.inf
    return costs


def _cost_of_terms(pairs: pa.Table) -> Floats:
    """What value, days, code and papers cost; infinite where the value lies outside the band of freight and rates."""
    sent, came = _ints(pairs, "export_cents"), _ints(pairs, "import_cents")
    known = (sent > 0) & (came > 0)
    ratio = np.where(known, came / np.maximum(sent, 1), FREIGHT)
    value = np.where((ratio >= VALUE_LOW) & (ratio <= VALUE_HIGH), 4 * np.abs(np.log(ratio / FREIGHT)), np.inf)
    codes = np.array(pairs["export_hs6"].to_pylist()) != np.array(pairs["import_hs6"].to_pylist())
    lag = _ints(pairs, "lag")
    days = np.abs(lag - np.median(lag[lag <= 30]) if np.any(lag <= 30) else lag) / 20
    costs: Floats = value + np.where(known, 0.0, 0.5) + np.where(codes, 1.0, 0.0) + days
    return costs - 2 * _ints(pairs, "same_document")


def _one_to_one(pairs: pa.Table, costs: Floats, possible: Ints) -> tuple[list[int], int]:
    """Pairs in the order of their cost, each record once, and how many had a rival of another size as near.

    Of rivals of the very same size it does not matter which is taken: the quantity counted is the same.
    """
    exports, imports, sizes = (_ints(pairs, name) for name in ("export_no", "import_no", "export_quantity"))
    import_sizes = _ints(pairs, "import_quantity")
    order = possible[np.lexsort((imports[possible], exports[possible], costs[possible]))].tolist()
    ends_of = [((0, int(one)), (1, int(other))) for one, other in zip(exports, imports, strict=True)]
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
                near |= other not in taken and apart[rival] != apart[place] and best(other) == rival
        taken.update(ends_of[place])
        if near:
            unsure += 1
        else:
            chosen.append(place)
    return chosen, unsure


def _why(row: dict[str, str], size: str, alike: float, names: dict[int, list[str]]) -> str:
    parties = "the same parties"
    if alike < 1:
        sides = [side for side in ("seller", "buyer") if row[f"{side}_no"] != row[f"import_{side}_no"]]
        written = " and ".join(
            f"the {side} written '{names[int(row[f'{side}_no'])][0][:60]}' and "
            f"'{names[int(row[f'import_{side}_no'])][0][:60]}'"
            for side in sides
        )
        parties = f"{written}, {alike:.2f} alike" + (", and the other party the same" if len(sides) == 1 else "")
    code = "the same code" if row["export_hs6"] == row["import_hs6"] else "codes of one family"
    value = ""
    if int(row["export_cents"]) and int(row["import_cents"]):
        value = f", value {int(row['import_cents']) / int(row['export_cents']):.2f} times that of the export"
    return f"export and import record of one leg: {parties}, {code}, {size}{value}, {row['lag']} days apart"


def _as_legs(repeated: list[dict[str, str]], mirrored: list[dict[str, str]]) -> pa.Table:
    """Every record that is not counted, with the one that is, however many steps lie between."""
    words = {
        "repeated": "the same line of the same book, given again",
        "corrected": "the same number, parties, code and route; the later record corrects the earlier",
    }
    rows = {row["row_id"]: {**row, "why_merged": words[row["kind"]]} for row in repeated}
    rows |= {row["row_id"]: row for row in mirrored}
    for row in rows.values():
        leg = row["other_row"]
        while leg in rows:
            leg = rows[leg]["other_row"]
        row["leg_id"] = leg
    return pa.Table.from_pylist([rows[key] for key in sorted(rows)], schema=TABLES["legs"].schema)


def _log_ratio(left: Ints, right: Ints) -> Floats:
    """The distance of two sizes as a logarithm; infinite where one is not known."""
    known: Flags = (left > 0) & (right > 0)
    apart: Floats = np.abs(np.log(np.maximum(right, 1) / np.maximum(left, 1)))
    return np.where(known, apart, np.inf)


def _ints(table: pa.Table, name: str) -> Ints:
    return np.asarray(table[name], np.int64)


def _step(name: str) -> Step:
    return read_step(HERE / f"{name}.sql")
