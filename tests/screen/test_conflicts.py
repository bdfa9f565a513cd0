"""What is held against a firm being the listed one of its name, and what is not?"""

import pytest

from landwaiter.engine.duck import open_duck
from screen.test_match import listing, matches, party

KUPOL = {"kind": "organisation", "countries": ["RU"], "identifiers": ["inn:1831083343"]}


@pytest.mark.parametrize(
    ("listed", "ours", "said"),
    [
        ({}, {"country": "RU"}, ""),
        ({}, {"country": "TR"}, "country"),
        ({}, {"country": None}, ""),
        ({"countries": []}, {"country": "TR"}, ""),
        ({"countries": ["RU", "TR"]}, {"country": "TR"}, ""),
        ({"countries": ["CN"]}, {"country": "HK"}, ""),
        ({"kind": "person"}, {"country": "TR"}, ""),
        ({}, {"country": "TR", "source_ids": ["RU:1831083343"]}, ""),
        ({}, {"country": "RU", "source_ids": ["RU:7707083893"]}, "identifier"),
        ({}, {"country": "TR", "source_ids": ["RU:7707083893"]}, "country and identifier"),
    ],
)
def test_another_country_or_number_is_a_conflict(tmp_path, listed, ours, said):
    with open_duck(tmp_path, memory_mb=500, threads=1) as corridor:
        entry = listing("us:7", "JSC Kupol", **{**KUPOL, **listed})
        kind = "unknown" if listed.get("kind") == "person" else "organisation"
        found = matches(corridor, [entry], [party(1, "JSC Kupol", kind=kind, **ours)], threshold=0.5)
    assert [one["conflict"] for one in found] == [said]
