"""How well are names told apart? Prints, by class, what is right on the labelled sets, and the worst errors.

    python bench/quality/names.py [folder of the labelled sets] [--worst 6] [--set NAME] [--lists all_listings.csv.gz]

The sets are measuring data, read only here: nothing is learned from them.
"""

import argparse
import gzip
import json
import time
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from landwaiter.fetch import read_lists
from landwaiter.screen.compare import compare
from landwaiter.screen.index import Asked, Match, NameIndex
from landwaiter.screen.records import Facts, Records, make_records
from landwaiter.text.evidence import COMPARED_THRESHOLD

SETS = ("nk_name_bench", "nk_entity_checks", "alias_pairs", "tw_legislators", "os_pairs_representative")
KINDS = {
    "Person": "person",
    "Company": "organisation",
    "Organization": "organisation",
    "PublicBody": "organisation",
    "Vessel": "vessel",
    "Airplane": "aircraft",
}
IDENTIFIERS = [
    "registrationNumber",
    "idNumber",
    "innCode",
    "ogrnCode",
    "leiCode",
    "taxNumber",
    "imoNumber",
    "passportNumber",
    "okpoCode",
    "kppCode",
    "bikCode",
    "swiftBic",
    "wikidataId",
    "vatCode",
    "permId",
]
# Queries over the whole list and their kind; of those that are listed the target is known, the others are on no list.
KIND_OF_QUERY = {
    "yente_un": "person",
    "negatives_us": "person",
    "negatives_global": "person",
    "us_companies_unlisted": "organisation",
    "tw_companies_unlisted": "organisation",
}
LISTED_QUERIES = ("yente_un",)
MOST_QUERIES = 5_000
COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction", "birthCountry", "mainCountry", "flag")


SHARED = Path(__file__).parents[3] / "shared" / "data"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", default=SHARED / "names-dev", type=Path)
    options.add_argument("--lists", default=SHARED / "lists" / "all_listings.csv.gz", type=Path)
    options.add_argument("--worst", type=int, default=6)
    options.add_argument("--set", choices=SETS)
    chosen = options.parse_args()
    for name in [chosen.set] if chosen.set else SETS:
        measure(name, rows_of(chosen.folder / f"{name}.jsonl.gz"), chosen.worst)
    if not chosen.set:
        measure_queries(chosen.folder, chosen.lists, chosen.worst)


def rows_of(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [row for row in rows if row["left"].get("name") and row["right"].get("name") and "label" in row]


def measure(name: str, rows: list[dict], worst: int) -> None:
    left, right = (records_of([row[side] for row in rows], [row.get("schema", "") for row in rows])
                   for side in ("left", "right"))  # fmt: skip
    begun = time.perf_counter()
    compared = compare(left, right, threads=1)
    seconds = time.perf_counter() - begun
    labels = np.array([row["label"] for row in rows])
    print(f"\n== {name}: {len(rows)} pairs, {len(rows) / seconds:,.0f} pairs/s")
    groups: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        groups["all"].append(place)
        groups[row.get("quality") or row.get("category") or row.get("schema", "")].append(place)
        groups[f"schema {row.get('schema', '')}"].append(place)
    print(f"{'class':42}{' pairs  true   prec recall     F1    AUC  best F1    at  R@1%FP'}")
    for group, places in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))[:24]:
        print(line_of(group, labels[places], compared.scores[places]))
    show_worst(rows, labels, compared.scores, compared.reasons, worst)


def records_of(sides: list[dict], schemas: list[str]) -> Records:
    owners, names, weak = [], [], []
    for place, side in enumerate(sides):
        strong = dict.fromkeys(side.get("name", []) + side.get("alias", []) + side.get("previousName", []))
        for name in strong:
            owners.append(place)
            names.append(name)
            weak.append(False)
        for name in side.get("weakAlias", []):
            owners.append(place)
            names.append(name)
            weak.append(True)
    facts = Facts(
        [KINDS.get(schema, "unknown") for schema in schemas],
        [
            sorted({value.upper() for key in COUNTRIES for value in side.get(key, []) if len(value) == 2})
            for side in sides
        ],
        [[date[:10] for date in side.get("birthDate", [])] for side in sides],
        [[f"{key}:{value}" for key in IDENTIFIERS for value in side.get(key, [])] for side in sides],
    )
    return make_records(np.array(owners, np.int64), pa.array(names, pa.string()), np.array(weak, bool), facts)


def countries_of(side: dict) -> list[str]:
    return sorted({value.upper() for key in COUNTRIES for value in side.get(key, []) if len(value) == 2})


