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
    ]
)
Lots = npt.NDArray[np.void]


def arrivals(rng: np.random.Generator, trade: Relations) -> Lots:
    """The lots that each relation's buyer takes from its suppliers, by relation and day."""
    made = goods()
    relation = np.repeat(np.arange(len(trade)), trade["lots"])
    many = len(relation)
    facts = trade[relation]
    lots = np.zeros(many, dtype=LOT)
    lots["relation"], lots["buyer"] = relation, facts["buyer"]
    when = (_position(trade["lots"]) + rng.random(many)) / facts["lots"]
    # More in one part of the year than in the other; the swing is too small to reverse the order.
    turns = (facts["last"] - facts["first"]) / 365.0
    swing = 0.06 / np.maximum(turns, 0.5)
    when = np.clip(when + swing * np.sin(2 * np.pi * (when * turns + facts["season"])), 0.0, 0.9999)
    lots["day"] = facts["first"] + np.floor(when * (facts["last"] - facts["first"] + 1)).astype(np.int64)
    lots["quantity"] = _packed(np.exp(facts["lot_log"] + facts["lot_spread"] * rng.normal(size=many)), facts["pack"])
    lots["seller"] = _supplier(rng, facts["suppliers"])
    lots["good"], lots["origin"] = facts["good"], facts["origin"]
    lots["mass_g"] = lots["quantity"] * made.kg[lots["good"]] * 1000 * np.exp(rng.normal(0, 0.03, many))
    lots["usd"] = lots["quantity"] * np.exp(facts["price_log"] + rng.normal(0, 0.05, many))
    return lots[np.lexsort((lots["day"], relation))]


def departures(rng: np.random.Generator, trade: Relations, arrived: Lots, last_day: int) -> Lots:
    """What leaves again: arrivals merged, a part of them cut in pieces, each to one of the buyer's customers."""
    groups, facts = _merged(rng, trade, arrived)
    pieces = rng.integers(facts["pieces_low"], facts["pieces_high"] + 1)
    pieces = np.minimum(pieces, np.maximum(groups["quantity"], 1))
    whole = np.repeat(groups, pieces)
    facts = np.repeat(facts, pieces)
    lots = np.array(whole)
    lots["quantity"] = _cut(rng, groups["quantity"], pieces)
    part = lots["quantity"] / np.maximum(whole["quantity"], 1)
    lots["mass_g"], lots["usd"] = whole["mass_g"] * part, whole["usd"] * part
    lots["day"] = whole["day"] + np.floor(
        facts["lag_low"] + rng.random(len(lots)) ** 1.5 * (facts["lag_high"] - facts["lag_low"] + 1)
    ).astype(np.int64)
    _change_goods(rng, lots, facts)
    lots["usd"] *= (1 + facts["margin"]) * np.exp(rng.normal(0, 0.04, len(lots)))
    lots["seller"], lots["is_onward"] = facts["buyer"], True
    lots["buyer"] = _customer(rng, facts, lots["day"])
    return lots[(lots["buyer"] >= 0) & (lots["quantity"] > 0) & (lots["day"] <= last_day)]


def _merged(rng: np.random.Generator, trade: Relations, arrived: Lots) -> tuple[Lots, Relations]:
    """Put `merge` arrivals of a relation together and keep the part that moves on."""
    counts = np.bincount(arrived["relation"], minlength=len(trade))
    position = _position(counts)
    starts = np.flatnonzero(position % np.maximum(trade["merge"][arrived["relation"]], 1) == 0)
    if not len(starts):
        return arrived[:0], trade[:0]
    groups = np.array(arrived[starts])
    ends = np.append(starts[1:], len(arrived)) - 1
    for field in ("quantity", "mass_g", "usd"):
        groups[field] = np.add.reduceat(arrived[field], starts)
    groups["day"] = arrived["day"][ends]
    facts = trade[groups["relation"]]
    keep = facts["keep_low"] + rng.random(len(groups)) * (facts["keep_high"] - facts["keep_low"])
    kept = np.floor(groups["quantity"] * keep + 1e-9).astype(np.int64)
    part = kept / np.maximum(groups["quantity"], 1)
    groups["mass_g"], groups["usd"], groups["quantity"] = groups["mass_g"] * part, groups["usd"] * part, kept
    moves = (rng.random(len(groups)) < facts["passes"]) & (kept > 0)
    return groups[moves], facts[moves]


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


def _change_goods(rng: np.random.Generator, lots: Lots, facts: Relations) -> None:
    """Goods under another code; where pieces become other things, their mass and home change too."""
    made_here = facts["ratio"] > 1
    lots["good"], lots["origin"] = facts["good_out"], facts["origin_out"]
    fewer = np.where(made_here, np.maximum(1, lots["quantity"] // np.maximum(facts["ratio"], 1)), lots["quantity"])
    mass = fewer * goods().kg[lots["good"]] * 1000 * np.exp(rng.normal(0, 0.03, len(lots)))
    lots["mass_g"] = np.where(made_here, mass, lots["mass_g"])
    lots["usd"] = np.where(made_here, fewer * goods().usd[lots["good"]], lots["usd"])
    lots["quantity"] = fewer


def _customer(rng: np.random.Generator, facts: Relations, day: Ints) -> Ints:
    """One of the customers that buy on that day, by weight; -1 where there is none."""
    open_ = (facts["since"] <= day[:, None]) & (day[:, None] <= facts["until"])
    running = np.cumsum(facts["weights"] * open_, axis=1)
    drawn = rng.random(len(facts)) * running[:, -1]
    slot = np.minimum((running <= drawn[:, None]).sum(axis=1), running.shape[1] - 1)
    return np.asarray(np.where(running[:, -1] > 0, facts["customers"][np.arange(len(facts)), slot], -1))


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
