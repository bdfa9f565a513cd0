"""Are figures written so that nobody reads more into them than there is?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.report.wording import (
    counted,
    dollars,
    dollars_short,
    fraction,
    goods_code,
    listing,
    long_day,
    period,
    quantity,
)


@given(st.floats(0, 1))
def test_only_certainty_is_written_as_one(value: float) -> None:
    assert (fraction(value) == "1.00") == (value == 1)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "value unknown"),
        (0, "USD 0"),
        (950, "USD 950"),
        (999.9, "USD 1 k"),
        (48_000, "USD 48 k"),
        (1_234_567, "USD 1.23 m"),
        (999_900, "USD 1 m"),
        (2.5e9, "USD 2.5 bn"),
        (4.2e12, "USD 4,200 bn"),
    ],
)
def test_dollars_short(value: float | None, expected: str) -> None:
    assert dollars_short(value) == expected


def test_unknown_is_never_zero() -> None:
    assert dollars(None) == "unknown"
    assert quantity(None, "C62") == "unknown"
    assert goods_code(None) == "unknown"
    assert period(None, date(2023, 1, 1)) == "on days not stated"


def test_quantities_and_codes() -> None:
    assert quantity(2598.0, "C62") == "2,598 pieces"
    assert quantity(0.125, "KGM") == "0.125 kg"
    assert quantity(3.0, "ZZ") == "3 ZZ"
    assert goods_code("85423190") == "8542.31"
    assert goods_code("8542") == "8542"


def test_sentences() -> None:
    assert counted(1, "row") == "1 row"
    assert counted(2, "match", "matches") == "2 matches"
    assert listing([]) == ""
    assert listing(["a"]) == "a"
    assert listing(["a", "b", "c"]) == "a, b and c"
    assert listing(list("abcdefgh"), 3) == "a, b, c and 5 more"
    assert long_day(date(2026, 11, 22)) == "22 November 2026"
    assert period(date(2023, 1, 1), date(2023, 1, 1)) == "on 2023-01-01"
