"""Small ownership tables for the tests of this room, written as a person would."""

from datetime import date

import pyarrow as pa

from landwaiter.tables import TABLES

SCHEMA = TABLES["ownership"].schema
_EMPTY = {
    "owner_name": None, "owner_kind": "unknown", "owned_name": None, "interest": "shares", "share_min": None,
    "share_max": None, "share_min_exclusive": None, "share_max_exclusive": None, "joint_with": [], "valid_from": None,
    "valid_to": None, "source": None,
}  # fmt: skip


def holdings(*lines):
    """A table from lines such as `X>A 50`, `X>A 25..50`, `X>A >25..50`, `X>A ?`, `X>A board`, `X>A votes 60`.

    Words behind them: `from 2022-01-01`, `to 2022-03-01`, `with Y` for a joint holding.
    """
    rows = [{**_EMPTY, "row_id": str(number), **_understood(line)} for number, line in enumerate(lines)]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _understood(line):
    pair, *words = line.split()
    owner, owned = pair.split(">")
    row = {"owner_id": owner, "owned_id": owned}
    while words:
        word = words.pop(0)
        if word in ("votes", "board", "control", "shares"):
            row["interest"] = word
        elif word in ("from", "to"):
            row[f"valid_{word}"] = date.fromisoformat(words.pop(0))
        elif word == "with":
            row["joint_with"] = words.pop(0).split(";")
        elif word != "?":
            row |= _share(word)
    return row


def _share(word):
    low, _, high = word.partition("..")
    return {
        "share_min": float(low.strip(">")),
        "share_max": float((high or low).strip("<>")),
        "share_min_exclusive": low.startswith(">"),
        "share_max_exclusive": high.startswith("<"),
    }
