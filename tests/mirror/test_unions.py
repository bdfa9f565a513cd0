"""Who is counted together on which day, and is a union never summed beside itself?"""

from datetime import date

from landwaiter.mirror.unions import in_force, incomplete_unions, members_among, neighbours_on, unions_on

TODAY = date(2024, 1, 1)


def test_a_union_has_its_members_of_the_day() -> None:
    before, after = (set(unions_on(day)["EU"]) for day in (date(2020, 1, 31), date(2020, 2, 1)))
    assert before - after == {"GB"}
    assert len(after) == 27


def test_neighbours_are_no_union_and_known_only_for_some_targets() -> None:
    assert neighbours_on(TODAY, ["RU", "KP"]) == {"RU": ["AM", "GE", "KG", "KZ", "UZ"]}
    assert set(unions_on(TODAY)) == {"EU"}


def test_one_member_alone_is_itself() -> None:
    assert members_among(["DE", "TW"], as_of=TODAY).num_rows == 0
    assert members_among(["DE", "PL"], as_of=TODAY).num_rows == 27


def test_a_union_that_speaks_for_itself_is_not_summed_again() -> None:
    assert members_among(["DE", "PL", "EU"], as_of=TODAY, silent_only=True).num_rows == 0
    assert members_among(["DE", "PL", "EU"], as_of=TODAY).num_rows == 27


def test_a_union_of_which_only_some_report_is_said() -> None:
    assert incomplete_unions(["DE", "PL", "TW"], as_of=TODAY) == [
        ("EU as a whole", "is the sum of 2 of its 27 members, the others do not report: DE, PL")
    ]
    assert incomplete_unions(["DE"], as_of=TODAY) == []
    assert incomplete_unions(unions_on(TODAY)["EU"], as_of=TODAY) == []


def test_a_fact_holds_on_both_its_ends() -> None:
    fact = {"valid_from": "2007-01-01", "valid_to": "2020-01-31"}
    days = [date(2006, 12, 31), date(2007, 1, 1), date(2020, 1, 31), date(2020, 2, 1)]
    assert [in_force(fact, day) for day in days] == [False, True, True, False]
    assert in_force(fact | {"valid_to": ""}, date(2100, 1, 1))
