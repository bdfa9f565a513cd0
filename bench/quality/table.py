"""All figures of names at once: ours beside those of others, measured in the same run, each with its goal.

    python bench/quality/table.py [--most 1500] [--peers-python PYTHON] [--no-speed] [--no-lists]

The pairs are scored by every scorer that is installed (see peers.py). Queries over the whole list, evasion over it too,
are ours alone: a peer would take hours for them, so its published figures stand there, marked with a star. Lines that
fall short of their goal are marked. The worst errors are shown by names.py, peers.py and evasion.py.
"""

import argparse
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
from evasion import CLASSES, found_on_list, made_pairs
from names import MOST_QUERIES, SETS, SHARED, area, figures, flagged_queries, rows_of
from peers import PEERS, RAPIDFUZZ, THRESHOLDS, by_letters, expected_error, install_peers, ours, theirs

from landwaiter.fetch import read_lists
from landwaiter.screen.index import NameIndex

SCORERS = ("landwaiter", *PEERS, RAPIDFUZZ)
DAY = date(2026, 8, 31)
KINDS = ("Person", "Company", "Organization")
Scores = dict[str, np.ndarray]
Measure = Callable[[np.ndarray, np.ndarray, str], float]


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", nargs="?", default=SHARED / "names-dev", type=Path)
    options.add_argument("--lists", default=SHARED / "lists" / "all_listings.csv.gz", type=Path)
    options.add_argument("--most", type=int, default=1_500, help="so many pairs of a set, evenly taken")
    options.add_argument("--peers-python", type=Path, help="a Python that has the peers, instead of installing them")
    options.add_argument("--no-speed", action="store_true", help="without the figures of speed, memory and start")
    options.add_argument("--no-lists", action="store_true", help="without the queries over the whole list")
    chosen = options.parse_args()
    python = chosen.peers_python or install_peers()
    print(f"{'figure':44}{'pairs':>7}{'goal':>9}" + "".join(f"{scorer:>22}" for scorer in SCORERS))
    for name in SETS:
        pairs_lines(name, chosen.folder / f"{name}.jsonl.gz", chosen.most, python)
    evasion_lines(python)
    if not chosen.no_lists:
        query_lines(chosen.folder, chosen.lists)
    if not chosen.no_speed:
        print("\nspeed, memory and start (bench/speed/screen.py), with their goals", flush=True)
        subprocess.run([sys.executable, str(Path(__file__).parents[1] / "speed" / "screen.py")], check=False)


def f1(labels: np.ndarray, scores: np.ndarray, scorer: str) -> float:
    """F1 at the scorer's own threshold."""
    return figures(labels, scores >= THRESHOLDS[scorer])[2]


def auc(labels: np.ndarray, scores: np.ndarray, _: str) -> float:
    """Area under the curve."""
    return area(labels, scores)


def brier(labels: np.ndarray, scores: np.ndarray, _: str) -> float:
    """Mean squared distance to the truth."""
    return float(np.mean((scores - labels) ** 2))


def ece(labels: np.ndarray, scores: np.ndarray, _: str) -> float:
    """Expected calibration error."""
    return expected_error(labels, scores)


def recall_at_one_percent(labels: np.ndarray, scores: np.ndarray, _: str) -> float:
    """Share of the true pairs above all but one in a hundred of the others."""
    false = np.sort(scores[labels == 0])[::-1]
    return float((scores[labels == 1] > false[int(len(false) * 0.01)]).mean())


# For each set: class of rows, measure, goal; a goal under .1 is an error, to be met from below.
GOALS: dict[str, tuple[tuple[str, Measure, float], ...]] = {
    "nk_name_bench": (("", f1, 0.84), ("", auc, 0.91)),
    "nk_entity_checks": (("", f1, 0.92),),
    "os_pairs_representative": (("", f1, 0.965), ("", brier, 0.045), ("", ece, 0.03)),
    "alias_pairs": (
        ("", recall_at_one_percent, 0.60),
        ("Person/latin-cyrillic", recall_at_one_percent, 0.95),
        ("Organization/latin-cyrillic", recall_at_one_percent, 0.60),
        ("Person/latin-arabic", recall_at_one_percent, 0.50),
        ("Organization/latin-han", recall_at_one_percent, 0.35),
    ),
    "tw_legislators": (("", f1, 0.97),),
}


