"""Are freight and careless books found that were planted, and left unsaid where there is too little?"""

import numpy as np
import pyarrow as pa
import pytest

from landwaiter.mirror.books import before_controls, differences, freight


def pairs_of(rows):
    names = ("exporter", "importer", "hs6", "year", "exports_cents", "imports_cents")
    return pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows])


def planted(careless="KG", added=0.08):
    """Ten years of four sellers and four buyers; one buyer's books are half or double the truth."""
    chance = np.random.default_rng(3)
    rows = []
    for year in range(2010, 2020):
        for seller in ("DE", "JP", "TW", "US"):
            for buyer in ("AM", "KG", "KZ", "UZ"):
                sold = int(chance.integers(10**8, 10**9))
                factor = chance.choice([0.5, 2.0]) if buyer == careless else chance.uniform(0.98, 1.02)
                rows.append((seller, buyer, "TOTAL", year, sold, int(sold * (1 + added) * factor)))
    return pairs_of(rows)


def test_freight_is_learned_from_the_middle():
    assert freight(planted()) == pytest.approx(0.08, abs=0.01)


def test_freight_is_never_negative_nor_beyond_belief():
    assert freight(planted(added=-0.3)) == 0
    assert freight(planted(added=0.9)) == 0.2


def test_of_few_pairs_nothing_is_learned():
    assert freight(planted().slice(0, 9)) is None
    assert freight(pairs_of([("DE", "KG", "TOTAL", 2019, 0, 5)] * 20)) is None


def test_the_careless_books_are_named_and_their_partners_are_not():
    told = differences(planted(), 0.08).to_pylist()
    assert (told[0]["country"], told[0]["side"]) == ("KG", "imports")
    assert told[0]["differs"] > 0.2
    assert all(row["differs"] < 0.05 for row in told[1:])
    assert all(row["pairs"] == 40 for row in told)


def test_only_years_before_the_controls_teach():
    rows = [("EU", "KG", "TOTAL", year, 100, 90) for year in (2020, 2021, 2022)]
    controls = pa.table({"exporter": ["EU"], "year": [2022]})
    assert before_controls(pairs_of(rows), controls).column("year").to_pylist() == [2020, 2021]
