"""Which HS6 codes could a description of goods mean, how likely is each, and which words say so?

The program answers from knowledge that it carries (goods_knowledge.npz, made by bench/learn_goods.py; origins in
goods_knowledge.txt), and from labelled rows of the user where there are some. Nothing is asked over a network.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from landwaiter.classify.goods_words import HEAD, LONGEST_TEXT, Words, plain_text, words_of
from landwaiter.classify.hs_evidence import FEATURES, Evidence, Related, Searcher
from landwaiter.classify.hs_index import LABELLED, Cells, Entry, cells_of, index_of, joined
from landwaiter.classify.hs_learn import Example, learn_calibrator, learn_weights
from landwaiter.classify.hs_letters import Letters
from landwaiter.errors import InputError

HERE = Path(__file__).parent
# The share of labelled rows that is held back in turn when the weights of a user's own trade are learned.
FOLDS = 5
LEAST_LABELLED = 50
# How much a trade's rows are held to the weights that came with the program: they are few.
FEW = 1e-2
# Of the best score of any code, what one of the codes asked for must have at a glance.
LEAST_HINT = 0.5

Numbers = npt.NDArray[np.float64]

_SPEAKS = tuple(FEATURES.index(name) for name in (
    "likest of all", "most told whole", "goods term told whole", "index of goods told whole", "head of the code",
))  # fmt: skip
_HEADING = FEATURES.index("words of the heading")
_LETTERS, _ROWS = FEATURES.index("labelled letters alike"), FEATURES.index("labelled rows of the code")
_LABELLED = FEATURES.index("labelled row alike")


@dataclass(frozen=True)
class Candidate:
    """One code that a text could mean; `says` are the words that speak for it, the strongest first."""

    hs6: str
    probability: float
    says: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What a text says: candidates, best first; without any, `reason` says why."""

    candidates: tuple[Candidate, ...]
    reason: str


@dataclass(frozen=True)
class Judgement:
    """What was learned: the worth of each kind of evidence, and the curve from that to a probability."""

    weights: Numbers
    curve: Numbers


