"""`landwaiter audit`: is the log of all that was done whole and unchanged?"""

import json
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from landwaiter.cases.audit import Head
from landwaiter.cases.store import Store
from landwaiter.cli.exchanging import key_folder
from landwaiter.cli.main import COMMANDS
from landwaiter.cli.office import kept_store, moment
from landwaiter.errors import InputError
from landwaiter.exchange.opening import open_dossier
from landwaiter.exchange.receiving import head_in, heads_kept_for_us
from landwaiter.exchange.register import trusted_chains

audit = App(name="audit", help=COMMANDS["audit"])


@audit.command
def verify(
    *,
    heads: Path | None = None,
    receipts: Annotated[list[Path] | None, Parameter(consume_multiple=True, negative="")] = None,
    json_: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Check every event and every row that it wrote, and hold the log against the heads kept outside it.

    Found are: an event or row that was changed, removed, added or moved, and a tail that was cut. Somebody who can
    write both the database and this installation's `heads.jsonl` can cut a tail unseen by them, but not by the heads
    in the receipts of peers: give these files with --receipts. A peer can write a receipt again with `landwaiter
    receipt`. Heads of receipts that were opened here are always asked. Exit status 1 where anything is wrong.

    Args:
        heads: file with heads kept elsewhere, JSON lines with seq and hash.
        receipts: files of receipts from peers, also expired ones; each brings back a head of this log.
        json_: print a JSON object: events, head, faults.
    """
    with kept_store() as store:
        kept = [*heads_kept_for_us(store), *(_read(heads) if heads is not None else ()), *_brought(store, receipts)]
        found = store.verify(kept)
    if json_:
        whole = {"events": found.head.seq, "head": found.head.hash, "faults": found.faults}
        sys.stdout.write(json.dumps(whole, ensure_ascii=False) + "\n")
    else:
        for fault in found.faults:
            sys.stdout.write(f"{fault}\n")
        verdict = f"{len(found.faults)} faults" if found.faults else "whole and unchanged"
        sys.stdout.write(f"audit log: {found.head.seq:,} events, {verdict}; head {found.head.hash}\n")
    return 1 if found.faults else 0


def _brought(store: Store, receipts: list[Path] | None) -> list[Head]:
    """The heads of our log in files that peers signed."""
    if not receipts:
        return []
    agency, peers, now = key_folder().agency(), trusted_chains(store), int(moment().timestamp())
    brought = []
    for path in receipts:
        opened = open_dossier(path, reader=agency, peers=peers, now=now, any_time=True)
        head = head_in(opened.claims["about"]) if opened.kind == "receipt" else None
        if head is None:
            raise InputError(str(path), f"is a {opened.kind} of {opened.sender}, which brings back no head of our log")
        brought.append(head)
    return brought


def _read(path: Path) -> list[Head]:
    heads = []
    for place, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            said = json.loads(line)
            heads.append(Head(int(said["seq"]), str(said["hash"])))
        except (ValueError, TypeError, KeyError) as error:
            raise InputError(f"{path}, line {place}", "holds no head", 'write {"seq": 12, "hash": "..."}') from error
    return heads
