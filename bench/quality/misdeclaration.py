"""How well is a false declaration told from its likes? Real labelled declarations, learned from 2020, judged on 2021.

    python bench/quality/misdeclaration.py [--data ../shared/data/trade] [--peer-python PYTHON]

The declarations are synthesised from inspected ones by their publisher, so that cells of goods, price and country
repeat more often than in a service's own books. A peer, gradient boosted trees, runs where PYTHON has scikit-learn.
"""

import argparse
import json
import subprocess
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from landwaiter.assess.misdeclaration import Layout, learn, score

GOODS = "HS6 Code"
AMOUNTS = ("Net Mass", "Item Price")
NOT_KNOWN_BEFORE = {"Declaration ID", "Date", "Fraud", "Critical Fraud"}
SHARES = (0.01, 0.05, 0.10)
GOALS = "goal                                              0.840              0.950   0.920   0.780"
PEER = """
import json, sys
import numpy as np, pyarrow.parquet as pq
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.preprocessing import TargetEncoder, OrdinalEncoder
folder, texts, amounts = json.loads(sys.argv[1])
train, valid = (pq.read_table(f"{folder}/kcs_declarations_{part}.parquet") for part in ("train", "valid"))
cells = lambda rows: np.array([[str(v) for v in rows.column(n).to_pylist()] for n in texts], dtype=object).T
sizes = lambda rows: np.array([rows.column(n).to_numpy() for n in amounts], dtype=float).T
said = np.array(train.column("Fraud").to_numpy())
coded = TargetEncoder(random_state=0).fit(cells(train), said)
ours = np.hstack([TargetEncoder(random_state=0).fit_transform(cells(train), said), sizes(train)])
trees = HistGradientBoostingClassifier(max_iter=400, learning_rate=0.06, random_state=0).fit(ours, said)
print(json.dumps(trees.predict_proba(np.hstack([coded.transform(cells(valid)), sizes(valid)]))[:, 1].tolist()))
"""


def auc(outcome: np.ndarray, scores: np.ndarray) -> float:
    """The chance that a false declaration scores above a right one, ties counted half."""
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    false = outcome.sum()
    return float((ranks[outcome == 1].sum() - false * (false + 1) / 2) / (false * (len(outcome) - false)))


def interval(outcome: np.ndarray, scores: np.ndarray, times: int = 500) -> tuple[float, float]:
    """The middle 95 % of AUC over resampled declarations."""
    chance = np.random.default_rng(0)
    found = []
    for _ in range(times):
        drawn = chance.integers(0, len(outcome), len(outcome))
        found.append(auc(outcome[drawn], scores[drawn]))
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def line(name: str, outcome: np.ndarray, scores: np.ndarray) -> str:
    """AUC with its interval, and the share that is false among the highest scores."""
    order = np.argsort(-scores, kind="stable")
    found = "   ".join(f"{outcome[order[: int(len(order) * share)]].mean():.3f}" for share in SHARES)
    low, high = interval(outcome, scores)
    return f"{name:48s}  {auc(outcome, scores):.3f} ({low:.3f}-{high:.3f})   {found}"


def rate_of(train: pa.Table, valid: pa.Table, columns: tuple[str, ...], said: np.ndarray) -> np.ndarray:
    """The plain baseline: the rate of the same cell in the inspections, shrunk a little to the base."""
    counts: dict[tuple[str, ...], list[float]] = {}
    for cell, outcome in zip(zip(*(train.column(one).to_pylist() for one in columns), strict=True), said, strict=True):
        held = counts.setdefault(cell, [0.0, 0.0])
        held[0] += 1
        held[1] += outcome
    base = said.mean()
    asked = zip(*(valid.column(one).to_pylist() for one in columns), strict=True)
    rates = [(wrong + 5 * base) / (seen + 5) for seen, wrong in (counts.get(cell, (0.0, 0.0)) for cell in asked)]
    return np.array(rates)


def peer(python: Path | None, data: Path, texts: tuple[str, ...]) -> np.ndarray | str:
    """Scores of the boosted trees, or why there are none."""
    if python is None or not python.exists():
        return "did not run: --peer-python names no Python"
    told = json.dumps([str(data), [GOODS, *texts], AMOUNTS])
    done = subprocess.run([python, "-c", PEER, told], capture_output=True, text=True, timeout=900)
    if done.returncode:
        return f"did not run: {done.stderr.strip().splitlines()[-1][:100]}"
    return np.array(json.loads(done.stdout))


