"""Which weights make the score a probability? Fits them on made worlds that no bench judges, and prints weights.csv.

Run with: ./run bench quality/calibrate > weights.csv && mv weights.csv src/landwaiter/assess/weights.csv

A world has so many schemes whatever its size, and honest firms by the row. So the honest of a world of 100,000 legs,
but for the look-alikes, count ten times when the score shall be right for a book of a million.
"""

import argparse
import sys

import numpy as np
from diversions import Judged, Subject, judged_world

from landwaiter.assess.fuse import UNFITTED, Pointer, score
from landwaiter.flags.judge import find_flags

SEEDS = tuple(range(1, 13))
VIEWS = "cb"
# A weak pull towards no opinion: a flag that fired twice in all worlds must not weigh like a law of nature.
PULL = 1.0
# Made worlds give such owners and addresses to schemes and look-alikes alone, so that they do not say how often an
# honest firm has them: these weigh as a flag that is not fitted.
PLANTED_ONLY = (
    "circular_owners", "divested_owner", "layered_owners", "listed_address", "mass_address", "minority_owner",
)  # fmt: skip
Weights = dict[tuple[str, str], float]


def fit(features: np.ndarray, guilty: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Logistic weights, the intercept first, none but the intercept below zero: more evidence never lowers a score.

    Newton's steps among the weights that are above zero, until none of the others would leave it.

    Args:
        counts: for how many such subjects each one stands.
    """
    design = np.column_stack([np.ones(len(features)), features])
    weights = np.zeros(design.shape[1])
    pull = np.full(design.shape[1], PULL)
    pull[0] = 1e-6
    free = np.ones(design.shape[1], bool)
    for _ in range(500):
        expected = 1 / (1 + np.exp(-(design @ weights)))
        slope = design.T @ (counts * (expected - guilty)) + pull * weights
        # A weight at zero that would go below stays there.
        free[1:] = (weights[1:] > 0) | (slope[1:] < 0)
        bend = (design * (counts * expected * (1 - expected))[:, None]).T @ design + np.diag(pull)
        change = np.zeros_like(weights)
        change[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        weights = weights - change * min(1.0, 1.0 / max(float(np.abs(change).max()), 1e-12))
        weights[1:] = np.maximum(weights[1:], 0)
        if np.abs(change).max() < 1e-7:
            break
    return weights


def counts_of(worlds: list[Judged], chosen: list[tuple[Judged, Subject]], legs: int) -> np.ndarray:
    """For how many subjects each one stands in a book of so many legs: the honest, but for look-alikes, for more."""
    twins = {id(world): set().union(*world.truth.twins.values()) for world in worlds}
    return np.array(
        [1.0 if one.is_guilty or one.name in twins[id(world)] else max(1.0, legs / world.legs) for world, one in chosen]
    )


def party_weights(worlds: list[Judged], flags: list[str], legs: int) -> Weights:
    """Fit on every party that some flag pointed at; whom a list alone names is left out, and who buys from a scheme."""
    parties = [
        (world, one)
        for world in worlds
        for one in world.subjects
        if one.kind == "party" and set(one.strengths) & set(flags) and one.name not in world.truth.aside
    ]
    # Of a flag that never fired these worlds know nothing: it keeps the weight of one that is not fitted.
    fired = {flag for _, one in parties for flag in one.strengths}
    print("never fired:", ", ".join(sorted(set(flags) - fired)) or "none", file=sys.stderr)
    flags = [flag for flag in flags if flag in fired]
    # In whose books a party was seen counts too: a hub's own books are right more often than what is inferred.
    features = np.array(
        [[*(one.strengths.get(flag, 0.0) for flag in flags), float(world.view == "c")] for world, one in parties]
    )
    guilty = np.array([one.is_guilty for _, one in parties], dtype=float)
    fitted = fit(features, guilty, counts_of(worlds, parties, legs))
    return {("party", term): float(w) for term, w in zip(["intercept", *flags, "view_c"], fitted, strict=True)}


def pointers(world: Judged, one: Subject) -> list[Pointer]:
    """What a run would add up for this party."""
    found = [Pointer("", flag, value) for flag, value in one.strengths.items()]
    return [*found, Pointer("", "view_c", 1.0)] if world.view == "c" else found


def route_weights(worlds: list[Judged], legs: int) -> Weights:
    """Fit on every route whose share jumped."""
    routes = [(world, one) for world in worlds for one in world.subjects if one.kind == "route"]
    features = np.array([[one.strengths.get("hub_share_jump", 0.0)] for _, one in routes]).reshape(-1, 1)
    guilty = np.array([one.is_guilty for _, one in routes], dtype=float)
    fitted = fit(features, guilty, counts_of(worlds, routes, legs))
    return {("route", "intercept"): float(fitted[0]), ("route", "hub_share_jump"): float(fitted[1])}


def chain_weights(worlds: list[Judged], weights: Weights, legs: int) -> Weights:
    """Fit on every chain, with the score of its most suspicious relaying party."""
    rows, chains = [], []
    for world in worlds:
        scores = {
            one.id: score("party", pointers(world, one), weights) for one in world.subjects if one.kind == "party"
        }
        for one in world.subjects:
            if one.kind == "chain":
                hub = max((scores.get(hub, 0.0) for hub in one.hubs), default=0.0)
                rows.append([one.strengths.get("chain", 0.0), hub])
                chains.append((world, one))
    guilty = np.array([one.is_guilty for _, one in chains], dtype=float)
    fitted = fit(np.array(rows), guilty, counts_of(worlds, chains, legs))
    return {("chain", term): float(w) for term, w in zip(["intercept", "chain", "hub"], fitted, strict=True)}


def weights_of(worlds: list[Judged], legs: int) -> Weights:
    """The weights of all kinds of subjects."""
    all_flags = find_flags()
    by_list = {"listed": 1.0, "owned_by_listed": 1.0, "maybe_owned_by_listed": 0.5}
    party = [flag.name for flag in all_flags if "'party'" in flag.sql and flag.name not in by_list]
    party = [name for name in party if name not in PLANTED_ONLY]
    weights = party_weights(worlds, sorted(party), legs)
    # Not fitted: made worlds do not say how often a listed name is a namesake. At full strength, and with nothing else,
    # it lifts a party to even odds; what may be owned lifts it half as far.
    for flag, part in by_list.items():
        weights["party", flag] = -weights["party", "intercept"] * part
    weights |= {("party", flag): UNFITTED for flag in PLANTED_ONLY}
    weights |= chain_weights(worlds, weights, legs)
    if any(one.kind == "route" for world in worlds for one in world.subjects):
        weights |= route_weights(worlds, legs)
    return weights


def show(worlds: list[Judged], legs: int, seeds: list[int]) -> None:
    """Print the file."""
    weights = weights_of(worlds, legs)
    count = {kind: sum(one.kind == kind for w in worlds for one in w.subjects) for kind in ("party", "chain", "route")}
    views = ", ".join(f"{sum(w.view == view for w in worlds)} in view {view}" for view in sorted(VIEWS))
    print("# How much each red flag weighs in the log-odds of a party, chain or route, at full strength.")
    made = f"{worlds[0].legs:,} legs, {views}, seeds {min(seeds)} to {max(seeds)}"
    print(f"# Fitted by bench/quality/calibrate.py on made worlds of {made}:")
    print(f"# {count['party']:,} parties, {count['chain']:,} chains and {count['route']:,} routes. It expects so many")
    print(f"# schemes as there are in one of them, 19, in {legs:,} legs.")
    print("subject_kind,term,weight")
    for (kind, term), weight in weights.items():
        print(f"{kind},{term},{weight:.3f}")


def main() -> None:
    """Judge the worlds of calibration, each in every view, and fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="legs of each world")
    parser.add_argument("--legs", type=int, default=1_000_000, help="legs of the books for which the score is right")
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    options = parser.parse_args()
    worlds = []
    for seed in options.seeds:
        for view in VIEWS:
            worlds.append(judged_world(options.rows, seed, view))
            print(f"seed {seed}, view {view}", file=sys.stderr, flush=True)
    show(worlds, options.legs, options.seeds)


if __name__ == "__main__":
    main()
