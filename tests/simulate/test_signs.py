"""Do registers show of schemes what they say, and of their twins nearly the same?"""

import csv
from collections import Counter, defaultdict
from datetime import date

import pytest

from landwaiter.simulate.owners import PERSONS
from landwaiter.simulate.plan import OWNER_SIGNS, PAPER_SIGNS
from landwaiter.simulate.registers import FREE_HOSTS, OTHER_TRADES
from landwaiter.simulate.world import World

Row = dict[str, str]


def rows(world: World, name: str) -> list[Row]:
    with world.paths[name].open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def companies(dense: World) -> dict[str, Row]:
    """What the register says of each true firm that it holds."""
    by_id = {row["company_id"]: row for row in rows(dense, "companies")}
    told = [row for row in rows(dense, "firms") if row["source"] == "register"]
    return {row["firm_id"]: by_id[row["id"]] for row in told}


@pytest.fixture(scope="module")
def bearers(dense: World, companies: dict[str, Row]) -> dict[tuple[str, str], list[Row]]:
    """The registered subjects by sign and label."""
    found = defaultdict(list)
    for case in rows(dense, "truth"):
        for sign in filter(None, case["signs"].split(";")):
            if case["subject_id"] in companies:
                found[sign, case["label"]].append(companies[case["subject_id"]])
    return found


@pytest.fixture(scope="module")
def owners(dense: World) -> dict[str, list[Row]]:
    """The stakes in each company."""
    found = defaultdict(list)
    for row in rows(dense, "ownership"):
        found[row["owned_id"]].append(row)
    return found


@pytest.fixture(scope="module")
def named(dense: World) -> set[tuple[str, int]]:
    """Names of listed people with the number of the scheme that they belong to: others bear the same name by chance."""
    people = [row for row in rows(dense, "listings") if row["kind"] == "person"]
    return {(row["name"], int(row["listing_id"].split("-")[1])) for row in people}


def is_named(stake: Row, named: set[tuple[str, int]]) -> bool:
    number = (int(stake["owner_id"].removeprefix("person-")) - 2 * 10**9) // PERSONS
    return (stake["owner_name"], number) in named


@pytest.fixture(scope="module")
def listed(dense: World) -> dict[str, date]:
    """Names on the list and their days."""
    return {row["name"]: date.fromisoformat(row["listed_on"]) for row in rows(dense, "listings")}


def tops(company: str, owners: dict[str, list[Row]], seen: frozenset[str] = frozenset()) -> list[list[Row]]:
    """Every way up to a person."""
    ways = []
    for stake in owners.get(company, []):
        if stake["owner_kind"] == "person":
            ways.append([stake])
        elif stake["owner_id"] not in seen:
            ways += [[*way, stake] for way in tops(stake["owner_id"], owners, seen | {company})]
    return ways


@pytest.mark.parametrize("sign", [*OWNER_SIGNS, *PAPER_SIGNS])
def test_every_sign_has_three_innocent_look_alikes_for_each_scheme(dense: World, sign: str) -> None:
    labels = Counter(case["label"] for case in rows(dense, "truth") if sign in case["signs"].split(";"))
    assert labels["1"] >= 3
    # Heirs and clusters share things of their own accord; their twins do so no less often.
    assert labels["0"] >= (2 if sign == "shares_with_listed" else 3) * labels["1"]


def test_owners_of_schemes_are_listed_and_those_of_twins_are_not_or_own_next_to_nothing(
    bearers: dict[tuple[str, str], list[Row]], owners: dict[str, list[Row]], named: set[tuple[str, int]]
) -> None:
    for sign in OWNER_SIGNS:
        for firm in bearers[sign, "1"]:
            assert any(is_named(way[0], named) for way in tops(firm["company_id"], owners)), sign
        for firm in bearers[sign, "0"]:
            stakes = [way[0] for way in tops(firm["company_id"], owners)]
            for stake in [each for each in stakes if is_named(each, named)]:
                assert stake["valid_to"] or float(stake["share_max"]) <= 25, (sign, stake)


def test_shares_are_as_the_sign_says(
    bearers: dict[tuple[str, str], list[Row]], owners: dict[str, list[Row]], listed: dict[str, date]
) -> None:
    def first(sign: str) -> list[list[Row]]:
        ways = [tops(firm["company_id"], owners) for firm in bearers[sign, "1"]]
        return [next(way for way in each if way[0]["owner_name"] in listed) for each in ways]

    owned = [float(way[0]["share_min"]) for way in first("owned_by_listed")]
    assert min(owned) >= 50
    assert all(float(way[0]["share_max"]) < 50 for way in first("minority_owner"))
    bands = {(way[0]["share_min"], way[0]["share_max"]) for way in first("maybe_owned_by_listed")}
    assert bands <= {("25", "50"), ("25", "75"), ("", "")}
    assert all(len(way) == 4 for way in first("layered_owners"))
    for way in first("divested_owner"):
        gap = date.fromisoformat(way[0]["valid_to"]) - listed[way[0]["owner_name"]]
        assert abs(gap.days) <= 365


def test_papers_are_as_the_sign_says(bearers: dict[tuple[str, str], list[Row]]) -> None:
    assert all(firm["email"].split("@")[1] in FREE_HOSTS for firm in bearers["free_mail", "1"])
    assert all(firm["phone"].split()[0] in ("+7", "+375") for firm in bearers["phone_elsewhere", "1"])
    trades = Counter(firm["industry"] in OTHER_TRADES for firm in bearers["unrelated_trade", "1"])
    assert trades[True] > 0.8 * trades.total()  # A trader of several schemes says what the last of them says.
    assert sum(int(firm["employees"]) <= 2 for firm in bearers["over_capacity", "1"]) >= 3


def test_honest_firms_have_free_mail_foreign_phones_and_odd_trades_too(dense: World) -> None:
    firms = rows(dense, "companies")
    free = sum(firm["email"].partition("@")[2] in FREE_HOSTS for firm in firms) / len(firms)
    odd = sum(firm["industry"] in OTHER_TRADES for firm in firms) / len(firms)
    assert 0.05 < free < 0.2
    assert 0.02 < odd < 0.1


def test_company_services_have_more_firms_than_anybody_counts_as_rare(dense: World) -> None:
    shared = Counter((firm["country"], firm["address"]) for firm in rows(dense, "companies") if firm["address"])
    assert sum(many > 20 for many in shared.values()) >= 2


def test_a_listed_address_is_that_of_a_firm_which_trades(
    dense: World, bearers: dict[tuple[str, str], list[Row]]
) -> None:
    addresses = {row["addresses"] for row in rows(dense, "listings") if row["addresses"]}
    assert addresses
    known = [firm["address"] for firm in bearers["listed_address", "1"] if firm["address"]]
    assert known
    # Of two firms in Hong Kong one may write in Chinese and the other in English.
    assert sum(address in addresses for address in known) >= len(known) / 2


def test_shared_contacts_are_those_of_a_listed_firm(
    dense: World, bearers: dict[tuple[str, str], list[Row]], listed: dict[str, date]
) -> None:
    def contacts(firm: Row) -> set[str]:
        domain = firm["email"].partition("@")[2]
        return {firm["phone"], firm["address"], *({domain} - set(FREE_HOSTS))} - {""}

    homes = {row["other_names"] or row["name"] for row in rows(dense, "listings")} | set(listed)
    of_listed = set().union(*(contacts(firm) for firm in rows(dense, "companies") if firm["name"] in homes))
    assert sum(bool(contacts(firm) & of_listed) for firm in bearers["shares_with_listed", "1"]) >= 3
