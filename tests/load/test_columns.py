"""Are whole columns understood as their cells are, whatever type they are stored in?"""

import re
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.load.columns import as_text, rules
from landwaiter.load.mapping import Mapping


def understand(rule: str, column: pa.Array, mapping: Mapping | None = None) -> tuple[list, dict[int, str]]:
    found = rules(mapping or Mapping())[rule]()(column)
    return found.values.to_pylist(), found.reasons


def test_text_is_trimmed_and_empty_text_is_null():
    assert understand("text", pa.array([" a ", "", " \u3000", None, "b\u00a0"])) == (["a", None, None, None, "b"], {})


@pytest.mark.parametrize("text", ["1", "1.5", "0", "+2", "1e3", " 7 "])
def test_amounts_are_plain_numbers(text: str):
    assert understand("amount", pa.array([text])) == ([float(text)], {})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-1", "less than nought"),
        ("inf", "not a finite number"),
        ("nan", "no number|not a finite"),
        ("1,5", "no number"),
        ("1,000", "need thousands in the mapping"),
        ("5 pcs", "no number"),
        ("1e999", "not a finite"),
    ],
)
def test_what_is_no_amount_is_refused_alone(text: str, reason: str):
    values, reasons = understand("amount", pa.array(["3", text, None]))
    assert values == [3.0, None, None]
    assert list(reasons) == [1]
    assert re.search(reason, reasons[1])


def test_the_mapping_says_the_signs_of_numbers():
    european = Mapping(decimal=",", thousands=".")
    assert understand("amount", pa.array(["1.234,5", "7", "1.5"]), european)[0] == [1234.5, 7.0, None]


@given(st.lists(st.floats(0, 1e15, allow_nan=False)))
def test_numbers_survive_as_text_and_as_numbers(numbers: list[float]):
    assert understand("amount", pa.array([repr(number) for number in numbers], pa.string()))[0] == numbers
    assert understand("amount", pa.array(numbers, pa.float64()))[0] == numbers


def test_stored_numbers_and_days_become_what_a_person_would_write():
    assert as_text(pa.array([12345.0, 0.5, None])).to_pylist() == ["12345", "0.5", None]
    assert as_text(pa.array([7], pa.int64())).to_pylist() == ["7"]
    assert as_text(pa.array([date(2024, 1, 5)])).to_pylist() == ["2024-01-05"]


def test_a_stored_number_regains_the_zero_of_a_commodity_code():
    assert understand("hs_code", pa.array([1013000, 85423100, None]))[0] == ["01013000", "85423100", None]
    assert understand("hs_code", pa.array([10130.0]))[0] == ["010130"]
    assert understand("hs_code", pa.array(["10130"]))[0] == ["10130"]


def test_stored_days_and_times_are_days_in_their_own_zone():
    late = datetime(2024, 1, 5, 20, tzinfo=UTC)
    assert understand("day", pa.array([late], pa.timestamp("us", "Asia/Taipei")))[0] == [date(2024, 1, 6)]
    assert understand("day", pa.array([late], pa.timestamp("us", "UTC")))[0] == [date(2024, 1, 5)]
    assert understand("day", pa.array([datetime(2024, 1, 5, 20)], pa.timestamp("ms")))[0] == [date(2024, 1, 5)]


def test_countries_are_codes_and_lists_of_them():
    assert understand("country", pa.array(["Taiwan", "tw", "", "Atlantis"]))[0] == ["TW", "TW", None, None]
    assert understand("countries", pa.array(["Hong Kong; TR", "HK;Atlantis"])) == (
        ["HK;TR", None],
        {1: "is no country that we know: use its ISO 3166-1 code"},
    )
    assert understand("country", pa.array(["UNK", "unknown", "不明"])) == ([None] * 3, {})
    assert understand("partner", pa.array(["World", "W00", "DE"]))[0] == ["W00", "W00", "DE"]


def test_a_coded_column_may_come_encoded_and_is_remembered():
    rule = rules(Mapping())["flow"]()
    encoded = pa.array(["EXP", "nonsense", None, "出口"]).dictionary_encode()
    for _ in range(2):
        found = rule(encoded)
        assert found.values.to_pylist() == ["export", None, None, "export"]
        assert list(found.reasons) == [1]


def test_counts_and_shares_have_bounds():
    assert understand("count", pa.array(["12", "1.5", "-1"]))[0] == [12, None, None]
    assert understand("share", pa.array(["100", "100.1", "33.3"]))[0] == [100.0, None, 33.3]


def test_lists_truths_and_other_words():
    assert understand("names", pa.array(["a; b;;c", None]))[0] == [["a", "b", "c"], None]
    assert understand("truth", pa.array(["yes", "нет", "1"]))[0] == [True, False, True]
    assert understand("owner_kind", pa.array(["registeredEntity", "Person"]))[0] == ["company", "person"]
    assert understand("unit", pa.array(["шт", "dozen"]))[0] == ["C62", "DZN"]
    assert understand("currency", pa.array(["eur", "$"]))[0] == ["EUR", None]
