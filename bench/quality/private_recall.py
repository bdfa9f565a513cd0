"""Does a private query find a name that the peer writes otherwise? Recall and candidates by kind of variation.

    python bench/quality/private_recall.py [gleif_names.parquet] [--names 1500] [--worst 3]

Names of real companies, each varied, are asked against the keys of all of them. A private query finds a name where one
key is equal, so the keys are compared in the open here, which gives the same answer in seconds. Keys that more names
share than a setup takes are left out, as there. Variations that leave the name as it was, or cannot be made, are not
counted: a name of one word loses none.
"""

import argparse
import csv
import gzip
import random
import re
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq

from landwaiter.exchange.name_keys import key_of_identifier, keys_of_names
from landwaiter.exchange.private import MOST_NAMES_OF_A_KEY

GLEIF = Path(__file__).parents[3] / "shared" / "data" / "ownership" / "gleif_names.parquet"
ISO_20275 = GLEIF.with_name("iso20275_elf_codes_1.4.1.csv.gz")
ISO_COLUMNS = ("Entity Legal Form name Local name", "Abbreviations Local language", "Abbreviations transliterated")
CHUNK = 20_000
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Endings that say the legal form, as plain text and not by our own tables, which are what is measured.
FORM = re.compile(
    r"[\s,]+\(?(private limited|pvt\.? ltd|\(?pty\)? ltd|pte\.? ltd|co\.?,? ltd|limited|ltd|l\.?l\.?c|l\.?l\.?p|inc|"
    r"incorporated|corporation|corp|gmbh|a\.?g|s\.?a|b\.?v|n\.?v|s\.?r\.?l|s\.?p\.?a|a/s|oy|ab|plc)\.?\)?$",
    re.IGNORECASE,
)
FORMS = ("Limited", "LLC", "GmbH", "Inc.", "S.A.", "B.V.", "Pte. Ltd.", "AG", "S.r.l.", "Co., Ltd.")


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", nargs="?", default=GLEIF, type=Path)
    options.add_argument("--names", type=int, default=1_500)
    options.add_argument("--worst", type=int, default=3)
    chosen = options.parse_args()
    if not chosen.file.exists():
        raise SystemExit(f"did not run: {chosen.file} is not there; name a Parquet file with a column legal_name")
    names = legal_names(chosen.file)
    taken = random.Random(7).sample(range(len(names)), min(chosen.names, len(names)))
    asked = [(kind, place, varied) for kind, (change, _) in VARIATIONS.items()
             for place in taken if (varied := change(names[place], random.Random(place)))]  # fmt: skip
    before = time.process_time()
    keys = keys_of_names([varied for _, _, varied in asked])
    owners, count = owners_of(names, {key for of_name in keys for key in of_name})
    print(f"{len(taken):,} names against {len(names):,}, {count / len(names):.1f} keys a name, "
          f"{time.process_time() - before:.0f} s of processor")  # fmt: skip
    print(f"{'variation':24}{'asked':>7}{'recall':>8}{'goal':>7}{'only shared':>13}{'candidates':>12}{'median':>8}")
    for kind in VARIATIONS:
        tell(kind, [(place, varied, of_name) for (one, place, varied), of_name in zip(asked, keys, strict=True)
                    if one == kind], names, owners, chosen.worst)  # fmt: skip
    tell_identifiers(chosen.file, taken)


def legal_names(path: Path) -> list[str]:
    """All names of the file."""
    found: list[str] = [name for name in pq.read_table(path, columns=["legal_name"])[0].to_pylist() if name]
    return found


def keyed(names: Sequence[str]) -> Iterator[list[str]]:
    """The keys of each name, made a part of the names at a time."""
    for start in range(0, len(names), CHUNK):
        yield from keys_of_names(names[start : start + CHUNK])


def owners_of(names: Sequence[str], wanted: set[str]) -> tuple[dict[str, list[int]], int]:
    """Places of the names that have each of the wanted keys, and how many keys all names have."""
    owners: dict[str, list[int]] = defaultdict(list)
    count = 0
    for place, of_name in enumerate(keyed(names)):
        count += len(of_name)
        for key in of_name:
            if key in wanted:
                owners[key].append(place)
    return owners, count


