"""Are priority goods known by their code, on their day, and under the code they had before 2022?"""

import csv
from datetime import date
from pathlib import Path

import pytest

from landwaiter.classify.priority import priority_codes
from landwaiter.ref.facts import read_facts

SHARED = Path(__file__).parents[3] / "shared" / "data"


def answers(as_of):
    return {row["hs6"]: (row["answer"], row["tier"]) for row in priority_codes(as_of).to_pylist()}


def test_a_code_counts_from_the_day_it_was_listed():
    assert "854231" not in answers(date(2023, 5, 18))
    assert answers(date(2023, 5, 19))["854231"] == ("caught", "1")
    assert "845710" not in answers(date(2024, 2, 22))
    assert answers(date(2024, 2, 23))["845710"] == ("caught", "4.B")


def test_a_wider_code_of_2017_is_only_possible():
    assert answers(date(2024, 6, 1))["854890"] == ("possible", "2")
    assert answers(date(2024, 6, 1))["854800"] == ("caught", "2")


@pytest.mark.parametrize("folder", ["trade", "control-lists"])
def test_our_table_is_the_published_list(folder):
    published = SHARED / folder / "chpl.csv"
    if not published.exists():
        pytest.skip("the shared data folder is not here")
    with published.open(encoding="utf-8", newline="") as file:
        theirs = {(row["hs6"], row["tier"]) for row in csv.DictReader(file)}
    assert {(row["hs6"], row["tier"]) for row in read_facts("chpl").to_pylist()} == theirs
