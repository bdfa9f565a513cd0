"""`landwaiter ask`: do we both know this party, marking or number? Asked in three files, without showing a list."""

import csv
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from landwaiter.cli.exchanging import Json, acting, key_folder, opened_file, say
from landwaiter.cli.main import COMMANDS
from landwaiter.errors import InputError
from landwaiter.exchange.asking import BUDGET, Asker, read_answer, send_answer, send_request, send_setup
from landwaiter.exchange.name_keys import key_of_identifier, keys_of_names
from landwaiter.exchange.register import peer_named
from landwaiter.load.loading import read_rows

# Columns with exact keys; a cell may hold several, separated by a semicolon.
EXACT = ("identifiers", "marking", "part_number")

ask = App(name="ask", help=COMMANDS["ask"])


@ask.command
def setup(*, names: Path, to: str, out: Path, by: str | None = None, json_: Json = False) -> int:
    """Step 1, whoever is asked: blind the parties, markings and numbers that we know, for one peer.

    Args:
        names: file with any of the columns name, other_names, identifiers, marking, part_number.
        to: the peer who may ask.
        out: the file to write.
        by: the officer who acts.
        json_: print a JSON object: keys.
    """
    keys = list(_keys(names).values())
    with acting(by) as sender:
        count = send_setup(Asker(sender, key_folder()), peer_named(sender.store, to), keys, out)
    say({"to": to, "keys": count, "out": str(out)}, f"{out}: {len(keys):,} rows, {count:,} keys with padding", json_)
    return 0


@ask.command
def request(
    file: Annotated[Path, Parameter(name="SETUP")], /, *, names: Path, out: Path, by: str | None = None,
    json_: Json = False,
) -> int:  # fmt: skip
    """Step 2, whoever asks: blind our own names for a peer's setup.

    Args:
        file: the peer's setup.
        names: file with any of the columns name, other_names, identifiers, marking, part_number.
        out: the file to write.
        by: the officer who acts.
        json_: print a JSON object: keys.
    """
    keys = _keys(names)
    with acting(by) as sender:
        opened = opened_file(sender, file)
        asker, peer = Asker(sender, key_folder()), peer_named(sender.store, opened.sender)
        count = send_request(asker, peer, opened, keys, out)
    say({"to": peer.name, "keys": count, "out": str(out)}, f"{out}: {len(keys):,} rows, {count:,} keys", json_)
    return 0


@ask.command(name="answer")
def answer_(
    file: Annotated[Path, Parameter(name="REQUEST")], /, *, out: Path, by: str | None = None, json_: Json = False
) -> int:
    """Step 3, whoever is asked: answer within the peer's budget; beyond it two officers must say so.

    Args:
        file: the peer's request.
        out: the file to write.
        by: the officer who acts; beyond the budget the same call by another officer carries it out.
        json_: print a JSON object: state (proposed or done), keys, before.
    """
    with acting(by) as sender:
        opened = opened_file(sender, file)
        asker, peer = Asker(sender, key_folder()), peer_named(sender.store, opened.sender)
        state, count, before = send_answer(asker, peer, opened, out)
    told = str(out) if state == "done" else "beyond the budget: the same call by another officer carries it out"
    budget = f"{count:,} keys after {before:,} in the last 30 days, of {BUDGET:,}"
    say({"state": state, "from": peer.name, "keys": count, "before": before}, f"{told}: {budget}", json_)
    return 0


@ask.command
def read(
    file: Annotated[Path, Parameter(name="ANSWER")], /, *, setup: Path, out: Path | None = None, by: str | None = None,
    json_: Json = False,
) -> int:  # fmt: skip
    """Step 4, whoever asked: say which of our names the peer knows, to be asked for by a formal request.

    A key in common is a candidate, not a match: the peer may hold another party under the same key, and a peer that
    lies can add keys or leave them out. Exit status 1 where nothing is in common, which clears nobody.

    Args:
        file: the peer's answer.
        setup: the setup that was asked.
        out: CSV file for name and keys; without it they are printed.
        by: the officer who acts.
        json_: print a JSON object: the names, each with its keys.
    """
    with acting(by) as sender:
        found = read_answer(Asker(sender, key_folder()), opened_file(sender, setup), opened_file(sender, file))
    if out is not None:
        with out.open("x", newline="", encoding="utf-8") as target:
            csv.writer(target).writerows([("name", "keys"), *((name, ";".join(keys)) for name, keys in found.items())])
    elif json_:
        say(found, "", json_)
    else:
        for name, keys in found.items():
            sys.stdout.write(f"{name}: {len(keys)} keys in common ({keys[0]})\n")
    return 0 if found else 1


def _keys(path: Path) -> dict[str, list[str]]:
    """The keys of each row, under its name or number."""
    rows = read_rows(path)
    columns = {name: [text or "" for text in rows.column(name).to_pylist()] for name in rows.column_names}
    if not {"name", *EXACT} & set(columns):
        raise InputError(str(path), "has none of the columns name, identifiers, marking, part_number")
    blank = [""] * rows.num_rows
    names = columns.get("name", blank)
    others = [[one for one in text.split(";") if one.strip()] for text in columns.get("other_names", blank)]
    all_names = [name for place, name in enumerate(names) for name in (name, *others[place])]
    shaped = iter(keys_of_names(all_names))
    found: dict[str, list[str]] = {}
    for place, name in enumerate(names):
        keys = [key for _ in range(1 + len(others[place])) for key in next(shaped)]
        cells = [(column, columns.get(column, blank)[place]) for column in EXACT]
        exact = [(column, one) for column, cell in cells for one in cell.split(";") if one.strip()]
        keys += [key_of_identifier(column, one) for column, one in exact]
        label = name.strip() or (exact[0][1].strip() if exact else f"row {place}")
        found[label] = list(dict.fromkeys([*found.get(label, []), *keys]))
    return found
