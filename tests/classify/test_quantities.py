"""Do numbers in other units compare as they should?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.classify.quantities import Quantity, compared, number_of, quantity_given, unit_of_parameter


@pytest.mark.parametrize(
    ("left", "right", "sign"),
    [
        (Quantity(1300, "MSPS"), Quantity(1.3, "GSPS"), 0),
        (Quantity(20, "dBm"), Quantity(100, "mW"), 0),
        (Quantity(125, "°C"), Quantity(398.15, "K"), 0),
        (Quantity(257, "°F"), Quantity(125, "°C"), 0),
        (Quantity(1, "Wh/kg"), Quantity(3600, "J/kg"), 0),
        (Quantity(1, "A/μs"), Quantity(999_999, "A/s"), 1),
        (Quantity(1, "W"), Quantity(1, "V"), None),
        (Quantity(3, ""), Quantity(4, ""), -1),
    ],
)
def test_units_of_one_dimension_compare(left, right, sign):
    assert compared(left, right) == sign


@given(st.floats(1e-6, 1e6), st.floats(1e-6, 1e6))
def test_a_comparison_is_the_same_in_any_unit(one, other):
    plain = compared(Quantity(one, "MHz"), Quantity(other, "MHz"))
    scaled = compared(Quantity(one * 1e6, "Hz"), Quantity(other / 1e3, "GHz"))
    assert plain == scaled or abs(one - other) <= 1e-9 * max(one, other)


@pytest.mark.parametrize(
    ("text", "comma", "number"),
    [("1 250", True, 1250), ("1,3", True, 1.3), ("1,250", False, 1250), ("5 x 10-3", False, 0.005), ("x", False, None)],
)
def test_numbers_are_read_as_their_list_prints_them(text, comma, number):
    assert (
        number_of(text, decimal_comma=comma) == pytest.approx(number)
        if number
        else number_of(text, decimal_comma=comma) is None
    )


def test_a_value_with_a_unit_is_understood_or_refused():
    assert quantity_given("1,3 GSPS", "MSPS") == Quantity(1.3, "GSPS")
    assert quantity_given("40", "W") == Quantity(40, "W")
    assert quantity_given("40 parsecs", "W") is None
    assert quantity_given(float("nan"), "W") is None
    assert unit_of_parameter("di_dt_a_per_us") == ("di_dt", "A/μs")
    assert unit_of_parameter("axes") == ("axes", "")
