"""Are headers matched where they are ours, and proposed where they mean ours?"""

import pytest

from landwaiter.errors import InputError
from landwaiter.load.headers import match_headers, near_misses, propose
from landwaiter.load.mapping import Mapping

OURS = ["Declared-On", "REPORTER", "flow", "Exporter  Name"]


def test_our_names_match_whatever_their_case_and_signs():
    matched = match_headers([*OURS, "note", ""], "declarations", Mapping(), "f")
    assert matched.positions == {"declared_on": 0, "reporter": 1, "flow": 2, "exporter_name": 3}
    assert matched.ignored == ("note", "column 6 (without a header)")


def test_a_mapping_comes_before_our_names():
    mapping = Mapping(columns={"flow": "direction"}, constants={"reporter": "TW"})
    matched = match_headers([*OURS, "direction"], "declarations", mapping, "f")
    assert matched.positions == {"declared_on": 0, "flow": 4, "exporter_name": 3}
    assert matched.ignored == ("REPORTER", "flow")


@pytest.mark.parametrize(
    ("header", "mapping", "complaint"),
    [
        (["declared_on", "reporter", "flow"], Mapping(), "exporter_name or consignee_name"),
        (
            ["Date", "reporter", "flow", "exporter_name"],
            Mapping(),
            r'in the mapping: declared_on = "Date"',
        ),
        ([*OURS, "Flow"], Mapping(), "two columns for flow"),
        (OURS, Mapping(columns={"hs_code": "HS"}), "no column 'HS', which the mapping names for hs_code"),
        ([*OURS, "HS", "HS"], Mapping(columns={"hs_code": "HS"}), "twice, in columns 5 and 6"),
    ],
)
def test_a_header_that_cannot_be_used_is_refused(header: list[str], mapping: Mapping, complaint: str):
    with pytest.raises(InputError, match=complaint):
        match_headers(header, "declarations", mapping, "f")


@pytest.mark.parametrize(
    ("header", "ours"),
    [
        ("HS code", "hs_code"),
        ("HSCODE", "hs_code"),
        ("商品編號", "hs_code"),
        ("код ТН ВЭД", "hs_code"),
        ("Код УКТЗЕД", "hs_code"),
        ("Отправитель", "exporter_name"),
        ("получатель", "consignee_name"),
        ("出口商", "exporter_name"),
        ("进口商", "consignee_name"),
        ("Shipper Name", "exporter_name"),
        ("Consignee", "consignee_name"),
        ("Country of origin", "origin_country"),
        ("страна происхождения", "origin_country"),
        ("原產國", "origin_country"),
        ("Declaration date", "declared_on"),
        ("дата", "declared_on"),
        ("报关日期", "declared_on"),
        ("Qty", "quantity"),
        ("кількість", "quantity"),
        ("вес нетто, кг", "net_mass_kg"),
        ("Net Weight (KG)", "net_mass_kg"),
        ("Consigne", "consignee_name"),
        ("Currency Code", "currency"),
        ("Value (USD)", "value_usd"),
        ("ЄДРПОУ імпортера", "consignee_id"),
    ],
)
def test_common_headers_are_proposed(header: str, ours: str):
    assert propose([header], "declarations") == {ours: header}


def test_each_header_is_proposed_once_and_nonsense_never():
    assert propose(["HS code", "HSCODE", "blah", "", "x1"], "declarations") == {"hs_code": "HS code"}


def test_each_kind_has_its_own_words():
    assert propose(["公司名稱", "持股比例"], "ownership") == {"owned_name": "公司名稱", "share_min": "持股比例"}
    assert propose(["公司名稱", "統一編號"], "companies") == {"company_id": "統一編號", "name": "公司名稱"}
    assert propose(["refPeriodId", "partnerISO", "cmdCode", "primaryValue"], "trade_flows") == {
        "period": "refPeriodId",
        "partner": "partnerISO",
        "hs_code": "cmdCode",
        "value_usd": "primaryValue",
    }


def test_a_column_that_is_probably_ours_is_never_left_out_in_silence():
    matched = match_headers([*OURS, "unit", "note"], "declarations", Mapping(), "f")
    expected = ["column 'unit' is not read; if it is quantity_unit, say so in the mapping"]
    assert near_misses(matched, "declarations", Mapping()) == expected
    assert near_misses(matched, "declarations", Mapping(constants={"quantity_unit": "C62"})) == []
