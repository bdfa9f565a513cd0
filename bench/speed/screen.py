"""How fast are names screened, in how much memory, and how does that compare with rapidfuzz over the same names?

    python bench/speed/screen.py [--lists all_listings.csv.gz] [--parties 1000000] [--names gleif_names.parquet]

Every figure is of one core but that of --parties, and each part runs in a process of its own. Queries are half listed
names with a slip of the pen, half names of firms that are on no list.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from rapidfuzz import fuzz, process, utils

from landwaiter.engine.duck import open_duck
from landwaiter.fetch import read_lists
from landwaiter.screen.index import Asked, NameIndex
from landwaiter.screen.match import screen
from landwaiter.screen.snapshot import Card, key_of, read_snapshot, write_snapshot
from landwaiter.screen.standing import stand
from landwaiter.tables import TABLES

DATA = Path(__file__).parents[3] / "shared" / "data"
DAY = date(2026, 9, 1)
PARTS = ("build", "single", "batch", "cold", "baseline", "bulk")
ANSWER_ONE = (
    "from landwaiter.cli.main import main; import sys; "
    "sys.argv = ['landwaiter', 'screen', 'Kupol', '--lists', sys.argv[1], '--json', '--as-of', '2026-09-01']; main()"
)


def main() -> None:
    """Run every part, or the one that is named, and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lists", type=Path, default=DATA / "lists" / "all_listings.csv.gz")
    parser.add_argument("--names", type=Path, default=DATA / "ownership" / "gleif_names.parquet")
    parser.add_argument("--queries", type=int, default=2_000)
    parser.add_argument("--parties", type=int, default=50_000)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--kept", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        PART_OF[options.part](options)
        return
    with tempfile.TemporaryDirectory() as folder:
        arguments = [*sys.argv[1:], "--kept", str(Path(folder) / "index.zip")]
        for part in PARTS:
            subprocess.run([sys.executable, __file__, "--part", part, *arguments], check=True)


def build(options: argparse.Namespace) -> None:
    """Reading the lists, and the index of their names."""
    begun = time.perf_counter()
    lists = read_lists(options.lists, as_of=DAY)
    read = time.perf_counter()
    standing = stand(lists.listings, lists.listing_names, as_of=DAY)
    built = time.perf_counter()
    count = f"{lists.listing_names.num_rows:,} names"
    say(f"reading the lists, {count}", f"{read - begun:.2f} s")
    say(f"load of {count} into the index", f"{built - read:.2f} s", "<= 5 s")
    card = Card(key_of("bench"), DAY, DAY, [], lists.listings.num_rows, len(lists.lists))
    if options.kept:
        write_snapshot(options.kept, standing, card)
        say("the snapshot, written", f"{time.perf_counter() - built:.2f} s, {options.kept.stat().st_size / 1e6:.0f} MB")
        queries(options)


