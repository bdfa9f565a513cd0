"""Which known words stand in a run that is written without spaces, and what stands between them?"""

import re
from collections.abc import Iterable


def pieces_of(known: Iterable[str]) -> re.Pattern[str]:
    """One known word, the longest that fits, else one sign; known words have two signs or more."""
    return re.compile("|".join([*sorted(set(known), key=lambda word: (-len(word), word)), "."]))


def cut_run(run: str, pieces: re.Pattern[str]) -> list[str]:
    """The known words of a run by `pieces_of`, and what stands between them, in order."""
    words, rest = [], ""
    for piece in [*pieces.findall(run), ""]:
        if len(piece) == 1:
            rest += piece
            continue
        words += [rest, piece]
        rest = ""
    return list(filter(None, words))