def pairs_lines(name: str, path: Path, most: int, python: Path | None) -> None:
    """The lines of one labelled set."""
    rows = [row for row in rows_of(path) if not name.startswith("os_pairs") or row["schema"] in KINDS]
    whole = np.array([row["label"] for row in rows]), ours(rows)[0]
    kinds = np.array([f"{row.get('category', '')}" for row in rows])
    # A peer is a hundred times slower: it gets an even sample, which is one of each class too.
    taken = np.arange(0, len(rows), -(-len(rows) // most))
    scores = others([rows[place] for place in taken.tolist()], python)
    for kind, measure, goal in GOALS[name]:
        every = (kinds == kind) | (kind == "")
        sample = every[taken]
        said = {"landwaiter": measure(whole[0][every], whole[1][every], "landwaiter")}
        said |= {scorer: measure(whole[0][taken][sample], found[sample], scorer) for scorer, found in scores.items()}
        line(f"{name} {kind} {measure.__name__}".replace("  ", " "), int(every.sum()), goal, said)


def others(rows: list[dict], python: Path | None) -> Scores:
    """The scores of every other scorer that is there."""
    found = {peer: theirs(python, peer, rows)[0] for peer in PEERS} if python else {}
    return {**found, RAPIDFUZZ: by_letters(rows)[0]}


def evasion_lines(python: Path | None) -> None:
    """Recall of each class of names made to evade."""
    rows = made_pairs(200, seed=5)
    scores = {"landwaiter": ours(rows)[0], **others(rows, python)}
    for kind in CLASSES:
        chosen = np.array([row["category"] == kind for row in rows])
        said = {scorer: float((found[chosen] >= THRESHOLDS[scorer]).mean()) for scorer, found in scores.items()}
        line(f"evasion {kind}, recall", int(chosen.sum()), 0.97, said)


def query_lines(folder: Path, lists: Path) -> None:
    """Queries over the whole list; the figures of the peer are those that were published."""
    kept = read_lists(lists, as_of=DAY)
    index = NameIndex(kept.listings, kept.listing_names, as_of=DAY)
    quoted = {"yente_un": 0.973, "negatives_us": 0.010, "negatives_global": 0.010, "us_companies_unlisted": 0.013}
    goals = {"yente_un": 0.98, "negatives_us": 0.005, "negatives_global": 0.005, "us_companies_unlisted": 0.010}
    for name, (share, asked, _) in flagged_queries(index, folder, MOST_QUERIES, tuple(goals)).items():
        line(f"{name}, {'found' if name == 'yente_un' else 'flagged'}", asked, goals[name],
             {"landwaiter": share, "logic-v2": quoted[name]}, starred=("logic-v2",))  # fmt: skip
    for kind, share in found_on_list(index, made_pairs(200, seed=9)).items():
        line(f"evasion {kind}, found on the whole list", 200, 0.97, {"landwaiter": share})


def line(what: str, count: int, goal: float, said: dict[str, float], starred: tuple[str, ...] = ()) -> None:
    """One line, with a mark where ours falls short of the goal."""
    met = said["landwaiter"] <= goal if goal < 0.1 else said["landwaiter"] >= goal
    cells = "".join(
        f"{said[scorer]:>21.4f}{'*' if scorer in starred else ' '}" if scorer in said else f"{'-':>21} "
        for scorer in SCORERS
    )
    print(f"{what:44}{count:>7}{'<=' if goal < 0.1 else '>=':>4}{goal:>5}{cells}{'' if met else '  short'}", flush=True)


if __name__ == "__main__":
    main()
