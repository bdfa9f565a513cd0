"""Which weights tell names of one party from near neighbours? Learns them from records that no bench judges.

    python bench/learn_score.py > weights.csv; then move it to src/landwaiter/text/score_weights.csv

Positives are two names of one trainable record of the official lists, and a name with a slip of the pen; negatives the
nearest names of other records, and of firms of the GLEIF golden copy (CC0).
"""

import argparse
import csv
import gzip
import io
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from rapidfuzz import fuzz, process

from landwaiter.fetch import read_lists
from landwaiter.screen.index import Asked, NameIndex
from landwaiter.text.align import align
from landwaiter.text.forms import Forms, shape_names
from landwaiter.text.score import PENALTIES, penalties_of

SHARED = Path(__file__).parents[2] / "shared" / "data"
# Names of one record that share less than this were given up as renames or translations: no spelling tells them.
LEAST_ALIKE = 0.35
# Lists whose compilation may only be used for evaluation.
EVALUATION_ONLY = ("eu_oj", "ua_", "us_other", "cn_counter")
PULL = 1e-5
# So many firms are searched for, and a listing that scores less is no near neighbour.
SEARCHED, LEAST_FLAGGED = 40_000, 0.5
DAY = date(2026, 8, 31)
# A word that more names have is looked up in so many of them.
MOST_HAVING = 400
# Near neighbours for each pair of one party: whoever screens meets more strangers than listed parties.
NEIGHBOURS = 5


def main() -> None:
    """Learn and print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=7_000)
    options.add_argument("--seed", type=int, default=11)
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    records = trainable_records()
    chance.shuffle(records)
    records = records[: chosen.records]
    positives = [pair for names in records for pair in pairs_of(names, chance)]
    altered = [other for names in records for other in made_others(names)]
    strangers = firms_on_no_list(chance) + made_persons(records, chance)
    listed = [names[0] for names in records]
    negatives = [*nearest(listed, listed), *nearest(strangers, listed), *altered, *flagged(chance)]
    features, labels = features_of(positives, negatives)
    weights = fit(features, labels)
    one_party, neighbours = int(labels.sum()), int((labels == 0).sum())
    print("# How much each penalty takes from the log-odds that two names are one party's; see score.py.")
    print("# Learned 2026-11-22 by bench/learn_score.py from trainable records of official lists and GLEIF (CC0):")
    print(f"# {one_party:,} pairs of one party, {neighbours:,} near neighbours weighing {NEIGHBOURS} times as much.")
    print("term,weight")
    for term, weight in zip(("intercept", *PENALTIES), weights, strict=True):
        print(f"{term},{weight:.3f}")


def trainable_ids() -> set[str]:
    """The records that may be learned from."""
    with gzip.open(SHARED / "names-dev" / "trainable_records.txt.gz", "rt", encoding="utf-8") as file:
        return set(map(str.strip, file))


def trainable_records() -> list[list[str]]:
    """Names of each record that may be learned from."""
    allowed = trainable_ids()
    with gzip.open(SHARED / "lists" / "all_listings.csv.gz", "rb") as file:
        rows = csv.DictReader(io.TextIOWrapper(file, "utf-8", newline=""))
        return [
            list(dict.fromkeys([row["name"], *filter(None, row["other_names"].split(";"))]))
            for row in rows
            if row["listing_id"] in allowed
            and row["kind"] in ("person", "organisation")
            and not row["list"].startswith(EVALUATION_ONLY)
        ]


def pairs_of(names: list[str], chance: random.Random) -> list[tuple[str, str]]:
    """Up to three pairs of the names of one record, and one with a slip of the pen."""
    pairs = [(first, second) for place, first in enumerate(names) for second in names[place + 1 :]]
    chance.shuffle(pairs)
    return [*pairs[:3], *([(names[0], slipped(names[0], chance))] if chance.random() < 0.2 else [])]


def slipped(name: str, chance: random.Random) -> str:
    """The name with one letter left out, doubled or changed with its neighbour."""
    place = chance.randrange(1, max(2, len(name) - 1))
    return chance.choice((
        name[:place] + name[place + 1 :],
        name[:place] + name[place : place + 1] + name[place:],
        name[:place] + name[place + 1 : place + 2] + name[place : place + 1] + name[place + 2 :],
    ))  # fmt: skip


def made_others(names: list[str]) -> list[tuple[str, str]]:
    """A name with its number changed or left out, its father and child changed, or its Chinese characters."""
    name = names[0]
    found = []
    number = re.search(r"\d+", name)
    if number:
        found += [(name, name.replace(number.group(), str(int(number.group()) + 1))),
                  (name, name.replace(number.group(), " "))]  # fmt: skip
    words = name.split()
    if len(words) >= 3 and words[1].lower() in ("bin", "ben", "ibn", "bint"):
        found.append((name, " ".join([words[2], words[1], words[0], *words[3:]])))
    for other in names[1:]:
        if len(other) == 3 and all("\u4e00" <= char <= "\u9fff" for char in other) and other[1] != other[2]:
            found.append((name, other[0] + other[2] + other[1]))
    return found


def firms_on_no_list(chance: random.Random, count: int = 3_500) -> list[str]:
    """Names of firms of the GLEIF golden copy; the few that are listed drop out as they are written alike."""
    table = pq.read_table(SHARED / "ownership" / "gleif_names.parquet", columns=["legal_name"])
    return chance.sample(table.column("legal_name").drop_null().to_pylist(), count)


def flagged(chance: random.Random) -> list[tuple[str, str]]:
    """Firms of the golden copy with the trainable listing that a search finds for them, where the words differ."""
    lists = read_lists(SHARED / "lists" / "all_listings.csv.gz", as_of=DAY)
    allowed = trainable_ids()
    told = [
        ident
        for ident, source in zip(
            *(lists.listings.column(name).to_pylist() for name in ("listing_id", "list")), strict=True
        )
        if ident in allowed and not source.startswith(EVALUATION_ONLY)
    ]
    listings, names = (
        table.filter(pc.is_in(table.column("listing_id"), pa.array(told)))
        for table in (lists.listings, lists.listing_names)
    )
    asked = firms_on_no_list(chance, SEARCHED)
    found = NameIndex(listings, names, as_of=DAY).screen([Asked([name]) for name in asked], threshold=LEAST_FLAGGED)
    pairs = [(name, matches[0].name_matched) for name, matches in zip(asked, found, strict=True) if matches]
    ours, theirs = (shape_names([pair[side] for pair in pairs]) for side in (0, 1))
    return [pair for pair, one, other in zip(pairs, ours.exact, theirs.exact, strict=True) if one != other]


def made_persons(records: list[list[str]], chance: random.Random) -> list[str]:
    """Nobody's names: the first word of one short name with the last of another."""
    words = [names[0].split() for names in records if 2 <= len(names[0].split()) <= 3]
    return [f"{chance.choice(words)[0]} {chance.choice(words)[-1]}" for _ in range(3_500)]


