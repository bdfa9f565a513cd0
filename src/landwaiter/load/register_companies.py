"""What companies do the files of registers describe? Rows of `companies`, from the same forms as interests."""

from collections.abc import Iterable, Iterator, Mapping

from landwaiter.load.bods_rules import faults_of
from landwaiter.load.chunk import Fault
from landwaiter.load.gleif import named_as_columns
from landwaiter.load.objects import Found
from landwaiter.load.telling import Cells, Telling, inner, listed, refused, text

# Columns of the golden copy that are told.
GOLDEN = ("LEI", "Entity.Legal", "Entity.OtherEntityNames", "Entity.EntityStatus", "Entity.EntityCreation",
          "Entity.EntityExpiration", "Relationship.", "Registration.LastUpdate")  # fmt: skip


def of_statements(records: Iterable[Found], telling: Telling) -> Iterator[Cells | list[Fault]]:
    """Each entity of BODS 0.4 as its last statement describes it."""
    last: dict[str, tuple[str, int]] = {}
    for found in records:
        if isinstance(found.value, dict) and found.value.get("recordType") == "entity":
            record, day = text(found.value.get("recordId")), text(found.value.get("statementDate"))
            last[record] = max(last.get(record, ("", 0)), (day, found.number))
    for found in records:
        statement = found.value
        if isinstance(statement, Fault):
            yield [statement]
            continue
        name = text(statement.get("statementId"))
        faults = faults_of(statement)
        if faults:
            yield refused(found, name, [(path, f"{what} (BODS 0.4)") for path, what in faults])
            continue
        details, record = statement["recordDetails"], text(statement["recordId"])
        if statement["recordType"] != "entity":
            telling.no_row(name, f"is of a {statement['recordType']}, no company")
        elif last[record][1] != found.number:
            telling.no_row(name, "is replaced by a later statement of the same company")
        elif not text(inner(details, "name")):
            telling.no_row(name, "names no company")
        else:
            telling.told += 1
            yield _entity(record, details)


def _entity(record: str, details: object) -> Cells:
    addresses = listed(inner(details, "addresses"))
    jurisdiction = text(inner(details, "jurisdiction", "code"))[:2]
    country = jurisdiction or next((text(inner(one, "country", "code")) for one in addresses), "")
    return {
        "company_id": record,
        "name": text(inner(details, "name")),
        "other_names": _several(listed(inner(details, "alternateNames"))),
        "country": country,
        "address": next((text(inner(one, "address")) for one in addresses if inner(one, "address")), ""),
        "incorporated_on": text(inner(details, "foundingDate")),
        "dissolved_on": text(inner(details, "dissolutionDate")),
        "source": "BODS",
    }


def of_entities(records: Iterable[Found], telling: Telling) -> Iterator[Cells | list[Fault]]:
    """Each Company, Organization or LegalEntity of FollowTheMoney, with the officers that a Directorship names."""
    names: dict[str, str] = {}
    officers: dict[str, list[str]] = {}
    for found in records:
        if isinstance(found.value, dict):
            said = found.value.get("properties")
            names[text(found.value.get("id"))] = text(next(iter(listed(inner(said, "name"))), ""))
            if found.value.get("schema") == "Directorship":
                for company in listed(inner(said, "organization")):
                    officers.setdefault(text(company), []).extend(text(one) for one in listed(inner(said, "director")))
    for found in records:
        if isinstance(found.value, Fault):
            yield [found.value]
            continue
        one, said = text(found.value.get("id")), found.value.get("properties")
        schema = text(found.value.get("schema"))
        if schema not in ("Company", "Organization", "LegalEntity", "PublicBody"):
            telling.no_row(one, f"is a {schema}, no company")
            continue
        if not isinstance(said, dict) or not names[one]:
            yield refused(found, one, [("$.properties.name", "is empty, and every company must have one")])
            continue
        telling.told += 1
        yield _ftm_company(one, said, [names.get(officer, officer) for officer in officers.get(one, [])])


def _ftm_company(one: str, said: Mapping[str, object], officers: list[str]) -> Cells:
    first = {key: text(next(iter(listed(value)), "")) for key, value in said.items()}
    days = {key: first.get(key, "") if len(first.get(key, "")) >= 10 else "" for key in _DAYS}
    return {
        "company_id": one,
        "name": first["name"],
        "other_names": _several([*listed(said.get("name"))[1:], *listed(said.get("alias"))]),
        "country": (first.get("jurisdiction") or first.get("country") or "")[:2],
        "address": first.get("address"),
        "incorporated_on": days["incorporationDate"],
        "dissolved_on": days["dissolutionDate"],
        "industry": first.get("sector"),
        "phone": first.get("phone"),
        "email": first.get("email"),
        "website": first.get("website"),
        "officers": _several(list(officers)),
        "source": "FollowTheMoney",
    }


_DAYS = ("incorporationDate", "dissolutionDate")


def of_leis(records: Iterable[Found], telling: Telling) -> Iterator[Cells | list[Fault]]:
    """Each legal entity of GLEIF level 1."""
    for found in records:
        if isinstance(found.value, Fault):
            yield [found.value]
            continue
        flat = named_as_columns(found.value)
        if not flat.get("LEI") or not flat.get("Entity.LegalName"):
            yield refused(found, flat.get("LEI", ""), [("$", "has no LEI or no Entity.LegalName")])
            continue
        telling.told += 1
        place = "Entity.LegalAddress."
        lines = [flat.get(place + key, "") for key in ("FirstAddressLine", "City", "PostalCode")]
        yield {
            "company_id": flat["LEI"],
            "name": flat["Entity.LegalName"],
            "country": flat.get(place + "Country") or flat.get("Entity.LegalJurisdiction", "")[:2],
            "address": ", ".join(line for line in lines if line),
            "incorporated_on": flat.get("Entity.EntityCreationDate", "")[:10],
            "source": "GLEIF",
        }


def _several(names: list[object]) -> str:
    return ";".join(text(name).replace(";", ",") for name in names if text(name))
