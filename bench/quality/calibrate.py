"""Which weights make the score a probability? Fits them on made worlds that no bench judges, and prints weights.csv.

Run with: ./run bench quality/calibrate > weights.csv && mv weights.csv src/landwaiter/assess/weights.csv
"""

import argparse
import sys

import numpy as np
from diversions import Judged, Subject, judged_world

from landwaiter.assess.fuse import Pointer, score
from landwaiter.flags.judge import find_flags

SEEDS = tuple(range(1, 13))
VIEWS = "cba"
# A weak pull towards no opinion: a flag that fired twice in all worlds must not weigh like a law of nature.
PULL = 0.5
Weights = dict[tuple[str, str], float]


def fit(features: np.ndarray, guilty: np.ndarray) -> np.ndarray:
    """Logistic weights, the intercept first, none but the intercept below zero: more evidence never lowers a score."""
    design = np.column_stack([np.ones(len(features)), features])
    weights = np.zeros(design.shape[1])
    pull = np.full(design.shape[1], PULL)
    pull[0] = 0.0
    step = 4.0 / (np.linalg.norm(design, 2) ** 2 / len(design) + PULL)
    for _ in range(20_000):
        expected = 1 / (1 + np.exp(-(design @ weights)))
        weights = weights - step * (design.T @ (expected - guilty) / len(design) + pull * weights / len(design))
        weights[1:] = np.maximum(weights[1:], 0)
    return weights


def party_weights(worlds: list[Judged], flags: list[str]) -> Weights:
    """Fit on every party that some flag pointed at; whom a list alone names is left out, and who buys from a scheme."""
    parties = [
        (one, float(world.view == "c"))
        for world in worlds
        for one in world.subjects
        if one.kind == "party" and set(one.strengths) & set(flags) and one.name not in world.truth.aside
    ]
    # Of a flag that never fired these worlds know nothing: it keeps the weight of one that is not fitted.
    fired = {flag for one, _ in parties for flag in one.strengths}
    print("never fired:", ", ".join(sorted(set(flags) - fired)) or "none", file=sys.stderr)
    flags = [flag for flag in flags if flag in fired]
    # In whose books a party was seen counts too: a hub's own books are right more often than what is inferred.
    features = np.array([[*(one.strengths.get(flag, 0.0) for flag in flags), is_c] for one, is_c in parties])
    fitted = fit(features, np.array([one.is_guilty for one, _ in parties], dtype=float))
    return {("party", term): float(w) for term, w in zip(["intercept", *flags, "view_c"], fitted, strict=True)}


def pointers(world: Judged, one: Subject) -> list[Pointer]:
    """What a run would add up for this party."""
    found = [Pointer("", flag, value) for flag, value in one.strengths.items()]
    return [*found, Pointer("", "view_c", 1.0)] if world.view == "c" else found


def route_weights(worlds: list[Judged]) -> Weights:
    """Fit on every route whose share jumped."""
    routes = [one for world in worlds for one in world.subjects if one.kind == "route"]
    features = np.array([[one.strengths.get("hub_share_jump", 0.0)] for one in routes]).reshape(-1, 1)
    fitted = fit(features, np.array([one.is_guilty for one in routes], dtype=float))
    return {("route", "intercept"): float(fitted[0]), ("route", "hub_share_jump"): float(fitted[1])}


def chain_weights(worlds: list[Judged], weights: Weights) -> Weights:
    """Fit on every chain, with the score of its most suspicious relaying party."""
    rows, guilty = [], []
    for world in worlds:
        scores = {
            one.id: score("party", pointers(world, one), weights) for one in world.subjects if one.kind == "party"
        }
        for one in world.subjects:
            if one.kind == "chain":
                hub = max((scores.get(hub, 0.0) for hub in one.hubs), default=0.0)
                rows.append([one.strengths.get("chain", 0.0), hub])
                guilty.append(one.is_guilty)
    fitted = fit(np.array(rows), np.array(guilty, dtype=float))
    return {("chain", term): float(w) for term, w in zip(["intercept", "chain", "hub"], fitted, strict=True)}


def weights_of(worlds: list[Judged]) -> Weights:
    """The weights of all kinds of subjects."""
    all_flags = find_flags()
    by_list = {"listed": 1.0, "owned_by_listed": 1.0, "maybe_owned_by_listed": 0.5}
    party = [flag.name for flag in all_flags if "'party'" in flag.sql and flag.name not in by_list]
    weights = party_weights(worlds, sorted(party))
    # Not fitted: made worlds do not say how often a listed name is a namesake. At full strength, and with nothing else,
    # it lifts a party to even odds; what may be owned lifts it half as far.
    for flag, part in by_list.items():
        weights["party", flag] = -weights["party", "intercept"] * part
    weights |= chain_weights(worlds, weights)
    if any(one.kind == "route" for world in worlds for one in world.subjects):
        weights |= route_weights(worlds)
    return weights


def show(worlds: list[Judged], rows: int, seeds: list[int]) -> None:
    """Print the file."""
    weights = weights_of(worlds)
    count = {kind: sum(one.kind == kind for w in worlds for one in w.subjects) for kind in ("party", "chain", "route")}
    print("# How much each red flag weighs in the log-odds of a party, chain or route, at full strength.")
    print(
        f"# Fitted by bench/quality/calibrate.py on {len(worlds)} made worlds of {rows:,} legs, in views c, b and a by"
    )
    print(f"# turns, seeds {min(seeds)} to {max(seeds)}: {count['party']:,} parties, {count['chain']:,} chains and")
    print(
        f"# {count['route']:,} routes. So many schemes as there are in them (19 in {rows:,} legs) is what it expects."
    )
    print("subject_kind,term,weight")
    for (kind, term), weight in weights.items():
        print(f"{kind},{term},{weight:.3f}")


def main() -> None:
    """Judge the worlds of calibration and fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    options = parser.parse_args()
    worlds = []
    for place, seed in enumerate(options.seeds):
        worlds.append(judged_world(options.rows, seed, VIEWS[place % len(VIEWS)]))
        print(f"world {place + 1} of {len(options.seeds)}", file=sys.stderr, flush=True)
    show(worlds, options.rows, options.seeds)


if __name__ == "__main__":
    main()
