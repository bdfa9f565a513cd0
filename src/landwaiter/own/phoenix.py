"""Which young companies bear the name of one that was struck off, or of one that a list had before they were founded?

A name is compared without legal form, signs and order of words, in its main and other writings. A firm that was founded
after the listing cannot be the listed one; that it bears the name is what makes it worth asking.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.tables import TABLES
from landwaiter.text.fold import fold
from landwaiter.text.legal_forms import legal_forms
from landwaiter.text.words import notions, places

SOONEST, LATEST = -90, 730  # days from the end of the one to the beginning of the other
LEAST = 4  # letters that are no word of business or place, below which a name is borne by many
EPOCH = date(1970, 1, 1)

Company = Mapping[str, object]


def name_phoenixes(corridor: Corridor) -> None:
    """Read company_parties and, where parties were screened, matches; put phoenix_names."""
    companies: list[Company] = corridor.get("company_parties").to_pylist()
    rows = [*_of_struck_off(companies), *_of_listed(corridor, companies)]
    distinct = {(row["party_id"], row["kind"], row["former_id"]): row for row in rows}
    ordered = [distinct[key] for key in sorted(distinct, key=lambda key: tuple(map(str, key)))]
    corridor.put("phoenix_names", pa.Table.from_pylist(ordered, schema=TABLES["phoenix_names"].schema))


def _of_struck_off(companies: list[Company]) -> Iterator[dict[str, object]]:
    keys = _keys(companies)
    gone: dict[tuple[str, object], list[Company]] = defaultdict(list)
    for company, names in zip(companies, keys, strict=True):
        if company["dissolved_on"] is not None:
            for name in names:
                gone[name, company["country"]].append(company)
    for company, names in zip(companies, keys, strict=True):
        born = company["incorporated_on"]
        former = [one for name in sorted(names) for one in gone.get((name, company["country"]), ())]
        for one in former:
            ended = one["dissolved_on"]
            if not isinstance(born, date) or not isinstance(ended, date) or one["company_id"] == company["company_id"]:
                continue
            begun = one["incorporated_on"]
            # Of two records that begin on one day, neither follows the other.
            follows = not isinstance(begun, date) or begun < born
            if follows and SOONEST <= (born - ended).days <= LATEST:
                other = {"former_name": one["name"], "former_id": one["company_id"], "former_party": one["party_id"]}
                yield _row(company, "struck off", (born, ended)) | other


def _of_listed(corridor: Corridor, companies: list[Company]) -> Iterator[dict[str, object]]:
    if not corridor.has("matches") or not corridor.has("listings_matched"):
        return
    since = {row["listing_id"]: row["listed_on"] for row in corridor.get("listings_matched").to_pylist()}
    matches: dict[object, list[dict[str, str]]] = defaultdict(list)
    for match in corridor.get("matches").to_pylist():
        if match["decision"] != "cleared":
            matches[match["party_id"]].append(match)
    for company in companies:
        born = company["incorporated_on"]
        for match in matches.get(company["party_id"], ()):
            listed = since.get(match["listing_id"])
            if isinstance(born, date) and listed is not None and 0 < (born - listed).days <= LATEST:
                other = {"former_name": match["name_matched"], "former_id": match["listing_id"], "former_party": None}
                yield _row(company, "listed", (born, listed)) | other


def _row(company: Company, kind: str, days: tuple[date, date]) -> dict[str, object]:
    born, gone = days
    return {
        "party_id": company["party_id"],
        "kind": kind,
        "name": company["name"],
        "founded_day": (born - EPOCH).days,
        "gone_day": (gone - EPOCH).days,
        "gap_days": (born - gone).days,
    }


def _keys(companies: list[Company]) -> list[set[str]]:
    """The names of each company that tell it from others: their words sorted, without legal forms."""
    told = [(place, name) for place, one in enumerate(companies) for name in _names(one)]
    forms, common = legal_forms(), {**notions(), **places()}
    keys: list[set[str]] = [set() for _ in companies]
    for (place, _), folded in zip(told, fold([name.replace(".", "") for _, name in told]), strict=True):
        words = "".join(sign if sign.isalnum() else " " for sign in folded).split()
        words = [word for word in words if word not in forms]
        if sum(len(word) for word in words if word not in common) >= _least(folded):
            keys[place].add(" ".join(sorted(words)))
    return keys


def _least(folded: str) -> int:
    """A character of Chinese says more than a letter."""
    return LEAST if folded.isascii() or not any("\u3400" <= sign <= "\u9fff" for sign in folded) else 2


def _names(company: Company) -> list[str]:
    others = company["other_names"]
    return [str(company["name"]), *(others if isinstance(others, list) else [])]
