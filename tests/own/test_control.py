"""Do holdings between parties become answers of every regime, and one sentence for each owner?"""

from datetime import date

import pyarrow as pa
import pytest

from landwaiter.engine.duck import open_duck
from landwaiter.own.control import control, regimes_of
from landwaiter.tables import TABLES
from own.holding import holdings

DAY = date(2026, 1, 15)


def controlled(table, matches, folder, programmes=()):
    """control_of and owners of a world in which party `p-A` is holder `A`."""
    held = sorted({*table.column("owner_id").to_pylist(), *table.column("owned_id").to_pylist()})
    parties = [
        {"party_id": f"p-{one}", "name": one, "kind": "unknown", "country": None, "names": [one], "source_ids": [],
         "why_merged": []} for one in held
    ]  # fmt: skip
    listing = dict.fromkeys(TABLES["listings_matched"].schema.names)
    rows = {
        "ownership": table.to_pylist(),
        "holders": [{"holder_id": one, "name": one, "party_id": f"p-{one}"} for one in held],
        "parties": parties,
        "matches": matches,
        "listings_matched": [
            listing | {"listing_id": one["listing_id"], "list": one["list"], "kind": "unknown", "name": "L",
                       "countries": [], "birth_dates": [], "addresses": [], "identifiers": [],
                       "programmes": list(programmes)} for one in matches
        ],
    }  # fmt: skip
    with open_duck(folder, memory_mb=500, threads=1) as corridor:
        for name, lines in rows.items():
            corridor.put(name, pa.Table.from_pylist(lines, schema=TABLES[name].schema))
        control(corridor, as_of=DAY)
        return corridor.get("control_of").to_pylist(), corridor.get("owners").to_pylist()


def match(party, list_name="made", score=0.9):
    nothing = dict.fromkeys(TABLES["matches"].schema.names)
    return nothing | {"party_id": f"p-{party}", "listing_id": f"{list_name}:1", "list": list_name, "name_matched": "L",
                      "score": score, "reason": "name", "as_of": DAY, "decision": "", "decided": ""}  # fmt: skip


def test_an_owner_two_companies_away_stands_behind_the_party(tmp_path):
    control_of, owners = controlled(holdings("X>A 51", "A>B 50"), [match("X")], tmp_path)
    assert {(row["party_id"], row["regime"]): row["answer"] for row in control_of if row["answer"] == "yes"} == {
        ("p-A", "us_50"): "yes", ("p-B", "us_50"): "yes", ("p-A", "eu"): "yes", ("p-B", "eu"): "yes",
        ("p-A", "uk"): "yes",
    }  # fmt: skip
    of_b = next(row for row in owners if row["party_id"] == "p-B")
    assert (of_b["answer"], of_b["way"], of_b["steps"], of_b["listed_party"]) == ("yes", "X > A > B", 2, "p-X")
    assert "on 2026-01-15: OFAC 50 % rule: yes" in of_b["verdicts"]
    assert "BIS Affiliates rule: not in force" in of_b["verdicts"]
    assert "UK ownership and control: no" in of_b["verdicts"]
    assert of_b["match_score"] == 0.9


def test_a_list_begins_the_cascade_of_its_own_regime_only(tmp_path):
    control_of, _ = controlled(holdings("X>A 60"), [match("X", "gb_ukslist")], tmp_path)
    assert {(row["regime"], row["answer"]) for row in control_of} == {("uk", "yes")}


def test_an_owner_whom_an_officer_cleared_begins_nothing(tmp_path):
    assert controlled(holdings("X>A 60"), [match("X") | {"decision": "cleared"}], tmp_path) == ([], [])


def test_of_two_owners_each_has_a_sentence(tmp_path):
    _, owners = controlled(holdings("X>A 30", "Y>A 30"), [match("X"), match("Y", score=0.8)], tmp_path)
    assert [(row["listed_party"], row["answer"]) for row in owners] == [("p-X", "yes"), ("p-Y", "yes")]


def test_nobody_listed_gives_two_empty_tables(tmp_path):
    assert controlled(holdings("X>A 60"), [], tmp_path) == ([], [])


@pytest.mark.parametrize(
    ("list_name", "programmes", "regimes"),
    [
        ("us_ofac_sdn", ["RUSSIA-EO14024"], {"us_50", "us_bis_affiliates"}),
        ("us_ofac_sdn", ["CUBA"], {"us_50"}),
        ("us_csl", ["EL"], {"us_bis_affiliates"}),
        ("ua_war_sanctions", [], set()),
        ("my own list", [], {"us_50", "us_bis_affiliates", "eu", "uk", "tw", "jp"}),
    ],
)
def test_which_regimes_a_list_begins(list_name, programmes, regimes):
    assert regimes_of(list_name, programmes) == regimes
