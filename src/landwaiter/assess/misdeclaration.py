"""How likely is a declaration false, judged by what inspections of declarations like it have found?

A service learns this from its own inspections. Every reason is a count that an officer can check: of so many inspected
declarations with the same goods, amount and country, so many were false. The counts are shrunk towards those of the
wider group, so that two of two says little; how much each kind of likeness tells is a weight that is never negative.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from landwaiter.errors import InputError

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]

FOLDS = 10
# A group is believed like so many inspections of the wider group that it lies in.
BELIEF = 1.0
# Log-odds are cut here: no count of a file of any size proves one of ten thousand.
SUREST = 1e-4
RIDGE = 1.0
UNSEEN = -1
SCORED = pa.schema([("score", pa.float64()), ("reasons", pa.list_(pa.string()))])


@dataclass(frozen=True)
class Layout:
    """Which columns of the declarations say what.

    Args:
        goods: commodity code of six digits or more, as text.
        texts: codes and names, such as declarant, office and countries.
        amounts: numbers that are compared by size, such as price and net mass.
    """

    goods: str
    texts: tuple[str, ...]
    amounts: tuple[str, ...]


@dataclass(frozen=True)
class _Group:
    """What inspections found in one level of likeness, by the key of its columns, sorted."""

    columns: tuple[str, ...]
    keys: Codes
    inspected: Numbers
    wrong: Numbers


@dataclass(frozen=True)
class _Likeness:
    """Groups from wide to narrow, and how much the narrowest known one tells."""

    levels: tuple[_Group, ...]
    weight: float


@dataclass(frozen=True)
class Lessons:
    """What a service's inspections teach: base rate, words of each column, groups with their counts and weights."""

    layout: Layout
    base: float
    words: Mapping[str, pa.Array]
    likenesses: tuple[_Likeness, ...]

    def weights(self) -> list[tuple[str, float]]:
        """How much each kind of likeness tells, the most telling first."""
        named = [(" + ".join(one.levels[-1].columns), one.weight) for one in self.likenesses]
        return sorted(named, key=lambda pair: (-pair[1], pair[0]))


def learn(inspected: pa.Table, is_false: NDArray[np.bool_], layout: Layout) -> Lessons:
    """Learn from inspected declarations which were found false; the same rows give the same lessons.

    Weights are fitted on rates in which a row's own tenth of the inspections was left out, so that a group of one
    never proves itself. Time grows with rows times kinds of likeness.
    """
    outcome = is_false.astype(np.float64)
    if not 0 < outcome.sum() < len(outcome):
        raise InputError("inspections", "hold one outcome only", "give declarations found false and others found right")
    columns = _columns(inspected, layout)
    words = {name: pc.unique(column).sort() for name, column in columns.items()}
    codes = _codes(columns, words)
    base = float(outcome.mean())
    kinds = [_level_names(kind, layout) for kind in _kinds(layout)]
    fold = np.arange(len(outcome)) % FOLDS
    told = np.empty((len(outcome), len(kinds)))
    for number, kind in enumerate(kinds):
        for left_out in range(FOLDS):
            taught, asked = fold != left_out, fold == left_out
            groups = _groups(kind, _only(codes, taught), outcome[taught], words)
            told[asked, number] = _log_odds(_rates(groups, _only(codes, asked), words, base)) - _log_odds_of(base)
    weights = _fit(told, outcome, _log_odds_of(base))
    return Lessons(
        layout,
        base,
        words,
        tuple(
            _Likeness(_groups(kind, codes, outcome, words), float(weight))
            for kind, weight in zip(kinds, weights, strict=True)
            if weight > 0
        ),
    )


def score(lessons: Lessons, declarations: pa.Table, *, reasons: int = 3) -> pa.Table:
    """The chance from 0 to 1 that each declaration is false, in the order given, with the counts that speak loudest.

    Args:
        reasons: how many to name for each row; 0 makes none and is faster.
    """
    columns = _columns(declarations, lessons.layout)
    codes = _codes(columns, lessons.words)
    start = _log_odds_of(lessons.base)
    parts = np.empty((declarations.num_rows, len(lessons.likenesses)))
    for number, one in enumerate(lessons.likenesses):
        parts[:, number] = one.weight * (_log_odds(_rates(one.levels, codes, lessons.words, lessons.base)) - start)
    chance = 1 / (1 + np.exp(-(start + parts.sum(axis=1))))
    said = _reasons(lessons, codes, parts, reasons) if reasons else [[] for _ in range(len(chance))]
    return pa.table({"score": pa.array(chance), "reasons": pa.array(said, pa.list_(pa.string()))}, schema=SCORED)


