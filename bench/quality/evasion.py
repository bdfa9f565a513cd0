"""How is a name written by somebody who does not want to be found? Pairs by class, made from trainable records.

    python bench/quality/evasion.py [--worst 8]

Prints by class how many are known when both names are compared, and the misses. table.py prints them beside others.
"""

import argparse
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from names import records_of

from landwaiter.screen.compare import compare
from landwaiter.screen.index import Asked, NameIndex
from landwaiter.text.evidence import COMPARED_THRESHOLD
from learn_score import trainable_records

_LOOKS = str.maketrans("aceopxyAEOPCTHKMB", "асеорхуАЕОРСТНКМВ")
_OCR = (("o", "0"), ("O", "0"), ("l", "1"), ("I", "1"), ("rn", "m"), ("m", "rn"), ("RN", "M"), ("M", "RN"))
_FORMS = ("Limited Liability Company", "LLC", "Ltd.", "OOO", "GmbH")
CLASSES = ("homoglyph", "zero-width", "OCR", "truncation", "spacing", "legal form")


def made_pairs(each: int, seed: int) -> list[dict]:
    """Rows of the form of the labelled sets, all of label 1: `each` for each class."""
    chance = random.Random(seed)
    names = [names[0] for names in trainable_records() if names[0].isascii() and len(names[0]) >= 12]
    rows = []
    for kind in CLASSES:
        chance.shuffle(names)
        made = ((name, changed(name, kind, chance)) for name in names)
        told = [(name, other) for name, other in made if other != name][:each]
        rows += [
            {"left": {"name": [other]}, "right": {"name": [name]}, "schema": "LegalEntity", "label": 1,
             "category": kind} for name, other in told
        ]  # fmt: skip
    return rows


def changed(name: str, kind: str, chance: random.Random) -> str:
    """The name in the disguise of one class; itself where the class does not apply."""
    place = chance.randrange(3, len(name) - 3)
    if kind == "homoglyph":
        return name[:place] + name[place : place + 3].translate(_LOOKS) + name[place + 3 :]
    if kind == "zero-width":
        return name[:place] + chance.choice("\u200b\u200c\u200d\ufeff\u00ad") + name[place:]
    if kind == "OCR":
        old, new = chance.choice([pair for pair in _OCR if pair[0] in name] or [("", "")])
        return name.replace(old, new, 1) if old else name
    if kind == "truncation":
        return name[: -chance.randint(1, 3)]
    if kind == "spacing":
        return (
            name.replace(" ", chance.choice(("", "  ")), 1)
            if chance.random() < 0.5
            else f"{name[:place]} {name[place:]}"
        )
    return f"{name} {chance.choice(_FORMS)}"


def found_on_list(index: NameIndex, rows: list[dict]) -> dict[str, float]:
    """For each class, how many of its names find the name they were made of, or that listing, on the whole list."""
    matches = index.screen([Asked(row["left"]["name"]) for row in rows])
    plain = [{spelled(one.name_matched) for one in found} for found in matches]
    told = [
        (row["category"], spelled(row["right"]["name"][0]) in names) for row, names in zip(rows, plain, strict=True)
    ]
    return {kind: sum(hit for one, hit in told if one == kind) / sum(one == kind for one, _ in told)
            for kind in CLASSES}  # fmt: skip


def spelled(name: str) -> str:
    """The letters of a name."""
    return "".join(filter(str.isalnum, name.casefold()))


def main() -> None:
    """Print recall by class and the misses."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--worst", type=int, default=8)
    options.add_argument("--each", type=int, default=200)
    options.add_argument("--seed", type=int, default=5)
    chosen = options.parse_args()
    rows = made_pairs(chosen.each, chosen.seed)
    left, right = (
        records_of([row[side] for row in rows], [row["schema"] for row in rows]) for side in ("left", "right")
    )
    compared = compare(left, right, threads=1)
    for kind in CLASSES:
        places = [place for place, row in enumerate(rows) if row["category"] == kind]
        missed = [place for place in places if compared.scores[place] < COMPARED_THRESHOLD]
        print(f"{kind:12}{len(places):>5} recall {1 - len(missed) / len(places):.3f}")
        for place in missed[: chosen.worst]:
            one, other = (rows[place][side]["name"][0] for side in ("left", "right"))
            print(f"   {compared.scores[place]:.2f}  {one}  |  {other}  |  {compared.reasons[place]}")


if __name__ == "__main__":
    main()
