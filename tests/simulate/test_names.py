"""Do firms have names of their own, and does every book spell them its own way?"""

from collections import defaultdict
from dataclasses import replace

import numpy as np
import pyarrow.csv as pacsv
import pytest

from landwaiter.simulate.facts import Ints, countries
from landwaiter.simulate.names import Mentions, address, book_number, register_number, spell, written_in
from landwaiter.simulate.plan import Parameters
from landwaiter.simulate.world import World


def firms(number: Ints, country: str, reporter: str) -> Mentions:
    same = np.zeros(len(number), dtype=np.int64)
    place, book = (np.full(len(number), countries().number(code)) for code in (country, reporter))
    return Mentions(number, number, same, number, place, book, same)


def quiet(parameters: Parameters) -> Parameters:
    """The same world in which nobody mistypes or leaves away a word."""
    return replace(parameters, typo_rate=0.0, word_lost_rate=0.0)


@pytest.mark.parametrize("country", ["TW", "CN", "KZ", "TR", "RU", "DE"])
def test_two_hundred_thousand_firms_of_one_country_have_different_names(parameters: Parameters, country: str) -> None:
    names = spell(parameters, firms(np.arange(200_000), country, country))
    stems = [name.split("»")[0] for name in names]  # Legal forms alone must not be what differs.
    assert len(set(names)) == 200_000
    assert len(set(stems)) > 190_000


def test_names_past_the_tables_number_still_differ(parameters: Parameters) -> None:
    size = 40 * 24 * 20 * 24
    first, second = (spell(parameters, firms(np.arange(50) + shift, "DE", "DE")) for shift in (0, size))
    assert not set(first) & set(second)


def test_each_script_is_written_where_it_belongs(parameters: Parameters) -> None:
    number = np.arange(300)
    at_home = {code: "".join(spell(parameters, firms(number, code, code))) for code in ("TW", "CN", "RU", "KZ", "TR")}
    assert "股份有限公司" in at_home["TW"]
    assert "電子" in at_home["TW"]
    assert "电子" in at_home["CN"]
    assert "電" not in at_home["CN"]
    assert "ООО" in at_home["RU"]
    assert "ТОО" in at_home["KZ"]
    assert "Şti." in at_home["TR"]
    abroad = spell(parameters, firms(number, "KZ", "TW"))
    assert sum(name.isascii() for name in abroad) > 250
    assert all(name == name.upper() for name in abroad)


def test_a_taiwanese_brand_is_romanised_as_in_taiwan_and_a_chinese_one_as_in_china(parameters: Parameters) -> None:
    calm, number = quiet(parameters), np.arange(400)
    taiwanese = " ".join(spell(calm, firms(number, "TW", "DE"))).lower()
    chinese = " ".join(spell(calm, firms(number, "CN", "DE"))).lower()
    assert "hsin" in taiwanese
    assert "hsin" not in chinese
    assert "xin" in chinese


def test_one_firms_brand_is_the_same_in_its_own_and_in_foreign_books(parameters: Parameters) -> None:
    calm, number = quiet(parameters), np.arange(200)
    home = spell(calm, firms(number, "TR", "TR"))
    abroad = spell(calm, firms(number, "TR", "US"))
    for ours, theirs in zip(home, abroad, strict=True):
        assert ours.split()[0].upper() in theirs


def test_books_make_as_many_slips_as_the_world_drew(parameters: Parameters) -> None:
    number = np.arange(20_000)
    clean = spell(quiet(parameters), firms(number, "TR", "DE"))
    real = spell(parameters, firms(number, "TR", "DE"))
    share = float(np.mean(clean != real))
    expected = parameters.typo_rate + parameters.word_lost_rate
    assert expected * 0.7 < share < expected * 1.2


def test_numbers_are_unique_within_a_reporter_only(parameters: Parameters) -> None:
    number = np.arange(200_000)
    for country in ("TW", "MN", "BR"):
        own = register_number(parameters, number, np.full(len(number), countries().number(country)))
        assert len(set(own)) == len(own)
    here, there = (book_number(parameters, firms(number, "KZ", book)) for book in ("TW", "DE"))
    assert len(set(here) - {""}) == sum(here != "")
    assert set(here) & set(there) - {""}
    known = (here != "") & (there != "")
    assert np.all(here[known] != there[known])


def test_foreign_books_lack_as_many_numbers_as_the_world_drew(parameters: Parameters) -> None:
    numbers = book_number(parameters, firms(np.arange(20_000), "KZ", "TW"))
    assert float(np.mean(numbers != "")) == pytest.approx(parameters.foreign_id_rate, abs=0.02)


def test_addresses_follow_the_script_of_the_name(parameters: Parameters) -> None:
    who = firms(np.arange(500), "RU", "RU")
    places = [place for place in address(parameters, who, written_in(parameters, who)) if place]
    assert 0.6 < len(places) / 500 < 0.95
    assert all("ул." in place for place in places)


def test_firms_of_a_world_are_told_apart_by_their_home_spelling(world: World) -> None:
    known = defaultdict(set)
    for row in pacsv.read_csv(world.paths["firms"]).to_pylist():
        if row["country"] == row["reporter"]:
            known[row["reporter"], row["name"]].add(row["firm_id"])
    assert len(known) > 100
    assert all(len(firms) == 1 for firms in known.values())


def test_most_firms_are_spelled_in_more_than_one_way(world: World) -> None:
    spellings = defaultdict(set)
    for row in pacsv.read_csv(world.paths["firms"]).to_pylist():
        spellings[row["firm_id"]].add(row["name"])
    assert sum(len(names) > 1 for names in spellings.values()) > len(spellings) / 5
