"""With which index does a command answer? The one kept from the last time where its lists are the same, else a new one.

A kept index saves the seconds of reading lists and shaping names; it never decides what is found. Whatever is wrong
with it, the lists are read again.
"""

import sys
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b, file_digest
from pathlib import Path

from landwaiter.errors import InputError
from landwaiter.fetch import ListsRead, read_lists
from landwaiter.screen.index import NameIndex
from landwaiter.screen.listed import days_in_force
from landwaiter.screen.snapshot import Card, key_of, read_snapshot, write_snapshot
from landwaiter.screen.standing import Standing, stand
from landwaiter.settings import read_settings

# Fewer names than this are shaped in less time than a file takes to be found.
_WORTH_KEEPING = 5_000


@dataclass(frozen=True)
class Asking:
    """An index, and of how many listings and lists it is; `listings` counts those not in force too."""

    index: NameIndex
    listings: int
    lists: int


def index_for(path: Path | None, day: date) -> Asking:
    """The index of lists for a day; a list that could not be read is named on standard error, never passed over."""
    folder = path or read_settings().home / "lists"
    where = _place(folder)
    key = key_of(_digest(folder))
    kept = read_snapshot(where, key, day)
    if kept is None:
        return _built(folder, day, where, key)
    standing, card = kept
    _say_failures(card.failures)
    return Asking(NameIndex.of(standing), card.listings, card.lists)


def kept_standing(path: Path, day: date) -> Standing | None:
    """The index kept of these lists for a day; None where there is none or anything is wrong with it."""
    kept = read_snapshot(_place(path), key_of(_digest(path)), day) if path.exists() else None
    return kept[0] if kept else None


def lists_for(path: Path | None, as_of: date) -> ListsRead:
    """The lists to look in; every list that could not be read is named on standard error, never passed over."""
    kept = read_lists(path or read_settings().home / "lists", as_of=as_of)
    _say_failures([[failure.name, failure.reason] for failure in kept.failures])
    if not kept.listings.num_rows:
        raise InputError(str(path or "lists"), "holds no list that could be read", "run `landwaiter update`")
    return kept


def _built(folder: Path, day: date, where: Path, key: str) -> Asking:
    lists = lists_for(folder, day)
    standing = stand(lists.listings, lists.listing_names, as_of=day)
    if lists.listing_names.num_rows >= _WORTH_KEEPING:
        first, last = days_in_force(lists.listings, day)
        failures = [[failure.name, failure.reason] for failure in lists.failures]
        card = Card(key, first, last, failures, lists.listings.num_rows, len(lists.lists))
        _keep(where, standing, card)
    return Asking(NameIndex.of(standing), lists.listings.num_rows, len(lists.lists))


def _keep(where: Path, standing: Standing, card: Card) -> None:
    try:
        write_snapshot(where, standing, card)
    except OSError as error:
        sys.stderr.write(f"landwaiter: the index is not kept, which only costs time: {error}\n")


def _say_failures(failures: list[list[str]]) -> None:
    for name, reason in failures:
        sys.stderr.write(f"landwaiter: not read: {name}: {reason}\n")


def _place(folder: Path) -> Path:
    """Where the index of a folder of lists is kept."""
    name = blake2b(str(folder.resolve()).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return read_settings().home / "snapshots" / f"{name}.zip"


def _digest(path: Path) -> str:
    """Digest of the names and bytes of every file that could be a list; what cannot be read has none."""
    digest = blake2b(digest_size=16)
    for member in [path] if path.is_file() else sorted(path.rglob("*")):
        digest.update(str(member.relative_to(path)).encode("utf-8", "surrogateescape") + b"\0")
        try:
            if member.is_file():
                with member.open("rb") as file:
                    digest.update(file_digest(file, "sha256").digest())
        except OSError:
            digest.update(b"not read")
    return digest.hexdigest()