# ---- What is alike -------------------------------------------------------------------------------------------------


def _kinds(layout: Layout) -> list[tuple[str, ...]]:
    """Each text alone; the goods alone, with each text, each size, and each size with each text or another size."""
    kinds: list[tuple[str, ...]] = [(text,) for text in layout.texts]
    kinds.append((layout.goods,))
    kinds += [(layout.goods, other) for other in (*layout.texts, *layout.amounts)]
    kinds += [(layout.goods, amount, text) for amount in layout.amounts for text in layout.texts]
    kinds += [(layout.goods, one, other) for at, one in enumerate(layout.amounts) for other in layout.amounts[at + 1 :]]
    return kinds


def _level_names(kind: tuple[str, ...], layout: Layout) -> tuple[tuple[str, ...], ...]:
    """The columns of a likeness from wide to narrow; goods widen to their heading and chapter."""
    if kind[0] != layout.goods:
        return (kind,)
    wider = ((f"{layout.goods}:2",), (f"{layout.goods}:4",))
    return (*wider, *(kind[:size] for size in range(1, len(kind) + 1)))


def _columns(table: pa.Table, layout: Layout) -> dict[str, pa.Array]:
    """Every column as text: goods by two, four and six digits, amounts by the whole part of their logarithm."""
    missing = [name for name in (layout.goods, *layout.texts, *layout.amounts) if name not in table.column_names]
    if missing:
        raise InputError("declarations", f"have no column {', '.join(missing)}", "name the columns that they have")
    columns = {name: _text(table.column(name)) for name in layout.texts}
    goods = _text(table.column(layout.goods))
    columns |= {f"{layout.goods}:{size}": pc.utf8_slice_codeunits(goods, 0, size) for size in (2, 4)}
    columns[layout.goods] = pc.utf8_slice_codeunits(goods, 0, 6)
    for name in layout.amounts:
        amount = pc.fill_null(table.column(name).cast(pa.float64()), -1.0).combine_chunks().to_numpy(False)
        size = np.where(amount < 0, UNSEEN, np.floor(np.log1p(np.maximum(amount, 0)))).astype(np.int64)
        columns[name] = pa.array(size).cast(pa.string())
    return columns


def _text(column: pa.ChunkedArray) -> pa.Array:
    return pc.fill_null(column.cast(pa.string()), "").combine_chunks()


def _codes(columns: Mapping[str, pa.Array], words: Mapping[str, pa.Array]) -> dict[str, Codes]:
    """Each cell's place among the words of its column, UNSEEN where it is none of them."""
    return {
        name: pc.fill_null(pc.index_in(column, words[name]), UNSEEN).cast(pa.int64()).to_numpy(False)
        for name, column in columns.items()
    }


def _only(codes: Mapping[str, Codes], rows: NDArray[np.bool_]) -> dict[str, Codes]:
    return {name: column[rows] for name, column in codes.items()}


def _keys(columns: Sequence[str], codes: Mapping[str, Codes], words: Mapping[str, pa.Array]) -> Codes:
    """One number for the cells of several columns together, UNSEEN where one of them is."""
    key = codes[columns[0]].copy()
    unseen = key == UNSEEN
    for name in columns[1:]:
        key = key * len(words[name]) + codes[name]
        unseen |= codes[name] == UNSEEN
    key[unseen] = UNSEEN
    return key


# ---- What was found in likes of it ---------------------------------------------------------------------------------


def _groups(
    kind: tuple[tuple[str, ...], ...], codes: Mapping[str, Codes], outcome: Numbers, words: Mapping[str, pa.Array]
) -> tuple[_Group, ...]:
    groups = []
    for columns in kind:
        keys, place = np.unique(_keys(columns, codes, words), return_inverse=True)
        counts = np.bincount(place, minlength=len(keys)).astype(np.float64)
        wrong = np.bincount(place, outcome, minlength=len(keys)).astype(np.float64)
        groups.append(_Group(columns, keys, counts, wrong))
    return tuple(groups)


def _counts(group: _Group, codes: Mapping[str, Codes], words: Mapping[str, pa.Array]) -> tuple[Numbers, Numbers]:
    """Inspected and wrong among the likes of each row; none where its group was never inspected."""
    keys = _keys(group.columns, codes, words)
    place = np.minimum(np.searchsorted(group.keys, keys), len(group.keys) - 1)
    known = (group.keys[place] == keys) & (keys != UNSEEN)
    return np.where(known, group.inspected[place], 0), np.where(known, group.wrong[place], 0)


