"""Are thresholds read from their clauses: operator, number, unit, band, and what was not read?"""

import pytest

from landwaiter.classify.rules import rules_of
from landwaiter.ref.legal import digest_of


def read(text, comma=False):
    return [f"{rule.role} {rule.operator} {rule.limits[0]}" for rule in rules_of("p", text, decimal_comma=comma).rules]


@pytest.mark.parametrize(
    ("text", "comma", "rules"),
    [
        ("A resolution of 8 bit or more, but less than 10 bit", False, ["limit >= 8 bit", "limit < 10 bit"]),
        ("with a \"sample rate\" greater than 1,3 Giga Samples Per Second (GSPS);", True, ["limit > 1.3 GSPS"]),
        ("exceeding 1 250 MSPS but not exceeding 3 500 MSPS", True, ["limit > 1250 MSPS", "limit <= 3500 MSPS"]),
        ("A voltage equal to or more than 3,000 V", False, ["limit >= 3000 V"]),
        ("Unidirectional repeatability equal to or less (better) than 0,9 µm", True, ["limit <= 0.9 μm"]),
        ("power greater than 75 W (48.75 dBm) at any frequency exceeding 2.7 GHz up to and including 2.9 GHz", False,
         ["limit > 75 W", "band > 2.7 GHz", "band <= 2.9 GHz"]),
        ("'Secondary cells' having an 'energy density' exceeding 350 Wh/kg at 20 °C", False,
         ["limit > 350 Wh/kg", "measured = 20 °C"]),
        ("A total dose of 5 × 10 3 Gy (Si), or higher", False, ["limit >= 5000 Gy"]),
        ("Five or more axes which can be coordinated", False, ["limit >= 5"]),
        ("below 218 K (−55 °C)", False, ["limit < 218 K"]),
        ("[Reserved]", False, []),
    ],
)  # fmt: skip
def test_a_clause_gives_its_rules(text, comma, rules):
    assert read(text, comma) == rules


def test_a_rule_is_bound_to_its_text_and_stands_beside_its_clause():
    text = "A toggle frequency exceeding 1.2 GHz;"
    (rule,) = rules_of("3A001.a.11.b", text, decimal_comma=False).rules
    assert (rule.path, rule.text_sha256) == ("3A001.a.11.b", digest_of(text))
    assert rule.clause == "A toggle frequency exceeding 1.2 GHz"
    assert rule.quantity == "A toggle frequency" or rule.quantity == "toggle frequency"


def test_an_entire_range_needs_both_ends():
    low, high = rules_of("p", "over the entire range from 218 K (-55 °C) to 398 K (125 °C)", decimal_comma=False).rules
    assert (low.operator, high.operator) == ("<=", ">=")
    assert [str(limit) for limit in high.limits] == ["398 K", "125 °C"]


def test_a_number_that_no_rule_accounts_for_is_told():
    assert rules_of("p", "a time of less than (N log2 N)/20,480 ms", decimal_comma=False).unread


def test_three_or_four_is_from_three_to_four_of_what_follows():
    rules = rules_of("p", "Three or four axes which can be coordinated", decimal_comma=True).rules
    assert [(rule.quantity, rule.operator, rule.limits[0].number) for rule in rules] == [
        ("axes", ">=", 3.0), ("axes", "<=", 4.0),
    ]  # fmt: skip
    assert rules_of("p", "two or five axes", decimal_comma=True).rules == ()


def test_what_is_counted_stands_behind_the_number():
    (rule,) = rules_of("p", "Machine tools for turning having two or more axes which move", decimal_comma=True).rules
    assert (rule.quantity, rule.operator, rule.limits[0].number) == ("axes", ">=", 2.0)
