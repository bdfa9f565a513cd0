"""Are two printings of one paragraph told to be the same words, and its form read from its wording?"""

import pytest

from landwaiter.ref.legal import digest_of, effect_of, is_unused, joins_of, same_words


@pytest.mark.parametrize(
    ("one", "other", "comma"),
    [
        (
            "A total dose of 5 × 10<sup>3</sup> Gy (Si), or higher;",
            "A total dose of 5 x 10 3 Gy (Si), or higher; *or*",
            False,
        ),
        ("exceeding 1,250 MSPS “peak”", 'exceeding 1250 MSPS "peak"', False),
        ("greater than 1,30 GSPS", "greater than 1,3 GSPS", True),
        ("below −55 °C", "below -55 °C", False),
        ("analogue-to-digital, digitised", "Analog-to-digital, digitized;", False),
    ],
)
def test_form_does_not_make_other_words(one, other, comma):
    assert same_words(one, decimal_comma=comma) == same_words(other, decimal_comma=comma)


@pytest.mark.parametrize(
    ("one", "other", "comma"),
    [
        ("exceeding 90 GHz", "exceeding 110 GHz", False),
        ("1,3 GSPS", "13 GSPS", True),
        ("greater than 9 ns", "less than 9 ns", False),
    ],
)
def test_other_words_stay_other(one, other, comma):
    assert same_words(one, decimal_comma=comma) != same_words(other, decimal_comma=comma)


def test_the_hash_follows_letters_and_not_spaces():
    assert digest_of("A  rate\nof 3") == digest_of("A rate of 3")
    assert digest_of("A rate of 3") != digest_of("A rate of 4")


def test_the_wording_says_how_paragraphs_are_joined_and_what_a_note_does():
    assert joins_of("having all of the following:") == "all"
    assert joins_of("integrated circuits having any of the following:") == "any"
    assert joins_of("Cells as follows:") == "any"
    assert joins_of("A fluence of 3;") == ""
    assert effect_of("3A001.g does not control thyristors for civil aircraft.") == "narrows"
    assert effect_of("For ADCs that process see 3A001.a.14.") == "points"
    assert effect_of("3A001.i includes modulators with connectors.") == "widens"
    assert effect_of("For the purposes of 3A001.i, 'x' is the voltage.") == "defines"
    assert is_unused("[Reserved]")
    assert is_unused("Not used;")
    assert not is_unused("Used for nothing else")
