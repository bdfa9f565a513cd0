from collections import Counter
from datetime import date

import pyarrow as pa

from landwaiter.screen.coverage import COVERAGE, alone_by_month, cover
from landwaiter.screen.coverage_picture import draw_coverage
from landwaiter.tables import TABLES

DAY = date(2026, 1, 1)


def covered(*rows, as_of=DAY, aliases=None):
    blank = {
        "kind": "organisation",
        "countries": [],
        "birth_dates": [],
        "addresses": [],
        "identifiers": [],
        "programmes": [],
    }
    full = [{**blank, "list": row["listing_id"].split(":")[0], **row} for row in rows]
    names = [{"listing_id": row["listing_id"], "position": 0, "name": row["name"], "is_weak": False} for row in full]
    names += [{"listing_id": ident, "position": 1, "name": name, "is_weak": False}
              for ident, others in (aliases or {}).items() for name in others]  # fmt: skip
    lines = cover(
        pa.Table.from_pylist([{key: value for key, value in row.items() if key != "weak"} for row in full],
                             schema=TABLES["listings"].schema),
        pa.Table.from_pylist(names, schema=TABLES["listing_names"].schema),
        as_of=as_of,
    ).to_pylist()  # fmt: skip
    return {line["listing_id"]: line for line in lines}


def test_an_identifier_links_listings_of_two_lists_and_the_third_is_named():
    found = covered(
        {"listing_id": "eu:1", "name": "Kupol AO", "identifiers": ["inn:1831083343"], "listed_on": date(2022, 3, 1)},
        {"listing_id": "us:2", "name": "Izhevsk Electromechanical Plant", "identifiers": ["inn:1831083343"]},
        {"listing_id": "jp:3", "name": "Another Firm"},
    )
    assert found["us:2"]["party"] == found["eu:1"]["party"] == "eu:1"
    assert found["us:2"]["linked_by"] == "identifier 1831083343"
    assert (found["eu:1"]["lists"], found["eu:1"]["not_on"]) == (2, "jp")
    assert found["eu:1"]["listed_on"] == date(2022, 3, 1)
    assert (found["jp:3"]["lists"], found["jp:3"]["not_on"]) == (1, "eu;us")


def test_a_telling_name_links_firms_of_one_country_across_scripts():
    found = covered(
        {"listing_id": "eu:1", "name": "АО Купол", "countries": ["RU"]},
        {"listing_id": "us:2", "name": "KUPOL JSC", "countries": ["RU"]},
        {"listing_id": "jp:3", "name": "Kupol", "countries": ["BY"]},
        {"listing_id": "ca:4", "name": "Trading Company", "countries": ["RU"]},
        {"listing_id": "ch:5", "name": "Trading Co", "countries": ["RU"]},
    )
    assert found["us:2"]["party"] == "eu:1"
    assert found["us:2"]["linked_by"] == "name and country RU"
    assert all(found[alone]["party"] == alone for alone in ("jp:3", "ca:4", "ch:5"))


def test_persons_need_a_birth_date_or_a_year_and_a_country():
    person = {"kind": "person", "name": "Ivan Petrovich Kupolov"}
    found = covered(
        {"listing_id": "eu:1", **person, "birth_dates": ["1960-01-02"], "countries": ["RU"]},
        {"listing_id": "us:2", **person, "birth_dates": ["1960-01-02"]},
        {"listing_id": "ca:3", **person, "birth_dates": ["1960"], "countries": ["RU"]},
        {"listing_id": "jp:4", **person, "birth_dates": ["1971"], "countries": ["RU"]},
        {"listing_id": "ch:5", **person},
    )
    assert {ident for ident, line in found.items() if line["lists"] == 3} == {"eu:1", "us:2", "ca:3"}
    assert found["us:2"]["linked_by"] == "name and birth date 1960-01-02"
    assert found["jp:4"]["lists"] == found["ch:5"]["lists"] == 1


def test_a_person_and_a_firm_are_never_one_party():
    shared = {"name": "Kupolov", "identifiers": ["inn:1831083343"]}
    found = covered({"listing_id": "eu:1", "kind": "person", **shared}, {"listing_id": "us:2", **shared})
    assert found["eu:1"]["lists"] == found["us:2"]["lists"] == 1


def test_a_short_bare_number_links_nobody():
    found = covered(
        {"listing_id": "eu:1", "name": "Orbita", "identifiers": ["15268"]},
        {"listing_id": "us:2", "name": "Zenith", "identifiers": ["15268"]},
    )
    assert found["eu:1"]["lists"] == 1


def test_a_listing_that_is_over_is_not_covered():
    row = {"listing_id": "eu:1", "name": "Kupol", "delisted_on": date(2025, 1, 1)}
    assert covered(row) == {}
    assert set(covered(row, as_of=date(2024, 1, 1))) == {"eu:1"}


def test_a_common_alias_makes_no_chain_of_parties():
    rows = [{"listing_id": f"eu:{place}", "name": name, "countries": ["RU"]}
            for place, name in enumerate(("Kupol", "Zenith", "Orbita", "Vympelov"))]  # fmt: skip
    aliases = {"eu:0": ["Zenith"], "eu:1": ["Orbita"], "eu:2": ["Vympelov"]}
    found = covered(*rows, aliases=aliases)
    sizes = Counter(line["party"] for line in found.values())
    assert max(sizes.values()) == 2


def test_firms_with_different_tax_numbers_are_two_whatever_their_names():
    firm = {"name": "Kupol Vympelov", "countries": ["RU"]}
    found = covered(
        {"listing_id": "eu:1", **firm, "identifiers": ["inn:1831083343"]},
        {"listing_id": "us:2", **firm, "identifiers": ["inn:7707083893"]},
        {"listing_id": "jp:3", **firm},
    )
    assert found["us:2"]["party"] == "us:2"
    assert found["jp:3"]["party"] == "eu:1"


def test_parties_on_one_list_only_are_counted_by_list_and_month():
    shared = {"name": "Kupol", "countries": ["RU"]}
    rows = covered(
        {"listing_id": "eu:1", **shared, "listed_on": date(2022, 3, 1)},
        {"listing_id": "us:2", **shared, "listed_on": date(2023, 5, 1)},
        {"listing_id": "us:3", "name": "Zenith Orbita", "listed_on": date(2023, 5, 9)},
        {"listing_id": "us:4", "name": "Vympelov"},
    )
    table = alone_by_month(pa.Table.from_pylist(list(rows.values()), schema=COVERAGE))
    assert [tuple(row.values()) for row in table.to_pylist()] == [
        ("eu", "2022-03", 1, 0), ("us", "", 1, 1), ("us", "2023-05", 2, 1)]  # fmt: skip
    page = draw_coverage(table, as_of="2026-01-01")
    assert page.count("<svg") == 2
    assert "2023-05: 2 parties, 1 on no other list" in page
    assert "1 without a day of listing, 1 of these on no other list" in page
    assert "http" not in page


def test_a_list_with_odd_signs_in_its_name_is_drawn_as_text():
    table = pa.Table.from_pylist([{"list": "<script>", "month": "2023-05", "parties": 1, "on_no_other_list": 1}])
    page = draw_coverage(table, as_of="2026-01-01")
    assert "<script>" not in page and "&lt;script&gt;" in page
