"""How alike are two names, word by word? A number from 0 to 1 for each pair, the same from either side.

Each word looks for its best partner on the other side; what finds none counts by how rare it is. Between Chinese
characters and Latin letters the Mandarin syllables are laid side by side instead of the words.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from landwaiter.text.columns import Flags, Floats, Ints, View, distinct_of, offsets_of
from landwaiter.text.forms import Forms
from landwaiter.text.given_names import are_forms_of_one
from landwaiter.text.readings import are_read_otherwise, read_in_one_tongue, reads_as
from landwaiter.text.scripts import ARABIC, HAN
from landwaiter.text.spelled_korean import are_one_word, cover_persons
from landwaiter.text.syllables import is_pinyin_only
from landwaiter.text.tokens import CHARACTER, CORE, INITIAL, NOTION, PARTICLE, PLACE, SYLLABLE, Tokens
from landwaiter.text.wholes import acronym_letters, are_cut_off, by_letters, differ_but_for_business, look_the_same

_CELLS = 400_000
_SOUND, _BONES, _GIVEN, _INITIAL = 0.95, 0.86, 0.8, 0.6
# A character read in another tongue than Mandarin, or in a rarer way; under this whole names are not looked at so.
_OTHER_READING, _LEAST_READ, _MIXED_READINGS = 0.95, 0.7, 0.7
# Below this share of letters in common two words are no spelling of each other.
_LEAST_ALIKE = 0.66
# How alike two names are that have the same letters on paper, of which one is cut off, or the initials of the other.
_FEWEST_SYLLABLES, _SAME_SYLLABLES = 3, 0.9
_SAME_LOOKS, _CUT_OFF, _ACRONYM, _SHORT_ACRONYM = 0.97, 0.95, 0.9, 0.85
# Two names with father and child changed have the same words; a family name may be missing.
_CHILD_OF, _SAME_WORDS = frozenset(("bin", "ben", "ibn", "bint", "binti")), 0.8
# What a word counts that the other name has fewer times; and what leaves no word to an initial.
_ONCE_TOO_OFTEN, _TAKEN = 0.5, 0.9
# Up to so much weight of words of business and places, two names that differ in how they write them are kept apart.
_FEW_GENERIC, _GENERIC_ALIKE = 0.65, 0.8
NO_CONFLICT, ONE_SIDED, CONFLICT = 0, 1, 2
_LEFT_BY_NUMBERS = np.array([1.0, 0.9, 0.6])


@dataclass(frozen=True)
class Alignment:
    """Pairs of names in columns.

    Args:
        score: how alike the names are.
        left_covered: share of the left name's weight that has a partner; `right_covered` likewise.
        numbers: NO_CONFLICT, ONE_SIDED where only one name has a number, CONFLICT where they differ.
        spoken: whether Mandarin syllables were compared.
        in_order: whether the syllables stand in the same order, family name first or last.
        shared: weight of what agrees and is no word of business or place.
        matched: weight of all that agrees.
        swapped: whether father and child have changed places: X bin Y against Y bin X.
        firms: whether one of the two says that it is a firm.
        strangers: how many words of each name find nothing alike in the other, the fewer of the two.
        lost: share of each name's weight that these words have, the lower of the two.
        elsewhere: how many of them are known words of business or places, the fewer of the two.
    """

    score: Floats
    left_covered: Floats
    right_covered: Floats
    numbers: npt.NDArray[np.int8]
    spoken: Flags
    in_order: Flags
    shared: Floats
    matched: Floats
    swapped: Flags
    firms: Flags
    strangers: Floats
    lost: Floats
    elsewhere: Floats


def align(left: Forms, left_names: Ints, right: Forms, right_names: Ints, *, threads: int) -> Alignment:
    """Compare name `left_names[i]` with `right_names[i]` for each i; linear in the words of both, in bounded pieces."""
    cells = left.words.lengths[left_names] * right.words.lengths[right_names] + 1
    if int(cells.sum()) <= _CELLS:
        return _align_piece(left, left_names, right, right_names, threads)
    pieces = np.searchsorted(np.cumsum(cells), np.arange(_CELLS, int(cells.sum()), _CELLS))
    halves = (np.split(left_names, pieces), np.split(right_names, pieces))
    if threads == 1 or not len(pieces):
        parts = [_align_piece(left, ours, right, theirs, threads) for ours, theirs in zip(*halves, strict=True)]
    else:
        with ThreadPoolExecutor(threads) as pool:
            parts = list(pool.map(lambda ours, theirs: _align_piece(left, ours, right, theirs, 1), *halves))
    return Alignment(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Alignment)))


def _align_piece(left: Forms, left_names: Ints, right: Forms, right_names: Ints, threads: int) -> Alignment:
    spoken = ((left.scripts[left_names] ^ right.scripts[right_names]) & HAN) != 0
    covered = np.zeros((10, len(spoken)))
    for mask, left_view, right_view in (
        (~spoken, left.words, right.words),
        (spoken, left.syllables, right.syllables),
    ):
        chosen = mask.nonzero()[0]
        if len(chosen):
            cover = _Cover(left.tokens, left_view, right.tokens, right_view, threads)
            covered[:, chosen] = cover.of(left_names[chosen], right_names[chosen])
    pairs = left, left_names, right, right_names
    korean = cover_persons(covered, *pairs)
    low, high = np.minimum(covered[0], covered[1]), np.maximum(covered[0], covered[1])
    # What has no partner counts for more where little else was shared: one word in common is easily chance.
    score = (0.6 * low + 0.4 * high) * (1 - 0.25 * np.clip(1 - covered[2] / 1.5, 0, 1) * (low < 0.999))
    in_order = np.ones(len(spoken), np.bool_)
    if spoken.any():
        in_order[spoken] = _in_order(left, left_names[spoken], right, right_names[spoken]) | korean[spoken]
    by_words = score
    same_looks = look_the_same(*pairs)
    score = by_letters(score, *pairs, spoken=spoken, threads=threads)
    score = np.maximum(score, _as_wholes(*pairs, same_looks))
    score = np.maximum(score, _SAME_SYLLABLES * _spelled_otherwise(*pairs, score))
    either = np.minimum(left.distinct[left_names], right.distinct[right_names])
    shared = np.where(score > by_words, np.maximum(covered[2], either), covered[2])
    _read_otherwise(np.flatnonzero(spoken & ~korean), in_order, score, (left, left_names), (right, right_names))
    score = np.where(in_order, score, score * 0.85)
    numbers = np.where(same_looks, NO_CONFLICT, _numbers(left.numbers[left_names], right.numbers[right_names]))
    score *= _LEFT_BY_NUMBERS[numbers]
    exact = (left.exact[left_names] == right.exact[right_names]) & (left.exact[left_names] != 0) & (numbers == 0)
    score[exact & ((left.scripts[left_names] & HAN) == 0)] = 1.0
    generic = (shared == 0) & (covered[3] <= _FEW_GENERIC) & (score > _GENERIC_ALIKE)
    generic = (generic & (left.scripts[left_names] == right.scripts[right_names])).nonzero()[0]
    if len(generic):
        score[generic[differ_but_for_business(*pairs, generic)]] = _GENERIC_ALIKE
    swapped = _swapped(left, left_names, right, right_names) & (score >= _SAME_WORDS) & ~spoken
    firms = left.is_firm[left_names] | right.is_firm[right_names]
    strangers, lost, elsewhere = np.where(score > by_words, 0.0, np.minimum(covered[4::2], covered[5::2]))
    return Alignment(
        score, covered[0], covered[1], numbers, spoken, in_order, shared, covered[3], swapped, firms, strangers, lost,
        elsewhere,
    )  # fmt: skip


def _as_wholes(left: Forms, left_names: Ints, right: Forms, right_names: Ints, same_looks: Flags) -> Floats:
    """How alike names are that have the same letters, one of them cut off at its end, or shortened to its initials."""
    pairs = left, left_names, right, right_names
    acronym = acronym_letters(*pairs)
    score = np.where(
        are_cut_off(*pairs), _CUT_OFF, np.where(acronym > 3, _ACRONYM, np.where(acronym, _SHORT_ACRONYM, 0))
    )
    whole: Floats = np.where(same_looks, _SAME_LOOKS, score)
    return whole


def _spelled_otherwise(left: Forms, left_names: Ints, right: Forms, right_names: Ints, score: Floats) -> Flags:
    """Whether names in Latin letters are one row of Mandarin syllables, one in Pinyin and one in Wade-Giles."""
    counts = left.syllables.lengths[left_names]
    enough = (
        (counts == right.syllables.lengths[right_names]) & (counts >= _FEWEST_SYLLABLES) & (score < _SAME_SYLLABLES)
    )
    latin = ((left.scripts[left_names] | right.scripts[right_names]) & HAN) == 0
    otherwise = np.zeros(len(counts), np.bool_)
    chosen = (enough & latin).nonzero()[0]
    spoken = [
        forms.tokens.kinds[forms.syllables.words[forms.syllables.starts[names[chosen]]]] == SYLLABLE
        for forms, names in ((left, left_names), (right, right_names))
    ]
    chosen = chosen[spoken[0] & spoken[1]]
    if not len(chosen):
        return otherwise
    chosen = chosen[_in_order(left, left_names[chosen], right, right_names[chosen])]
    for place in chosen.tolist():
        words = left.plain[left_names[place]].split(), right.plain[right_names[place]].split()
        otherwise[place] = any(map(is_pinyin_only, words[0])) != any(map(is_pinyin_only, words[1]))
    return otherwise


def _swapped(left: Forms, left_names: Ints, right: Forms, right_names: Ints) -> Flags:
    """Whether both names call somebody a child of somebody, and begin with words that differ."""
    ours = _children(left, left_names)
    if not ours.any():
        return np.zeros(len(ours), np.bool_)
    theirs = _children(right, right_names)
    swapped: Flags = (ours != theirs) & (ours != 0) & (theirs != 0)
    return swapped


def _children(forms: Forms, names: Ints) -> Ints:
    """The sound of the first word where `bin` or its like comes second, else 0."""
    view = forms.words
    long = view.lengths[names] > 2
    children = np.zeros(len(names), np.int64)
    first = view.starts[names[long]]
    second = view.words[first + 1]
    chosen = (forms.tokens.kinds[second] == PARTICLE).nonzero()[0]
    if not len(chosen):
        return children
    is_child = [forms.tokens.texts[word] in _CHILD_OF for word in second[chosen].tolist()]
    chosen = chosen[np.array(is_child, np.bool_)]
    children[np.flatnonzero(long)[chosen]] = forms.tokens.sound_ids[view.words[first[chosen]]]
    return children


def _numbers(left: Ints, right: Ints) -> npt.NDArray[np.int8]:
    one_sided = (left == 0) != (right == 0)
    return np.where(left == right, NO_CONFLICT, np.where(one_sided, ONE_SIDED, CONFLICT)).astype(np.int8)


def _in_order(left: Forms, left_names: Ints, right: Forms, right_names: Ints) -> Flags:
    """Whether two rows of syllables are the same, or are where up to two at the end are put first."""
    ours, theirs = (
        [_row_digests(forms.syllables, forms.tokens, names, turn) for turn in range(3)]
        for forms, names in ((left, left_names), (right, right_names))
    )
    agrees = np.zeros(len(left_names), bool)
    for turn in range(3):
        agrees |= (ours[0] == theirs[turn]) | (ours[turn] == theirs[0])
    same_count = left.syllables.lengths[left_names] == right.syllables.lengths[right_names]
    either: Flags = agrees | ~same_count
    return either


def _read_otherwise(
    spoken: Ints, in_order: Flags, score: Floats, left: tuple[Forms, Ints], right: tuple[Forms, Ints]
) -> None:
    """Characters read otherwise than in Mandarin count only where the whole name is read in one tongue and in order."""
    for pair in spoken[(score[spoken] >= _LEAST_READ) & (score[spoken] < 1)].tolist():
        ours, theirs = (_syllables(forms, int(names[pair])) for forms, names in (left, right))
        if are_read_otherwise(ours, theirs):
            in_order[pair] = read_in_one_tongue(ours, theirs)
            score[pair] *= 1.0 if in_order[pair] else _MIXED_READINGS


def _syllables(forms: Forms, name: int) -> list[tuple[str, str]]:
    """Only the syllables: a first name from another language stands beside them in Hong Kong."""
    view, tokens = forms.syllables, forms.tokens
    words = view.words[view.starts[name] : view.starts[name + 1]].tolist()
    return [(tokens.texts[word].removeprefix("~"), tokens.written[word]) for word in words if tokens.written[word]]


def _row_digests(view: View, tokens: Tokens, names: Ints, turn: int) -> Ints:
    """A digest of each row of words that depends on their order, `turn` of them put from the end to the front."""
    lengths = view.lengths[names]
    owner = np.repeat(np.arange(len(names)), lengths)
    offset = offsets_of(lengths)
    ids = tokens.text_ids[view.words[view.starts[names][owner] + offset]].view(np.uint64)
    place = ((offset + turn) % lengths[owner] + 1).astype(np.uint64)
    total = np.zeros(len(names), np.uint64)
    np.add.at(total, owner, ids * (place * np.uint64(0x9E3779B97F4A7C15) | np.uint64(1)))
    return total.view(np.int64)


def _count_once(alike: Floats, rows: Ints, columns: Ints) -> None:
    """A word that stands twice finds only one partner in a name that has it once: Anthony Anthony, Anthony Walker."""
    same = (alike == 1.0).nonzero()[0]
    if len(same) < 2:
        return
    ranks = []
    for line in (rows[same], columns[same]):
        order = line.argsort(kind="stable")
        ranked = line[order]
        place = np.arange(len(ranked))
        fresh = np.ones(len(ranked), np.bool_)
        np.not_equal(ranked[1:], ranked[:-1], out=fresh[1:])
        rank = np.empty(len(ranked), np.int64)
        rank[order] = place - np.maximum.accumulate(np.where(fresh, place, 0))
        ranks.append(rank)
    alike[same[ranks[0] != ranks[1]]] = _ONCE_TOO_OFTEN


@dataclass(frozen=True)
class _Cover:
    """How much of each name the other one covers."""

    left: Tokens
    left_view: View
    right: Tokens
    right_view: View
    threads: int

    def of(self, left_names: Ints, right_names: Ints) -> Floats:
        """Shares of left and right covered, weight of what tells and of all that agrees, words without partner."""
        rows, columns = self.left_view.lengths[left_names], self.right_view.lengths[right_names]
        cells = rows * columns
        pair = np.arange(len(cells)).repeat(cells)
        first = cells.cumsum() - cells
        inside = np.arange(len(pair)) - first[pair]
        widths = columns[pair]
        row = inside // widths
        column = inside - row * widths
        left_words = self.left_view.words[self.left_view.starts[left_names][pair] + row]
        right_words = self.right_view.words[self.right_view.starts[right_names][pair] + column]
        alike = self._alike(left_words, right_words)
        _count_once(alike, inside - column + first[pair], first[pair] + column)
        self._leave_taken(alike, left_words, right_words, (inside - column + first[pair], first[pair] + column))
        turned = np.empty_like(alike)
        turned[first[pair] + column * rows[pair] + row] = alike
        ours = self._share(self.left, self.left_view, left_names, alike, columns)
        theirs = self._share(self.right, self.right_view, right_names, turned, rows)
        shared, matched = ((ours[place] + theirs[place]) / 2 for place in (1, 2))
        by_side = [share for both in zip(ours[3:], theirs[3:], strict=True) for share in both]
        return np.stack([ours[0], theirs[0], shared, matched, *by_side])

    def _share(self, tokens: Tokens, view: View, names: Ints, alike: Floats, others: Ints) -> tuple[Floats, ...]:
        """Weight of words with a partner: as a share of all, of those that tell, of all.

        Then how many have none, their share of all weight, and how many of them are known words of business or places.
        """
        count = len(names)
        lengths = np.where(others > 0, view.lengths[names], 0)
        owner = np.arange(count).repeat(lengths)
        if not len(owner):
            return (np.zeros(count),) * 6
        per_word = others[owner]
        best = np.maximum.reduceat(alike, per_word.cumsum() - per_word)
        occurrence = view.starts[names][owner] + offsets_of(lengths)
        weights = view.weights[occurrence]
        kinds = tokens.kinds[view.words[occurrence]]
        telling = (kinds == CORE) | (kinds == CHARACTER) | (kinds == SYLLABLE) | (kinds >= PARTICLE)
        agreed = weights * best
        alone = (best < _INITIAL) & (kinds != PARTICLE)
        known = alone & ((kinds == NOTION) | (kinds == PLACE))
        total, found, shared, strangers, lost, elsewhere = (
            np.bincount(owner, part, count).astype(np.float64, copy=False)
            for part in (weights, agreed, agreed * telling, alone, weights * alone, known)
        )
        share, lost = (np.divide(part, total, out=np.zeros(count), where=total > 0) for part in (found, lost))
        return share, shared, found, strangers, lost, elsewhere

    def _alike(self, left_words: Ints, right_words: Ints) -> Floats:
        """How alike the two words of each cell are; every distinct pair is looked at once."""
        width = len(self.right.texts)
        codes, places = distinct_of(left_words * width + right_words)
        left = codes // width
        right = codes - left * width
        alike = np.zeros(len(codes))
        is_character = (self.left.kinds[left] == CHARACTER) | (self.right.kinds[right] == CHARACTER)
        sounds = (self.left.sound_ids[left] == self.right.sound_ids[right]) & ~is_character
        alike[sounds] = _SOUND
        looks = self.left.looks_ids[left]
        alike[(looks == self.right.looks_ids[right]) & (looks != 0)] = _SOUND
        alike[self.left.text_ids[left] == self.right.text_ids[right]] = 1.0
        core = ((self.left.kinds[left] == CORE) & (self.right.kinds[right] == CORE) & (alike < _GIVEN)).nonzero()[0]
        alike[core[are_forms_of_one(self.left.texts, left[core], self.right.texts, right[core])]] = _GIVEN
        self._initials(alike, left, right)
        self._consonants(alike, left, right)
        self._spellings(alike, left, right)
        alike[are_one_word(self.left, left, self.right, right) & (alike < _SOUND)] = _SOUND
        self._other_readings(alike, left, right)
        return alike[places]

    def _other_readings(self, alike: Floats, left: Ints, right: Ints) -> None:
        """A character may be read otherwise than in the most usual Mandarin."""
        both = (self.left.kinds[left] == SYLLABLE) & (self.right.kinds[right] == SYLLABLE)
        for cell in np.flatnonzero(both & (alike < _OTHER_READING)).tolist():
            ours, theirs = self.left.written[left[cell]], self.right.written[right[cell]]
            if ours.isascii():
                said = not theirs.isascii() and reads_as(theirs, self.left.texts[left[cell]][1:], ours)
            else:
                said = theirs.isascii() and reads_as(ours, self.right.texts[right[cell]][1:], theirs)
            if said:
                alike[cell] = _OTHER_READING

    def _leave_taken(self, alike: Floats, left_words: Ints, right_words: Ints, lines: tuple[Ints, Ints]) -> None:
        """An initial stands for no word that has a partner of its own: William G. is not William W."""
        for words, tokens, line in ((left_words, self.left, lines[1]), (right_words, self.right, lines[0])):
            cells = ((tokens.kinds[words] == INITIAL) & (alike == _INITIAL)).nonzero()[0]
            if len(cells):
                best = np.zeros(len(alike))
                np.maximum.at(best, line, alike)
                alike[cells[best[line[cells]] >= _TAKEN]] = 0.0

    def _initials(self, alike: Floats, left: Ints, right: Ints) -> None:
        one = (self.left.kinds[left] == INITIAL) != (self.right.kinds[right] == INITIAL)
        for cell in (one & (alike == 0)).nonzero()[0].tolist():
            if self.left.texts[left[cell]][:1] == self.right.texts[right[cell]][:1]:
                alike[cell] = _INITIAL

    def _consonants(self, alike: Floats, left: Ints, right: Ints) -> None:
        """A word in Arabic letters has only its consonants to show."""
        arabic = ((self.left.scripts[left] ^ self.right.scripts[right]) & ARABIC) != 0
        if not arabic.any():
            return
        same = (self.left.bone_ids[left] == self.right.bone_ids[right]) & (self.left.bone_ids[left] != 0)
        alike[arabic & same] = np.maximum(alike[arabic & same], _BONES)

    def _spellings(self, alike: Floats, left: Ints, right: Ints) -> None:
        """Words of one script family that differ by few letters, as they are written or as they sound."""
        core = (self.left.kinds[left] == CORE) & (self.right.kinds[right] == CORE) & (alike < _SOUND)
        arabic = ((self.left.scripts[left] ^ self.right.scripts[right]) & ARABIC) != 0
        chosen = (core & ~arabic).nonzero()[0]
        chosen = chosen[self._lengths_allow(left[chosen], right[chosen])]
        if not len(chosen):
            return
        ratio = np.zeros(len(chosen))
        for ours, theirs in ((self.left.texts, self.right.texts), (self.left.sounds, self.right.sounds)):
            found = process.cpdist(
                [ours[word] for word in left[chosen].tolist()], [theirs[word] for word in right[chosen].tolist()],
                scorer=OSA.normalized_similarity, dtype=np.float64, workers=self.threads,
            )  # fmt: skip
            ratio = np.maximum(ratio, found)
        alike[chosen] = np.maximum(alike[chosen], np.where(ratio >= _LEAST_ALIKE, 1 - (1 - ratio) * 1.5, 0.0))

    def _lengths_allow(self, left: Ints, right: Ints) -> Flags:
        ours, theirs = self.left.lengths[left], self.right.lengths[right]
        return np.minimum(ours, theirs) >= np.maximum(3, _LEAST_ALIKE * np.maximum(ours, theirs))