def main() -> None:
    """Print baselines, peer, ours, calibration, weights and the worst errors."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=Path("../shared/data/trade"))
    options.add_argument("--peer-python", type=Path)
    chosen = options.parse_args()
    train, valid = (pq.read_table(chosen.data / f"kcs_declarations_{part}.parquet") for part in ("train", "valid"))
    texts = tuple(one for one in train.column_names if one not in {GOODS, *AMOUNTS, *NOT_KNOWN_BEFORE})
    said, outcome = (np.asarray(rows.column("Fraud")).astype(float) for rows in (train, valid))
    begun = time.process_time()
    lessons = learn(train, said == 1, Layout(GOODS, texts, AMOUNTS))
    seconds = time.process_time() - begun
    scored = score(lessons, valid)
    scores = np.asarray(scored.column("score"))
    print(f"{len(said):,} inspected in 2020 ({said.mean():.1%} false), {len(outcome):,} in 2021 ({outcome.mean():.1%})")
    print(f"learned in {seconds:.1f} s of CPU\n")
    print(f"{'':48s}  AUC (95 %)              precision at 1 %    5 %    10 %")
    print(GOALS)
    print(line("by price, the highest first", outcome, np.asarray(valid.column("Item Price"))))
    for columns in (("Importer ID",), ("Declarant ID",), (GOODS,), (GOODS, "Country of Departure")):
        print(line(f"rate of the same {' + '.join(columns)}", outcome, rate_of(train, valid, columns, said)))
    trees = peer(chosen.peer_python, chosen.data, texts)
    print(
        f"boosted trees, {trees}" if isinstance(trees, str) else line("boosted trees on target means", outcome, trees)
    )
    print(line("landwaiter", outcome, scores))
    by_class(valid, scores)
    calibration(outcome, scores)
    print("\nWhat tells most (weights):")
    for name, weight in lessons.weights()[:8]:
        print(f"  {weight:.3f}  {name}")
    worst(scored, outcome, scores)


def by_class(valid: pa.Table, scores: np.ndarray) -> None:
    """The same by class of fraud: critical ones are what an inspection is for."""
    kinds = np.asarray(valid.column("Critical Fraud"))
    first = np.argsort(-scores, kind="stable")[: len(scores) // 10]
    print("\nFound among the first 10 %, by class:")
    for kind, name in ((0, "right"), (1, "false"), (2, "false, critical")):
        all_of_kind = (kinds == kind).sum()
        print(f"  {name:18s} {(kinds[first] == kind).sum():5d} of {all_of_kind:5d}")


def calibration(outcome: np.ndarray, scores: np.ndarray) -> None:
    """Is a score of .7 right seven times of ten?"""
    print(f"\nBrier {((scores - outcome) ** 2).mean():.4f}; the base rate alone {outcome.var():.4f}")
    parts = np.minimum((scores * 10).astype(int), 9)
    error = 0.0
    for part in range(10):
        mine = parts == part
        error += mine.mean() * abs(scores[mine].mean() - outcome[mine].mean())
        told = f"{scores[mine].mean():.3f} said, {outcome[mine].mean():.3f} false"
        print(f"  score {part / 10:.1f} to {(part + 1) / 10:.1f}: {mine.sum():5d} declarations, {told}")
    print(f"Expected calibration error {error:.3f}")


def worst(scored: pa.Table, outcome: np.ndarray, scores: np.ndarray) -> None:
    """The right declarations with the highest scores, and the false ones with the lowest."""
    print("\nWorst errors:")
    wrong = np.argsort(np.where(outcome == 0, -scores, 1), kind="stable")[:3]
    missed = np.argsort(np.where(outcome == 1, scores, 2), kind="stable")[:3]
    for name, rows in (("right, but", wrong), ("false, but", missed)):
        for row in rows.tolist():
            said = "; ".join(scored.column("reasons")[row].as_py()[:1]) or "no likes found false"
            print(f"  {name} {scores[row]:.3f}: {said}")


if __name__ == "__main__":
    main()
