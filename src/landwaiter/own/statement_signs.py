"""Who signed end-user statements, and what do those of different end users share that each should have alone?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.own.papers import LEAST
from landwaiter.own.statements import number_of
from landwaiter.tables import TABLES
from landwaiter.text.align import align
from landwaiter.text.evidence import COMPARED_THRESHOLD, score_names
from landwaiter.text.fold import fold
from landwaiter.text.forms import shape_names

FEW = 3  # companies with an officer of one name; above it the name says nothing of who he is
NAMED = 5  # officers told in one line

Statement = Mapping[str, str]


def mark_reuse(corridor: Corridor) -> None:
    """Read end_use_statements, statement_parties and, where it is, company_parties; put statement_marks.

    One officer of several firms may sign for each: whom a register names at his end user is no shared signatory.
    """
    rows = []
    statements = _statements(corridor)
    officers = _officers(corridor)
    for kind, key_of in (("number", _number), ("stamp", _stamp), ("text", _text), ("signatory", _signatory)):
        by_key: dict[str, list[Statement]] = defaultdict(list)
        for one, key in zip(statements, key_of(statements), strict=True):
            if key and not (
                kind == "signatory" and _is_one_of(one["signatory_name"], officers.get(one["party_id"], []))
            ):
                by_key[key].append(one)
        for key in sorted(by_key):
            users = {one["party_id"] for one in by_key[key]}
            papers = {(one["row_id"].partition("-")[0], one["statement_id"]) for one in by_key[key]}
            if len(users) > 1:
                rows += [_mark(one, kind, len(users), len(papers)) for one in by_key[key]]
    rows.sort(key=lambda one: (str(one["row_id"]), str(one["kind"])))
    corridor.put("statement_marks", pa.Table.from_pylist(rows, schema=TABLES["statement_marks"].schema))


_COLUMN = {"number": "statement_id", "stamp": "stamp", "text": "stated_end_use", "signatory": "signatory_name"}


def _mark(one: Statement, kind: str, users: int, papers: int) -> dict[str, object]:
    said = {"row_id": one["row_id"], "party_id": one["party_id"], "kind": kind, "value": one[_COLUMN[kind]]}
    return {**said, "users": users, "papers": papers}


def _statements(corridor: Corridor) -> list[Statement]:
    table = corridor.get("statement_parties")
    party_of = dict(zip(table.column("row_id").to_pylist(), table.column("party_id").to_pylist(), strict=True))
    return [{**row, "party_id": party_of[row["row_id"]]} for row in corridor.get("end_use_statements").to_pylist()]


def _officers(corridor: Corridor) -> dict[str, list[str]]:
    """The officers of each party by the register; none where there is none."""
    found: dict[str, list[str]] = defaultdict(list)
    if corridor.has("company_parties"):
        for one in corridor.get("company_parties").to_pylist():
            found[one["party_id"]] += one["officers"] or []
    return found


def _number(statements: list[Statement]) -> list[str]:
    """Numbers that the papers bear; one that we gave ourselves is none."""
    return ["" if one["statement_id"] == one["row_id"] else number_of(one["statement_id"]) for one in statements]


def _stamp(statements: list[Statement]) -> list[str]:
    return [number_of(one["stamp"]) for one in statements]


def _text(statements: list[Statement]) -> list[str]:
    texts = [" ".join(text.split()) for text in fold([one["stated_end_use"] or "" for one in statements])]
    return [text if len(text) >= LEAST else "" for text in texts]


def _signatory(statements: list[Statement]) -> list[str]:
    return [_of_words(name) for name in fold([one["signatory_name"] or "" for one in statements])]


def _of_words(folded: str) -> str:
    """The words of a name in one order; a single word of Latin letters is no name of one person."""
    words = sorted("".join(sign if sign.isalnum() else " " for sign in folded).split())
    return " ".join(words) if len(words) > 1 or not folded.isascii() else ""


def ask_officers(corridor: Corridor) -> None:
    """Read statements and company_parties; put statement_signers: who is no officer of the firm that he signed for.

    Asked only of end users whose officers a register names. Names are compared across scripts, and leniently: a
    signatory is set apart only where none of the officers could be him.
    """
    officers = _officers(corridor)
    companies: dict[str, dict[str, str]] = defaultdict(dict)
    named = [(one["party_id"], one["name"], name) for one in corridor.get("company_parties").to_pylist()
             for name in one["officers"] or []]  # fmt: skip
    for (party, company, _), folded in zip(named, fold([name for _, _, name in named]), strict=True):
        if key := _of_words(folded):
            companies[key].setdefault(party, company)
    statements = [one for one in _statements(corridor) if one["signatory_name"] and officers.get(one["party_id"])]
    rows = [_signer(one, key, officers[one["party_id"]], companies)
            for one, key in zip(statements, _signatory(statements), strict=True)
            if not _is_one_of(one["signatory_name"], officers[one["party_id"]])]  # fmt: skip
    rows.sort(key=lambda one: str(one["row_id"]))
    corridor.put("statement_signers", pa.Table.from_pylist(rows, schema=TABLES["statement_signers"].schema))


def _signer(
    one: Statement, key: str, officers: list[str], companies: Mapping[str, dict[str, str]]
) -> dict[str, object]:
    found = companies.get(key, {})
    elsewhere = next(_few(found, one["party_id"]), (None, ""))
    names = sorted(set(officers))
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return {
        "row_id": one["row_id"],
        "party_id": one["party_id"],
        "signatory": one["signatory_name"],
        "role": one["signatory_role"] or "",
        "officers": ", ".join(names[:NAMED]) + more,
        "elsewhere": elsewhere[1],
        "elsewhere_party": elsewhere[0],
    }


def _few(companies: Mapping[str, str], own: str) -> Iterator[tuple[str, str]]:
    """Other companies with an officer of that name, where they are so few that it may be one person."""
    if len(companies) <= FEW:
        yield from sorted((party, name) for party, name in companies.items() if party != own)


def _is_one_of(signatory: str, officers: list[str]) -> bool:
    if not officers:
        return False
    ours, theirs = shape_names([signatory]), shape_names(officers)
    pairs = np.arange(len(officers))
    alignment = align(ours, np.zeros(len(officers), np.int64), theirs, pairs, threads=1)
    return bool((score_names(alignment) >= COMPARED_THRESHOLD).any())
