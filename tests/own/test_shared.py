"""Are shared addresses, telephones, domains and officers told with their degree, and hubs kept from linking anybody?"""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.engine.duck import open_duck
from landwaiter.own.shared import HUB, digits, domain_of, share_attributes, weight_bp
from landwaiter.tables import TABLES

EMPTY = dict.fromkeys(TABLES["company_parties"].schema.names)


def shared(folder, companies, trading=("p0",), listings=()):
    rows = [
        EMPTY | {"row_id": str(i), "company_id": str(i), "name": f"n{i}", "party_id": f"p{i}", "officers": []} | said
        for i, said in enumerate(companies)
    ]
    shipments = [
        dict.fromkeys(TABLES["shipments"].schema.names) | {
            "row_id": party, "row_no": i, "file": "f", "line": i, "shipment_id": party, "consignee_party": party,
            "declared_on": date(2022, 6, 1), "reporter": "TR", "flow": "import"}
        for i, party in enumerate(trading)
    ]  # fmt: skip
    with open_duck(folder, memory_mb=500, threads=1) as corridor:
        corridor.put("company_parties", pa.Table.from_pylist(rows, schema=TABLES["company_parties"].schema))
        corridor.put("shipments", pa.Table.from_pylist(shipments, schema=TABLES["shipments"].schema))
        if listings:
            corridor.put("listings", pa.Table.from_pylist(list(listings), schema=TABLES["listings"].schema))
        share_attributes(corridor)
        return corridor.get("shared_attributes").to_pylist()


HARBOUR = {"address": "12 Harbour Street, Istanbul"}


def test_what_two_share_links_them_and_says_how_rare_it_is(tmp_path):
    rows = shared(tmp_path, [HARBOUR, {"address": "12, HARBOUR street - Istanbul"}, {"address": "13 Harbour Street"}])
    assert [(row["party_id"], row["other_party"], row["degree"]) for row in rows] == [("p0", "p1", 2)]
    assert rows[0]["weight_bp"] == 6309


@pytest.mark.parametrize(
    ("said", "linked"),
    [
        ({"officers": ["羅文雄"]}, 1),
        ({"address": "觀塘市森林路99號"}, 1),
        ({"officers": ["羅"]}, 0),
        ({"officers": ["Lo"]}, 0),
        ({"address": "臺北市"}, 0),
    ],
)
def test_a_chinese_sign_says_as_much_as_three_letters(tmp_path, said, linked):
    assert len(shared(tmp_path, [said, said])) == linked


def test_a_hub_links_nobody_and_is_told_with_its_degree(tmp_path):
    rows = shared(tmp_path, [HARBOUR] * (HUB + 1))
    assert [(row["party_id"], row["other_party"], row["degree"]) for row in rows] == [("p0", None, HUB + 1)]


def test_only_those_who_trade_are_looked_at(tmp_path):
    assert shared(tmp_path, [{}, HARBOUR, HARBOUR]) == []


@pytest.mark.parametrize(("ending", "linked"), [("firm.example", 1), ("gmail.com", 0)])
def test_a_free_mailbox_links_nobody(tmp_path, ending, linked):
    rows = shared(tmp_path, [{"email": f"a@{ending}"}, {"email": f"B@{ending.upper()}"}])
    assert len(rows) == linked


def test_an_address_that_a_list_gives_is_told_without_neighbours(tmp_path):
    nothing = dict.fromkeys(TABLES["listings"].schema.names)
    lists = {name: [] for name in ("countries", "birth_dates", "addresses", "identifiers", "programmes")}
    listing = (
        nothing | lists | {"listing_id": "l:1", "list": "l", "kind": "address", "name": "12 Harbour Street, Istanbul"}
    )
    rows = shared(tmp_path, [HARBOUR], listings=[listing])
    assert [(row["is_listed"], row["listing_ids"], row["other_party"]) for row in rows] == [(1, ["l:1"], None)]


@given(st.integers(1, 10**6))
def test_the_more_share_it_the_less_it_says(degree):
    assert 0 < weight_bp(degree + 1) <= weight_bp(degree) <= 10_000


def test_numbers_and_domains_are_read_from_what_is_written():
    assert digits("0090 (212) 555-01-02") == digits("+90 212 5550102") == "902125550102"
    assert (domain_of("Info@Firm.Example"), domain_of("no address"), domain_of(None)) == ("firm.example", "", "")