def tell(
    kind: str, asked: list[tuple[int, str, list[str]]], names: list[str], owners: dict[str, list[int]], worst: int
):
    """The line of one variation, and names that were missed; `only shared`: missed for keys of too many names."""
    missed, drowned, candidates = [], 0, []
    for place, varied, keys in asked:
        used = [owners[key] for key in keys if key in owners and len(owners[key]) <= MOST_NAMES_OF_A_KEY]
        found = {one for of_key in used for one in of_key}
        candidates.append(len(found))
        if place not in found:
            missed.append(f"{names[place]}  |  {varied}")
            drowned += any(place in owners[key] for key in keys if key in owners)
    recall, goal = 1 - len(missed) / len(asked), VARIATIONS[kind][1]
    short = "  short" if goal and recall < goal else ""
    mean, median = sum(candidates) / len(candidates), sorted(candidates)[len(candidates) // 2]
    print(f"{kind:24}{len(asked):>7,}{recall:>8.4f}{f'>= {goal}' if goal else '-':>8}{drowned:>12}{mean:>12.1f}"
          f"{median:>8}{short}")  # fmt: skip
    for line in missed[:worst]:
        print(f"    missed: {line}")


def tell_identifiers(path: Path, taken: Sequence[int]) -> None:
    """Numbers (LEI) in small letters, with spaces and hyphens: one exact key, so one candidate and no other."""
    numbers = [one for one in pq.read_table(path, columns=["lei"])[0].to_pylist() if one]
    holders = Counter(key_of_identifier("identifiers", one) for one in numbers)
    asked = [numbers[place] for place in taken if place < len(numbers)]
    written = ["-".join((one[:4], one[4:12], f" {one[12:]}")).lower() for one in asked]
    counts = [holders[key_of_identifier("identifiers", one)] for one in written]
    recall, mean = sum(count > 0 for count in counts) / len(counts), sum(counts) / len(counts)
    print(f"{'identifiers, respelt':24}{len(asked):>7,}{recall:>8.4f}{'exact':>8}{0:>12}{mean:>12.1f}"
          f"{sorted(counts)[len(counts) // 2]:>8}")  # fmt: skip


def parted(name: str) -> tuple[str, str]:
    """The name without the legal forms at its end, and these: those of ISO 20275, and plain endings."""
    words = name.split()
    end, before = len(words), 0
    while end != before:
        before = end
        end = next((at for at in range(1, end) if plain(" ".join(words[at:end])) in iso_forms()), end)
    core = " ".join(words[:end])
    found = FORM.search(core)
    core = (core[: found.start()] if found and found.start() else core).rstrip(" ,")
    return core, name[len(core) :] if name.startswith(core) else "".join(f" {word}" for word in words[end:])


@cache
def iso_forms() -> frozenset[str]:
    """Names and abbreviations of legal forms, letters alone."""
    if not ISO_20275.exists():
        raise SystemExit(f"did not run: {ISO_20275} is not there; it says where a name ends and its legal form begins")
    with gzip.open(ISO_20275, "rt", encoding="utf-8-sig", newline="") as file:
        said = [row[column] for row in csv.DictReader(file) for column in ISO_COLUMNS]
    return frozenset(plain(one) for cell in said for one in cell.split(";")) - {""}


def plain(text: str) -> str:
    """Letters alone, in small and without accents: GLEIF writes S.à r.l. where ISO has SARL."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return re.sub(r"[\W\d_]", "", bare).lower()


def other_form(name: str, chance: random.Random) -> str:
    """The name under another legal form; nothing where it says none."""
    found = FORM.search(name)
    if not found or not found.start():
        return ""
    return f"{name[: found.start()]} {chance.choice([one for one in FORMS if plain(one) != plain(found[0])])}"


def reordered(name: str, chance: random.Random) -> str:
    """The words before the legal form in another order."""
    core, form = parted(name)
    words = core.split()
    moved = words[:]
    while moved == words and len(set(words)) > 1:
        chance.shuffle(moved)
    return " ".join(moved) + form if moved != words else ""


def word_lost(name: str, chance: random.Random) -> str:
    """The name without one of the words before its legal form."""
    core, form = parted(name)
    words = core.split()
    lost = chance.randrange(len(words))
    return " ".join(words[:lost] + words[lost + 1 :]) + form if len(words) > 1 else ""


def space_lost(name: str, chance: random.Random) -> str:
    """Two words before the legal form written as one."""
    core, form = parted(name)
    words = core.split()
    if len(words) < 2:
        return ""
    at = chance.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]]) + form


def typo(name: str, chance: random.Random) -> str:
    """One letter before the legal form lost, added, changed, or in the place of the next."""
    core, form = parted(name)
    places = [place for place, char in enumerate(core) if char.isalpha()]
    at, letter = chance.choice(places or [0]), chance.choice(LETTERS)
    letter = letter.upper() if core[at].isupper() else letter
    after = core[at + 1 :]
    made = chance.choice([
        core[:at] + after, core[:at] + letter + core[at:], core[:at] + letter + after,
        core[:at] + after[:1] + core[at] + after[1:] if after[:1].isalpha() else core[:at] + after,
    ])  # fmt: skip
    return made + form if made.lower() != core.lower() else typo(name, chance)


def two_typos(name: str, chance: random.Random) -> str:
    """Two such slips."""
    return typo(typo(name, chance), chance)


VARIATIONS: dict[str, tuple[Callable[[str, random.Random], str], float | None]] = {
    "as it is": (lambda name, _: name, None),
    "legal form changed": (other_form, 0.99),
    "words reordered": (reordered, 0.99),
    "one word lost": (word_lost, None),
    "space lost": (space_lost, None),
    "one typo": (typo, 0.85),
    "two typos": (two_typos, None),
}


if __name__ == "__main__":
    main()
