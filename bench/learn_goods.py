"""Makes goods_knowledge.npz and goods_weights.csv of src/landwaiter/classify: what the program knows of goods.

    python bench/learn_goods.py GOODS_FOLDER WORDNET_FOLDER

From GOODS_FOLDER only what may be shipped is read: the nomenclature (PDDL), US tariff lines (public domain), the UK's
index of goods, parcel texts and vague terms (MIT), and rulings (OGL). WORDNET_FOLDER holds data.noun of WordNet 3.0.
Our own terms come from src/landwaiter/ref. The weights are learned from the index of goods, each fifth of it judged
without itself, and from parcel texts and rulings, whose words are not kept. Of the vague terms three fifths teach the
curve when not to answer.
"""

import csv
import gzip
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from landwaiter.classify.goods_words import plain_text, stem_of, words_of
from landwaiter.classify.hs_evidence import FEATURES, Related, Searcher
from landwaiter.classify.hs_index import NOMENCLATURE, OWN_TERMS, TARIFF, TERMS, Cells, Entry, cells_of, index_of
from landwaiter.classify.hs_text import Judgement, example_of, learn_judgement
from landwaiter.ref.facts import read_facts

HERE = Path(__file__).parents[1] / "src" / "landwaiter" / "classify"
FOLDS = 5
OTHER = re.compile(r"other\b.{0,12}$", re.IGNORECASE)
# Weight of a tariff line's last part, of the one before, and so on.
PARTS = (1.0, 0.7, 0.4, 0.3)
# WordNet's files of animals, artefacts, body parts, food, objects, plants and substances.
GOODS = {5, 6, 8, 13, 17, 20, 27}
MOST_RELATED, LEAST_RARITY = 5, 3.0


def main() -> None:
    """Write both files."""
    folder, wordnet = Path(sys.argv[1]), Path(sys.argv[2])
    base = list(base_entries(folder))
    terms = [row for row in read_rows(folder / "uk_search_refs.jsonl.gz") if row["hs6"] in codes_of(base)]
    cells = cells_of(base + [term_of(row) for row in terms])
    related = related_words(wordnet, cells)
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
    for key, (field, names, _, _) in senses.items():
        if field in GOODS:
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


def learn(
    folder: Path, base: list[Entry], terms: list[dict[str, str]], related: dict[str, list[tuple[str, float]]]
) -> Judgement:
    """Weights and curve from texts that were judged without their own label."""
    near, examples, evidence, counts = Related(related), [], [], []

    def judge(searcher: Searcher, rows: list[dict[str, str]], count: float) -> None:
        numbers = {code: number for number, code in enumerate(searcher.index.codes)}
        for row in rows:
            one = searcher.look(words_of(plain_text(row["text"])))
            if one is not None:
                evidence.append(one)
                counts.append(count)
                examples.append(example_of(one, numbers.get(row["hs6"], -1)))

    for fold in range(FOLDS):
        kept = [term_of(row) for row in terms if fold_of(row["text"]) != fold]
        judge(
            Searcher(index_of(cells_of(base + kept)), near), [row for row in terms if fold_of(row["text"]) == fold], 1.0
        )
    whole = Searcher(index_of(cells_of(base + [term_of(row) for row in terms])), near)
    judge(whole, read_rows(folder / "uk_parcels.jsonl.gz"), 0.3)
    judge(whole, read_rows(folder / "uk_atar.jsonl.gz"), 4.0)
    with gzip.open(folder / "uk_vague_terms.txt.gz", "rt", encoding="utf-8") as file:
        vague = [line.strip() for line in file if line.strip()]
    judge(whole, [{"text": text, "hs6": ""} for text in vague if fold_of(text) % 2 == 0], 0.1)
    return learn_judgement(examples, evidence, counts)


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