def _rates(levels: Sequence[_Group], codes: Mapping[str, Codes], words: Mapping[str, pa.Array], base: float) -> Numbers:
    """The rate of the narrowest level, each level shrunk towards the one that it lies in."""
    rate = np.full(len(next(iter(codes.values()))), base)
    for group in levels:
        inspected, wrong = _counts(group, codes, words)
        rate = (wrong + BELIEF * rate) / (inspected + BELIEF)
    return rate


def _log_odds(rate: Numbers) -> Numbers:
    cut = np.clip(rate, SUREST, 1 - SUREST)
    odds: Numbers = np.log(cut / (1 - cut))
    return odds


def _log_odds_of(rate: float) -> float:
    return float(np.log(rate / (1 - rate)))


# ---- How much each likeness tells ----------------------------------------------------------------------------------


def _fit(told: Numbers, outcome: Numbers, start: float) -> Numbers:
    """Logistic weights of which none is negative: the most negative one is set to nought until none is left.

    More wrong among the likes of a row never lowers its score; a negative weight would be a correction of another one
    that nobody could explain.
    """
    weights = np.zeros(told.shape[1])
    kept = np.ones(told.shape[1], dtype=bool)
    while kept.any():
        fitted = _newton(told[:, kept], outcome, start)
        if (fitted >= 0).all():
            weights[kept] = fitted
            break
        kept[np.flatnonzero(kept)[np.argmin(fitted)]] = False
    return weights


def _newton(told: Numbers, outcome: Numbers, start: float) -> Numbers:
    """Maximum likelihood with a small ridge; a step that would make it worse is halved."""
    weights = np.full(told.shape[1], 1 / told.shape[1])
    loss = _loss(told, outcome, start, weights)
    for _ in range(100):
        chance = 1 / (1 + np.exp(-(start + told @ weights)))
        slope = told.T @ (chance - outcome) + RIDGE * weights
        curve = (told.T * (chance * (1 - chance))) @ told + RIDGE * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        size = 1.0
        while (better := _loss(told, outcome, start, weights - size * step)) > loss and size > 1e-6:
            size /= 2
        weights = weights - size * step
        if loss - better < 1e-6:
            break
        loss = better
    return weights


def _loss(told: Numbers, outcome: Numbers, start: float, weights: Numbers) -> float:
    odds = start + told @ weights
    return float((np.logaddexp(0, odds) - outcome * odds).sum() + RIDGE * (weights**2).sum() / 2)


# ---- Why -----------------------------------------------------------------------------------------------------------


def _reasons(lessons: Lessons, codes: Mapping[str, Codes], parts: Numbers, most: int) -> list[list[str]]:
    """For each row the counts that raise its score most; a group of none is no reason."""
    said: list[list[str]] = []
    loudest = np.argsort(-parts, axis=1, kind="stable")[:, :most]
    counts = [_narrowest(one, codes, lessons.words) for one in lessons.likenesses]
    for row, order in enumerate(loudest):
        mine = []
        for number in order:
            level, inspected, wrong = (int(column[row]) for column in counts[number])
            if parts[row, number] > 0 and inspected:
                group = lessons.likenesses[number].levels[level]
                what = ", ".join(_said(lessons, name, int(codes[name][row])) for name in group.columns)
                mine.append(f"{wrong} of {inspected} inspected with {what} were false")
        said.append(list(dict.fromkeys(mine)))
    return said


def _narrowest(
    one: _Likeness, codes: Mapping[str, Codes], words: Mapping[str, pa.Array]
) -> tuple[Codes, Numbers, Numbers]:
    """The narrowest level in which likes of each row were inspected, and its counts."""
    rows = len(next(iter(codes.values())))
    level, inspected, wrong = np.zeros(rows, np.int64), np.zeros(rows), np.zeros(rows)
    for number, group in enumerate(one.levels):
        seen, false = _counts(group, codes, words)
        known = seen > 0
        level[known], inspected[known], wrong[known] = number, seen[known], false[known]
    return level, inspected, wrong


def _said(lessons: Lessons, name: str, code: int) -> str:
    word = lessons.words[name][code].as_py()
    if name in lessons.layout.amounts:
        size = int(word)
        return f"no {name}" if size < 0 else f"{name} {np.expm1(size):,.0f} to {np.expm1(size + 1):,.0f}"
    plain, _, digits = name.partition(":")
    return f"{plain} {word}{'..' if digits else ''}" if word else f"no {plain}"
