"""Is ownership read and judged as the law and the standard say? All figures of concealed ownership in one run.

    python bench/quality/own.py [FOLDER] [--all] [--sample 40000] [--lists all_listings.csv.gz]

FOLDER is ../shared/data/ownership. Worked cases of the rules, the test data, fixtures, examples and real statements of
BODS 0.4; what the UK register of overseas entities alone raises; and what names of companies from GLEIF raise, screened
against the kept lists and assessed with no other data: a sample of them, or ALL. What disagrees is shown.
"""

import argparse
import gzip
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from landwaiter.classify.priority import classify
from landwaiter.engine.corridor import Corridor
from landwaiter.engine.duck import open_duck
from landwaiter.engine.step import read_step
from landwaiter.fetch import read_lists
from landwaiter.flags.judge import find_flags, judge
from landwaiter.load.bods import tell_interests
from landwaiter.load.bods_rules import faults_of
from landwaiter.load.objects import Found
from landwaiter.load.telling import Cells, Telling
from landwaiter.own.end_uses import read_end_uses
from landwaiter.own.papers import read_papers
from landwaiter.own.shared import share_attributes
from landwaiter.own.ways import measure_ways
from landwaiter.screen.match import screen
from landwaiter.tables import TABLES
from landwaiter.text.fold import fold
from landwaiter.text.legal_forms import legal_forms

ROOT = Path(__file__).parents[2]
DAY = date(2023, 6, 1)
LISTS_DAY = date(2026, 9, 1)  # when the kept lists are read
SHARED = ROOT / ".." / "shared" / "data" / "ownership"
LISTED = SHARED.parent / "lists" / "all_listings.csv.gz"
MATCHED = read_step(ROOT / "src" / "landwaiter" / "screen" / "listings_matched.sql")
# What each fixture has to tell: owner, company, interest and share; None where no share is published.
STORIES = {
    "01-direct-ownership": {
        ("rec-jane-smith-1975", "rec-acme-holdings-ltd", "shares", "75"),
        ("rec-jane-smith-1975", "rec-acme-holdings-ltd", "votes", "75"),
    },
    "10-circular-ownership": {
        ("rec-alpha-corp", "rec-beta-corp", "shares", "100"),
        ("rec-beta-corp", "rec-alpha-corp", "shares", "100"),
    },
    "11-anonymous-person": {
        ("declared unknown: subjectUnableToConfirmOrIdentifyBeneficialOwner", "rec-opaque-holdings-sa", "shares", None)
    },
}


def main() -> None:
    """Print each figure beside its goal."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", nargs="?", default=SHARED, type=Path)
    options.add_argument("--all", action="store_true", help="every company of GLEIF; minutes")
    options.add_argument("--sample", type=int, default=40_000, help="so many companies of GLEIF, always the same")
    options.add_argument(
        "--lists", default=LISTED, type=Path, help="one file of listings, as `screen --lists` takes it"
    )
    given = options.parse_args()
    folder = given.folder
    if not folder.exists():
        sys.exit(f"{folder} is not here: nothing was measured")
    rule_cases()
    labelled(folder / "bods-0.4" / "test_statements.jsonl.gz")
    fixtures(folder / "bods-0.4" / "fixtures")
    examples(folder / "bods-0.4" / "examples")
    real(folder / "bods-real" / "all_demo.jsonl.gz")
    overseas(folder / "uk_overseas_entities.parquet")
    strangers(folder / "gleif_names.parquet", given.lists, None if given.all else given.sample)


def rule_cases() -> None:
    """The worked cases, each judged as the test of the room judges it."""
    sys.path[0] = str(ROOT / "tests")  # in place of this folder, where this file bears the room's name
    worked = import_module("own.test_answer")
    cases, failed = worked.cases(), []
    for case in cases:
        try:
            worked.test_a_worked_case(case)
        except (AssertionError, KeyError, AttributeError) as error:
            failed.append(f"{case['id']}: {error}")
    say("rule cases", len(cases) - len(failed), 28, failed)


def labelled(path: Path) -> None:
    """Valid or invalid as labelled, and the path of every fault as the standard's own checker names it."""
    wrong, paths, kinds = [], 0, Counter[str]()
    for test in lines_of(path):
        found = [path for path, _ in _faults(test["statements"])]
        kinds[test["kind"]] += 1
        if (not found) != (test["kind"] == "valid"):
            wrong.append(f"{test['file']}: labelled {test['kind']}, found {found}")
        paths += test["kind"] == "invalid" and {one["json_path"] for one in test["expected"]} <= set(found)
    say("BODS judged as labelled", sum(kinds.values()) - len(wrong), 303, wrong)
    say("  invalid ones whose faults stand at the labelled path", paths, kinds["invalid"], [])


