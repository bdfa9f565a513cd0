"""How well are control lists read? Prints vectors right by class, rules read, changes found, and the worst errors.

    python bench/quality/controls.py [folder of the data] [--show 6]

The labelled vectors are measuring data: nothing is learned from them. Versions that come with the program are
compared as they come; the whole saved lists of categories 3 to 5 as `bench/control_texts.py` reads them.
"""

import argparse
import csv
import json
import re
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

from landwaiter.classify.controlled import judge_item
from landwaiter.classify.difference import SUBSTANTIVE, Change, difference
from landwaiter.classify.flips import Goods, flips
from landwaiter.classify.item_classes import known_classes, names_of, parameter_measured, scopes_of
from landwaiter.classify.rules import rules_of
from landwaiter.ref.legal import same_words
from landwaiter.ref.paragraphs import Version, held_lists, held_versions

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from control_texts import all_versions

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
YEAR_ONLY = date(2022, 6, 30)
NUMBER_WITH_UNIT = re.compile(r"\d\s?(?:[kMGTmμn]?(?:Hz|W|V|A|J|s|m|g|Pa|T|SPS)|K|°C|dB[mc]?|bit|%)(?![A-Za-z])")


def day_of(version: str) -> date:
    """The day that a vector's version stands for."""
    found = re.match(r"\d{4}-\d{2}-\d{2}", version)
    return date.fromisoformat(found.group()) if found else YEAR_ONLY


def vectors(path: Path, show: int) -> None:
    """Right are exactly the paragraphs expected, and an answer `not caught` where there are none."""
    right, asked, reasons, wrong = Counter(), Counter(), 0, []
    started = time.process_time()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        key = (row["list"], row["item_class"])
        as_of = day_of(row["version"])
        answers = judge_item(row["item_class"], row["params"], control_list=row["list"], as_of=as_of)
        caught = sorted(one.entry for one in answers if one.answer == "caught")
        none = bool(row["expected"]) or "not caught" in {one.answer for one in answers}
        good = caught == sorted(row["expected"]) and none
        reasons += all(re.search(r"\d", one.reason) for one in answers if one.answer in ("caught", "not caught"))
        asked[key] += 1
        right[key] += good
        if not good:
            wrong.append((row, answers))
    spent = time.process_time() - started
    print(f"parametric vectors: {sum(right.values())} of {len(rows)} right (goal 100 %); "
          f"{reasons} with values in every reason; {len(rows) / spent:,.0f} items/s of CPU")  # fmt: skip
    for key in sorted(asked):
        print(f"  {key[0]:<22} {key[1]:<24} {right[key]:>3} of {asked[key]}")
    for row, answers in wrong[:show]:
        print(f"  wrong {row['id']}: expected {row['expected']}, answered {[(a.entry, a.answer) for a in answers]}")