class HsReader:
    """Reads texts; made once, since making it takes about a second."""

    def __init__(self, cells: Cells, related: Related, judgement: Judgement, *, letters: Letters | None = None) -> None:
        self.cells = cells
        self.related = related
        self.judgement = judgement
        self._searcher = Searcher(index_of(cells), related)
        self._letters = letters
        self.codes = frozenset(cells.codes)
        self._places: dict[frozenset[str], npt.NDArray[np.intp]] = {}

    def read(self, texts: Sequence[str], *, most: int = 5) -> list[Reading]:
        """The candidates of each text, `most` of them where there are so many."""
        return [self._read(text, most) for text in texts]

    def hints_at(self, text: str, codes: frozenset[str]) -> bool:
        """Whether a glance at the words alone leaves open that the text means one of `codes`; cheap, and wide."""
        index = self._searcher.index
        known = [(index.word_numbers[word], weight) for word, weight in words_of(plain_text(text)).items()
                 if word in index.word_numbers and word[0] != HEAD]  # fmt: skip
        if not known:
            return False
        score = index.by_code.add_up([number for number, _ in known], [weight for _, weight in known])
        if codes not in self._places:
            self._places[codes] = np.flatnonzero([code in codes for code in index.codes])
        asked = self._places[codes]
        return asked.size > 0 and float(score[asked].max()) >= LEAST_HINT * float(score.max())

    def _read(self, text: str, most: int) -> Reading:
        plain = plain_text(text)
        words = words_of(plain)
        if self._letters is not None:
            evidence = self._searcher.look(words, self._letters.look(plain))
        else:
            evidence = self._searcher.look(words) if words and not _is_part_number(text, words) else None
        if evidence is None:
            return Reading((), why_nothing(text, words))
        order, chances = ranked(evidence, self.judgement)
        cut = f"; only its first {LONGEST_TEXT:,} characters were read" if len(text) > 4 * LONGEST_TEXT else ""
        index = self._searcher.index
        candidates = []
        for place, chance in zip(order[:most].tolist(), chances[:most].tolist(), strict=True):
            number = int(evidence.candidates[place])
            candidates.append(Candidate(index.codes[number], chance, self._says(words, number)))
        return Reading(tuple(candidates), cut.lstrip("; "))

    def _says(self, words: Words, code: int) -> tuple[str, ...]:
        """The words of the text that the code's descriptions have, the most telling first, at most four."""
        index = self._searcher.index
        found = []
        for word in words:
            number = index.word_numbers.get(word, -1) if word[0] != HEAD else -1
            if number >= 0:
                first, last = index.by_code.starts[number], index.by_code.starts[number + 1]
                place = int(np.searchsorted(index.by_code.columns[first:last], code)) + int(first)
                if place < last and index.by_code.columns[place] == code:
                    found.append((-float(index.by_code.weights[place]), word))
        return tuple(word for _, word in sorted(found)[:4])

    def trained_on(self, rows: Sequence[tuple[str, str]], *, where: str = "labelled rows") -> "HsReader":
        """A reader that also knows labelled rows (text, HS6 code), and how much such rows are worth in that trade.

        A row without words or with a code that is not in HS 2022 teaches nothing; under fifty others refuse the file.
        """
        known = [_Row(hs6, plain_text(text), crc32(text.strip().casefold().encode()) % FOLDS)
                 for text, hs6 in rows if hs6 in self.codes]  # fmt: skip
        if len(known) < LEAST_LABELLED:
            what = f"has {len(known)} rows with a code of HS 2022"
            raise InputError(where, what, f"at least {LEAST_LABELLED} are needed to learn from")
        examples, looked, parts = [], [], []
        for fold in range(FOLDS):
            cells, letters = self._with([row for row in known if row.part != fold])
            searcher = Searcher(index_of(cells), self.related)
            for row in (row for row in known if row.part == fold):
                evidence = searcher.look(words_of(row.text), letters.look(row.text))
                if evidence is not None:
                    looked.append(evidence)
                    parts.append(fold)
                    examples.append(example_of(evidence, searcher.index.codes.index(row.hs6)))
        judgement = self._learned(examples, looked, parts)
        cells, letters = self._with(known)
        return HsReader(cells, self.related, judgement, letters=letters)

    def _learned(self, examples: Sequence[Example], looked: Sequence[Evidence], parts: Sequence[int]) -> Judgement:
        """What the rows are worth. The curve learns from each fifth as weights of the other four judge it."""

        def weights_of(chosen: Sequence[Example]) -> Numbers:
            return learn_weights(chosen, before=self.judgement.weights, decay=FEW)

        rows, is_right = [], []
        for fold in sorted(set(parts)):
            weights = weights_of([one for one, part in zip(examples, parts, strict=True) if part != fold])
            for example, one, part in zip(examples, looked, parts, strict=True):
                if part == fold:
                    order, shares = _shares(one, weights)
                    rows.append(_about(one, order, shares))
                    is_right.append(float(order[0] == example.right))
        curve = learn_calibrator(np.array(rows), np.array(is_right), np.ones(len(rows)))
        return Judgement(weights_of(examples), curve)

    def _with(self, rows: Sequence["_Row"]) -> tuple[Cells, Letters]:
        """What is known, and labelled rows beside it: by their words, and by their letters."""
        cells = joined(self.cells, cells_of([Entry(row.hs6, LABELLED, words_of(row.text)) for row in rows]))
        numbers = {code: number for number, code in enumerate(cells.codes)}
        return cells, Letters([row.text for row in rows], [numbers[row.hs6] for row in rows], len(cells.codes))


class _Row(NamedTuple):
    """One labelled row: its code, its plain text, and in which fifth it falls."""

    hs6: str
    text: str
    part: int


def example_of(evidence: Evidence, code: int) -> Example:
    """What the ranker learns from one text whose code, by number, is known."""
    right = np.flatnonzero(evidence.candidates == code)
    return Example(shaped(evidence.features), int(right[0]) if right.size else -1)


def shaped(features: Numbers) -> Numbers:
    """Each kind of evidence as it is, as a share of the best candidate's, and whether it is the best."""
    best = features.max(axis=0)
    return np.hstack([features, features / (best + 1e-9), (features >= best - 1e-9) & (features > 0)])


def learn_curve(
    weights: Numbers, examples: Sequence[Example], evidence: Sequence[Evidence], counts: Sequence[float]
) -> Judgement:
    """The curve from evidence to a probability for weights that are known; each text counts as much as is given."""
    rows, is_right = [], []
    for example, one in zip(examples, evidence, strict=True):
        order, shares = _shares(one, weights)
        rows.append(_about(one, order, shares))
        is_right.append(float(order[0] == example.right))
    return Judgement(weights, learn_calibrator(np.array(rows), np.array(is_right), np.array(counts)))


