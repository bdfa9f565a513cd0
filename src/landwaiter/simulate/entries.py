"""Which books hold which lots? By the view, and with what such books miss, repeat and correct."""

from dataclasses import dataclass

import numpy as np

from landwaiter.simulate.chance import Hashes, as_share, mix, mix_on
from landwaiter.simulate.chunk import Chunk
from landwaiter.simulate.facts import Bools, Floats, Ints, countries
from landwaiter.simulate.plan import CHUNK_ROWS, Parameters

COPIES = 4  # Of one lot: in the books of the sender, in those of the receiver, and each of the two entered again.
EXPORTERS = {"a": ("maker",), "b": ("maker",), "c": ("maker", "hub", "target", "other"), "d": ()}
IMPORTERS = {"a": (), "b": ("target",), "c": ("maker", "hub", "target", "other"), "d": ()}


@dataclass(frozen=True)
class Entries:
    """One entry for each line of the books, in the order in which they stand.

    Args:
        lot: its position among the chunk's lots.
        copy: 0 the sender's book, 1 the receiver's, 2 and 3 the same entered again.
        is_wrong: a first entry, which the one entered again corrects.
    """

    lot: Ints
    copy: Ints
    is_wrong: Bools


def entries_of(parameters: Parameters, chunk: Chunk, seller: Ints, buyer: Ints) -> Entries:
    """The lines of the view; in the view of all, each lot stands once and without fault in the sender's book.

    Args:
        seller, buyer: country of both sides of each lot.
    """
    many = len(chunk.lots)
    if parameters.view == "all":
        return Entries(np.arange(many), np.zeros(many, dtype=np.int64), np.zeros(many, dtype=np.bool_))
    role = countries().role
    books = ((seller, EXPORTERS[parameters.view]), (buyer, IMPORTERS[parameters.view]))
    lots = [np.flatnonzero(np.isin(role, seen)[country]) for country, seen in books]
    first = _entries(np.concatenate(lots), np.repeat([0, 1], [len(each) for each in lots]))
    lost = np.where(first.copy == 1, chunk.relations["lost"][chunk.lots["relation"][first.lot]], 0.0)
    drawn = drawn_for(parameters, chunk.number, first, "missing")
    there = drawn >= np.maximum(parameters.missing_rate, lost)
    first = _entries(first.lot[there], first.copy[there])
    drawn = drawn_for(parameters, chunk.number, first, "again")
    again = drawn < parameters.repeated_rate
    # Half of what is entered again corrects the first entry, the other half is the same once more.
    wrong = drawn < parameters.repeated_rate / 2
    lot, copy = np.concatenate([first.lot, first.lot[again]]), np.concatenate([first.copy, first.copy[again] + 2])
    is_wrong = np.concatenate([wrong, np.zeros(int(again.sum()), dtype=np.bool_)])
    order = np.argsort(lot * COPIES + copy)
    return Entries(lot[order], copy[order], is_wrong[order])


def drawn_for(parameters: Parameters, chunk: int, entries: Entries, what: str) -> Floats:
    """A number from 0 to 1 for each entry."""
    return as_share(mix_on(state_of(parameters, chunk, entries), word_hash(what)))


def state_of(parameters: Parameters, chunk: int, entries: Entries) -> Hashes:
    """What the numbers of each entry are drawn from."""
    return mix(parameters.seed, (chunk * CHUNK_ROWS + entries.lot) * COPIES + entries.copy)


def word_hash(word: str) -> int:
    """A number for what is drawn."""
    return int.from_bytes(word.encode("ascii"), "big") % (2**61 - 1)


def _entries(lot: Ints, copy: Ints) -> Entries:
    return Entries(lot, copy, np.zeros(len(lot), dtype=np.bool_))
