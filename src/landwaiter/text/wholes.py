"""Are two names one when they are seen as wholes: by all their letters, by their beginning, or by their initials?

Words are laid side by side elsewhere. Here are the names whose words were joined, split, misread, cut off at the end of
a narrow field, or shortened to their first letters.
"""

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from landwaiter.text.columns import Flags, Floats, Ints
from landwaiter.text.forms import Forms
from landwaiter.text.legal_forms import legal_forms
from landwaiter.text.rarity import frequent_words
from landwaiter.text.scripts import HAN
from landwaiter.text.words import notions, places, stop_words

_FEWEST_LETTERS, _FEWEST_LETTERS_THAT_DIFFER = 3, 5
# A cut name shows so many signs, of its telling words so many letters, and lacks few, unless it fills a field.
_SHORTEST_CUT, _FEWEST_TELLING, _MOST_LACKING, _FIELD = 8, 4, 3, 25
# A word that many have is taken for whole at the end of a short name: Martin, and not a Martinez who was cut off.
_LONG = 18
# A wife's or daughter's name is no cut one.
_FATHERS_NAMES = ("ov", "ev", "in", "yn", "sky", "skiy")
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 3, 8


def by_letters(
    score: Floats, left: Forms, left_names: Ints, right: Forms, right_names: Ints, *,
    spoken: Flags, threads: int,
) -> Floats:  # fmt: skip
    """The score where names without spaces are near; and Chinese characters in another order are another name."""
    chinese = (left.scripts[left_names] & right.scripts[right_names] & HAN) != 0
    counts = left.letters[left_names], right.letters[right_names]
    shorter, longer = np.minimum(*counts), np.maximum(*counts)
    near = (shorter >= 0.85 * longer) & (shorter >= _FEWEST_LETTERS) & (score < 1.0)
    chosen = (~spoken & (near | chinese)).nonzero()[0]
    if not len(chosen):
        return score
    ours, theirs = (
        [forms.squashed[name].replace("rn", "m") for name in names[chosen].tolist()]
        for forms, names in ((left, left_names), (right, right_names))
    )
    ratio = process.cpdist(
        ours, theirs, scorer=Levenshtein.normalized_similarity, dtype=np.float64, workers=threads
    )  # fmt: skip
    enough = (ratio == 1) | ((ratio >= 0.85) & (shorter[chosen] >= _FEWEST_LETTERS_THAT_DIFFER))
    raised = np.maximum(score[chosen], np.where(enough, 0.97 * (1 - (1 - ratio) * 2), 0.0))
    score = score.copy()
    score[chosen] = np.where(chinese[chosen], score[chosen] * (0.4 + 0.6 * ratio), raised)
    return score


def look_the_same(left: Forms, left_names: Ints, right: Forms, right_names: Ints) -> Flags:
    """Whether all letters of two names, legal forms included, look the same on paper, wherever the spaces are."""
    ours = left.looks[left_names]
    enough = np.maximum(left.letters[left_names], right.letters[right_names]) >= _FEWEST_LETTERS_THAT_DIFFER
    same: Flags = (ours == right.looks[right_names]) & (ours != 0) & enough
    return same


def are_cut_off(left: Forms, left_names: Ints, right: Forms, right_names: Ints) -> Flags:
    """Whether one name is the other without its end, as fields with too few places leave it."""
    cut = np.zeros(len(left_names), np.bool_)
    letters = np.minimum(left.letters[left_names], right.letters[right_names])
    chosen = (letters > 0).nonzero()[0]
    ours, theirs = left_names[chosen], right_names[chosen]
    begins_alike = (
        left.tokens.text_ids[left.words.words[left.words.starts[ours]]]
        == right.tokens.text_ids[right.words.words[right.words.starts[theirs]]]
    )
    single = (left.words.lengths[ours] == 1) & (right.words.lengths[theirs] == 1)
    chosen = chosen[begins_alike | single]
    for place, ours_, theirs_ in zip(
        chosen.tolist(), left_names[chosen].tolist(), right_names[chosen].tolist(), strict=True
    ):
        one, other = left.folded[ours_], right.folded[theirs_]
        if one != other and (one.startswith(other) or other.startswith(one)):
            short, whole = sorted((one, other), key=len)
            cut[place] = _lacks_form(short, whole) or (letters[place] >= _FEWEST_TELLING and _is_cut(short, whole))
    return cut


def _lacks_form(short: str, whole: str) -> bool:
    """Whether all that is lacking is the end of the last word, and that word is a legal form: OO for OOO."""
    before, _, last = whole.rpartition(" ")
    return bool(before) and 0 < len(whole) - len(short) < len(last) and last in legal_forms()


def _is_cut(short: str, whole: str) -> bool:
    """Whether the shorter one ends within a word, and what it shows is enough to know the whole by."""
    lacking = whole[len(short) :]
    if lacking[0] == " " or len(short) < _SHORTEST_CUT:
        return False
    if len(lacking) > _MOST_LACKING and len(short) < _FIELD:
        return False
    last = short.rpartition(" ")[2]
    if len(short) < _LONG and any(last in table for table in (notions(), places(), legal_forms(), frequent_words())):
        return False
    return not (lacking == "a" and last.endswith(_FATHERS_NAMES))


def acronym_letters(left: Forms, left_names: Ints, right: Forms, right_names: Ints) -> Ints:
    """Of how many letters the one name is that the words of the other begin with; 0 where it is none."""
    counts = np.zeros(len(left_names), np.int64)
    for one, ones, other, others in ((left, left_names, right, right_names), (right, right_names, left, left_names)):
        letters, words = one.letters[ones], other.words.lengths[others]
        short = (one.words.lengths[ones] == 1) & (letters >= _SHORTEST_ACRONYM) & (letters <= _LONGEST_ACRONYM)
        for place in (short & (words == letters)).nonzero()[0].tolist():
            initials = "".join(word[0] for word in other.plain[others[place]].split())
            if initials == one.plain[ones[place]]:
                counts[place] = letters[place]
    return counts


def differ_but_for_business(left: Forms, left_names: Ints, right: Forms, right_names: Ints, pairs: Ints) -> Flags:
    """Whether these pairs of names differ in their words, legal forms aside: On Holding and I&S Holding."""
    ours, theirs = (
        [_unlike_forms(forms.folded[name]) for name in names[pairs].tolist()]
        for forms, names in ((left, left_names), (right, right_names))
    )
    return np.array([one != other for one, other in zip(ours, theirs, strict=True)], np.bool_)


def _unlike_forms(folded: str) -> set[str]:
    return {word for word in folded.split() if word not in legal_forms() and word not in stop_words()}
