"""Are dates, countries and names read as publishers write them, and is the rest named?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.sources.values import (
    birth_dates,
    countries,
    country_code,
    day,
    given_name_first,
    partial_date,
    slashed_date,
)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1967", "1967"),
        ("1967-06", "1967-06"),
        ("1967-06-28", "1967-06-28"),
        ("2015-04-07-04:00", "2015-04-07"),
        ("2026-02-27T00:00:09.554Z", "2026-02-27"),
        ("28 Jun 1967", "1967-06-28"),
        ("28 June 1967", "1967-06-28"),
        ("Jun 1967", "1967-06"),
        ("28.6.1967", "1967-06-28"),
        ("31.6.1967", None),
        ("28 1967", None),
        ("28/06/1967", None),
        ("28 Brumaire 1967", None),
        ("", None),
    ],
)
def test_partial_date(text: str, read: str | None) -> None:
    assert partial_date(text) == read


@given(st.dates())
def test_every_day_is_read_back_from_each_form(some_day: date) -> None:
    iso = some_day.isoformat()
    assert day(iso) == some_day
    assert partial_date(f"{some_day.day}.{some_day.month}.{iso[:4]}") == iso
    assert slashed_date(f"{iso[5:7]}/{iso[8:]}/{iso[:4]}", day_first=False) == iso
    assert slashed_date(f"{iso[8:]}/{iso[5:7]}/{iso[:4]}", day_first=True) == iso


@given(st.text(max_size=40))
def test_no_text_makes_a_date_reader_fall(text: str) -> None:
    partial_date(text)
    slashed_date(text, day_first=True)
    read, odd = birth_dates([text])
    assert all(partial_date(one) == one for one in read)
    assert read or odd or not any(sign.isdigit() for sign in text)
    assert all(one.isascii() for one in read)


@pytest.mark.parametrize(
    ("text", "read"),
    [("dd/mm/1962", "1962"), ("00/07/1978", "1978-07"), ("28/06/1967", "1967-06-28"), ("15/08/19yy", "15/08/19yy")],
)
def test_slashed_date_leaves_out_what_is_unknown(text: str, read: str) -> None:
    assert slashed_date(text, day_first=True) == read


@pytest.mark.parametrize(
    ("text", "read", "odd"),
    [
        ("1960;1961-02-03", ["1960", "1961-02-03"], []),
        ("circa 28 Jun 1967", ["1967"], []),
        ("1965 or 1966", ["1965", "1966"], []),
        ("1965 to 1968", ["1965", "1966", "1967", "1968"], []),
        ("Between 1960 and 1962", ["1960", "1961", "1962"], []),
        ("1940 to 1990", ["1940", "1990"], []),
        ("(a) 1955, (b) circa 1952", ["1955", "1952"], []),
        ("1975; a stranger", ["1975"], ["a stranger"]),
        ("", [], []),
    ],
)
def test_birth_dates(text: str, read: list[str], odd: list[str]) -> None:
    assert birth_dates([text]) == (read, odd)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RU", "RU"),
        ("Russia", "RU"),
        ("Korea, North", "KP"),
        ("Democratic People's Republic of Korea", "KP"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Islamic Republic of Afghanistan", "AF"),
        ("Republic of China", "TW"),
        ("People's Republic of China", "CN"),
        ("Virgin Islands, British", "VG"),
        ("Palestinian", "PS"),
        ("Region: Crimea", "UA"),
        ("undetermined", None),
        ("", None),
    ],
)
def test_country_code(text: str, code: str | None) -> None:
    assert country_code(text) == code


def test_countries_are_sorted_codes_and_the_unknown_is_named_once() -> None:
    assert countries(["Russia;CN", "Atlantis", "", "RU; Atlantis"]) == (["CN", "RU"], ["Atlantis"])


@pytest.mark.parametrize(
    ("name", "turned"),
    [
        ("HANIYA, Ismail Abdul", "Ismail Abdul HANIYA"),
        ("Ismail HANIYA", "Ismail HANIYA"),
        ("HANIYA,", "HANIYA,"),
        ("A, B, C", "A, B, C"),
    ],
)
def test_given_name_first(name: str, turned: str) -> None:
    assert given_name_first(name) == turned
