"""What is one thing that an agency says, who may read it, and how sure is it?

A statement is the smallest piece that cases keep and dossiers carry: one value of one property of one entity, with the
document it was read from and its own marking. Whatever is withheld, redacted or revoked is a statement.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace

from landwaiter.errors import InputError

# From the widest audience to the narrowest: TLP 2.0, and PAP for what a reader may do about it.
TLP = ("clear", "green", "amber", "amber+strict", "red")
PAP = ("clear", "green", "amber", "red")

# The Admiralty scale: how good the source has been, and how well the content is confirmed; F and 6 say "not known".
RELIABILITY = ("A", "B", "C", "D", "E", "F")
CREDIBILITY = (1, 2, 3, 4, 5, 6)

LONGEST_VALUE = 100_000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Source:
    """Where a statement was read: the digest of the document, and the page or row in it; empty where there is none."""

    blob: str = ""
    page: str = ""
    row: str = ""


@dataclass(frozen=True)
class Statement:
    """One value of one property of one entity.

    Args:
        id: `statement_id` of the content, so that the same statement has the same id in every agency.
        entity_id: the party, shipment, item or finding that it is about.
        schema: what that entity is, in FollowTheMoney's words: Company, Vessel, EconomicActivity.
        property: what is said about it, in the same words: name, country, partNumber.
        value: the value as understood; the id of another entity where the property is a relation.
        original: the value as written in the source, where that differs.
        lang: ISO 639 code of the language of `original`, or empty.
        source: the document, and the place in it.
        first_seen: first day on which it was true, ISO 8601, or empty.
        last_seen: last day on which it was known to be true, or empty.
        reliability: of the source, A to F.
        credibility: of the content, 1 to 6.
        tlp: who may read it; unmarked means red.
        pap: what a reader may do about it; unmarked means red.
    """

    id: str
    entity_id: str
    schema: str
    property: str
    value: str
    original: str = ""
    lang: str = ""
    source: Source = Source()
    first_seen: str = ""
    last_seen: str = ""
    reliability: str = "F"
    credibility: int = 6
    tlp: str = "red"
    pap: str = "red"

    def to_json(self) -> dict[str, object]:
        """The statement as plain values, ready for JSON; `statement_from_json` reads it."""
        return asdict(self)


@dataclass(frozen=True)
class Evidence:
    """A document of a case by its digest; `name` is text for people and never a path.

    Args:
        digest: sha256 of its bytes, in hexadecimal.
        name: what it was called where it came from.
        media_type: such as `text/csv`.
        size: number of bytes.
        tlp: who may read it; unmarked means red.
    """

    digest: str
    name: str
    media_type: str
    size: int
    tlp: str = "red"


def statement_id(statement: Statement) -> str:
    """Sha256 over what is said and where it was read, without marking and evaluation: these may change."""
    said = [statement.entity_id, statement.schema, statement.property, statement.value, statement.original,
            statement.lang, asdict(statement.source), statement.first_seen, statement.last_seen]  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def identified(statement: Statement) -> Statement:
    """The same statement under the id of its content; what was given as id is not kept."""
    return replace(statement, id=statement_id(statement))


def checked(statement: Statement) -> Statement:
    """The statement itself, or InputError where a mark, scale, day, digest or id is none."""
    where = f"statement {statement.id[:12]}"
    if statement.tlp not in TLP or statement.pap not in PAP:
        marks = f"TLP '{statement.tlp}', PAP '{statement.pap}'"
        raise InputError(where, f"has a marking that is none: {marks}", f"TLP is one of {', '.join(TLP)}")
    if statement.reliability not in RELIABILITY or statement.credibility not in CREDIBILITY:
        raise InputError(where, "has an evaluation outside A to F and 1 to 6", "F6 says that it is not known")
    if any(day and not _DAY.fullmatch(day) for day in (statement.first_seen, statement.last_seen)):
        raise InputError(where, "has a day that is not ISO 8601", "write YYYY-MM-DD")
    if statement.source.blob and not _DIGEST.fullmatch(statement.source.blob):
        raise InputError(where, "names a source that is no sha256", "name documents by their digest")
    if statement.id != statement_id(statement):
        raise InputError(where, "bears an id that is not that of its content", "it was changed after it was made")
    return statement


def statement_from_json(said: object) -> Statement:
    """The statement that `to_json` wrote, checked; InputError for anything else."""
    if not isinstance(said, Mapping) or not isinstance(said.get("source"), Mapping):
        raise InputError("a statement", "is not an object with a source", "")
    flat = {**said, "source": None}
    expected = set(Statement.__dataclass_fields__)
    if set(flat) != expected or set(said["source"]) != set(Source.__dataclass_fields__):
        raise InputError("a statement", "has other fields than a statement has", "")
    texts = [*said["source"].values(), *(flat[name] for name in expected - {"source", "credibility"})]
    if not all(isinstance(text, str) and len(text) <= LONGEST_VALUE for text in texts):
        raise InputError("a statement", f"has a field that is no text of at most {LONGEST_VALUE:,} characters", "")
    if not isinstance(said["credibility"], int) or isinstance(said["credibility"], bool):
        raise InputError("a statement", "has a credibility that is no number", "")
    return checked(Statement(**{**flat, "source": Source(**said["source"])}))


def strictest(marks: Iterable[str], scale: tuple[str, ...] = TLP) -> str:
    """The narrowest of the marks; one that is missing or unknown, or none at all, counts as red."""
    places = [scale.index(mark) if mark in scale else len(scale) - 1 for mark in marks]
    return scale[max(places, default=len(scale) - 1)]


def allows(limit: str, mark: str) -> bool:
    """Whether something so marked may leave under a limit."""
    return limit in TLP and mark in TLP and TLP.index(mark) <= TLP.index(limit)
