"""`landwaiter receipt`: the signed receipt of a dossier that was opened here."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landwaiter.cli.exchanging import Json, acting, opened_file, say
from landwaiter.exchange.home import free
from landwaiter.exchange.receiving import receipt_for
from landwaiter.exchange.register import peer_named
from landwaiter.exchange.sending import post


def receipt(
    file: Annotated[Path, Parameter(name="F")], /, *, out: Path, by: str | None = None, json_: Json = False
) -> int:
    """Write the receipt of a dossier that was opened here; its sender reads it with `landwaiter open`.

    It names the statements that were taken in, and carries the end of this agency's audit log and of theirs, so that
    neither log can lose its tail unseen. It can be written again at any time, also when the dossier has expired.

    Args:
        file: the dossier that was opened.
        out: the file to write.
        by: the officer who acts.
        json_: print a JSON object: to, jti of the receipt and of the dossier, and how many statements were accepted.
    """
    free(out)
    with acting(by) as sender:
        opened = opened_file(sender, file, any_time=True)
        package = receipt_for(sender.store, opened)
        peer = peer_named(sender.store, opened.sender)
        made = post(sender, peer, package, out)
    whole = {"to": peer.name, "jti": made.jti, "for": opened.jti, "accepted": len(opened.statements)}
    say(whole, f"{out}: receipt to {peer.name} for {len(opened.statements)} statements", json_)
    return 0
