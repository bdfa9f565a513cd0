"""Do the sizes and the terms of two records agree well enough to be those of one leg? A cost for each pair."""

import numpy as np
import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.text.columns import Flags, Floats, Ints

# An import is worth what was exported, plus freight and insurance; the rest is what yearly rates leave open.
VALUE_LOW, VALUE_HIGH, FREIGHT = 0.75, 1.45, 1.06
# A leg counted here and weighed there: how far the weight of a piece may lie from the median of its code.
WEIGHT_APART = 0.35
# Who receives weighs anew: two weights of one leg differ by so much at most.
SCALE_APART = 0.02


def cost_of_sizes(corridor: Corridor, pairs: pa.Table) -> tuple[Floats, Floats, Floats]:
    """What count and weight of two records cost, infinite where they contradict; how far counts and weights are apart.

    Two counts of one unit are compared first; then two weights; and a count with a weight only where one book has
    nothing else.
    """
    count = _count_apart(pairs)
    weight = _log_ratio(ints(pairs, "export_mass_g"), ints(pairs, "import_mass_g"))
    piece = _piece_apart(corridor, pairs)
    counted, weighed = np.isfinite(count), np.isfinite(weight)
    # The count alone tells them where it is the same to a hundredth; up to a twentieth the weight must say so.
    sure = (count <= 0.01) | ((weight <= SCALE_APART) & (count <= 0.05))
    by_count = np.where(sure, 40 * _known(count) + 10 * _known(weight), np.inf)
    by_weight = np.where(weight <= SCALE_APART, 0.5 + 40 * _known(weight), np.inf)
    costs = np.where(counted, by_count, np.where(weighed, by_weight, 1 + 4 * piece))
    # Codes of two families are those of one lot only within a chapter, and where count and weight both say so.
    foreign = texts(pairs, "family") != texts(pairs, "import_family")
    chapters = _chapters(pairs, "export_hs6") == _chapters(pairs, "import_hs6")
    costs[foreign & ~(chapters & (count == 0) & (weight <= SCALE_APART))] = np.inf
    return costs, count, np.where(weighed, weight, piece)


def said_of_size(count: float, weight: float, *, weighed: bool) -> str:
    """What was compared of the sizes, in words."""
    if np.isfinite(count):
        return "the same count" if count == 0 else f"counts {count:.1%} apart"
    if weighed:
        return f"weights {weight:.1%} apart"
    return f"a count and a weight that fit the usual weight of a piece within {weight:.0%}"


def cost_of_terms(pairs: pa.Table) -> Floats:
    """What value, days, code and papers cost; infinite where the value lies outside the band of freight and rates."""
    sent, came = ints(pairs, "export_cents"), ints(pairs, "import_cents")
    known = (sent > 0) & (came > 0)
    ratio = np.where(known, np.maximum(came, 1) / np.maximum(sent, 1), FREIGHT)
    value = np.where((ratio >= VALUE_LOW) & (ratio <= VALUE_HIGH), 4 * np.abs(np.log(ratio / FREIGHT)), np.inf)
    codes = texts(pairs, "export_hs6") != texts(pairs, "import_hs6")
    lag = ints(pairs, "lag")
    days = np.abs(lag - np.median(lag[lag <= 30]) if np.any(lag <= 30) else lag) / 20
    costs: Floats = value + np.where(known, 0.0, 0.5) + np.where(codes, 1.0, 0.0) + days
    return costs - 2 * ints(pairs, "same_document")


def odd_and_same(pairs: pa.Table) -> Flags:
    """Whether both records count the very same, and a number that chance does not repeat."""
    sent = ints(pairs, "export_quantity")
    same = (sent == ints(pairs, "import_quantity")) & (texts(pairs, "export_unit") == texts(pairs, "import_unit"))
    odd: Flags = same & (sent >= 10_000) & (sent % 100_000 != 0)
    return odd


def _count_apart(pairs: pa.Table) -> Floats:
    """How far two counts in one unit lie apart, as a logarithm; infinite where they cannot be compared."""
    same_unit = texts(pairs, "export_unit") == texts(pairs, "import_unit")
    apart = _log_ratio(ints(pairs, "export_quantity"), ints(pairs, "import_quantity"))
    return np.where(same_unit, apart, np.inf)


def _piece_apart(corridor: Corridor, pairs: pa.Table) -> Floats:
    """For a leg counted in one book and weighed in the other, how far a piece's weight is from the usual one."""
    usual = {row["hs6"]: row["weight"] / 1e9 for row in corridor.get("piece_weights").to_pylist()}
    apart = np.full(pairs.num_rows, np.inf)
    sides = []
    for side in ("export", "import"):
        quantity = ints(pairs, f"{side}_quantity")
        pieces = (texts(pairs, f"{side}_unit") == "C62") & (quantity > 0)
        sides.append((pieces, quantity, ints(pairs, f"{side}_mass_g"), texts(pairs, f"{side}_hs6")))
    for (counted, quantity, _, codes), (other_counted, _, mass, _) in (sides, sides[::-1]):
        places = np.flatnonzero(counted & ~other_counted & (mass > 0))
        weight = np.array([usual.get(code, 0.0) for code in codes[places].tolist()], np.float64)
        ratio = mass[places] / quantity[places] / np.where(weight > 0, weight, 1.0)
        far = np.where(weight > 0, np.abs(np.log(ratio)), np.inf)
        apart[places] = np.where(far <= WEIGHT_APART, far, np.inf)
    return apart


def _chapters(pairs: pa.Table, name: str) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array([code[:2] for code in texts(pairs, name).tolist()], object)


def _known(apart: Floats) -> Floats:
    return np.where(np.isfinite(apart), apart, 0.0)


def _log_ratio(left: Ints, right: Ints) -> Floats:
    """The distance of two sizes as a logarithm; infinite where one is not known."""
    known: Flags = (left > 0) & (right > 0)
    apart: Floats = np.abs(np.log(np.maximum(right, 1) / np.maximum(left, 1)))
    return np.where(known, apart, np.inf)


def ints(table: pa.Table, name: str) -> Ints:
    """A column of whole numbers."""
    return np.asarray(table[name], np.int64)


def texts(table: pa.Table, name: str) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """A column of short texts."""
    return np.asarray(table[name].to_numpy(zero_copy_only=False), object)
