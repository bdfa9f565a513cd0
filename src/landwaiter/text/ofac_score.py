"""Which score would the US Treasury's list search give? Our own reading of what it has published about that search.

Its FAQ 249 says: the whole text is compared by Jaro-Winkler; then each part of the name asked for is compared with the
parts of the listed name, by Jaro-Winkler and Soundex, and the parts make one composite; the higher of the two counts.
How the parts are weighed is not published: here a part counts by the square of its length, and Soundex, which moved no
published score nearer, is left out. The score is from 0 to 100, and not the same from either side.
"""

import re

from rapidfuzz.distance import JaroWinkler

_MARKS = re.compile(r"['’`]")
_NOT_WRITTEN = re.compile(r"[^\w]+")


def ofac_score(asked: str, listed: str) -> int:
    """The score of a name asked for against a listed name, 0 where either is empty."""
    ours, theirs = _plain(asked), _plain(listed)
    if not ours or not theirs:
        return 0
    whole = JaroWinkler.similarity(ours, theirs)
    parts = [max(JaroWinkler.similarity(word, other) for other in theirs.split()) for word in ours.split()]
    weights = [len(word) ** 2 for word in ours.split()]
    composite = sum(part * weight for part, weight in zip(parts, weights, strict=True)) / sum(weights)
    return round(100 * max(whole, composite))


def _plain(name: str) -> str:
    return _NOT_WRITTEN.sub(" ", _MARKS.sub("", name.casefold())).strip()[:1_000]
