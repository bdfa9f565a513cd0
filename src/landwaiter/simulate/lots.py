"""Which lots move? Expands relations into arrivals, and arrivals into the lots that leave again."""

import numpy as np
import numpy.typing as npt

from landwaiter.simulate.facts import Floats, Ints, goods
from landwaiter.simulate.relations import Relations

LOT = np.dtype(
    [
        ("relation", "i8"),
        ("seller", "i8"),
        ("buyer", "i8"),
        ("day", "i8"),
        ("quantity", "i8"),
        ("mass_g", "f8"),
        ("usd", "f8"),
        ("good", "i8"),
        ("origin", "i8"),
        ("is_onward", "?"),
        ("stage", "i8"),
    ],
    align=True,
)
Lots = npt.NDArray[np.void]


def arrivals(rng: np.random.Generator, trade: Relations) -> Lots:
    """The lots that each relation's buyer takes from its suppliers, by relation and day."""
    made = goods()
    relation = np.repeat(np.arange(len(trade)), trade["lots"])
    many = len(relation)
    lots = np.zeros(many, dtype=LOT)
    lots["relation"], lots["buyer"] = relation, trade["buyer"][relation]
    first, span = trade["first"][relation], (trade["last"] - trade["first"])[relation]
    when = (_position(trade["lots"]) + rng.random(many)) / trade["lots"][relation]
    # More in one part of the year than in the other; the swing is too small to reverse the order.
    turns = span / 365.0
    swing = 0.06 / np.maximum(turns, 0.5)
    when = np.clip(when + swing * np.sin(2 * np.pi * (when * turns + trade["season"][relation])), 0.0, 0.9999)
    day = first + np.floor(when * (span + 1)).astype(np.int64)
    size = trade["lot_log"][relation] + trade["lot_spread"][relation] * rng.standard_normal(many)
    quantity = _packed(np.exp(size), trade["pack"][relation])
    lots["quantity"], lots["seller"] = quantity, _supplier(rng, trade["suppliers"][relation])
    lots["good"], lots["origin"] = trade["good"][relation], trade["origin"][relation]
    grams = 1000 * made.kg[trade["good"]][relation]
    lots["mass_g"] = quantity * grams * np.exp(0.03 * rng.standard_normal(many))
    lots["usd"] = quantity * np.exp(trade["price_log"][relation] + 0.05 * rng.standard_normal(many))
    order = np.lexsort((day, relation))
    lots["day"] = day[order]  # Nothing else tells one lot of a relation from the next yet.
    return lots


def departures(rng: np.random.Generator, trade: Relations, arrived: Lots, last_day: int) -> Lots:
    """What leaves again: arrivals merged, a part of them cut in pieces, each to one of the buyer's customers."""
    groups = _merged(rng, trade, arrived)
    of = groups["relation"]
    pieces = rng.integers(trade["pieces_low"][of], trade["pieces_high"][of] + 1)
    pieces = np.minimum(pieces, np.maximum(groups["quantity"], 1))
    lots = np.repeat(groups, pieces)
    of, whole, many = lots["relation"], np.array(lots["quantity"]), len(lots)
    lots["quantity"] = _cut(rng, groups["quantity"], pieces)
    part = lots["quantity"] / np.maximum(whole, 1)
    lots["mass_g"] *= part
    lots["usd"] *= part * (1 + trade["margin"][of]) * np.exp(0.04 * rng.standard_normal(many))
    low, high = trade["lag_low"][of], trade["lag_high"][of]
    lots["day"] += low + np.floor(rng.random(many) ** 1.5 * (high - low + 1)).astype(np.int64)
    _change_goods(rng, lots, trade, of)
    lots["seller"], lots["is_onward"], lots["stage"] = trade["buyer"][of], True, lots["stage"] + 1
    lots["buyer"] = _customer(rng, trade, of, lots["day"])
    return lots[(lots["buyer"] >= 0) & (lots["quantity"] > 0) & (lots["day"] <= last_day)]