def line_of(group: str, labels: np.ndarray, scores: np.ndarray) -> str:
    precision, recall, f1 = figures(labels, scores >= COMPARED_THRESHOLD)
    line = f"{group[:41]:42}{len(labels):>6}{int(labels.sum()):>6}{precision:>7.3f}{recall:>7.3f}{f1:>7.3f}"
    if 0 < labels.sum() < len(labels):
        best, at = max((figures(labels, scores >= cut)[2], cut) for cut in np.unique(scores))
        false = np.sort(scores[labels == 0])[::-1]
        limit = false[min(len(false) - 1, int(len(false) * 0.01))]
        line += f"{area(labels, scores):>7.3f}{best:>9.3f}{at:>6.2f}{(scores[labels == 1] > limit).mean():>8.3f}"
    return line


def figures(labels: np.ndarray, said: np.ndarray) -> tuple[float, float, float]:
    counts = Counter(zip(labels.tolist(), said.tolist(), strict=True))
    hit, wrong, missed = counts[1, True], counts[0, True], counts[1, False]
    precision = hit / (hit + wrong) if hit + wrong else 1.0
    recall = hit / (hit + missed) if hit + missed else 1.0
    return precision, recall, 2 * hit / (2 * hit + wrong + missed) if hit + wrong + missed else 1.0


def area(labels: np.ndarray, scores: np.ndarray) -> float:
    _, places = np.unique(scores, return_inverse=True)
    counts = np.bincount(places)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[places]
    true = labels.sum()
    return float((rank[labels == 1].sum() - true * (true + 1) / 2) / (true * (len(labels) - true)))


def show_worst(rows: list[dict], labels: np.ndarray, scores: np.ndarray, reasons: list[str], worst: int) -> None:
    for title, label, order in (("false matches", 0, -scores), ("misses", 1, scores)):
        places = [place for place in np.argsort(order, kind="stable").tolist() if labels[place] == label]
        wrong = [place for place in places if (scores[place] >= COMPARED_THRESHOLD) != bool(label)]
        print(f"-- {title}: {len(wrong)}")
        for place in wrong[:worst]:
            left, right = (" / ".join(rows[place][side]["name"][:3])[:70] for side in ("left", "right"))
            print(f"   {scores[place]:.2f}  {left}  |  {right}  |  {reasons[place]}")


def measure_queries(folder: Path, lists: Path, worst: int) -> None:
    """Every query against the whole list: is its target found, or is somebody flagged who is on no list?"""
    begun = time.perf_counter()
    kept = read_lists(lists, as_of=date(2026, 8, 31))
    read = time.perf_counter()
    index = NameIndex(kept.listings, kept.listing_names, as_of=date(2026, 8, 31))
    built = time.perf_counter()
    size = f"{len(index):,} listings, {kept.listing_names.num_rows:,} names"
    print(f"\n== whole list: {size}, read in {read - begun:.1f} s, indexed in {built - read:.1f} s")
    for name, (share, count, wrong) in flagged_queries(index, folder, MOST_QUERIES, tuple(KIND_OF_QUERY)).items():
        print(f"{name:24}{count:>6} queries, {'found' if name in LISTED_QUERIES else 'flagged'} {share:.4f}")
        for row, matches in wrong[:worst]:
            best = f"{matches[0].score:.2f} {matches[0].name_matched}: {matches[0].reason}" if matches else "nothing"
            print(f"   {row['left']['name'][0][:60]}  |  {best}")


def flagged_queries(
    index: NameIndex, folder: Path, most: int, names: tuple[str, ...]
) -> dict[str, tuple[float, int, list[tuple[dict, list[Match]]]]]:
    """For each set of queries the share found or flagged, their number, and the wrong ones, the worst first."""
    told = {}
    for name in names:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            rows = [json.loads(line) for line in file][:most]
        is_listed = name in LISTED_QUERIES
        found = index.screen([Asked(row["left"]["name"], kind=KIND_OF_QUERY[name]) for row in rows])
        said = [any(match.listing_id == row["target"] for match in matches) if is_listed else bool(matches)
                for row, matches in zip(rows, found, strict=True)]  # fmt: skip
        wrong = [(row, matches) for row, matches, flag in zip(rows, found, said, strict=True) if flag != is_listed]
        wrong.sort(key=lambda item: -item[1][0].score if item[1] else 0)
        told[name] = sum(said) / len(said), len(rows), wrong
    return told


if __name__ == "__main__":
    main()
