"""`landwaiter redact`: a dossier with less in it, under the same signature."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landwaiter.cli.exchanging import Json, acting, opened_file, say, words
from landwaiter.errors import InputError
from landwaiter.exchange.passing import pass_on, redacted, wrap_again
from landwaiter.exchange.register import peer_named, taken_back


def redact(
    file: Annotated[Path, Parameter(name="F")],
    /,
    *,
    out: Path,
    limit: str = "red",
    withhold: str | None = None,
    to: str | None = None,
    by: str | None = None,
    json_: Json = False,
) -> int:
    """Leave statements out of a dossier; the originator's signature still holds over the rest.

    A dossier that was sealed here is written again for its reader. A peer's dossier is passed on with --to, inside a
    package of ours, which two officers must say; ask the originator first.

    Args:
        file: the dossier.
        out: the file to write.
        limit: the narrowest mark that stays in: clear, green, amber, amber+strict or red.
        withhold: ids of statements or digests of documents that are left out, with commas.
        to: the third agency to which a peer's dossier is passed on.
        by: the officer who acts.
        json_: print a JSON object: state, statements and withheld.
    """
    with acting(by) as sender:
        opened = opened_file(sender, file)
        gone = taken_back(sender.store) & {one.id for one in opened.statements}
        shown = redacted(opened, limit=limit, withhold={*words(withhold), *gone})
        if opened.sender == sender.agency.document.name:
            state = wrap_again(sender, opened, shown, out)
        elif to is None:
            raise InputError("--to", "is missing", "a peer's dossier can only be passed on to a third agency")
        else:
            state = pass_on(sender, opened, shown, peer=peer_named(sender.store, to), out=out)
    left = shown[2]
    whole = {"state": state, "from": opened.sender, "statements": len(opened.statements) - left, "withheld": left}
    told = str(out) if state == "done" else "proposed: the same call by another officer carries it out"
    say(whole, f"{told}: {len(opened.statements) - left} statements of {opened.sender}, {left} left out", json_)
    return 0
