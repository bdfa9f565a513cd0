"""Are the publishers' own files read whole? Skipped where the shared lists are not at hand."""

import gzip
import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from landwaiter.sources.editions import editions
from landwaiter.sources.reading import ListFile, Reading

SHARED = Path(__file__).parents[2] / ".." / "shared" / "data" / "lists"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared lists are not here")


@cache
def reading_of(*names: str) -> Reading:
    """What the one list makes of these files, whose bytes say which list that is."""
    files = [ListFile(name, gzip.decompress((SHARED / name).read_bytes())) for name in names]
    (edition,), failures = editions(files)
    assert failures == []
    assert edition.name == names[0].partition("/")[0]
    return edition.source.read(edition.files)


def sdn() -> Reading:
    names = ("sdn_20240503", "alt_20251224", "add_20251224", "sdn_comments_20251224")
    return reading_of(*(f"us_ofac_sdn/{name}.csv.gz" for name in names))


def cons_csv() -> Reading:
    return reading_of(*(f"us_ofac_cons/cons_{name}_20251219.csv.gz" for name in ("prim", "alt", "add", "comments")))


def names_of(reading: Reading) -> dict[str, dict[str, bool]]:
    found: dict[str, dict[str, bool]] = {}
    for row in reading.names.to_pylist():
        found.setdefault(row["listing_id"], {})[row["name"]] = row["is_weak"]
    return found


def row_of(reading: Reading, listing_id: str) -> dict[str, object]:
    (row,) = [row for row in reading.listings.to_pylist() if row["listing_id"] == listing_id]
    return row


def set_aside(reading: Reading) -> Counter[str]:
    return Counter(row["column"] for row in reading.rejects.to_pylist())


def test_ofac_sdn_csv() -> None:
    reading = sdn()
    assert reading.rows == reading.listings.num_rows == 14_965
    kinds = Counter(reading.listings["kind"].to_pylist())
    assert kinds == {"organisation": 6_884, "person": 6_854, "vessel": 851, "aircraft": 376}
    # The aliases and addresses are of a later day than the main file: those of later entries have no parent.
    assert set_aside(reading)["ent_num"] == 7_359
    assert set_aside(reading)[""] == 0
    ship = row_of(reading, "us_ofac_sdn:34977")
    assert (ship["kind"], ship["countries"]) == ("vessel", ["KN"])
    assert set(ship["identifiers"]) == {"call_sign:V4EO4", "imo:9109550"}
    person = row_of(reading, "us_ofac_sdn:34976")
    assert (person["name"], person["birth_dates"], person["countries"]) == (
        "Aleksandr Grigorievich VOLFOVICH",
        ["1967-06-28"],
        ["BY"],
    )
    names = names_of(reading)["us_ofac_sdn:22946"]
    assert (names["Sadegh AHMADZADEGAN"], names["Nitr0jen26"]) == (False, True)
    assert "inn:9706022877" in row_of(reading, "us_ofac_sdn:48842")["identifiers"]


def test_ofac_consolidated_csv_and_xml_agree_where_both_have_an_entry() -> None:
    from_csv, from_xml = cons_csv(), reading_of("us_ofac_cons/consolidated_20250328.xml.gz")
    assert (from_csv.rows, from_xml.rows) == (442, 443)
    csv_names, xml_names = names_of(from_csv), names_of(from_xml)
    both = csv_names.keys() & xml_names.keys()
    assert len(both) > 420
    # Nine months lie between the two; all but a few entries have the very same names, and the same are weak.
    assert sum(csv_names[one] == xml_names[one] for one in both) / len(both) > 0.97


def test_un() -> None:
    reading = reading_of("un_sc/consolidated_20260227.xml.gz")
    assert Counter(reading.listings["kind"].to_pylist()) == {"person": 730, "organisation": 273}
    assert sum(reading.names["is_weak"].to_pylist()) > 600
    assert reading.listings["listed_on"].null_count == 0
    names = names_of(reading)["un_sc:QDi.394"]
    assert (names["HUSAYN JUAYTHINI"], names["Abu Muath al-Juaitni"]) == (False, True)
    assert set_aside(reading)[""] == 0


def test_canada() -> None:
    reading = reading_of("ca_sema/sema-lmes_202505.xml.gz")
    assert reading.listings.num_rows == 4_759
    assert Counter(reading.listings["kind"].to_pylist())["vessel"] == 109
    assert reading.listings["listed_on"].null_count == 0
    assert set_aside(reading)[""] == 0


def test_japan_end_users_whose_name_slipped_into_the_next_column_are_not_lost() -> None:
    reading = reading_of("jp_meti_eul/jp_end_user_list_20250929.json.gz")
    assert reading.listings.num_rows == 835
    assert row_of(reading, "jp_meti_eul:528")["name"] == "Dandong Hongxiang Industrial Development Co Ltd"
    assert row_of(reading, "jp_meti_eul:528")["countries"] == ["CN"]
    assert set_aside(reading) == {"entity_name": 37}


def test_war_and_sanctions() -> None:
    reading = reading_of("ua_war_sanctions/targets.simple_20260313.csv.gz")
    assert reading.listings.num_rows == 5_600
    assert reading.rejects.num_rows == 0
    ship = row_of(reading, "ua_war_sanctions:NK-24cf2zYe7LEKhr2zFck73j")
    assert (ship["kind"], ship["identifiers"]) == ("vessel", ["imo:9253325"])


def official_form(short: dict[str, object], tables: dict[str, list[str]], number: int) -> dict[str, object]:
    """An entry of the shared copy with the keys that its `fieldKey` names, as the publisher writes it."""
    said: dict[str, object] = {
        "id": str(number),
        "name": short["n"],
        "alt_names": short.get("a", []),
        "source": tables["sources"][short["s"]],
        "type": short.get("t"),
        "addresses": [{"country": country} for country in short.get("c", [])],
        "entity_number": short.get("e"),
        "source_list_url": tables["urls"][short["u"]],
        "federal_register_notice": short.get("fr"),
    }
    if "lr" in short:
        said["license_requirement"] = tables["licenceRequirements"][short["lr"]]
    if "pg" in short:
        said["programs"] = tables["programmes"][short["pg"]].split("; ")
    return said


def test_us_consolidated_screening_list_in_its_official_form() -> None:
    copy = json.loads(gzip.decompress((SHARED / "us_csl" / "screening-list.json.gz").read_bytes()))
    results = [official_form(short, copy["tables"], number) for number, short in enumerate(copy["entries"])]
    (edition,), failures = editions([ListFile("consolidated.json", json.dumps({"results": results}).encode())])
    assert (edition.name, failures) == ("us_csl", [])
    reading = edition.source.read(edition.files)
    assert reading.rows == reading.listings.num_rows == 25_921
    lists = Counter(programmes[0] for programmes in reading.listings["programmes"].to_pylist())
    assert (lists["SDN"], lists["EL"], lists["DPL"], lists["UVL"], lists["MEU"]) == (19_181, 3_420, 1_596, 222, 70)
    assert row_of(reading, "us_csl:12962")["name"] == "Yasser Hussein IBRAHIM"