def nearest(asked: list[str], others: list[str]) -> list[tuple[str, str]]:
    """Each name with the most alike by letters, and by rare words in common, but for those that are the same."""
    ours, theirs = (shape_names(names) for names in (asked, others))
    rows, columns = ([" ".join(sorted(line.split())) for line in forms.plain] for forms in (ours, theirs))
    found = [*_by_letters(rows, columns), *_by_words(rows, columns)]
    return [
        (asked[place], others[other]) for place, ranked in found for other in _first_other(ours, place, theirs, ranked)
    ]


def _first_other(ours: Forms, place: int, theirs: Forms, ranked: list[int]) -> list[int]:
    return [other for other in ranked if ours.exact[place] != theirs.exact[other]][:1]


def _by_letters(rows: list[str], columns: list[str]) -> Iterator[tuple[int, list[int]]]:
    """For each row the columns that are written most alike, the best first."""
    for first in range(0, len(rows), 500):
        alike = process.cdist(rows[first : first + 500], columns, scorer=fuzz.ratio, score_cutoff=50, dtype=np.uint8,
                              workers=-1)  # fmt: skip
        best = np.argpartition(-alike.astype(np.int16), 5, axis=1)[:, :5]
        order = np.argsort(-np.take_along_axis(alike, best, 1).astype(int), 1, kind="stable")
        yield from enumerate(np.take_along_axis(best, order, 1).tolist(), start=first)


def _by_words(rows: list[str], columns: list[str]) -> Iterator[tuple[int, list[int]]]:
    """For each row the columns that have most rare words in common with it, the best first."""
    having: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(columns):
        for word in set(line.split()):
            having[word].append(place)
    for place, line in enumerate(rows):
        weights: Counter[int] = Counter()
        for word in set(line.split()):
            for other in having.get(word, ())[:MOST_HAVING]:
                weights[other] += 1 / len(having[word])
        yield place, [other for other, _ in weights.most_common(5)]


def features_of(positives: list[tuple[str, str]], negatives: list[tuple[str, str]]) -> tuple[np.ndarray, np.ndarray]:
    pairs = positives + negatives
    labels = np.array([1.0] * len(positives) + [0.0] * len(negatives))
    left, right = (shape_names([pair[side] for pair in pairs]) for side in (0, 1))
    places = np.arange(len(pairs))
    alignment = align(left, places, right, places, threads=2)
    kept = (labels == 0) | (alignment.score >= LEAST_ALIKE)
    return penalties_of(alignment)[kept], labels[kept]


def fit(features: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Logistic weights with the intercept first, none of the others above zero."""
    design = np.column_stack([np.ones(len(features)), features])
    share = np.where(labels == 1, 1 / labels.sum(), NEIGHBOURS / (labels == 0).sum()) / (1 + NEIGHBOURS)
    weights = np.zeros(design.shape[1])
    step = 1.0 / (0.25 * np.linalg.norm(design * np.sqrt(share)[:, None], 2) ** 2 + PULL)
    pull = np.full(design.shape[1], PULL)
    pull[0] = 0.0
    velocity, before = weights, weights
    for turn in range(4_000):
        expected = 1 / (1 + np.exp(-(design @ velocity)))
        weights = velocity - step * (design.T @ (share * (expected - labels)) + pull * velocity)
        weights[1:] = np.minimum(weights[1:], 0)
        velocity, before = weights + turn / (turn + 3) * (weights - before), weights
    return weights


if __name__ == "__main__":
    main()
