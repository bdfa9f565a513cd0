"""Is ownership read and judged as the law and the standard say? All figures of concealed ownership in one run.

    python bench/quality/own.py [FOLDER]

FOLDER is ../shared/data/ownership. Worked cases of the rules, the test data, fixtures, examples and real statements of
BODS 0.4. What disagrees is shown.
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from landwaiter.load.bods import tell_interests
from landwaiter.load.bods_rules import faults_of
from landwaiter.load.objects import Found
from landwaiter.load.telling import Cells, Telling

ROOT = Path(__file__).parents[2]
SHARED = ROOT / ".." / "shared" / "data" / "ownership"
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
    folder = options.parse_args().folder
    if not folder.exists():
        sys.exit(f"{folder} is not here: nothing was measured")
    rule_cases()
    labelled(folder / "bods-0.4" / "test_statements.jsonl.gz")
    fixtures(folder / "bods-0.4" / "fixtures")
    examples(folder / "bods-0.4" / "examples")
    real(folder / "bods-real" / "all_demo.jsonl.gz")


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


def say(what: str, found: int, wanted: int, wrong: list[str]) -> None:
    """One line, marked where it falls short, and the first errors."""
    print(f"{what:<58} {found:>5} of {wanted:<5}{'' if found >= wanted else '  SHORT OF ITS GOAL'}")
    for line in wrong[:12]:
        print(f"    {line[:240]}")


if __name__ == "__main__":
    main()
