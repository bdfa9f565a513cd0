"""Do registers, owners and the list tell the same story as the truth?"""

from datetime import date

import pyarrow.csv as pacsv

from landwaiter.simulate.facts import countries
from landwaiter.simulate.world import World


def rows(world: World, name: str) -> list[dict[str, object]]:
    return list(pacsv.read_csv(world.paths[name]).to_pylist())


def test_companies_have_numbers_of_their_own_and_mostly_an_address(dense: World) -> None:
    companies = rows(dense, "companies")
    assert len({row["company_id"] for row in companies}) == len(companies) > 1_000
    assert sum(row["address"] is not None for row in companies) > 0.6 * len(companies)
    assert all(row["officers"] for row in companies)


def test_every_subject_in_a_hub_or_target_is_registered(dense: World) -> None:
    names = {row["name"] for row in rows(dense, "companies")}
    role = countries().role
    open_books = set(countries().code[(role == "hub") | (role == "target")].tolist())
    for case in rows(dense, "truth"):
        if case["subject_kind"] == "party" and case["subject_country"] in open_books:
            assert case["subject_name"] in names


def test_the_list_names_parties_of_this_world_and_others(dense: World) -> None:
    listings = rows(dense, "listings")
    spelled = {row["name"] for row in rows(dense, "firms")}
    known = [row for row in listings if row["other_names"] in spelled or row["name"] in spelled]
    assert 0 < len(known) < len(listings)
    assert all(date(1990, 1, 1) < row["listed_on"] for row in listings)