def _merged(rng: np.random.Generator, trade: Relations, arrived: Lots) -> Lots:
    """Put `merge` arrivals of a relation together and keep the part that moves on."""
    counts = np.bincount(arrived["relation"], minlength=len(trade))
    position = _position(counts)
    starts = np.flatnonzero(position % np.maximum(trade["merge"][arrived["relation"]], 1) == 0)
    if not len(starts):
        return arrived[:0]
    groups = np.array(arrived[starts])
    ends = np.append(starts[1:], len(arrived)) - 1
    for field in ("quantity", "mass_g", "usd"):
        groups[field] = np.add.reduceat(arrived[field], starts)
    groups["day"] = arrived["day"][ends]
    of = groups["relation"]
    keep = trade["keep_low"][of] + rng.random(len(groups)) * (trade["keep_high"] - trade["keep_low"])[of]
    kept = np.floor(groups["quantity"] * keep + 1e-9).astype(np.int64)
    part = kept / np.maximum(groups["quantity"], 1)
    groups["mass_g"], groups["usd"], groups["quantity"] = groups["mass_g"] * part, groups["usd"] * part, kept
    moves = (rng.random(len(groups)) < trade["passes"][of]) & (kept > 0)
    return np.asarray(groups[moves])


def _cut(rng: np.random.Generator, quantity: Ints, pieces: Ints) -> Ints:
    """Whole numbers that add up to each quantity, in Dirichlet shares of at least a twentieth."""
    starts = np.cumsum(pieces) - pieces
    weight = rng.exponential(1.0, int(pieces.sum())) + 0.1
    running = np.cumsum(weight)
    before = np.repeat(running[starts] - weight[starts], pieces)
    total = np.repeat(np.add.reduceat(weight, starts), pieces) if len(starts) else weight
    # Cut points are floors of running shares, so that the pieces add up; the last one is the whole.
    cuts = np.floor((running - before) / total * np.repeat(quantity, pieces) + 1e-6).astype(np.int64)
    if len(starts):
        cuts[starts + pieces - 1] = quantity
    sizes = np.diff(cuts, prepend=0)
    sizes[starts] = cuts[starts]
    return np.asarray(sizes)


def _change_goods(rng: np.random.Generator, lots: Lots, trade: Relations, of: Ints) -> None:
    """Goods under another code; where pieces become other things, their mass and home change too."""
    lots["good"], lots["origin"] = trade["good_out"][of], trade["origin_out"][of]
    changed = np.flatnonzero(trade["ratio"][of] > 1)
    good = lots["good"][changed]
    fewer = np.maximum(1, lots["quantity"][changed] // trade["ratio"][of[changed]])
    lots["mass_g"][changed] = fewer * goods().kg[good] * 1000 * np.exp(0.03 * rng.standard_normal(len(changed)))
    lots["usd"][changed] = fewer * goods().usd[good] * np.exp(0.1 * rng.standard_normal(len(changed)))
    lots["quantity"][changed] = fewer


def _customer(rng: np.random.Generator, trade: Relations, of: Ints, day: Ints) -> Ints:
    """One of the customers that buy on that day, by weight; -1 where there is none."""
    buys = (trade["since"][of] <= day[:, None]) & (day[:, None] <= trade["until"][of])
    running = np.cumsum(trade["weights"][of] * buys, axis=1)
    drawn = rng.random(len(of)) * running[:, -1]
    slot = np.minimum((running <= drawn[:, None]).sum(axis=1), running.shape[1] - 1)
    return np.asarray(np.where(running[:, -1] > 0, trade["customers"][of, slot], -1))


def _supplier(rng: np.random.Generator, suppliers: Ints) -> Ints:
    """Six lots in ten come from the first supplier where there are several."""
    there = (suppliers >= 0).sum(axis=1)
    drawn = rng.random(len(suppliers))
    slot = np.where(drawn < 0.6, 0, np.where(drawn < 0.88, 1, 2))
    return np.asarray(suppliers[np.arange(len(suppliers)), np.minimum(slot, there - 1)])


def _packed(quantity: Floats, pack: Ints) -> Ints:
    return np.asarray(np.maximum(1, np.round(quantity / pack)) * pack).astype(np.int64)


def _position(counts: Ints) -> Ints:
    """0, 1, 2 ... within each of the runs of these lengths."""
    return np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