def lines_of(path: Path) -> list[dict[str, object]]:
    """The objects of packed JSON lines."""
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def _faults(statements: object) -> Iterator[tuple[str, str]]:
    if not isinstance(statements, list):
        yield "$", "is no list"
        return
    for place, statement in enumerate(statements):
        yield from ((f"$[{place}]{path[1:]}", what) for path, what in faults_of(statement))


def told(statements: list[dict[str, object]]) -> tuple[list[Cells], list[object], Telling]:
    """Rows, faults and the account of some statements."""
    telling = Telling()
    records = [Found(place + 1, f"$[{place}]", one) for place, one in enumerate(statements)]
    said = list(tell_interests(records, telling))
    return [row for row in said if isinstance(row, dict)], [row for row in said if isinstance(row, list)], telling


def fixtures(folder: Path) -> None:
    """The three stories."""
    right, wrong = 0, []
    for name, story in STORIES.items():
        path = next(folder.rglob(f"{name}.json"))
        rows, faults, _ = told(json.loads(path.read_text(encoding="utf-8")))
        found = {
            (
                row["owner_name"] if str(row["owner_id"]).startswith("undeclared") else row["owner_id"],
                row["owned_id"],
                row["interest"],
                row.get("share_min") or None,
            )
            for row in rows
        }
        if found == story and not faults:
            right += 1
        else:
            wrong.append(f"{name}: {sorted(map(str, found))}")
    say("fixtures with the right story", right, 3, wrong)


def examples(folder: Path) -> None:
    """Every official example: no fault, and every statement told or named."""
    whole, wrong = 0, []
    for path in sorted(folder.glob("*.json")):
        statements = json.loads(path.read_text(encoding="utf-8"))
        _, faults, telling = told(statements)
        if not faults and accounted(telling) == len(statements):
            whole += 1
        else:
            wrong.append(f"{path.name}: {len(faults)} faults, {accounted(telling)} of {len(statements)} accounted for")
    say("examples accounted for", whole, 19, wrong)


def accounted(telling: Telling) -> int:
    """Statements that gave rows or a name, or whose giving none is said; a single interest is part of a statement."""
    return telling.told + telling.records_without_row


def real(path: Path) -> None:
    """The real groups."""
    statements = lines_of(path)
    rows, faults, telling = told(statements)
    say("real statements loaded without loss", accounted(telling) - len(faults), 1204, [str(one) for one in faults])
    bands = [row for row in rows if row.get("share_min") or row.get("share_max")]
    exact = [row for row in bands if row.get("share_min") == row.get("share_max")]
    print(f"  {len(rows):,} interests: {dict(Counter(row['interest'] for row in rows))}")
    print(f"  {len(bands):,} with a band, {len(exact):,} of them exact; {sum(bool(r['valid_to']) for r in rows)} ended")
    for note in telling.notes():
        print(f"  {note}")


def put(corridor: Corridor, table: str, count: int, /, **columns: list[object]) -> None:
    """A table of the contract of which only some columns are said."""
    schema = TABLES[table].schema
    arrays = [pa.array(columns[f.name], f.type) if f.name in columns else pa.nulls(count, f.type) for f in schema]
    corridor.put(table, pa.Table.from_arrays(arrays, schema=schema))


