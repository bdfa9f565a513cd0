"""`landwaiter seal`: a case, or what of it may leave, as one signed and encrypted file for a peer."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from landwaiter.cli.exchanging import Json, acting, say, versions_of, words
from landwaiter.errors import InputError
from landwaiter.exchange.canonical import read_json
from landwaiter.exchange.dossier import Package
from landwaiter.exchange.register import peer_named
from landwaiter.exchange.sending import package_of_case, send

Kind = Literal["evidence", "tip", "request", "denial"]
LARGEST_ABOUT = 2**20


def seal(
    case: Annotated[str, Parameter(name="CASE")],
    /,
    *,
    to: str,
    out: Path,
    limit: str = "amber",
    kind: Kind = "evidence",
    about: Path | None = None,
    revokes: str | None = None,
    supersedes: str | None = None,
    title: str = "",
    days: int = 90,
    by: str | None = None,
    json_: Json = False,
) -> int:
    """Seal a case for a peer: what is marked above the limit, or refers to something that is, stays at home.

    Two officers must say so; the first call only proposes, and writes nothing. If the case changes in between, both
    must say it again.

    Args:
        case: the case, such as C12.
        to: the peer, by the name under which its key is trusted.
        out: the file to write, such as F.dossier.
        limit: the narrowest mark that may leave: clear, green, amber, amber+strict or red.
        kind: evidence, tip (a marking or number that was found), request (for information) or denial (of a licence).
        about: a JSON file with the fields of that kind; a denial needs reference, notifying_government,
            item_description, control_entry, end_use and end_user_name.
        revokes: send no content, but take back these statements that were sent before; ids with commas.
        supersedes: jti of packages that this one replaces, with commas.
        title: what its reader sees as its title; the case's own title stays at home.
        days: how long the package can be opened.
        by: the officer who acts; the same call by another officer carries it out.
        json_: print a JSON object: state (proposed or done), statements, documents, withheld, jti.
    """
    if days < 1:
        raise InputError("--days", "must be at least 1")
    fields = read_json(about.read_bytes()[:LARGEST_ABOUT], str(about)) if about is not None else {}
    if not isinstance(fields, dict):
        raise InputError(str(about), "is no JSON object")
    with acting(by) as sender:
        versions = versions_of(sender.store, case)
        if revokes:
            package = Package("revocation", title, revokes=words(revokes), versions=versions)
        else:
            found = package_of_case(sender.store, case, title, limit=limit, kind=kind)
            package = replace(found, about=fields, supersedes=words(supersedes), versions=versions)
        sent = send(sender, peer_named(sender.store, to), package, out=out, case=case, days=days)
    counts = f"{len(package.statements)} statements and {len(package.documents)} documents"
    home = f"{package.withheld} stay at home under {limit}"
    whole = {"state": sent.state, "case": case, "to": to, "kind": package.kind, "statements": len(package.statements),
             "documents": len(package.documents), "withheld": package.withheld,
             "jti": sent.sealed.jti if sent.sealed else None, "out": str(out) if sent.sealed else None}  # fmt: skip
    told = f"{out} for {to}" if sent.sealed else "proposed: the same call by another officer carries it out"
    say(whole, f"{told}: {counts}; {home}", json_)
    return 0
