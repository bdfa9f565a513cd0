"""Whose interests does the British register of persons with significant control tell? One line, one person."""

import re
from collections.abc import Iterable, Iterator

from landwaiter.load.chunk import Fault
from landwaiter.load.objects import Found
from landwaiter.load.telling import Cells, Telling, inner, listed, refused, text

BAND = re.compile(r"(ownership-of-shares|voting-rights|right-to-share-surplus-assets)-(\d+)-to-(\d+)-percent(?:-(.+))?")
APPOINTS = re.compile(r"right-to-appoint-and-remove-(?:directors|members|person)(?:-(.+))?")
INFLUENCE = re.compile(r"significant-influence-or-control(?:-(.+))?")
INTERESTS = {"ownership-of-shares": "shares", "voting-rights": "votes"}
KINDS = {"individual": "person", "corporate-entity": "company", "legal-person": "state", "super-secure": "unknown"}
# Statements in place of a person: these leave an owner open, all others say that there is none or ask for one.
UNTOLD = ("psc-exists-but-not-identified", "psc-details-not-confirmed", "psc-contacted-but-no-response")
BRITISH = ("england", "wales", "scotland", "united kingdom", "northern ireland", "great britain", "uk")


def tell_interests(records: Iterable[Found], telling: Telling) -> Iterator[Cells | list[Fault]]:
    """A row for each nature of control; a person protected or not identified is an unknown owner."""
    for found in records:
        if isinstance(found.value, Fault):
            yield [found.value]
            continue
        company, data = text(found.value.get("company_number")), found.value.get("data")
        kind = text(inner(data, "kind"))
        name = text(inner(data, "links", "self")) or f"{company} {kind}"
        if not isinstance(data, dict) or (not company and not kind.startswith("totals")):
            path = "$.data" if not isinstance(data, dict) else "$.company_number"
            yield refused(found, name, [(path, "is missing, and every line must have it")])
            continue
        rows = list(_rows(company, data, kind, name, telling))
        unread = [row for row in rows if isinstance(row, str)]
        if unread:
            yield refused(
                found, name, [(f"$.data.natures_of_control: {one}", "is no nature that we know") for one in unread]
            )
        elif rows:
            telling.told += 1
            yield from (row for row in rows if not isinstance(row, str))


def _rows(company: str, data: dict[str, object], kind: str, name: str, telling: Telling) -> Iterator[Cells | str]:
    """Rows, or a nature that is not known as a text."""
    cells: Cells = {
        "owned_id": company, "valid_from": text(data.get("notified_on")), "valid_to": text(data.get("ceased_on")),
        "source": f"UK PSC register, {name}",
    }  # fmt: skip
    if kind == "persons-with-significant-control-statement":
        said = text(data.get("statement"))
        if not said.startswith(UNTOLD):
            telling.no_row(name, f"states {said or 'nothing'}, no owner")
            return
        yield {**cells, "owner_id": name, "owner_name": f"declared unknown: {said}", "owner_kind": "unknown"}
        return
    ours = next((word for start, word in KINDS.items() if kind.startswith(start)), None)
    if ours is None:
        telling.no_row(name, f"is {kind or 'of no kind'}, no person")
        return
    who = text(data.get("name")) or ("declared unknown: protected" if ours == "unknown" else "")
    cells |= {"owner_id": _owner_id(data, name), "owner_name": who, "owner_kind": ours}
    natures = [text(one) for one in listed(data.get("natures_of_control"))]
    told: dict[tuple[str | None, ...], Cells] = {}
    for nature in natures:
        row = _nature(nature)
        if row is None:
            yield nature
        elif row:
            told.setdefault(tuple(row.values()), row)
    yield from ({**cells, **row} for row in told.values())
    if not told and ours == "unknown":
        yield cells
    elif not told:
        telling.no_row(name, "names no nature of control that a rule of ownership weighs")


def _nature(nature: str) -> Cells | None:
    """A nature as cells; empty where no rule weighs it, None where it is not known."""
    band = BAND.fullmatch(nature)
    if band is not None:
        if band[1] not in INTERESTS:
            return {}
        # The law says: more than 25 up to 50, more than 50 and less than 75, 75 and more.
        low, high = band[2], band[3]
        over = "" if low == "75" else "true"
        under = "true" if high == "75" else ""
        return {
            "interest": INTERESTS[band[1]], "share_min": low, "share_max": high, "share_min_exclusive": over,
            "share_max_exclusive": under,
        }  # fmt: skip
    if APPOINTS.fullmatch(nature):
        return {"interest": "board"}
    return {"interest": "control"} if INFLUENCE.fullmatch(nature) else {} if nature.startswith("part-right") else None


def _owner_id(data: dict[str, object], name: str) -> str:
    """The company number where the owner is a British company: so that chains of companies meet."""
    number = text(inner(data, "identification", "registration_number")).upper()
    where = " ".join(text(inner(data, "identification", key)) for key in ("country_registered", "place_registered"))
    if number and any(word in where.casefold() for word in BRITISH) and re.fullmatch(r"[A-Z]{0,2}\d{1,8}", number):
        return number.zfill(8) if number.isdigit() else number
    return name