def overseas(path: Path) -> None:
    """The UK's overseas entities, each a consignee of priority goods: what does the register alone raise?"""
    if not path.exists():
        print("UK overseas entities: not here, so not measured")
        return
    table = pq.read_table(path)
    names = table.column("name").to_pylist()
    addresses = table.column("reg_address").to_pylist()
    count = len(names)
    parties = [f"p-{number}" for number in range(count)]
    with tempfile.TemporaryDirectory() as folder, open_duck(Path(folder), memory_mb=2_000, threads=2) as corridor:
        put(corridor, "company_parties", count, row_id=parties, company_id=parties, party_id=parties, name=names,
            address=addresses, officers=[[]] * count)  # fmt: skip
        consignees(corridor, names, [None] * count)
        for empty in ("matches", "listings_matched"):
            corridor.put(empty, TABLES[empty].schema.empty_table())
        share_attributes(corridor)
        kinds, findings = judged(corridor, DAY)
        shared = corridor.get("shared_attributes").to_pylist()
    crowded = {row["party_id"] for row in shared if row["attribute"] == "address" and row["degree"] >= 100}
    addressed = {"mass_address", "listed_address", "shares_with_listed"}
    above = [one for one in findings if one["flag"] in addressed and one["subject_id"] in crowded
             and kinds[one["flag"]] != "context"]  # fmt: skip
    print(f"{count:,} UK overseas entities, {len(crowded):,} at addresses of 100 or more; {len(kinds)} flags asked")
    print(f"  findings: {dict(Counter(one['flag'] for one in findings))}")
    say("  addresses of degree 100 or more that raise only context", len(crowded) - len(above), len(crowded), [])
    loud = {one["subject_id"] for one in findings if kinds[one["flag"]] != "context"}
    print(f"  any finding above context: {len(loud):,} of {count:,}, {100 * len(loud) / count:.3f} %")


def consignees(corridor: Corridor, names: list[str], countries: list[str | None]) -> None:
    """Parties of whom only name and country are known, each once the consignee of priority goods for no named user."""
    count = len(names)
    parties = [f"p-{number}" for number in range(count)]
    put(corridor, "parties", count, party_id=parties, name=names, kind=["organisation"] * count, country=countries,
        names=[[name] for name in names], source_ids=[[]] * count, why_merged=[[]] * count)  # fmt: skip
    put(corridor, "shipments", count, row_id=parties, row_no=list(range(count)), file=["f"] * count,
        line=list(range(count)), shipment_id=parties, declared_on=[DAY] * count, reporter=["DE"] * count,
        flow=["export"] * count, consignee_party=parties, exporter_party=["p-seller"] * count,
        hs6=["854231"] * count, base_unit=["C62"] * count, quantity_milli=[1_000_000] * count)  # fmt: skip


