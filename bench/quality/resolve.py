"""Are the mentions of one firm put together, and those of two kept apart? Only the resolution, on made worlds.

    python bench/quality/resolve.py [--rows 40000] [--seeds 101 102] [--worst 12]

The truth is the world's firms.csv. A pair is two mentions; a firm is whole where all its mentions are one party, and
clean where its parties hold no mention of another firm. Splits are counted by how the mentions lie apart: other
scripts, other words, other forms of law.
"""

import argparse
import csv
import re
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import comb
from pathlib import Path

import duckdb
import pyarrow as pa

from landwaiter import resolve
from landwaiter.engine.duck import open_duck
from landwaiter.resolve.parties import link
from landwaiter.simulate.world import World, make_world
from landwaiter.tables import TABLES
from landwaiter.text.forms import Forms, shape_names
from landwaiter.text.scripts import script_name
from landwaiter.text.tokens import NOTION

MENTIONS = Path(resolve.__file__).parent / "mentions.sql"


@dataclass
class Resolved:
    """Mentions of one world with their true firm and the party they were put into."""

    names: list[str]
    books: list[str]
    firms: list[str]
    parties: list[str]
    seconds: float


def resolved_world(rows: int, seed: int, folder: Path) -> Resolved:
    """Make a world, resolve the parties of its books and registers, and bring each mention back to its firm."""
    world = make_world(rows, seed, folder / "world", file_format="parquet")
    with open_duck(folder / "corridor", memory_mb=2_000, threads=2) as corridor:
        corridor.put("mentions", _mentions(world))
        begun = time.perf_counter()
        link(corridor, threads=2)
        seconds = time.perf_counter() - begun
        mentions = corridor.get("mentions").to_pylist()
        parties = corridor.get("mention_parties").column("party_id").to_pylist()
    known = _firm_of_mention(world)
    told = [
        (mention["name"], f"{mention['reporter']} {mention['id']}".strip(), known[key], party)
        for mention, party in zip(mentions, parties, strict=True)
        if (key := (mention["reporter"], mention["name"], mention["id"])) in known
    ]
    names, books, firms, ids = (list(column) for column in zip(*told, strict=True))
    return Resolved(names, books, firms, ids, seconds)


def _mentions(world: World) -> pa.Table:
    """What `mentions.sql` makes of the world's declarations and register, which it reads as they are published."""
    with duckdb.connect() as con:
        con.read_parquet(str(world.paths["shipments"])).create_view("declarations")
        for name in ("companies", "ownership"):
            con.read_csv(str(world.paths[name]), all_varchar=True).create_view(name)
        con.from_arrow(TABLES["end_use_statements"].schema.empty_table()).create_view("end_use_statements")
        table: pa.Table = con.sql(MENTIONS.read_text(encoding="utf-8")).to_arrow_table()
    return table.sort_by("mention_no").cast(TABLES["mentions"].schema)


def _firm_of_mention(world: World) -> dict[tuple[str, str, str], str]:
    """The firm of each mention that is one firm's only."""
    firms: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    with world.paths["firms"].open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            reporter = "register" if row["source"] != "books" else row["reporter"]
            firms[reporter, row["name"], row["id"]].add(row["firm_id"])
    return {key: next(iter(found)) for key, found in firms.items() if len(found) == 1}


def pairwise(resolved: Resolved) -> tuple[int, int, int]:
    """Pairs of mentions: rightly put together, wrongly put together, and wrongly kept apart."""
    cells = Counter(zip(resolved.firms, resolved.parties, strict=True))
    right = sum(comb(count, 2) for count in cells.values())
    joined = sum(comb(count, 2) for count in Counter(resolved.parties).values())
    true = sum(comb(count, 2) for count in Counter(resolved.firms).values())
    return right, joined - right, true - right