def extraction(show: int) -> None:
    """Of the paragraphs that hold a number with a unit, in how many every such number is in a rule."""
    print("\nthresholds read from the texts that come with the program")
    print(f"  {'list and category':<34} {'with numbers':>12} {'read whole':>11} {'rules':>6}")
    unread = []
    for name in held_lists():
        for version in held_versions(name):
            counts: dict[str, Counter[str]] = {}
            for one in version.at.values():
                count = counts.setdefault(one.path[0], Counter())
                read = rules_of(one.path, one.text, decimal_comma=name.startswith("eu"))
                count["rules"] += len(read.rules)
                if NUMBER_WITH_UNIT.search(re.sub(r"\b\d[A-E]\d{3}", "", one.text)):
                    count["numbers"] += 1
                    count["whole"] += not read.unread and bool(read.rules)
                    unread += [(name, one.path, words) for words in read.unread[:1]]
            for category, count in sorted(counts.items()):
                label = f"{name} {version.valid_from} category {category}"
                share = count["whole"] / max(count["numbers"], 1)
                print(f"  {label:<34} {count['numbers']:>12} {count['whole']:>5} {share:>4.0%} {count['rules']:>6}")
    for name, path, words in unread[:: max(len(unread) // show, 1)][:show]:
        print(f"  not read: {name} {path}: « {words} »")


def classes() -> None:
    """Item classes whose paragraphs are held, and how many of their rules have a parameter."""
    print("\nitem classes: rules of their paragraphs that a parameter decides")
    for item_class in known_classes():
        said = []
        for name in held_lists():
            version = held_versions(name)[0] if name == "eu_annex_i" else held_versions(name)[-1]
            rules = [rule for scope in scopes_of(item_class, name) for rule in _rules_below(version, scope.path)]
            limits = [rule for rule in rules if rule.role != "measured"]
            known = sum(parameter_measured(rule, names_of(item_class)) is not None for rule in limits)
            said.append(f"{name} {known}/{len(limits)}")
        print(f"  {item_class:<26} {'  '.join(said)}")


def _rules_below(version: Version, path: str) -> list:
    return [
        rule
        for one in version.at.values()
        if one.path == path or one.path.startswith(path + ".")
        for rule in rules_of(one.path, one.text, decimal_comma=version.control_list.startswith("eu")).rules
    ]


def eu_proof(path: Path) -> None:
    """Are the recorded threshold changes of 3A002 found, with both limits and a direction?"""
    changes = difference(*held_versions("eu_annex_i"))
    found = 0
    print("\nEU 3A002, 2022 to 2026: recorded threshold changes")
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            mine = [
                one for one in changes if one.path == row["paragraph"] or one.path.startswith(row["paragraph"] + ".")
            ]
            numbers = [set(re.findall(r"\d+(?:\.\d+)?", row[column])) for column in ("limit_2022", "limit_2026_09_21")]
            good = [one for one in mine if one.kind in SUBSTANTIVE and _shows(one, *numbers)]
            found += bool(good)
            said = "; ".join(f"{s.old} -> {s.new} {s.towards}" for one in good for s in one.shifts)
            kind = ", ".join(sorted({one.kind for one in good})) or "NOT FOUND"
            print(
                f"  {row['paragraph']:<13} {row['limit_2022']:<22} -> {row['limit_2026_09_21']:<22} {kind}: {said[:90]}"
            )
    print(f"  {found} of 11 found with direction (goal 11); all changes: {dict(Counter(one.kind for one in changes))}")


def _shows(change: Change, old: set[str], new: set[str]) -> bool:
    """Both recorded limits are among the limits that moved, or the paragraph was deleted with its limit."""
    if change.kind == "deleted":
        return bool(old & set(re.findall(r"\d+(?:\.\d+)?", change.old_text.replace(",", "."))))
    said = [" ".join(getattr(shift, side) for shift in change.shifts) for side in ("old", "new")]
    return all(any(number in words for number in numbers) for words, numbers in zip(said, (old, new), strict=True))


def us_proof(folder: Path, show: int) -> None:
    """What share of the changes reported as substantive differ only in form?"""
    made = all_versions(folder)
    old, new = made["us_2025"], made["us_2026"]
    changes = difference(old, new)
    both = sum(path in new.at for path in old.at)
    substantive = [one for one in changes if one.kind in SUBSTANTIVE]
    noise = [one for one in substantive if form_only(one, old, new)]
    share = len(noise) / len(substantive) if substantive else 0.0
    kinds = dict(Counter(one.kind for one in changes))
    print(f"\nUS categories 3 to 5, 2025 to 2026-07-23: {both} paragraphs in both; changes {kinds}")
    print(f"  substantive {len(substantive)}, of these only form {len(noise)}: {share:.1%} (goal at most 5 %)")
    raw = sum(old.at[path].text != new.at[path].text for path in old.at if path in new.at)
    print(f"  for comparison, paragraphs whose text differs as printed: {raw} of {both}")
    for one in [*substantive, *(c for c in changes if c.kind not in SUBSTANTIVE)][: 2 * show]:
        print(f"  {one.path} {one.kind}: « {one.old_text[:70]} » -> « {one.new_text[:70]} »")


def form_only(change: Change, old: Version, new: Version) -> bool:
    """Whether the words are the same but for form, or stand under another label of the entry in the other version."""
    plain = [_letters(text) for text in (change.old_text, change.new_text)]
    if plain[0] == plain[1]:
        return True
    if change.kind not in ("added", "deleted"):
        return False
    other, words = (old, plain[1]) if change.kind == "added" else (new, plain[0])
    entry = change.path.split(".")[0]
    return any(words and words in _letters(one.text) for one in other.paragraphs if one.entry == entry)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", same_words(text, decimal_comma=False))


def flip_proof(path: Path) -> None:
    """Which of the vectors' items of the EU list flip from 2022 to 2026, against what the vectors expect?"""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    expected: dict[str, dict[bool, list[str]]] = {}
    for row in rows:
        if row["list"].startswith("EU"):
            key = json.dumps([row["item_class"], row["params"]], sort_keys=True)
            expected.setdefault(key, {})[day_of(row["version"]) == YEAR_ONLY] = sorted(row["expected"])
    pairs = {key: both for key, both in expected.items() if len(both) == 2}
    goods = [Goods(key, json.loads(key)[0], tuple(json.loads(key)[1].items())) for key in pairs]
    found = {one.row for one in flips(goods, *held_versions("eu_annex_i"))}
    wanted = {key for key, both in pairs.items() if both[True] != both[False]}
    print(f"\nre-screen, EU 2022 to 2026: {len(goods)} goods, {len(wanted)} flip by the labels, "
          f"{len(found & wanted)} found, "
          f"{len(found - wanted)} more")  # fmt: skip


def main() -> None:
    """Print all figures; data that is not there is named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", nargs="?", type=Path, default=SHARED)
    parser.add_argument("--show", type=int, default=6)
    asked = parser.parse_args()
    labelled, lists = asked.data / "goods-dev" / "parametric_vectors.jsonl", asked.data / "control-lists"
    extraction(asked.show)
    classes()
    if not labelled.exists() or not lists.exists():
        print(f"\nskipped: {asked.data} has no labelled vectors or saved lists")
        return
    print()
    vectors(labelled, asked.show)
    eu_proof(lists / "eu_3a002_threshold_changes.csv")
    flip_proof(labelled)
    us_proof(lists, asked.show)


if __name__ == "__main__":
    main()