def judged(corridor: Corridor, as_of: date) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The kind of each flag that could be asked of single parties, and what was found."""
    for empty in ("owner_facts", "owners"):
        corridor.put(empty, TABLES[empty].schema.empty_table())
    classify(corridor, as_of=as_of)
    read_papers(corridor)
    read_end_uses(corridor)
    measure_ways(corridor)
    flags = [flag for flag in find_flags() if not {"lots", "relays", "hops", "chains", "gaps"} & set(flag.reads)]
    not_run = {name for name, _ in judge(corridor, flags)}
    kinds = {flag.name: flag.card["kind"] for flag in flags if flag.name not in not_run}
    return kinds, corridor.get("findings").select(["flag", "subject_id", "strength", "reason"]).to_pylist()


def strangers(path: Path, listed: Path, sample: int | None) -> None:
    """Companies of GLEIF of which nothing but the name and the country is known: how many are flagged, and by what?"""
    if not path.exists() or not listed.exists():
        print(f"GLEIF companies: {path if listed.exists() else listed} is not here, so not measured")
        return
    rows = pq.read_table(path, columns=["legal_name", "country"]).to_pylist()
    if sample is not None and sample < len(rows):
        rows = random.Random(6).sample(rows, sample)
    names, count = [row["legal_name"] for row in rows], len(rows)
    lists = read_lists(listed, as_of=LISTS_DAY)
    with tempfile.TemporaryDirectory() as folder, open_duck(Path(folder), memory_mb=2_000, threads=2) as corridor:
        consignees(corridor, names, [row["country"] for row in rows])
        corridor.put("listings", lists.listings)
        corridor.put("listing_names", lists.listing_names)
        screen(corridor, as_of=LISTS_DAY, threads=2)
        corridor.run(MATCHED, {})
        kinds, findings = judged(corridor, LISTS_DAY)
        matches = corridor.get("matches").select(["party_id", "name_matched", "score"]).to_pylist()
    loud = [one for one in findings if kinds[one["flag"]] != "context"]
    flagged = {one["subject_id"] for one in loud}
    same = bearers(matches, names)
    print(f"{count:,} GLEIF companies, {lists.listings.num_rows:,} listings; {len(kinds)} flags asked")
    share("any finding above context, matches in truth among them", len(flagged), count, goal=0.1)
    for flag, found in Counter(one["flag"] for one in loud).most_common():
        share(f"  {flag} ({kinds[flag]})", found, count)
    by_list = {one["subject_id"] for one in loud if one["flag"] == "listed"}
    share("  listed, with the very name of a listing: a match in truth or a namesake", len(by_list & same), count)
    share("  listed, with a name that is only like it", len(by_list - same), count)
    context = Counter(one["flag"] for one in findings if kinds[one["flag"]] == "context")
    for flag, found in context.most_common():
        share(f"  context alone: {flag}", found, count)
    elsewhere = {one["subject_id"] for one in findings if one["flag"] == "namesake"} & same
    share("  of namesake, with the very name of a listing", len(elsewhere), count)
    worst = [one for one in loud if one["subject_id"] not in same]
    for one in sorted(worst, key=lambda one: (one["flag"] != "listed", -one["strength"], one["subject_id"]))[:12]:
        print(f"    {one['flag']} {one['strength']:.2f} {names[int(one['subject_id'][2:])]}: {one['reason']}"[:240])


def bearers(matches: list[dict[str, str]], names: list[str]) -> set[str]:
    """Parties whose name is a listed one but for case, signs and legal form."""
    ours = [names[int(match["party_id"][2:])] for match in matches]
    pairs = zip(bare(ours), bare([match["name_matched"] for match in matches]), matches, strict=True)
    return {match["party_id"] for mine, theirs, match in pairs if mine == theirs}


def bare(names: list[str]) -> list[str]:
    """Each name without case, signs and legal forms; whole where nothing else is in it."""
    forms = legal_forms()
    found = []
    for folded in fold([name.replace(".", "").replace("&", " and ") for name in names]):
        words = "".join(sign if sign.isalnum() else " " for sign in folded).split()
        found.append("".join([word for word in words if word not in forms] or words))
    return found


def share(what: str, found: int, count: int, goal: float | None = None) -> None:
    """A part of the companies, marked where it is more than it should be."""
    part = 100 * found / count
    beside = "" if goal is None else f"   goal < {goal} %{'' if part < goal else '  SHORT OF ITS GOAL'}"
    print(f"  {what:<74} {found:>7,} {part:>7.3f} %{beside}")


def say(what: str, found: int, wanted: int, wrong: list[str]) -> None:
    """One line, marked where it falls short, and the first errors."""
    print(f"{what:<58} {found:>5} of {wanted:<5}{'' if found >= wanted else '  SHORT OF ITS GOAL'}")
    for line in wrong[:12]:
        print(f"    {line[:240]}")


if __name__ == "__main__":
    main()
