"""Are countries found by code and by the names that customs books use, and is nothing guessed?"""

import pytest

from landwaiter.ref.countries import country_code, country_name
from landwaiter.ref.facts import read_facts


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TW", "TW"),
        ("tw", "TW"),
        ("TWN", "TW"),
        ("Taiwan", "TW"),
        ("臺灣", "TW"),
        ("台湾", "TW"),
        ("Тайвань", "TW"),
        ("Taiwan, Province of China", "TW"),
        ("Other Asia, nes", "TW"),
        ("China, Hong Kong SAR", "HK"),
        ("Rep. of Korea", "KR"),
        ("Chinese Taipei", "TW"),
        ("Hong Kong", "HK"),
        ("香港", "HK"),
        ("Гонконг", "HK"),
        ("RUSSIAN FEDERATION", "RU"),
        ("Росія", "RU"),
        ("Côte d’Ivoire", "CI"),
        ("Cote d'Ivoire", "CI"),
        ("U.S.A.", "US"),
        ("США", "US"),
        ("Turkiye", "TR"),
        ("Türkiye", "TR"),
        ("TURKEY", "TR"),
        ("Korea, Republic of", "KR"),
        ("north korea", "KP"),
        ("ОАЭ", "AE"),
        ("  Kazakhstan ", "KZ"),
        ("Беларусь", "BY"),
        ("Китай", "CN"),
        ("Bosnia & Herzegovina", "BA"),
        ("Kosovo", "XK"),
    ],
)
def test_a_country_is_found_by_code_and_by_name(text: str, code: str):
    assert country_code(text) == code


@pytest.mark.parametrize("text", ["", "XX", "ZZ", "Atlantis", "EU", "Korea (both)", "Китай и Гонконг", "T W", "886"])
def test_what_is_no_country_is_unknown(text: str):
    assert country_code(text) is None


def test_no_name_stands_for_two_countries():
    """Reading all names back gives each row its own code, so that no later row took a name over."""
    for row in read_facts("countries").to_pylist():
        names = [row[column] for column in row if column.startswith("name_")] + row["other_names"].split(";")
        for name in (row["alpha2"], row["alpha3"], *filter(None, names)):
            assert country_code(name) == row["alpha2"], name


def test_codes_are_well_formed_and_have_names():
    rows = read_facts("countries").to_pylist()
    assert len(rows) == len({row["alpha2"] for row in rows}) == len({row["alpha3"] for row in rows}) == 250
    assert all(len(row["alpha2"]) == 2 and len(row["alpha3"]) == 3 and row["name_en"] for row in rows)
    assert country_name("TW") == "Taiwan"
    with pytest.raises(KeyError):
        country_name("XX")
