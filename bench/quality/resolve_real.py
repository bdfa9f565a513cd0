"""How often are two different companies put together? Real names, each a company of its own, as parties of one country.

    python bench/quality/resolve_real.py [--names gleif uk] [--books 5] [--most 400000] [--worst 12]

GLEIF's names have each another LEI, so every merge is wrong but for companies that are registered twice. They are put
in without any number, in the books of several reporters, which is the worst case: only the name speaks.
"""

import argparse
import csv
import tempfile
import time
from collections import defaultdict
from math import comb
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from landwaiter.engine.duck import open_duck
from landwaiter.resolve.parties import link
from landwaiter.tables import TABLES

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "ownership"
COLUMN = {"gleif": ("gleif_names.parquet", "legal_name"), "uk": ("uk_overseas_entities.parquet", "name")}


def parties_of(rows: list[tuple[str, str]]) -> tuple[list[dict], float]:
    """The parties of mentions (reporter, name) without numbers, all of one country."""
    order = sorted(set(rows))
    mentions = [
        {"mention_no": no, "reporter": book, "country": "XX", "name": name, "id": "", "address": "", "lots": 1}
        for no, (book, name) in enumerate(order)
    ]
    with tempfile.TemporaryDirectory() as folder, open_duck(Path(folder), memory_mb=2_000, threads=2) as corridor:
        corridor.put("mentions", pa.Table.from_pylist(mentions, schema=TABLES["mentions"].schema))
        begun = time.perf_counter()
        link(corridor, threads=2)
        return corridor.get("parties").to_pylist(), time.perf_counter() - begun


def measure(source: str, books: int, most: int, worst: int) -> None:
    """Merges of names that differ after spaces and case are set aside, per million names."""
    file, column = COLUMN[source]
    names = sorted({name for name in pq.read_table(FOLDER / file, columns=[column])[column].to_pylist() if name})
    # A stretch of the sorted names: so names that resemble each other stay together, as in the whole.
    begin = max(0, (len(names) - most) // 2)
    names = names[begin : begin + most]
    found, seconds = parties_of([(f"B{place * 7919 % books}", name) for place, name in enumerate(names)])
    merged = [party for party in found if len(party["names"]) > 1]
    pairs = sum(comb(len(party["names"]), 2) for party in merged)
    wrong = sum(len(party["names"]) - 1 for party in merged)
    by_reason = defaultdict(list)
    for party in merged:
        for reason in party["why_merged"]:
            by_reason[reason.rpartition(": ")[2].partition(",")[0].rstrip("0123456789. ")].append(reason)
    share = 1e6 * wrong / len(names)
    print(f"\n== {source}: {len(names):,} names, {seconds:.1f} s: {wrong:,} merges ({share:,.0f} per million names), "
          f"{pairs:,} pairs")  # fmt: skip
    for reason, found_so in sorted(by_reason.items(), key=lambda item: -len(item[1])):
        print(f"   {reason or 'the same name'}: {len(found_so):,}")
        for line in found_so[:: max(1, len(found_so) // worst)][:worst]:
            print(f"      {line}")


def measure_pairs(worst: int) -> None:
    """Pairs that a model labelled, each pair by itself in two books."""
    with (FOLDER / "company_pairs_marginal.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["label"] in ("match", "no_match")]
    counts: dict[tuple[str, bool], int] = defaultdict(int)
    wrong = []
    for row in rows:
        found, _ = parties_of([("B0", row["target_name"]), ("B1", row["ref_name"])])
        counts[row["label"], len(found) == 1] += 1
        if row["label"] == "no_match" and len(found) == 1:
            wrong.append(f"{row['target_name']} | {row['ref_name']}")
    print(f"\n== labelled pairs: of {sum(counts.values())}, matches joined {counts['match', True]} of "
          f"{counts['match', True] + counts['match', False]}, others joined {counts['no_match', True]} of "
          f"{counts['no_match', True] + counts['no_match', False]}")  # fmt: skip
    for line in wrong[:worst]:
        print(f"   {line}")


def main() -> None:
    """Measure the sources asked for; a source that is not there is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", nargs="+", choices=(*COLUMN, "pairs"), default=[*COLUMN, "pairs"])
    parser.add_argument("--books", type=int, default=5)
    parser.add_argument("--most", type=int, default=400_000)
    parser.add_argument("--worst", type=int, default=12)
    options = parser.parse_args()
    if not FOLDER.exists():
        print(f"skipped: {FOLDER} is not there")
        return
    for source in options.names:
        if source == "pairs":
            measure_pairs(options.worst)
        else:
            measure(source, options.books, options.most, options.worst)


if __name__ == "__main__":
    main()
