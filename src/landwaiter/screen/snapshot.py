"""How is an index kept from one start to the next? As one archive of arrays beside a card that says what it is of.

The archive holds numbers and texts in columns and nothing that could run. It is written aside and renamed. What is
damaged, of other lists or of another version is no answer: it is read as if it were not there.
"""

import io
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar, get_type_hints

import numpy as np
import numpy.typing as npt

from landwaiter import __version__
from landwaiter.screen.standing import Standing

_CARD = "card.json"
Made = TypeVar("Made")
_ROOMS = ("text", "screen", "ref")


@dataclass(frozen=True)
class Card:
    """What a snapshot is of.

    Args:
        key: digest of the lists, of the program's version and of its rules on names.
        first_on: on every day from here to `last_on` the same listings are in force.
        failures: lists that could not be read, each with its reason.
        listings: how many parties the lists have, in force or not.
        lists: how many lists were read.
    """

    key: str
    first_on: date
    last_on: date
    failures: list[list[str]]
    listings: int
    lists: int


def key_of(lists_digest: str) -> str:
    """The key of a snapshot of lists with this digest, made by this version and these rules."""
    return blake2b(f"{__version__} {_rules()} {lists_digest}".encode(), digest_size=16).hexdigest()


def write_snapshot(path: Path, standing: Standing, card: Card) -> None:
    """Keep an index in a file, aside first; OSError where the folder cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    said = {**vars(card), "first_on": card.first_on.isoformat(), "last_on": card.last_on.isoformat()}
    try:
        with zipfile.ZipFile(aside, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(_CARD, json.dumps(said))
            for name, array in _columns(standing, ""):
                with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                    np.lib.format.write_array(member, array, allow_pickle=False)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def read_snapshot(path: Path, key: str, day: date) -> tuple[Standing, Card] | None:
    """The index kept in a file and its card; None where it is not there, not whole, or not of this key and day."""
    try:
        with zipfile.ZipFile(path) as archive:
            said = json.loads(archive.read(_CARD))
            card = Card(
                said["key"],
                date.fromisoformat(said["first_on"]),
                date.fromisoformat(said["last_on"]),
                said["failures"],
                said["listings"],
                said["lists"],
            )
            if card.key != key or not card.first_on <= day <= card.last_on:
                return None
            # The archive checks every member by its sum while it is read.
            return _build(Standing, archive, ""), card
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError, EOFError, NotImplementedError):
        return None


@cache
def _rules() -> str:
    """Digest of the code and the tables that decide what a name looks like."""
    digest = blake2b(digest_size=16)
    for room in _ROOMS:
        for path in sorted((Path(__file__).parents[1] / room).iterdir()):
            if path.is_file():
                digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _columns(value: object, name: str) -> Iterator[tuple[str, npt.NDArray[np.generic]]]:
    """Every array below a record of columns, by its way; of texts two: all in one, and how many signs each has."""
    if isinstance(value, np.ndarray):
        yield name, value
    elif isinstance(value, int):
        yield name, np.array([value], np.int64)
    elif isinstance(value, list):
        yield f"{name}.bytes", np.frombuffer("".join(value).encode("utf-8", "surrogatepass"), np.uint8)
        yield f"{name}.lengths", np.fromiter((len(text) for text in value), np.int32, len(value))
    else:
        assert is_dataclass(value)
        for field in fields(value):
            yield from _columns(getattr(value, field.name), f"{name}.{field.name}".lstrip("."))


def _build(kind: type[Made], archive: zipfile.ZipFile, name: str) -> Made:
    """The record of columns of this kind, from the arrays of its fields."""
    assert is_dataclass(kind)
    hints = get_type_hints(kind)
    return kind(*(_field(hints[field.name], archive, f"{name}.{field.name}".lstrip(".")) for field in fields(kind)))


def _field(kind: object, archive: zipfile.ZipFile, name: str) -> object:
    if isinstance(kind, type) and is_dataclass(kind):
        return _build(kind, archive, name)
    if kind is int:
        return int(_array(archive, name)[0])
    if kind == list[str]:
        return _texts(_array(archive, f"{name}.bytes").tobytes(), _array(archive, f"{name}.lengths"))
    return _array(archive, name)


def _texts(data: bytes, lengths: npt.NDArray[np.generic]) -> list[str]:
    # Decoded once and cut by signs: cutting bytes and decoding each piece takes three times as long.
    whole = data.decode("utf-8", "surrogatepass")
    ends = np.cumsum(lengths).tolist()
    if len(whole) != (ends[-1] if ends else 0):
        raise ValueError("the texts are not as long as they say")
    return [whole[start:end] for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def _array(archive: zipfile.ZipFile, name: str) -> npt.NDArray[np.generic]:
    stored = archive.read(f"{name}.npy")
    head = io.BytesIO(stored[:1024])
    version = np.lib.format.read_magic(head)
    if version != (1, 0):
        raise ValueError(f"{name} is of another form: {version}")
    shape, _, kind = np.lib.format.read_array_header_1_0(head)
    if kind.hasobject:
        raise ValueError(f"{name} holds objects")
    # Not copied: the bytes stay the array's own.
    array: npt.NDArray[np.generic] = np.frombuffer(stored, kind, offset=head.tell()).reshape(shape)
    return array
