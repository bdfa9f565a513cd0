"""Does every fact table name its source and hold what its readers expect?"""

import re

import pytest

from landwaiter.ref.facts import HERE, read_facts

NAMES = sorted(path.stem for path in HERE.glob("*.csv"))


@pytest.mark.parametrize("name", NAMES)
def test_a_fact_table_names_its_origin_and_repeats_no_row(name):
    assert (HERE / f"{name}.csv").read_text(encoding="utf-8").startswith("# ")
    rows = [tuple(row.values()) for row in read_facts(name).to_pylist()]
    assert len(rows) == len(set(rows))


def test_the_priority_list_has_its_fifty_codes_in_six_tiers():
    codes = read_facts("chpl").to_pylist()
    assert len({code["hs6"] for code in codes}) == 50
    tiers = [code["tier"] for code in codes]
    assert {tier: tiers.count(tier) for tier in sorted(set(tiers))} == {
        "1": 4, "2": 5, "3.A": 16, "3.B": 9, "4.A": 11, "4.B": 5
    }  # fmt: skip
    assert all(re.fullmatch(r"\d{6}", code["hs6"]) for code in codes)


def test_every_priority_heading_is_in_one_family_at_most():
    headings = read_facts("goods_families")["hs4"].to_pylist()
    assert len(headings) == len(set(headings))
