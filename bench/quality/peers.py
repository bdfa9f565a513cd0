"""How do our scores compare with those of others, on the same pairs in the same run?

    python bench/quality/peers.py [--most 1500] [--worst 4] [--peers-python PYTHON]

The peers go into an environment of their own in the user's cache folder (bench/requirements-peers.txt). Where they
cannot be installed the run says so, and shows the figures that were published for them. The pairs are read only here.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from evasion import CLASSES, made_pairs
from names import SETS, SHARED, area, figures, records_of, rows_of
from rapidfuzz import fuzz

from landwaiter.screen.compare import compare
from landwaiter.text.evidence import COMPARED_THRESHOLD

HERE = Path(__file__).parent
# The scorer and the threshold that its makers set; rapidfuzz has none, so one in common use.
PEERS = {"logic-v2": 0.7, "logic-v1": 0.7}
RAPIDFUZZ = "rapidfuzz token_sort"
THRESHOLDS = {"landwaiter": COMPARED_THRESHOLD, **PEERS, RAPIDFUZZ: 0.85}
# Published, and not measured here: F1 of the best of these peers.
QUOTED = {"nk_name_bench": 0.80, "nk_entity_checks": 0.90, "os_pairs_representative": 0.955, "tw_legislators": 0.34}
Scored = tuple[np.ndarray, float]


def main() -> None:
    """Print one table for each set."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", nargs="?", default=SHARED / "names-dev", type=Path)
    options.add_argument("--most", type=int, default=1_500, help="so many pairs of a set, evenly taken")
    options.add_argument("--worst", type=int, default=4)
    options.add_argument("--peers-python", type=Path, help="a Python that has the peers, instead of installing them")
    chosen = options.parse_args()
    python = chosen.peers_python or install_peers()
    for name in SETS:
        rows = rows_of(chosen.folder / f"{name}.jsonl.gz")
        if name.startswith("os_pairs"):
            rows = [row for row in rows if row["schema"] in ("Person", "Company", "Organization")]
        rows = rows[:: -(-len(rows) // chosen.most)]
        compare_all(name, rows, python, chosen.worst)
    compare_all("evasion", made_pairs(200, seed=5), python, chosen.worst)


def install_peers(which: str = "peers") -> Path | None:
    """The Python of an environment with the peers, made where there is none; None where that fails."""
    folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "landwaiter-bench" / which
    python = folder / "bin" / "python"
    done = folder / "installed"
    if done.exists():
        return python
    steps = (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [str(python), "-m", "pip", "install", "-q", "-r", str(HERE.parent / f"requirements-{which}.txt")],
    )
    for step in steps:
        if subprocess.run(step, capture_output=True, timeout=600, check=False).returncode:
            print(f"The {which} could not be installed: their columns are missing, published figures are quoted.")
            return None
    done.touch()
    return python


def compare_all(name: str, rows: list[dict], python: Path | None, worst: int) -> None:
    """One line for each scorer, then for each of the classes made to evade, then our worst errors."""
    labels = np.array([row["label"] for row in rows])
    scored = {"landwaiter": ours(rows)}
    scored |= {peer: theirs(python, peer, rows) for peer in PEERS} if python else {}
    scored[RAPIDFUZZ] = by_letters(rows)
    print(f"\n== {name}: {len(rows):,} pairs, {int(labels.sum()):,} of one party")
    print(f"{'scorer':22}{'at':>5}{'prec':>7}{'recall':>7}{'F1':>7}{'AUC':>7}{'Brier':>7}{'ECE':>7}{'pairs/s':>10}")
    for scorer, (scores, seconds) in scored.items():
        precision, recall, f1 = figures(labels, scores >= THRESHOLDS[scorer])
        curve = f"{area(labels, scores):7.3f}" if 0 < labels.sum() < len(labels) else f"{'-':>7}"
        brier = np.mean((scores - labels) ** 2)
        print(
            f"{scorer:22}{THRESHOLDS[scorer]:5.2f}{precision:7.3f}{recall:7.3f}{f1:7.3f}{curve}{brier:7.3f}"
            f"{expected_error(labels, scores):7.3f}{len(rows) / seconds:10,.0f}"
        )
    if python is None and name in QUOTED:
        print(f"{'best peer, as quoted':27}{'':14}{QUOTED[name]:7.3f}")
    if name == "evasion":
        show_classes(rows, {scorer: scores >= THRESHOLDS[scorer] for scorer, (scores, _) in scored.items()})
    show_worst(rows, labels, scored, worst)


def ours(rows: list[dict]) -> Scored:
    """Our scores and the seconds they took, the reading of the names included, on one thread and with tables loaded."""
    warm = records_of([{"name": ["Anna Kowalska", "王小明", "Завод"]}], ["Person"])
    compare(warm, warm, threads=1)
    begun = time.perf_counter()
    left, right = (
        records_of([row[side] for row in rows], [row["schema"] for row in rows]) for side in ("left", "right")
    )
    scores = compare(left, right, threads=1).scores
    return scores, time.perf_counter() - begun


def theirs(python: Path, peer: str, rows: list[dict]) -> Scored:
    """A peer's scores and seconds, from a process with its own environment."""
    lines = "".join(json.dumps({key: row[key] for key in ("schema", "left", "right")}) + "\n" for row in rows)
    command = [str(python), str(HERE / "peer_score.py"), peer]
    answer = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, timeout=1_200)
    *scores, seconds = map(float, answer.stdout.split())
    assert len(scores) == len(rows)
    return np.array(scores), seconds


def by_letters(rows: list[dict]) -> Scored:
    """The best ratio of sorted words among the names of both sides."""
    begun = time.perf_counter()
    scores = [
        max(fuzz.token_sort_ratio(one.lower(), other.lower()) / 100
            for one in row["left"]["name"] for other in row["right"]["name"])
        for row in rows
    ]  # fmt: skip
    return np.array(scores), time.perf_counter() - begun


def expected_error(labels: np.ndarray, scores: np.ndarray) -> float:
    """How far scores are from the share that is true, over ten equal steps of the score (ECE)."""
    steps = np.minimum((scores * 10).astype(int), 9)
    return float(
        sum(
            np.mean(steps == step) * abs(scores[steps == step].mean() - labels[steps == step].mean())
            for step in np.unique(steps)
        )
    )


def show_classes(rows: list[dict], said: dict[str, np.ndarray]) -> None:
    for kind in CLASSES:
        chosen = np.array([row["category"] == kind for row in rows])
        shares = "  ".join(f"{scorer} {flags[chosen].mean():.3f}" for scorer, flags in said.items())
        print(f"   {kind:12}{int(chosen.sum()):>5} recall: {shares}")


def show_worst(rows: list[dict], labels: np.ndarray, scored: dict[str, Scored], worst: int) -> None:
    scores = scored["landwaiter"][0]
    for title, label, order in (("false matches", 0, -scores), ("misses", 1, scores)):
        wrong = (labels == label) & ((scores >= COMPARED_THRESHOLD) != bool(label))
        print(f"-- our {title}: {int(wrong.sum())}")
        for place in [place for place in np.argsort(order, kind="stable").tolist() if wrong[place]][:worst]:
            said = "  ".join(f"{one[place]:.2f}" for one, _ in scored.values())
            print(f"   {said}  {rows[place]['left']['name'][0][:60]}  |  {rows[place]['right']['name'][0][:60]}")


if __name__ == "__main__":
    main()