def single(options: argparse.Namespace) -> None:
    """One question at a time, each with its explanation."""
    index = kept_index(options)
    asked = [Asked([name]) for name in queries(options)]
    index.screen(asked[:50])
    seconds = []
    for one in asked:
        begun = time.perf_counter()
        index.screen([one])
        seconds.append(time.perf_counter() - begun)
    ranked = sorted(seconds)
    say("single queries with explanation", f"{len(asked) / sum(seconds):,.0f}/s", ">= 1,000/s")
    middle, late = (1000 * seconds for seconds in (statistics.median(ranked), ranked[len(ranked) * 95 // 100]))
    say("    median and p95", f"{middle:.1f} and {late:.1f} ms", "p95 <= 5 ms")
    say("memory of that process", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB", "<= 350 MB")


def batch(options: argparse.Namespace) -> None:
    """Many questions at once, on one core."""
    index = kept_index(options)
    asked = [Asked([name]) for name in queries(options)] * 4
    begun = time.perf_counter()
    index.screen(asked)
    say("batch, per core", f"{len(asked) / (time.perf_counter() - begun):,.0f}/s", ">= 2,000/s")


def cold(options: argparse.Namespace) -> None:
    """A new process to its first answer: the whole command, from a snapshot, in an installation of the core only."""
    with tempfile.TemporaryDirectory() as folder:
        # pyarrow loads pandas where it is installed; only the extras for clusters bring it.
        (Path(folder) / "pandas.py").write_text("raise ImportError\n")
        # As an installation has it: Python keeps what it has compiled.
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
        environment = {**os.environ, **compiled, "LANDWAITER_HOME": folder,
                       "PYTHONPATH": os.pathsep.join([folder, *sys.path[1:]])}  # fmt: skip
        seconds, busy = [], []
        for _ in range(6):
            begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            subprocess.run([sys.executable, "-c", ANSWER_ONE, str(options.lists)], env=environment,
                           stdout=subprocess.DEVNULL, check=False)  # fmt: skip
            seconds.append(time.perf_counter() - begun)
            busy.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    say("first start of the command, no snapshot", f"{seconds[0]:.2f} s")
    say(
        "cold start to the first answer, whole command",
        f"{min(seconds[1:]):.2f} s",
        f"<= 1 s; {min(busy[1:]):.2f} s of the processor",
    )


def baseline(options: argparse.Namespace) -> None:
    """rapidfuzz over all names: no explanation, no other script, no country."""
    names = read_lists(options.lists, as_of=DAY).listing_names.column("name").to_pylist()
    plain = [utils.default_process(name) for name in names]
    asked = [utils.default_process(name) for name in queries(options)[:100]]
    ours = one_by_one(options)
    for title, scorer in (("WRatio", fuzz.WRatio), ("token_sort_ratio", fuzz.token_sort_ratio)):
        begun = time.perf_counter()
        for one in asked:
            process.extract(one, plain, scorer=scorer, limit=10, score_cutoff=85)
        theirs = len(asked) / (time.perf_counter() - begun)
        say(f"rapidfuzz process.extract, {title}", f"{theirs:,.0f}/s", f"ours is {ours / theirs:,.0f} times that")


def bulk(options: argparse.Namespace) -> None:
    """Parties against all lists through the corridor, as `landwaiter run` does."""
    lists = read_lists(options.lists, as_of=DAY)
    threads = options.threads
    with tempfile.TemporaryDirectory() as folder, open_duck(Path(folder), memory_mb=1500, threads=threads) as at:
        at.put("listings", lists.listings)
        at.put("listing_names", lists.listing_names)
        at.put("parties", parties(options))
        begun = time.perf_counter()
        screen(at, as_of=DAY, threads=threads)
        seconds = time.perf_counter() - begun
        found = at.count("matches")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    say(f"{options.parties:,} parties on {threads} cores", f"{seconds:.1f} s, {memory:.2f} GiB",
        f"1M in <= 360 s, 4 GB; at this pace {seconds * 1e6 / options.parties:.0f} s; {found:,} matches")  # fmt: skip


def one_by_one(options: argparse.Namespace) -> float:
    """Our own pace in the same process, on the same questions."""
    index = kept_index(options)
    asked = [Asked([name]) for name in queries(options)[:300]]
    index.screen(asked)
    begun = time.perf_counter()
    for one in asked:
        index.screen([one])
    return len(asked) / (time.perf_counter() - begun)


def kept_index(options: argparse.Namespace) -> NameIndex:
    """The index from the snapshot that the first part wrote; built anew where a part is run alone."""
    kept = read_snapshot(options.kept, key_of("bench"), DAY) if options.kept else None
    if kept:
        return NameIndex.of(kept[0])
    lists = read_lists(options.lists, as_of=DAY)
    return NameIndex(lists.listings, lists.listing_names, as_of=DAY)


def queries(options: argparse.Namespace) -> list[str]:
    """Questions, the same in every run; made once, so that no process measures the making of them."""
    where = options.kept.with_name("queries.json") if options.kept else None
    if where and where.exists():
        asked: list[str] = json.loads(where.read_text(encoding="utf-8"))
        return asked
    chance = random.Random(7)
    half = options.queries // 2
    listed = read_lists(options.lists, as_of=DAY).listing_names.column("name").to_pylist()
    firms = pq.read_table(options.names, columns=["legal_name"]).column("legal_name").to_pylist()
    mixed = [*chance.sample(firms, half), *(slipped(name, chance) for name in chance.sample(listed, half))]
    chance.shuffle(mixed)
    if where:
        where.write_text(json.dumps(mixed), encoding="utf-8")
    return mixed


def slipped(name: str, chance: random.Random) -> str:
    """A name with one character left out."""
    place = chance.randrange(len(name) or 1)
    return name[:place] + name[place + 1 :]


def parties(options: argparse.Namespace) -> pa.Table:
    """Real names of firms, those after the first round with a word of another firm before the last."""
    chance = random.Random(11)
    firms = pq.read_table(options.names, columns=["legal_name", "country"]).to_pylist()
    rows = []
    for place in range(options.parties):
        firm, other = firms[place % len(firms)], firms[chance.randrange(len(firms))]
        name = firm["legal_name"]
        if place >= len(firms):
            first, _, last = name.rpartition(" ")
            name = f"{first} {other['legal_name'].split()[0]} {last}".strip()
        rows.append({"party_id": f"p-{place:012x}", "name": name, "kind": "organisation", "country": firm["country"],
                     "names": [name], "source_ids": [], "why_merged": []})  # fmt: skip
    return pa.Table.from_pylist(rows, schema=TABLES["parties"].schema)


def say(what: str, figure: str, goal: str = "") -> None:
    """One line of the answer."""
    print(f"{what:<52}{figure:>22}   {goal}", flush=True)


PART_OF = {"build": build, "single": single, "batch": batch, "cold": cold, "baseline": baseline, "bulk": bulk}

if __name__ == "__main__":
    main()