def show(seed: int, resolved: Resolved, worst: int) -> None:
    """The figures of one world, then its wrong merges and splits by cause."""
    right, wrong, missed = pairwise(resolved)
    parties_of, firms_of = defaultdict(set), defaultdict(set)
    for firm, party in zip(resolved.firms, resolved.parties, strict=True):
        parties_of[firm].add(party)
        firms_of[party].add(firm)
    whole = sum(len(parties) == 1 for parties in parties_of.values())
    mixed = [party for party, firms in firms_of.items() if len(firms) > 1]
    impure = {firm for party in mixed for firm in firms_of[party]}
    print(
        f"\n== seed {seed}: {len(resolved.names):,} mentions of {len(parties_of):,} firms in {resolved.seconds:.1f} s"
    )
    print(f"pairs: precision {right / (right + wrong):.5f} ({wrong:,} wrong), recall {right / (right + missed):.4f}")
    print(f"firms: {whole:,} in one party ({whole / len(parties_of):.1%}), {len(impure):,} share a party with another; "
          f"parties that mix firms: {len(mixed):,}")  # fmt: skip
    _show_mixed(resolved, mixed[:worst])
    _show_splits(resolved, {firm for firm, parties in parties_of.items() if len(parties) > 1}, worst)


def _show_mixed(resolved: Resolved, mixed: list[str]) -> None:
    for party in mixed:
        rows = [place for place, one in enumerate(resolved.parties) if one == party]
        firms = {resolved.firms[place]: place for place in rows}
        print("   wrong merge: " + " | ".join(f"{firm}: {resolved.names[place]}" for firm, place in firms.items()))


def _show_splits(resolved: Resolved, split: set[str], worst: int) -> None:
    """For each split firm the largest party and each smaller one, by what is between them."""
    forms = shape_names(resolved.names)
    places: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, (firm, party) in enumerate(zip(resolved.firms, resolved.parties, strict=True)):
        if firm in split:
            places[firm][party].append(place)
    causes: dict[str, list[str]] = defaultdict(list)
    for parties in places.values():
        main, *others = sorted(parties.values(), key=lambda rows: (-len(rows), rows))
        for rows in others:
            ours, theirs = _nearest(forms, main, rows)
            causes[_cause(forms, ours, theirs)].append(
                f"{resolved.names[ours]} ({resolved.books[ours]}) | {resolved.names[theirs]} ({resolved.books[theirs]})"
            )
    for cause, found in sorted(causes.items(), key=lambda item: -len(item[1])):
        print(f"   split by {cause}: {len(found)}")
        for line in found[:: max(1, len(found) // worst)][:worst]:
            print(f"      {line}")


def _nearest(forms: Forms, main: list[int], rows: list[int]) -> tuple[int, int]:
    """The two mentions across that share most words."""
    pairs = ((ours, theirs) for ours in main for theirs in rows)
    return max(pairs, key=lambda pair: len(_words(forms, pair[0]) & _words(forms, pair[1])))


def _words(forms: Forms, name: int) -> set[str]:
    return {forms.tokens.texts[word] for word in _places(forms, name)}


def _places(forms: Forms, name: int) -> list[int]:
    found: list[int] = forms.words.words[forms.words.starts[name] : forms.words.starts[name + 1]].tolist()
    return found


def _cause(forms: Forms, ours: int, theirs: int) -> str:
    scripts = sorted({script_name(int(forms.scripts[name])) or "no script" for name in (ours, theirs)})
    notions = [{word for word in _places(forms, name) if forms.tokens.kinds[word] == NOTION} for name in (ours, theirs)]
    said = [{forms.tokens.texts[word] for word in words} for words in notions]
    business = (
        "the same business" if said[0] == said[1] else "business on one side" if not all(said) else "two businesses"
    )
    families = {int(forms.families[name]) for name in (ours, theirs)}
    law = "one form" if len(families) == 1 else "form on one side" if 0 in families else "two forms"
    return re.sub(r"\s+", " ", f"{' and '.join(scripts)}, {business}, {law}")


def main() -> None:
    """Resolve the worlds of the seeds given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=40_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[101, 102])
    parser.add_argument("--worst", type=int, default=8)
    options = parser.parse_args()
    for seed in options.seeds:
        with tempfile.TemporaryDirectory() as folder:
            show(seed, resolved_world(options.rows, seed, Path(folder)), options.worst)


if __name__ == "__main__":
    main()
