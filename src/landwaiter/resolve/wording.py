"""Why are these mentions one party? One sentence for each pair that was joined."""

import numpy as np
import pyarrow as pa

from landwaiter.resolve.clusters import Join
from landwaiter.resolve.spellings import Spellings
from landwaiter.text.columns import Ints
from landwaiter.text.scripts import script_name


def why_merged(mentions: pa.Table, spellings: Spellings, party_of: Ints, joins: list[Join]) -> tuple[Ints, list[str]]:
    """Sentences in the order of parties, and the party of each."""
    rows = _Rows(mentions)
    found: list[tuple[int, str]] = []
    seen = spellings.mentions[spellings.of_mention]
    for mention in np.flatnonzero(seen != np.arange(len(seen))).tolist():
        first = int(seen[mention])
        found.append((int(party_of[mention]), f"{rows.said(first)} and {rows.said(mention)}: the same name"))
    for join in joins:
        first, second = int(spellings.mentions[join.first]), int(spellings.mentions[join.second])
        sentence = f"{rows.said(first)} and {rows.said(second)}: {_reason(join, spellings)}"
        found.append((int(party_of[first]), sentence))
    found.sort()
    return np.array([party for party, _ in found], np.int64), [sentence for _, sentence in found]


def _reason(join: Join, spellings: Spellings) -> str:
    if join.by == "number":
        return "one reporter gives both the same number"
    forms = spellings.forms
    left, right = (int(forms.scripts[spellings.names[spelling]]) for spelling in (join.first, join.second))
    path = f" ({script_name(left)} and {script_name(right)})" if left != right else ""
    country = spellings.country_codes[spellings.countries[join.first]]
    if join.by == "unknown country":
        return "the same name, the country of one unknown"
    if join.by == "rare brand":
        return f"name {min(join.score, 0.99):.2f}{path}, nobody else there has the brand, no book has both"
    return f"name {min(join.score, 0.99):.2f}{path}, " + (f"country {country}" if country else "no country given")


class _Rows:
    """What a mention says, as a reader would name it."""

    def __init__(self, mentions: pa.Table) -> None:
        self._names = mentions.column("name").to_pylist()
        self._reporters = mentions.column("reporter").to_pylist()
        self._ids = mentions.column("id").to_pylist()

    def said(self, mention: int) -> str:
        number = f" {self._ids[mention]}" if self._ids[mention] else ""
        return f"'{self._names[mention]}' ({self._reporters[mention]}{number})"
