"""Do other programs read what we write, and does it say no more than our rows do?"""

import json
import os
import shutil
import subprocess
from datetime import date

import pytest

from landwaiter.cases.entities import entities_of, entity_id
from landwaiter.cases.misp import event_of
from landwaiter.cases.stix import bundle_of

TABLES = {
    "parties": [
        {"party_id": "p-1", "name": "深圳市科技有限公司", "kind": "organisation", "country": "CN",
         "names": ["深圳市科技有限公司", "Shenzhen Keji"], "source_ids": ["CN:9144"], "why_merged": []},
        {"party_id": "p-2", "name": "ООО Ромашка", "kind": "unknown", "country": None, "names": [], "source_ids": []},
    ],
    "shipments": [
        {"row_id": "f-1", "shipment_id": "S1", "declared_on": "2023-05-06", "flow": "export", "reporter": "CN",
         "exporter_party": "p-1", "consignee_party": "p-2", "exporter_name": "Shenzhen Keji", "consignee_name": "R",
         "dispatch_country": "CN", "destination_country": "KZ", "hs_code": "854231", "value_usd": 12.5},
        {"row_id": "f-2", "declared_on": "2023-05-07", "exporter_party": "p-1", "consignee_party": None},
        {"row_id": "f-3", "declared_on": "2023-05-08", "exporter_party": "p-1", "consignee_party": "p-1"},
    ],
    "listings_matched": [
        {"listing_id": "ofac:1", "list": "ofac", "kind": "person", "name": "Ivan Petrov", "countries": ["RU"],
         "birth_dates": ["1970"], "addresses": ["Moscow"], "identifiers": ["inn:7707083893"], "programmes": ["X"],
         "reason": "=cmd", "listed_on": "2022-02-24", "delisted_on": None, "source_url": "https://example.org/1"},
    ],
    "matches": [{"party_id": "p-2", "listing_id": "ofac:1", "list": "ofac", "score": 0.9, "reason": "name",
                 "as_of": "2024-01-01", "decision": ""}],
    "control_of": [{"party_id": "p-2", "listed_party": "o-9", "regime": "eu", "answer": "possible",
                    "edges": ["o-9>p-2"], "flags": [], "reason": "unknown share"}],
    "findings": [
        {"finding_id": "relay:p-1", "flag": "relay", "subject_kind": "party", "subject_id": "p-1", "strength": 0.5,
         "reason": "Soon left again.", "tested": None},
        {"finding_id": "chain:c-1", "flag": "chain", "subject_kind": "chain", "subject_id": "c-1", "strength": 1.0,
         "reason": "A lot reached RU.", "tested": "Not a coincidence."},
    ],
}  # fmt: skip
ENTITIES = entities_of(TABLES)
SAID = {"title": "A lead", "as_of": date(2024, 1, 1), "tlp": "amber+strict"}


def test_each_row_becomes_what_it_is():
    by_schema = {}
    for one in ENTITIES:
        by_schema.setdefault(one.schema, []).append(one)
    assert {name: len(found) for name, found in by_schema.items()} == {
        "LegalEntity": 1, "Company": 2, "Person": 1, "EconomicActivity": 3, "Sanction": 1, "UnknownLink": 2,
        "Ownership": 1, "Note": 2,
    }  # fmt: skip
    assert by_schema["UnknownLink"][0].properties["role"] == ["could be"]


@pytest.mark.parametrize("ident", ["ofac:1", "a b", "統一編號", "p-1>p-2", "x" * 300 + ":"])
def test_an_id_that_followthemoney_would_drop_gets_another_one(ident):
    made = entity_id(ident)
    assert made != ident and made == entity_id(ident) and made.replace("-", "").isalnum() and made.isascii()
    assert entity_id("ofac 1") != entity_id("ofac:1") and entity_id("p-0046349c35fa") == "p-0046349c35fa"


def test_a_possible_match_is_never_a_sanction_of_our_party():
    assert all("topics" not in one.properties for one in ENTITIES if one.id.startswith("p-"))
    assert {one.properties["entity"][0] for one in ENTITIES if one.schema == "Sanction"} == {entity_id("ofac:1")}
    control = next(one for one in ENTITIES if one.id.startswith("control-"))
    assert control.properties["status"] == ["possible"]


def test_stix_reads_the_bundle_strictly():
    stix2 = pytest.importorskip("stix2", reason="the extra `export` is not installed")
    bundle = stix2.parse(json.dumps(bundle_of(ENTITIES, **SAID)), allow_custom=False)
    ids = {one["id"] for one in bundle.objects}
    assert len(ids) == len(bundle.objects)
    kinds = [one["type"] for one in bundle.objects]
    assert (kinds.count("identity"), kinds.count("relationship"), kinds.count("note")) == (5, 4, 4)
    for one in bundle.objects:
        ends = [one[name] for name in ("source_ref", "target_ref", "created_by_ref") if name in one]
        assert {*ends, *one.get("object_refs", [])} <= ids
    assert bundle.objects[0]["definition"]["tlp"] == "red"


def test_misp_reads_the_event():
    pymisp = pytest.importorskip("pymisp", reason="the extra `export` is not installed")
    event = pymisp.MISPEvent()
    event.load(json.dumps(event_of(ENTITIES, **SAID)))
    assert len(event.objects) == 11 and len(event.attributes) == 2
    assert [tag.name for tag in event.tags] == ["tlp:amber+strict"]
    assert not any(one.to_ids for one in [*event.attributes, *(a for o in event.objects for a in o.attributes)])
    for one in event.objects:
        strict = pymisp.MISPObject(one.name, strict=True)
        assert (strict.template_uuid, str(strict.template_version)) == (one.template_uuid, str(one.template_version))
        for attribute in one.attributes:
            strict.add_attribute(attribute.object_relation, attribute.value)


def test_the_same_rows_give_the_same_text():
    again = entities_of(TABLES)
    assert json.dumps(bundle_of(ENTITIES, **SAID)) == json.dumps(bundle_of(again, **SAID))
    assert json.dumps(event_of(ENTITIES, **SAID)) == json.dumps(event_of(again, **SAID))


@pytest.mark.slow
def test_ftm_validates_every_entity(tmp_path):
    ftm = os.environ.get("LANDWAITER_TEST_FTM") or shutil.which("ftm")
    if ftm is None:
        pytest.skip(
            "followthemoney (268 MB) is not installed: install it anywhere and set LANDWAITER_TEST_FTM to its ftm"
        )
    lines = [json.dumps({"id": one.id, "schema": one.schema, "properties": one.properties}) for one in ENTITIES]
    (tmp_path / "in.json").write_text("".join(f"{line}\n" for line in lines))
    arguments = [ftm, "validate", "-i", str(tmp_path / "in.json"), "-o", str(tmp_path / "out.json")]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    read = [json.loads(line) for line in (tmp_path / "out.json").read_text().splitlines()]
    # What followthemoney does not understand it leaves out in silence, so every value is asked for.
    assert {one["id"]: {name: sorted(values) for name, values in one["properties"].items()} for one in read} == {
        one.id: {name: sorted(values) for name, values in one.properties.items()} for one in ENTITIES
    }