def ranked(evidence: Evidence, judgement: Judgement) -> tuple[npt.NDArray[np.int64], Numbers]:
    """The places of the candidates, best first, and the probability of each."""
    order, shares = _shares(evidence, judgement.weights)
    first = 1 / (1 + np.exp(-float(np.clip(_about(evidence, order, shares) @ judgement.curve, -30, 30))))
    rest = shares[1:] * min(1.0, (1 - first) / max(1 - shares[0], 1e-9)) if shares.size > 1 else shares[1:]
    return order, np.concatenate([[first], np.minimum(rest, first)])


def _shares(evidence: Evidence, weights: Numbers) -> tuple[npt.NDArray[np.int64], Numbers]:
    scores = shaped(evidence.features) @ weights
    order = np.lexsort((evidence.candidates, -scores))
    shares = np.exp(scores[order] - scores[order[0]])
    return order, shares / shares.sum()


def _about(evidence: Evidence, order: npt.NDArray[np.int64], shares: Numbers) -> Numbers:
    """What the probability of the first candidate depends on: its lead, what speaks for it, and the kind of text."""
    second = shares[1] if shares.size > 1 else 0.0
    first = evidence.features[order[0]]
    likest, told, own, index, head = (first[place] for place in _SPEAKS)
    # The candidates of one heading are at the same place of their features' heading column.
    headings = evidence.features[order][:, _HEADING]
    together = float(shares[headings == headings[0]].sum())
    known, length, unknown, other_script, one = evidence.about
    share = float(shares[0])
    is_long, is_short = float(length > 1.2), float(length < 0.45)
    # What a trade's own rows say: how like the nearest is, and whether another code has one as near.
    letters = evidence.features[order][:, _LETTERS]
    lead = float(letters[0] - letters[1:].max()) if letters.size > 1 else float(letters[0])
    alike = float(letters[0])
    return np.array([
        share, np.log(share / (1 - share + 1e-3)), share - second, likest, told, share * likest, share * known, known,
        length, unknown, min(length, 0.3), together, own, index, head, share * own, is_long, is_long * share,
        is_short, is_short * share, other_script, other_script * share,
        alike, lead, share * alike, float(lead > 0), first[_ROWS], share * first[_LABELLED], first[_LABELLED], one,
    ])  # fmt: skip


def _is_part_number(text: str, words: Words) -> bool:
    """Whether a text is one run of letters and digits whose letters make no word of three."""
    short = all(len(word) < 3 or not word.isalpha() for word in words if word[0] != HEAD)
    return len(text.split()) == 1 and text.isascii() and any(char.isdigit() for char in text) and short


def why_nothing(text: str, words: Words) -> str:
    """One clause that says why a text has no candidates."""
    plain = plain_text(text).strip()
    if not plain:
        return "the text is empty" if not text.strip() else "the text has no words outside its markup"
    if any(char.isdigit() for char in plain) and len(plain.split()) <= 2:
        return "the text is a number or part number only; `landwaiter marking` reads markings"
    return "no word of the text is known" if words else "the text has no words that say what the goods are"


@cache
def shipped_reader() -> HsReader:
    """The reader with the knowledge that comes with the program."""
    with np.load(HERE / "goods_knowledge.npz", allow_pickle=False) as file:
        cells = Cells(
            _lines(file["codes"]), _lines(file["words"]), file["entry_of"].cumsum(dtype=np.int32), file["word_of"],
            file["weights"].astype(np.float32) / np.float32(100), file["entry_codes"].astype(np.int32),
            file["entry_sources"].astype(np.int32),
        )  # fmt: skip
        ends = file["near_starts"].tolist()
        spans = dict(zip(_lines(file["near_names"]), pairwise(ends), strict=True))
        related = Related(spans, file["near"], file["nearness"].astype(np.float64) / 100, cells.words)
    return HsReader(cells, related, read_judgement(HERE / "goods_weights.csv"))


def _lines(packed: npt.NDArray[np.uint8]) -> list[str]:
    return packed.tobytes().decode("utf-8").split("\n")


def read_judgement(path: Path) -> Judgement:
    """Weights and curve from their file: part, name, weight."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    parts = {
        part: np.array([float(row["weight"]) for row in rows if row["part"] == part]) for part in ("rank", "curve")
    }
    return Judgement(parts["rank"], parts["curve"])
