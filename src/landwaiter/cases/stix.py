"""How does OpenCTI read our leads? As one STIX 2.1 bundle: identities, what joins them, and a note for each red flag.

Made without a library: identifiers come from ours, so the same rows give the same bundle. Parties and listings are
identities, shipments are relationships `shipped-to`. STIX 2.1 has fixed markings for TLP 1 only: what is `amber+strict`
is marked red there, and `clear` white.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID, uuid5

from landwaiter.cases.entities import Entity

Object = dict[str, object]

# Ours alone: no other program makes the same identifiers of other things.
_SPACE = UUID("6f1d2c1e-3b0a-5c54-9a57-1f0c8a2be9d4")

# The marking definitions that STIX 2.1 itself fixes, section 7.2.1.4.
_TLP = {
    "clear": ("white", "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"),
    "green": ("green", "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da"),
    "amber": ("amber", "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"),
    "amber+strict": ("red", "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"),
    "red": ("red", "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"),
}
_TLP_MADE = "2017-01-20T00:00:00.000Z"

_CLASSES = {"Company": "organization", "LegalEntity": "unknown", "Person": "individual"}
_ENDS = {
    "EconomicActivity": ("sender", "receiver"),
    "Ownership": ("owner", "asset"),
    "UnknownLink": ("subject", "object"),
}


def bundle_of(entities: Sequence[Entity], *, title: str, as_of: date, tlp: str) -> Object:
    """A bundle whose report names every object in it.

    Args:
        entities: what the rows say, as `entities_of` gives it.
        title: of the report.
        as_of: the day that every object bears as made and changed.
        tlp: the marking of every object.
    """
    colour, marking = _TLP[tlp]
    moment = f"{as_of.isoformat()}T00:00:00.000Z"
    author = _id("identity", "landwaiter")
    common: Object = {"spec_version": "2.1", "created": moment, "modified": moment, "created_by_ref": author,
                      "object_marking_refs": [marking]}  # fmt: skip
    made = [{"type": one["type"], "id": one["id"], **common, **one} for one in _objects(entities, author)]
    definition: Object = {"type": "marking-definition", "spec_version": "2.1", "id": marking, "created": _TLP_MADE,
                  "definition_type": "tlp", "name": f"TLP:{colour.upper()}", "definition": {"tlp": colour}}  # fmt: skip
    us: Object = {"type": "identity", "id": author, "spec_version": "2.1", "created": moment, "modified": moment,
          "name": "landwaiter", "identity_class": "system", "object_marking_refs": [marking]}  # fmt: skip
    ids = [str(one["id"]) for one in made]
    report: Object = {"type": "report", "id": _id("report", title, *ids), **common, "name": title,
              "published": moment, "report_types": ["observed-data"],
              "object_refs": ids or [author]}  # fmt: skip
    whole: list[Object] = [definition, us, *made, report]
    return {"type": "bundle", "id": _id("bundle", title, *(str(one["id"]) for one in whole)), "objects": whole}


def _objects(entities: Sequence[Entity], author: str) -> Iterator[Object]:
    """Identities first, then what refers to them."""
    reasons = {one.properties["entity"][0]: one for one in entities if one.schema == "Sanction"}
    identities = {one.id: _id("identity", one.id) for one in entities if one.schema not in (*_ENDS, "Sanction", "Note")}
    for one in entities:
        if one.id in identities:
            yield _identity(one, reasons.get(one.id))
        elif one.schema in _ENDS:
            ends = [identities.get(value) for name in _ENDS[one.schema] for value in one.properties.get(name, [])[:1]]
            if len(ends) == 2 and all(ends) and ends[0] != ends[1]:
                yield _relationship(one, str(ends[0]), str(ends[1]))
            else:
                # A shipment to oneself, or with one end unknown, joins nothing; it is still said.
                yield _note(one, [end for end in ends if end] or [author])
        elif one.schema == "Note":
            about = [identities[end] for end in one.properties.get("entity", ()) if end in identities]
            yield _note(one, about or [author])


def _identity(one: Entity, sanction: Entity | None) -> Object:
    said: Object = {"type": "identity", "id": _id("identity", one.id), "name": one.properties["name"][0],
                    "identity_class": _CLASSES.get(one.schema, "unknown"),
                    "external_references": [{"source_name": "landwaiter", "external_id": one.id}]}  # fmt: skip
    lines = [f"{name}: {'; '.join(one.properties[name])}" for name in ("alias", "country", "address", "idNumber",
             "birthDate") if one.properties.get(name)]  # fmt: skip
    if sanction is not None:
        said["labels"] = ["listed"]
        lines += [f"{name}: {'; '.join(values)}" for name, values in sanction.properties.items() if name != "entity"]
    return {**said, "description": "\n".join(lines)} if lines else said


def _relationship(one: Entity, source: str, target: str) -> Object:
    kind = {"EconomicActivity": "shipped-to", "Ownership": "owns"}.get(one.schema, "related-to")
    day = one.properties.get("date", [""])[0] if one.schema == "EconomicActivity" else ""
    return {"type": "relationship", "id": _id("relationship", one.id), "relationship_type": kind,
            "source_ref": source, "target_ref": target, "description": _told(one),
            "external_references": [{"source_name": "landwaiter", "external_id": one.id}],
            **({"start_time": f"{day}T00:00:00.000Z"} if day else {})}  # fmt: skip


def _note(one: Entity, about: Sequence[object]) -> Object:
    return {"type": "note", "id": _id("note", one.id), "abstract": one.properties.get("name", [one.schema])[0],
            "content": _told(one), "object_refs": list(dict.fromkeys(about))}  # fmt: skip


def _told(one: Entity) -> str:
    names = _ENDS.get(one.schema, ("entity", "name"))
    lines = [f"{name}: {'; '.join(values)}" for name, values in one.properties.items() if name not in names]
    return "\n".join(lines) or one.id


def _id(kind: str, *parts: str) -> str:
    return f"{kind}--{uuid5(_SPACE, chr(10).join((kind, *parts)))}"
