"""`landwaiter open`: a peer's dossier, verified and taken in as a case."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landwaiter.cli.exchanging import Json, acting, opened_file, say
from landwaiter.errors import RefusedError
from landwaiter.exchange.receiving import take_in


def open(  # noqa: A001
    file: Annotated[Path, Parameter(name="F")], /, *, by: str | None = None, json_: Json = False
) -> int:
    """Verify a peer's file in a process with limits, and take it in once.

    A dossier, tip, request or denial becomes a case. A receipt is kept, and a revocation followed.
    A file that fails in any respect is refused with its reason, and nothing of it is kept.
    What it says is the peer's word: it blocks and clears nobody.

    Args:
        file: the file that was received.
        by: the officer who acts.
        json_: print a JSON object: case, from, kind, jti, statements, documents, withheld and notes.
    """
    with acting(by) as sender:
        opened = opened_file(sender, file)
        if opened.sender == sender.agency.document.name:
            raise RefusedError(
                str(file), "was sealed here", "its reader opens it; `landwaiter redact` makes it say less"
            )
        found = take_in(sender.store, opened, by=sender.by, now=sender.now)
    claims = opened.claims
    whole = {"case": found.case or None, "from": opened.sender, "kind": opened.kind, "jti": opened.jti,
             "title": claims["title"], "about": claims["about"], "handling": claims["handling"],
             "statements": len(opened.statements), "documents": len(opened.documents), "withheld": claims["withheld"],
             "silent": opened.silent, "notes": list(found.notes)}  # fmt: skip
    lines = [f"{opened.kind} from {opened.sender}: {claims['title']}"]
    lines += (
        [f"{found.case}: {len(opened.statements)} statements, {len(opened.documents)} documents"] if found.case else []
    )
    if found.case:
        lines.append(
            f"{claims['withheld']} statements stayed with them; at most {opened.silent} more were left out since"
        )
    if found.case and opened.kind == "tip":
        lines.append(f"`landwaiter case trace {found.case} --run DIR` looks for what it names in your books")
    say(whole, "\n".join([*lines, *found.notes]), json_)
    return 0
