"""How does MISP read our leads? As one event of its FollowTheMoney objects, joined by references, marked by tags.

Made without a library, in the form that MISP's own reads and writes. The event is for your organisation only, whatever
its marking: whoever passes it on decides that in MISP. Nothing in it is an indicator to block by.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from landwaiter.cases.entities import LINKS, Entity

_SPACE = UUID("0e6a1a5b-7c55-5d6c-8f0e-6f2f4d1c9b77")

# MISP's own templates of these schemas: identifier and version.
_TEMPLATES = {
    "Airplane": ("ea720b4a-8849-44a5-a150-eab87b86de2c", "2"),
    "Company": ("b6da52a4-2290-47ad-b316-d31dc3274382", "2"),
    "EconomicActivity": ("ab680ac3-7f3f-4282-883c-d3920c63c8b2", "1"),
    "LegalEntity": ("53ff8f46-3cd7-4968-86d2-1faaea02f3a3", "1"),
    "Ownership": ("2a09b445-c638-40e1-8f52-b95c9156f4d8", "2"),
    "Person": ("070e1c5b-7f5a-4322-81ff-9d684172fe36", "1"),
    "Sanction": ("723833b9-4674-4447-9273-eb548a4f27f1", "1"),
    "UnknownLink": ("16a29891-df0f-42f7-b466-8b4b718acbfa", "2"),
    "Vessel": ("2ee3df38-7756-4179-abea-ba8d2fbb7c6c", "1"),
}
# Properties that these templates do not have; what they say stands in a reference or in another property.
_ABSENT = (
    "namesMentioned",
    "listingDate",
    "authorityId",
    "sender",
    "receiver",
    "owner",
    "asset",
    "subject",
    "object",
    "entity",
)


def event_of(entities: Sequence[Entity], *, title: str, as_of: date, tlp: str) -> dict[str, object]:
    """One event: an object for each entity, a comment for each red flag.

    Args:
        entities: what the rows say, as `entities_of` gives it.
        title: of the event.
        as_of: its day.
        tlp: its marking, as MISP's taxonomy of TLP 2.0 writes it.
    """
    known = {one.id: _uuid("object", one.id) for one in entities if one.schema in _TEMPLATES}
    event = {
        "uuid": _uuid("event", title, *known),
        "info": title,
        "date": as_of.isoformat(),
        "threat_level_id": "4",
        "analysis": "1",
        "distribution": "0",
        "published": False,
        "Tag": [{"name": f"tlp:{tlp}"}],
        "Attribute": [_comment(one) for one in entities if one.schema == "Note"],
        "Object": [_object(one, known) for one in entities if one.id in known],
    }
    return {"Event": event}


def _object(one: Entity, known: dict[str, str]) -> dict[str, object]:
    template, version = _TEMPLATES[one.schema]
    attributes = [
        {"uuid": _uuid("attribute", one.id, name, value), "object_relation": name, "value": value, "category": "Other",
         "type": "url" if name == "sourceUrl" else "text", "to_ids": False, "distribution": "5"}
        for name, values in one.properties.items() if name not in _ABSENT for value in values
    ]  # fmt: skip
    for attribute in attributes:
        if attribute["type"] == "url":
            attribute["category"] = "External analysis"
    references = [
        {"uuid": _uuid("reference", one.id, name, end), "object_uuid": known[one.id], "referenced_uuid": known[end],
         "relationship_type": name}
        for name in LINKS.get(one.schema, ()) for end in one.properties.get(name, ()) if end in known
    ]  # fmt: skip
    return {"uuid": known[one.id], "name": f"ftm-{one.schema}", "meta-category": "followthemoney",
            "template_uuid": template, "template_version": version, "distribution": "5", "comment": one.id,
            "Attribute": attributes, "ObjectReference": references}  # fmt: skip


def _comment(one: Entity) -> dict[str, object]:
    said = "\n".join(
        value for name in ("name", "description", "summary", "notes") for value in one.properties.get(name, ())
    )
    return {"uuid": _uuid("attribute", one.id), "type": "comment", "category": "Other", "value": said, "to_ids": False,
            "distribution": "5", "comment": one.source[1]}  # fmt: skip


def _uuid(*parts: str) -> str:
    return str(uuid5(_SPACE, "\n".join(parts)))
