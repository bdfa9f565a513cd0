"""Is a declared customs code one that goods can have, and does it fit what the text says?"""

from collections.abc import Set
from typing import NamedTuple

from landwaiter.classify.hs_text import Reading

# From this probability of listed codes together on, a text says something against a code.
LEAST_SURE = 0.8
LEAST_DIGITS, MOST_DIGITS = 4, 12
_NATIONAL = {"98": "98 is for national use, not for goods", "99": "99 is for national use, not for goods"}


class Declared(NamedTuple):
    """A declared code: its digits, and in one clause why no goods can have it, else empty."""

    digits: str
    problem: str


def declared_code(text: str, codes: Set[str]) -> Declared:
    """Read a code as declared; points and spaces between its digits do not count. `codes` are those of HS 2022."""
    digits = "".join(char for char in text.strip() if char not in ". -")
    if not digits:
        return Declared("", "")
    if not (digits.isascii() and digits.isdigit()):
        return Declared("", f"declared code '{text[:20]}' is not all digits")
    if not LEAST_DIGITS <= len(digits) <= MOST_DIGITS:
        return Declared(
            "", f"declared code '{text[:20]}' has {len(digits)} digits, not {LEAST_DIGITS} to {MOST_DIGITS}"
        )
    if digits[:2] == "77":
        return Declared("", "chapter 77 is reserved: no goods have such a code")
    if digits[:2] in _NATIONAL:
        return Declared("", f"chapter {_NATIONAL[digits[:2]]}")
    if not any(code.startswith(digits[:6]) for code in codes):
        return Declared(digits, f"declared code {digits[:6]} is not in HS 2022; an earlier edition may have had it")
    return Declared(digits, "")


def listed_share(reading: Reading, priority: Set[str]) -> float:
    """The probability that a text means any listed code."""
    return sum(one.probability for one in reading.candidates if one.hs6 in priority)


def against_code(reading: Reading, hs6: str, priority: Set[str]) -> bool:
    """Whether a text surely says priority goods where the declared code says none.

    Only this is said, since only this matters for control: no candidate of the text has the declared heading, the
    first is listed, and the listed ones together are sure.
    """
    if not reading.candidates or hs6 in priority or reading.candidates[0].hs6 not in priority:
        return False
    headings = {one.hs6[:4] for one in reading.candidates}
    return hs6[:4] not in headings and listed_share(reading, priority) >= LEAST_SURE


def reason_of(reading: Reading, rank: int, declared: Declared) -> str:
    """One sentence on one candidate, counted from 1: which words spoke for it, and how the declared code stands."""
    one = reading.candidates[rank - 1]
    said = f"words: {', '.join(one.says)}" if one.says else "no word of its own; near in meaning only"
    parts = [said]
    if rank == 1 and one.probability < 0.5:
        parts.append("a suggestion, not an answer")
    if declared.problem and rank == 1:
        parts.append(declared.problem)
    elif declared.digits:
        same = one.hs6.startswith(declared.digits[:6])
        parts.append(f"declared {declared.digits[:6]}: {'the same' if same else 'another code'}")
    if rank == 1 and reading.reason:
        parts.append(reading.reason)
    return "; ".join(parts)
