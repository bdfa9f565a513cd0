"""Which statements may leave under a limit? Those whose own mark allows it, and the mark of everything they refer to.

A statement refers to the document it was read from, and to the entity that its value names. It is as narrow as the
narrowest of them; so a name may stay at home because of what the case says of its owner.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from landwaiter.cases.statement import TLP, Evidence, Statement, allows, strictest
from landwaiter.errors import InputError


def marks_of(statements: Sequence[Statement], documents: Sequence[Evidence]) -> dict[str, str]:
    """The mark of each statement by its id, with everything that it refers to taken in."""
    of_document = {one.digest: one.tlp for one in documents}
    about: dict[str, list[str]] = defaultdict(list)
    for one in statements:
        about[one.entity_id].append(one.id)
    referring: dict[str, set[str]] = defaultdict(set)
    for one in statements:
        if one.value in about and one.value != one.entity_id:
            for other in about[one.value]:
                referring[other].add(one.id)
    marks: dict[str, str] = {}
    for one in statements:
        of_source = [of_document[one.source.blob]] if one.source.blob in of_document else []
        marks[one.id] = strictest([one.tlp, *of_source, *([marks[one.id]] if one.id in marks else [])])
    return _spread(marks, referring)


def within(statements: Sequence[Statement], documents: Sequence[Evidence], limit: str) -> \
        tuple[list[Statement], list[Evidence], int]:  # fmt: skip
    """Statements and documents that may leave under a limit, and how many statements stay at home."""
    if limit not in TLP:
        raise InputError("--limit", f"'{limit}' is no TLP mark", f"say one of {', '.join(TLP)}")
    marks = marks_of(statements, documents)
    kept = [one for one in statements if allows(limit, marks[one.id])]
    return kept, [one for one in documents if allows(limit, one.tlp)], len(statements) - len(kept)


def _spread(marks: dict[str, str], referring: Mapping[str, set[str]]) -> dict[str, str]:
    """Each narrower mark goes on to whoever refers to its holder; a mark only ever narrows, so this ends."""
    waiting = [one for one in marks if marks[one] != TLP[0]]
    while waiting:
        one = waiting.pop()
        for other in referring.get(one, ()):
            narrower = strictest([marks[other], marks[one]])
            if narrower != marks[other]:
                marks[other] = narrower
                waiting.append(other)
    return marks
