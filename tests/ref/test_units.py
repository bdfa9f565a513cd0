"""Is a quantity the same amount whatever word the books use for its unit?"""

import pytest

from landwaiter.ref.facts import read_facts
from landwaiter.ref.units import unit_of

BASES = {"KWH", "C62", "KGM", "LTR", "MTR", "MTK", "MTQ"}


@pytest.mark.parametrize(
    ("word", "code", "base", "milli"),
    [
        ("C62", "C62", "C62", 1000),
        ("pcs", "C62", "C62", 1000),
        ("PCE", "C62", "C62", 1000),
        ("шт", "C62", "C62", 1000),
        ("шт.", "C62", "C62", 1000),
        ("個", "C62", "C62", 1000),
        ("个", "C62", "C62", 1000),
        ("Pieces", "C62", "C62", 1000),
        ("dozen", "DZN", "C62", 12_000),
        ("DZN", "DZN", "C62", 12_000),
        ("pair", "PR", "C62", 2000),
        ("KPCS", "MIL", "C62", 1_000_000),
        ("kg", "KGM", "KGM", 1000),
        ("公斤", "KGM", "KGM", 1000),
        ("кг", "KGM", "KGM", 1000),
        ("g", "GRM", "KGM", 1),
        ("t", "TNE", "KGM", 1_000_000),
        ("MT", "TNE", "KGM", 1_000_000),
        ("l", "LTR", "LTR", 1000),
        ("m", "MTR", "MTR", 1000),
        ("m²", "MTK", "MTK", 1000),
        ("m3", "MTQ", "MTQ", 1000),
        ("set", "SET", "SET", 1000),
        ("carton", "XCT", "XCT", 1000),
    ],
)
def test_a_unit_is_found_by_code_and_by_word(word: str, code: str, base: str, milli: float):
    unit = unit_of(word)
    assert unit is not None
    assert (unit.code, unit.base, unit.milli) == (code, base, milli)


@pytest.mark.parametrize("word", ["", "ZZZ", "many", "12"])
def test_what_is_no_unit_is_unknown(word: str):
    assert unit_of(word) is None


def test_no_word_stands_for_two_units_and_bases_are_their_own():
    for row in read_facts("units").to_pylist():
        for word in (row["code"], *filter(None, row["words"].split(";"))):
            unit = unit_of(word)
            assert unit is not None
            assert unit.code == row["code"], word
        base = unit_of(row["base"])
        assert base is not None
        assert (base.base, base.milli) == (row["base"], 1000)
        assert row["base"] in BASES or row["base"] == row["code"]
