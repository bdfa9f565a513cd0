"""Which weights make the score a probability? Fits them on made worlds that no bench judges, and prints weights.csv.

Run with: ./run bench quality/calibrate > src/landwaiter/assess/weights.csv
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np
from leads import Judged, judged_world

from landwaiter.assess.fuse import Pointer, score
from landwaiter.flags.judge import find_flags

SEEDS = tuple(range(1, 25))
# A weak pull towards no opinion: a flag that fired twice in all worlds must not weigh like a law of nature.
PULL = 0.5


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


def party_weights(worlds: list[Judged], flags: list[str]) -> dict[tuple[str, str], float]:
    """Fit on every party that some flag pointed at."""
    parties = [
        (strengths, party in world.guilty)
        for world in worlds
        for party, strengths in sorted(world.strengths.items())
        if party.startswith("p-")
    ]
    features = np.array([[strengths.get(flag, 0.0) for flag in flags] for strengths, _ in parties])
    fitted = fit(features, np.array([guilty for _, guilty in parties], dtype=float))
    return {("party", term): float(w) for term, w in zip(["intercept", *flags], fitted, strict=True)}


def chain_weights(worlds: list[Judged], weights: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """Fit on every chain, with the score of its most suspicious relaying party."""
    rows, guilty = [], []
    for world in worlds:
        scores = {
            party: score("party", [Pointer("", flag, value) for flag, value in strengths.items()], weights)
            for party, strengths in world.strengths.items()
            if party.startswith("p-")
        }
        for _, strength, hubs, wholly in world.chains:
            rows.append([strength, max((scores.get(hub, 0.0) for hub in hubs), default=0.0)])
            guilty.append(wholly)
    fitted = fit(np.array(rows), np.array(guilty, dtype=float))
    return {("chain", term): float(w) for term, w in zip(["intercept", "chain", "hub"], fitted, strict=True)}


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=60_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    options = parser.parse_args()
    worlds = []
    for seed in options.seeds:
        with tempfile.TemporaryDirectory() as folder:
            worlds.append(judged_world(options.rows, seed, Path(folder), 4096))
    flags = sorted(f.name for f in find_flags() if f.name not in ("chain", "hub_share_jump", "listed"))
    weights = party_weights(worlds, flags)
    # Not fitted: made worlds do not say how often a listed name is a namesake. At full strength, and with nothing else,
    # it lifts a party to even odds.
    weights["party", "listed"] = -weights["party", "intercept"]
    weights |= chain_weights(worlds, weights)
    parties = sum(len(world.scores) for world in worlds)
    chains = sum(len(world.chains) for world in worlds)
    print("# How much each red flag weighs in the log-odds of a party or a chain, at full strength.")
    print(f"# Fitted by bench/quality/calibrate.py on {len(worlds)} made worlds of {options.rows:,} rows,")
    print(f"# seeds {min(options.seeds)} to {max(options.seeds)}: {parties:,} parties and {chains:,} chains.")
    print("subject_kind,term,weight")
    for (kind, term), weight in weights.items():
        print(f"{kind},{term},{weight:.3f}")


if __name__ == "__main__":
    main()
