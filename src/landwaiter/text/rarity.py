"""How much does a word tell two names apart, between 0 (said by everybody) and 1 (said by nearly nobody)?"""

from functools import cache
from math import log
from pathlib import Path

_TABLE = Path(__file__).parent / "rarity.csv"
# A word that one name in 20,000 has, or fewer, is as rare as a word needs to be.
_RARE = 1 / 20_000


def rarity_of(text: str) -> float:
    """Rarity of a word in its plain reading; 1 where the table of frequent words does not have it."""
    share = frequent_words().get(text)
    return 1.0 if share is None else min(1.0, log(share) / log(_RARE))


@cache
def frequent_words() -> dict[str, float]:
    """Share of names that have a word, per million in the file."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(",") for line in lines if line and not line.startswith(("#", "word,")))
    return {word: int(per_million) / 1_000_000 for word, per_million in pairs}
