"""Are amounts converted by the rate of their year, and never by one that is not there?"""

import pyarrow as pa
import pytest

from landwaiter.errors import InputError
from landwaiter.ref.facts import read_facts
from landwaiter.ref.money import currency_code, rates_per_usd


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EUR", "EUR"),
        ("eur", "EUR"),
        ("€", "EUR"),
        ("NT$", "TWD"),
        ("新臺幣", "TWD"),
        ("RMB", "CNY"),
        ("руб.", "RUB"),
        ("RUR", "RUB"),
        ("грн", "UAH"),
        ("840", "USD"),
        ("US$", "USD"),
        (" usd ", "USD"),
    ],
)
def test_a_currency_is_found_by_code_and_by_sign(text: str, code: str):
    assert currency_code(text) == code


@pytest.mark.parametrize("text", ["", "$", "¥", "XXX", "DM", "bitcoin"])
def test_a_sign_of_several_currencies_is_no_currency(text: str):
    assert currency_code(text) is None


def test_rates_are_those_of_their_source():
    rates = rates_per_usd()
    assert rates[("EUR", 2022)] == 0.9493
    assert rates[("TWD", 2024)] == 32.1064
    assert rates[("USD", 2024)] == 1.0
    assert ("EUR", 2011) not in rates
    assert ("RUB", 2018) not in rates


def test_rates_move_slowly_enough_to_be_no_slip_of_the_pen():
    """A wrong digit would show as a jump; the widest true year is that of the Turkish lira in 2022."""
    rates = rates_per_usd()
    for (code, year), rate in rates.items():
        before = rates.get((code, year - 1))
        assert before is None or 1 / 2 < rate / before < 2, (code, year)


def test_the_two_sources_agree_where_both_could_speak():
    """The dirham is tied to the dollar at 3.6725: what comes from sterling averages must give the same."""
    rates = rates_per_usd()
    for year in range(2019, 2026):
        assert rates[("AED", year)] == pytest.approx(3.6725, rel=2e-3)
        assert rates[("SAR", year)] == pytest.approx(3.75, rel=2e-3)


def test_every_rate_has_a_source_and_a_known_currency():
    for row in read_facts("rates").to_pylist():
        assert row["source"] in ("fed", "hmrc")
        assert currency_code(row["currency"]) == row["currency"]


def test_a_users_own_rates_replace_ours():
    own = pa.table({"currency": ["EUR"], "year": [2024], "per_usd": [0.5]})
    rates = rates_per_usd(own)
    assert (rates[("EUR", 2024)], ("TWD", 2024) in rates) == (0.5, False)


@pytest.mark.parametrize(
    "own",
    [
        {"currency": ["EUR"], "year": ["2024"]},
        {"currency": ["EUR"], "year": ["last"], "per_usd": ["1"]},
        {"currency": ["???"], "year": ["2024"], "per_usd": ["1"]},
        {"currency": ["EUR"], "year": ["2024"], "per_usd": ["0"]},
        {"currency": ["EUR"], "year": ["2024"], "per_usd": ["inf"]},
    ],
)
def test_rates_that_cannot_be_used_are_refused(own: dict[str, list[str]]):
    with pytest.raises(InputError):
        rates_per_usd(pa.table(own))
