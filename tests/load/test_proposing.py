"""Is what is proposed a mapping that reads the file?"""

import tomllib
from pathlib import Path

import pytest

from landwaiter.load.mapping import read_mapping
from landwaiter.load.proposing import as_toml, make_proposal

HEADER = ["報關日期", "進出口別", "出口商", "商品編號", "數量", "備註"]
SAMPLES = [
    ["113/01/05", "113/12/31"],
    ["出口", "進口"],
    ["甲", "乙"],
    ["8542.31", "8542.32"],
    ["1,000", "2.5"],
    ["", "x"],
]


def test_the_proposal_is_read_back_as_a_mapping(tmp_path: Path):
    text = as_toml(make_proposal(HEADER, SAMPLES, "declarations"), "books.csv", "delimited", {"encoding": "big5"})
    path = tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    mapping = read_mapping(path)["declarations"]
    assert mapping.columns == {
        "declared_on": "報關日期",
        "flow": "進出口別",
        "exporter_name": "出口商",
        "hs_code": "商品編號",
        "quantity": "數量",
    }
    assert (mapping.date_format, mapping.decimal, mapping.thousands, mapping.encoding) == ("roc", ".", ",", "big5")
    assert '# reporter = ""  # needed in every row' in text
    assert '#   "備註"  # x' in text


@pytest.mark.parametrize(
    ("days", "forms"),
    [
        (["2024-01-05"], ()),
        (["31.01.2024"], ("%d.%m.%Y",)),
        (["05/01/2024"], ("%d/%m/%Y", "%m/%d/%Y")),
        (["05/01/2024", "25/01/2024"], ("%d/%m/%Y",)),
        (["2024年1月5日"], ("%Y年%m月%d日",)),
        (["soon"], ()),
        ([""], ()),
    ],
)
def test_forms_of_days_are_those_that_all_first_values_have(days: list[str], forms: tuple[str, ...]):
    assert make_proposal(["date"], [days], "declarations").day_forms == forms


@pytest.mark.parametrize(
    ("amounts", "signs"),
    [
        (["1000.5"], ()),
        (["1,000.5"], ((".", ","),)),
        (["1.000,5"], ((",", "."),)),
        (["1 000,5", "3,5"], ((",", " "),)),
        (["1,000"], ((".", ","), (",", ""), (",", "."), (",", " "), (",", "\u00a0"))),
    ],
)
def test_signs_of_numbers_are_those_that_all_first_values_allow(amounts: list[str], signs: tuple[tuple[str, str], ...]):
    found = make_proposal(["qty"], [amounts], "declarations").number_signs
    assert found == signs


def test_no_value_of_the_file_breaks_out_of_its_comment():
    evil = 'x\n[shipments.constants]\nreporter = "RU"\r\u2028"""'
    text = as_toml(make_proposal(["date", evil], [[evil], [evil]], "declarations"), "f.csv", "delimited", {})
    assert tomllib.loads(text)["shipments"].get("constants", {}) == {}
    assert tomllib.loads(text)["shipments"]["columns"] == {"declared_on": "date"}
