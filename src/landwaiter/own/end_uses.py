"""Does the trade that a stated end use names take such goods? Reads the words, and compares trade with heading."""

from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import read_step
from landwaiter.ref.facts import read_facts
from landwaiter.tables import TABLES
from landwaiter.text.fold import fold

STATED_USES = read_step(Path(__file__).parent / "stated_uses.sql")


class Trade(NamedTuple):
    """A trade, the words that name it, and the beginnings of the codes of its goods."""

    name: str
    words: tuple[str, ...]
    goods: tuple[str, ...]


def read_end_uses(corridor: Corridor) -> None:
    """Read shipments; put unfitting_uses: each stated end use that names a trade, with the headings it does not take.

    A text that names no trade, or several, says nothing. The work is on distinct texts and headings, not on rows.
    """
    corridor.run(STATED_USES, {})
    pairs = sorted((row["stated_end_use"], row["hs4"]) for row in corridor.get("stated_uses").to_pylist())
    corridor.drop("stated_uses")
    texts = sorted({text for text, _ in pairs})
    trades = dict(zip(texts, map(trade_of, fold(texts)), strict=True))
    found = [
        {"stated_end_use": text, "hs4": hs4, "trade": trade.name}
        for text, hs4 in pairs
        if (trade := trades[text]) and not hs4.startswith(trade.goods)
    ]
    corridor.put("unfitting_uses", pa.Table.from_pylist(found, schema=TABLES["unfitting_uses"].schema))


def trade_of(folded: str) -> Trade | None:
    """The one trade that a folded text names."""
    words = "".join(sign if sign.isalnum() else " " for sign in folded).split()
    named = [trade for trade in _trades() if any(_stands_in(wanted.split(), words) for wanted in trade.words)]
    return named[0] if len(named) == 1 else None


def _stands_in(wanted: list[str], words: list[str]) -> bool:
    """Whether the words stand side by side; Chinese has no spaces, so there the beginning may be anywhere."""
    if "\u4e00" <= wanted[0][0] <= "\u9fff":
        return any(wanted[0].rstrip("*") in word for word in words)
    starts = range(len(words) - len(wanted) + 1)
    return any(all(map(_is_word, wanted, words[start : start + len(wanted)])) for start in starts)


def _is_word(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _trades() -> list[Trade]:
    lines = read_facts("end_uses").to_pylist()
    return [Trade(line["trade"], tuple(line["words"].split(";")), tuple(line["goods"].split(";"))) for line in lines]
