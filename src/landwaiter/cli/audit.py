"""`landwaiter audit`: is the log of all that was done whole and unchanged?"""

import json
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from landwaiter.cases.audit import Head
from landwaiter.cli.case import kept_store
from landwaiter.cli.main import COMMANDS
from landwaiter.errors import InputError

audit = App(name="audit", help=COMMANDS["audit"])


@audit.command
def verify(*, heads: Path | None = None, json_: Annotated[bool, Parameter(name="--json", negative="")] = False) -> int:
    """Check every event and every row that it wrote, and hold the log against the heads kept outside it.

    Found are: an event or row that was changed, removed, added or moved, and a tail that was cut. Somebody who can
    write both the database and this installation's `heads.jsonl` can cut a tail unseen by them, but not by the heads
    in the receipts of peers: give these with --heads. Exit status 1 where anything is wrong.

    Args:
        heads: file with heads kept elsewhere, JSON lines with seq and hash.
        json_: print a JSON object: events, head, faults.
    """
    with kept_store() as store:
        found = store.verify(_read(heads) if heads is not None else ())
    if json_:
        whole = {"events": found.head.seq, "head": found.head.hash, "faults": found.faults}
        sys.stdout.write(json.dumps(whole, ensure_ascii=False) + "\n")
    else:
        for fault in found.faults:
            sys.stdout.write(f"{fault}\n")
        verdict = f"{len(found.faults)} faults" if found.faults else "whole and unchanged"
        sys.stdout.write(f"audit log: {found.head.seq:,} events, {verdict}; head {found.head.hash}\n")
    return 1 if found.faults else 0


def _read(path: Path) -> list[Head]:
    heads = []
    for place, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            said = json.loads(line)
            heads.append(Head(int(said["seq"]), str(said["hash"])))
        except (ValueError, TypeError, KeyError) as error:
            raise InputError(f"{path}, line {place}", "holds no head", 'write {"seq": 12, "hash": "..."}') from error
    return heads
