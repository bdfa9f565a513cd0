"""Which column of a file is which of ours? By the mapping, by our own names, else by a proposal to be confirmed."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from landwaiter.errors import InputError
from landwaiter.load.kinds import KINDS
from landwaiter.load.mapping import Mapping

SURE = 88.0  # percentage of agreement from which a spelling is proposed


@dataclass(frozen=True)
class Matched:
    """Our column to its position in the header, and the headers that stand for none of ours."""

    positions: dict[str, int]
    ignored: tuple[str, ...]


def match_headers(header: Sequence[str], kind: str, mapping: Mapping, where: str) -> Matched:
    """Find our columns in a header; InputError with a proposal where a required one is missing."""
    positions = {ours: _place(theirs, header, ours, where) for ours, theirs in mapping.columns.items()}
    taken = set(positions.values())
    by_name = {plain(ours): ours for ours in KINDS[kind].columns}
    for place, name in enumerate(header):
        ours = by_name.get(plain(name))
        if ours is None or place in taken or ours in mapping.columns or ours in mapping.constants:
            continue
        if ours in positions:
            what = f"has two columns for {ours}: '{header[positions[ours]]}' and '{name}'"
            raise InputError(where, what, f"say which: {ours} = '...' in the mapping, or rename one")
        positions[ours] = place
        taken.add(place)
    _refuse_without_required(header, kind, mapping, positions, where)
    names = [name or f"column {place + 1} (without a header)" for place, name in enumerate(header)]
    return Matched(positions, tuple(name for place, name in enumerate(names) if place not in taken))


def propose(headers: Sequence[str], kind: str) -> dict[str, str]:
    """Our column to the header that most probably means it, each header once, best agreement first."""
    known = _synonyms(kind)
    offers = []
    for place, header in enumerate(headers):
        found = process.extractOne(plain(header), known.keys(), scorer=fuzz.ratio, score_cutoff=SURE)
        if found is not None and header:
            offers.append((-found[1], place, known[found[0]], header))
    proposal: dict[str, str] = {}
    for _, _, ours, header in sorted(offers):
        if ours not in proposal and header not in proposal.values():
            proposal[ours] = header
    return {ours: proposal[ours] for ours in KINDS[kind].columns if ours in proposal}


def near_misses(matched: Matched, kind: str, mapping: Mapping) -> list[str]:
    """A sentence for each header that is not read and probably means a column of ours that has no other."""
    taken = matched.positions.keys() | mapping.constants.keys()
    offered = propose(matched.ignored, kind)
    return [
        f"column '{theirs}' is not read; if it is {ours}, say so in the mapping"
        for ours, theirs in offered.items()
        if ours not in taken
    ]


def plain(name: str) -> str:
    """A header without case, accents, width, spaces, underscores, hyphens and stops."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in folded if sign.isalnum() or unicodedata.combining(sign))


def _place(theirs: str, header: Sequence[str], ours: str, where: str) -> int:
    places = [place for place, name in enumerate(header) if name == theirs.strip()]
    if not places:
        places = [place for place, name in enumerate(header) if plain(name) == plain(theirs)]
    if not places:
        hint = f"its columns are {', '.join(header[:40])}"
        raise InputError(where, f"has no column '{theirs}', which the mapping names for {ours}", hint)
    if len(places) > 1:
        numbers = " and ".join(str(place + 1) for place in places)
        raise InputError(where, f"has the header '{theirs}' twice, in columns {numbers}", "rename one of them")
    return places[0]


def _refuse_without_required(
    header: Sequence[str], kind: str, mapping: Mapping, positions: dict[str, int], where: str
) -> None:
    there = positions.keys() | mapping.constants.keys()
    missing = [name for name in KINDS[kind].required if name not in there]
    either = EITHER.get(kind, ())
    if either and not any(name in there for name in either):
        missing.append(" or ".join(either))
    if not missing:
        return
    offered = [f'{ours} = "{theirs}"' for ours, theirs in propose(header, kind).items() if ours not in there]
    hint = f"in the mapping: {', '.join(offered)}" if offered else f"its columns are {', '.join(header[:40])}"
    file_kind = KINDS[kind].file_kind
    what = f"has no column for {', '.join(missing)}"
    raise InputError(where, what, f"{hint}; `landwaiter map FILE --kind {file_kind}` writes a mapping to edit")


# Of these at least one has to be there.
EITHER = {
    "declarations": ("exporter_name", "consignee_name"),
    "trade_flows": ("value_usd", "value"),
    "components": ("marking", "part_number", "description"),
}


@cache
def _synonyms(kind: str) -> dict[str, str]:
    """Every known spelling of a header, plain, to our column."""
    known: dict[str, str] = {}
    for line in (Path(__file__).parent / "synonyms.txt").read_text(encoding="utf-8").splitlines():
        ours, colon, theirs = line.partition(":")
        if colon and not line.startswith("#") and ours in KINDS[kind].columns:
            known.update({plain(word): ours for word in theirs.split(",") if plain(word) not in known})
    known.update({plain(ours): ours for ours in KINDS[kind].columns})
    return known
