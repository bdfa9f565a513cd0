"""All figures of names at once: ours beside those of others, measured in the same run, each with its goal.

    python bench/quality/table.py [--most 1500] [--peers-python PYTHON] [--no-speed] [--no-lists]

The pairs are scored by every scorer that is installed (see peers.py): ours on all of them, the others, which are a
hundred times slower, on at most so many of a set, each class in its turn; the two columns of pairs say on how many.
Queries over the whole list, evasion over it too, are ours alone: a peer would take hours for them, so its published
figures stand there, marked with a star. Lines that fall short of their goal are marked. The worst errors are shown by
names.py, peers.py and evasion.py. All of it takes some five minutes on two cores.
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
    options.add_argument("--most", type=int, default=1_500, help="so many pairs of a set for the others")
    options.add_argument("--peers-python", type=Path, help="a Python that has the peers, instead of installing them")
    options.add_argument("--no-speed", action="store_true", help="without the figures of speed, memory and start")
    options.add_argument("--no-lists", action="store_true", help="without the queries over the whole list")
    chosen = options.parse_args()
    python = chosen.peers_python or install_peers()
    heads = "".join(f"{scorer:>{max(12, len(scorer) + 2)}}" for scorer in SCORERS)
    print(f"{'figure':58}{'pairs':>7}{'others':>8}{'goal':>9}{heads}", flush=True)
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
    return float((scores[labels == 1] > false[int(len(false) * 0.01)]).mean()) if len(false) else float("nan")


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
    taken = sampled(kinds, most)
    scores = others([rows[place] for place in taken.tolist()], python)
    for kind, measure, goal in GOALS[name]:
        every = (kinds == kind) | (kind == "")
        sample = every[taken]
        said = {"landwaiter": measure(whole[0][every], whole[1][every], "landwaiter")}
        said |= {scorer: measure(whole[0][taken][sample], found[sample], scorer) for scorer, found in scores.items()}
        what = f"{name} {kind} {measure.__name__}".replace("  ", " ").replace("_", " ")
        line(what, (int(every.sum()), int(sample.sum())), goal, said)


def sampled(kinds: np.ndarray, most: int) -> np.ndarray:
    """Places of at most so many rows, taken from each class in its turn, evenly within the class."""
    turns = np.zeros(len(kinds))
    for kind in np.unique(kinds):
        places = np.flatnonzero(kinds == kind)
        turns[np.random.default_rng(len(places)).permutation(places)] = np.arange(len(places))
    return np.sort(np.argsort(turns, kind="stable")[:most])


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
        line(f"evasion {kind}, recall", (int(chosen.sum()),) * 2, 0.97, said)


def query_lines(folder: Path, lists: Path) -> None:
    """Queries over the whole list; the figures of the peer are those that were published."""
    kept = read_lists(lists, as_of=DAY)
    index = NameIndex(kept.listings, kept.listing_names, as_of=DAY)
    quoted = {"yente_un": 0.973, "negatives_us": 0.010, "negatives_global": 0.010, "us_companies_unlisted": 0.013}
    goals = {"yente_un": 0.98, "negatives_us": 0.005, "negatives_global": 0.005, "us_companies_unlisted": 0.010}
    for name, (share, asked, _) in flagged_queries(index, folder, MOST_QUERIES, tuple(goals)).items():
        line(f"{name}, {'found' if name == 'yente_un' else 'flagged'}", (asked, 0), goals[name],
             {"landwaiter": share, "logic-v2": quoted[name]}, starred=("logic-v2",))  # fmt: skip
    for kind, share in found_on_list(index, made_pairs(200, seed=9)).items():
        line(f"evasion {kind}, found on the whole list", (200, 0), 0.97, {"landwaiter": share})


def line(
    what: str, counts: tuple[int, int], goal: float, said: dict[str, float], starred: tuple[str, ...] = ()
) -> None:
    """One line, with a mark where ours falls short of the goal."""
    met = said["landwaiter"] <= goal if goal < 0.1 else said["landwaiter"] >= goal
    cells = "".join(
        f"{f'{said[scorer]:.4f}' if scorer in said else '-':>{max(12, len(scorer) + 2) - 1}}"
        f"{'*' if scorer in starred else ' '}"
        for scorer in SCORERS
    )
    sign = "<=" if goal < 0.1 else ">="
    print(
        f"{what:58}{counts[0]:>7}{counts[1] or '-':>8}{f'{sign} {goal}':>9}{cells}{'' if met else '  short'}",
        flush=True,
    )


if __name__ == "__main__":
    main()
