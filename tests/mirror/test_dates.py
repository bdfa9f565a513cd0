"""Are the right months compared with the right ones?"""

from datetime import date

import pytest

from landwaiter.mirror.dates import (
    Span,
    control_days,
    first_whole_month,
    growth_tests,
    month_number,
    month_text,
    window_tests,
)

THREE_YEARS = Span("EU", month_number("2020-01"), month_number("2022-11"))


@pytest.mark.parametrize("text", ["2022-01", "2021-12", "0999-07"])
def test_a_month_counted_is_the_same_month(text: str) -> None:
    assert month_text(month_number(text)) == text


@pytest.mark.parametrize(
    ("day", "month"), [("2022-02-26", "2022-03"), ("2022-03-01", "2022-03"), ("2021-12-02", "2022-01")]
)
def test_the_first_whole_month_after_a_day(day: str, month: str) -> None:
    assert month_text(first_whole_month(date.fromisoformat(day))) == month


def test_an_origin_has_its_own_control_days_and_none_of_the_future() -> None:
    days = control_days("EU", ["RU"], as_of=date(2022, 4, 30))
    assert days == [date(2022, 2, 26), date(2022, 3, 15), date(2022, 4, 8)]
    assert control_days("TW", ["RU"], as_of=date(2023, 1, 1)) == [date(2022, 4, 6)]


def test_an_origin_without_controls_takes_the_first_day_of_the_others() -> None:
    assert control_days("CN", ["RU"], as_of=date(2023, 1, 1)) == [date(2022, 2, 24)]
    assert control_days("CN", ["RU"], as_of=date(2022, 1, 1)) == []


def test_every_month_before_the_controls_that_leaves_room_is_a_placebo() -> None:
    tests, why = growth_tests(THREE_YEARS, [date(2022, 2, 26), date(2022, 3, 15)])
    assert why == ""
    assert [test.period for test in tests if test.role == "control"] == ["2022-03..2022-08"]
    placebos = [month_text(test.start) for test in tests if test.role == "placebo"]
    assert placebos == [f"2021-{month:02d}" for month in range(1, 10)]


def test_no_placebo_window_reaches_into_the_time_of_controls() -> None:
    tests, _ = growth_tests(THREE_YEARS, [date(2022, 2, 26)])
    controlled = first_whole_month(date(2022, 2, 26))
    assert all(test.start + test.months <= controlled for test in tests if test.role == "placebo")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2022-01", "2022-11", "same months a year before"),
        ("2020-01", "2022-06", "no whole half-year"),
        ("2021-03", "2022-11", "no placebo"),
    ],
)
def test_a_series_too_short_is_not_tested_and_says_why(first: str, last: str, said: str) -> None:
    tests, why = growth_tests(Span("EU", month_number(first), month_number(last)), [date(2022, 2, 26)])
    assert tests == []
    assert said in why


def test_windows_are_a_half_year_and_what_there_is_of_a_year() -> None:
    tests, why = window_tests(THREE_YEARS, "RU", [date(2022, 2, 26)], [])
    assert [test.period for test in tests] == ["2022-03..2022-08", "2022-03..2022-11"]
    assert tests[0].period_before == "2021-03..2021-08"
    assert why == ""


def test_windows_asked_for_replace_them_and_one_outside_the_series_is_named() -> None:
    asked = [(month_number("2022-05"), month_number("2022-11"))]
    tests, _ = window_tests(THREE_YEARS, "RU", [date(2022, 2, 26)], asked)
    assert [test.period for test in tests] == ["2022-05..2022-11"]
    tests, why = window_tests(
        THREE_YEARS, "RU", [date(2022, 2, 26)], [(month_number("2023-01"), month_number("2023-06"))]
    )
    assert tests == []
    assert "2020-01 to 2022-11" in why
