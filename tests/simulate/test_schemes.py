"""Is what was planted really in the rows, and do innocent twins differ in what makes them innocent?"""

from datetime import date, timedelta

import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from landwaiter.simulate.chunk import make_chunk
from landwaiter.simulate.facts import countries, goods
from landwaiter.simulate.plan import INNOCENT, plan_schemes
from landwaiter.simulate.world import World

TARGETS = ("RU", "BY")
Line = dict[str, object]
Case = dict[str, object]


@pytest.fixture(scope="module")
def cases(dense: World) -> list[Case]:
    """The rows of the truth, each with its lines in `arrivals` (at the subject) and `departures` (all others)."""
    lines = {line["shipment_id"]: line for line in pq.read_table(dense.paths["shipments"]).to_pylist()}
    found = []
    for case in pacsv.read_csv(dense.paths["truth"]).to_pylist():
        steps = str(case["steps"]).split(";")
        legs = [(lines[each], step) for each, step in zip(case["shipment_ids"].split(";"), steps, strict=True)]
        legs.sort(key=lambda one: one[0]["declared_on"])
        case["arrivals"] = [leg for leg, step in legs if step == "1"]
        case["departures"] = [leg for leg, step in legs if step != "1"]
        found.append(case)
    return found


def roles_of(case: Case) -> list[tuple[str, str]]:
    return [(one.split(":")[0], one.split(":")[1]) for one in str(case["roles"]).split(";")]


def of(cases: list[Case], typology: str, innocent: str | None = None) -> list[Case]:
    kept = [case for case in cases if case["typology"] == typology and (case["innocent"] or "") == (innocent or "")]
    assert len(kept) >= 4
    return kept


def pieces(lines: list[Line]) -> int:
    return sum(int(line["quantity"]) for line in lines)


def control_of(case: Case) -> date:
    starts = {}
    for code, day in zip(countries().code, countries().control_from, strict=True):
        starts[code] = date(1970, 1, 1) + timedelta(days=int(day)) if day < 10**5 else date.max
    return min(starts[leg["dispatch_country"]] for leg in case["arrivals"])


def is_listed(line: Line) -> bool:
    return bool(goods().is_listed[goods().number(line["hs_code"])])


def to_target(lines: list[Line]) -> float:
    return pieces([line for line in lines if line["destination_country"] in TARGETS]) / max(1, pieces(lines))


@pytest.mark.parametrize("typology", ["T01", "T02", "T03", "T05", "T06", "T08"])
def test_listed_goods_of_controlled_origin_reach_a_target(cases: list[Case], typology: str) -> None:
    for case in of(cases, typology):
        after = [leg for leg in case["arrivals"] if leg["declared_on"] >= control_of(case)]
        assert after
        assert all(is_listed(leg) for leg in after)
        # Shells and heirs sell to nobody else; old traders keep some other customers.
        assert to_target(case["departures"]) >= (1.0 if typology in ("T01", "T02", "T03") else 0.2)


def test_a_shell_begins_after_the_control_date_and_passes_on_nearly_all(dense: World, cases: list[Case]) -> None:
    ids = {row["firm_id"]: row for row in pacsv.read_csv(dense.paths["firms"]).to_pylist()}
    registered = {row["name"]: row for row in pacsv.read_csv(dense.paths["companies"]).to_pylist()}
    for case in of(cases, "T01"):
        assert case["subject_id"] in ids
        first = case["arrivals"][0]["declared_on"]
        assert first > control_of(case)
        if case["subject_name"] in registered:  # Outside the hubs four firms in ten are.
            age = (first - registered[case["subject_name"]]["incorporated_on"]).days
            assert 7 <= age <= 330
        assert pieces(case["departures"]) >= 0.8 * pieces(case["arrivals"])


def test_a_shells_lots_leave_within_ninety_days(cases: list[Case]) -> None:
    for case in of(cases, "T01"):
        for out in case["departures"]:
            earlier = [out["declared_on"] - leg["declared_on"] for leg in case["arrivals"]]
            assert any(timedelta(days=3) <= wait <= timedelta(days=90) for wait in earlier)


def test_new_distributors_keep_most_or_sell_elsewhere(cases: list[Case]) -> None:
    for case in of(cases, "T01", "new distributor with local sales"):
        assert pieces(case["departures"]) < 0.5 * pieces(case["arrivals"])
    for case in of(cases, "T01", "new regional distributor"):
        assert to_target(case["departures"]) == 0.0
        assert pieces(case["departures"]) >= 0.6 * pieces(case["arrivals"])
    for case in of(cases, "T01", "new trader in civil goods"):
        assert not any(is_listed(leg) for leg in case["arrivals"])


def test_direct_lots_stop_when_the_hub_begins(cases: list[Case]) -> None:
    for case in of(cases, "T02"):
        direct = [leg for leg in case["arrivals"] if leg["destination_country"] in TARGETS]
        behind = [leg for leg in case["arrivals"] if leg["destination_country"] not in TARGETS]
        assert direct
        assert behind
        assert max(leg["declared_on"] for leg in direct) <= control_of(case)
        assert min(leg["declared_on"] for leg in behind) > control_of(case)


def test_the_seller_stays_the_same_behind_the_hub(cases: list[Case]) -> None:
    for case in of(cases, "T02") + of(cases, "T02", "civil goods through a distributor"):
        direct = {leg["exporter_name"] for leg in case["arrivals"] if leg["destination_country"] in TARGETS}
        behind = {leg["exporter_name"] for leg in case["arrivals"] if leg["destination_country"] not in TARGETS}
        assert direct & behind


def test_the_hub_has_the_director_of_the_buyer_behind_it(dense: World) -> None:
    chunk = make_chunk(dense.parameters, plan_schemes(dense.parameters), 0)
    found = [one for one in chunk.planted if one.scheme.typology == "T02" and one.scheme.variant in (-1, 0)]
    assert found
    officer = chunk.cast.officer_no
    for one in found:
        assert officer[one.subject] in officer[list(one.buyers)]


def test_a_phoenix_takes_over_suppliers_after_a_gap(dense: World, cases: list[Case]) -> None:
    spelled = {
        (row["name"], row["reporter"]): row["firm_id"] for row in pacsv.read_csv(dense.paths["firms"]).to_pylist()
    }
    for case in of(cases, "T03"):
        new, old = [], []
        for leg in case["departures"]:
            firm = spelled[leg["consignee_name"], leg["reporter"]]
            (new if firm == case["subject_id"] else old).append(leg)
        gap = (min(leg["declared_on"] for leg in new) - max(leg["declared_on"] for leg in old)).days
        assert 0 < gap < 240
        sellers = [{spelled[leg["exporter_name"], leg["reporter"]] for leg in legs} for legs in (new, old)]
        assert len(sellers[0] & sellers[1]) / len(sellers[0] | sellers[1]) >= 0.5


def test_old_importers_of_schemes_are_listed_and_no_twin_is(dense: World, cases: list[Case]) -> None:
    listed = {row["listing_id"] for row in pacsv.read_csv(dense.paths["listings"]).to_pylist()}
    for case in of(cases, "T03"):
        assert f"made:m-{case['scheme_id'][2:]}" in listed
    twins = [case for case in cases if case["label"] == 0]
    assert not {f"made:m-{case['scheme_id'][2:]}" for case in twins} & listed


@pytest.mark.parametrize("innocent", ["", "back-to-back trade in civil goods", "drop shipments to neighbours"])
def test_exact_lots_leave_in_the_same_odd_quantity_within_sixty_days(cases: list[Case], innocent: str) -> None:
    for case in of(cases, "T05", innocent):
        matched = 0
        for out in case["departures"]:
            same = [leg for leg in case["arrivals"] if leg["quantity"] == out["quantity"]]
            matched += any(0 < (out["declared_on"] - leg["declared_on"]).days <= 60 for leg in same)
        assert matched == len(case["departures"]) > 0


def test_split_lots_agree_in_sum_only(cases: list[Case]) -> None:
    for case in of(cases, "T06"):
        assert pieces(case["departures"]) == pieces(case["arrivals"])
        arrived = {leg["quantity"] for leg in case["arrivals"]}
        assert sum(leg["quantity"] in arrived for leg in case["departures"]) <= 1
        assert len(case["departures"]) > len(case["arrivals"]) / 2


def test_relabelled_goods_keep_count_and_mass_under_another_heading(cases: list[Case]) -> None:
    for case in of(cases, "T08"):
        assert case["departures"]
        for out in case["departures"]:
            same = [leg for leg in case["arrivals"] if leg["quantity"] == out["quantity"]]
            assert all(out["hs_code"][:4] != leg["hs_code"][:4] for leg in same)
            mass = [pytest.approx(leg["net_mass_kg"], rel=0.01, abs=0.002) for leg in same]
            assert out["net_mass_kg"] in mass


def test_assembly_changes_count_and_mass(cases: list[Case]) -> None:
    for case in of(cases, "T08", "assembly"):
        arrived = {leg["quantity"] for leg in case["arrivals"]}
        assert not any(leg["quantity"] in arrived for leg in case["departures"])
        assert {leg["hs_code"] for leg in case["departures"]} <= {"851713"}


@pytest.mark.parametrize("innocent", ["", *INNOCENT["T13"]])
def test_a_hubs_share_jumps_after_the_control_date(dense: World, innocent: str) -> None:
    cases = pacsv.read_csv(dense.paths["truth"]).to_pylist()
    lines = pq.read_table(dense.paths["shipments"]).to_pylist()
    for case in [c for c in cases if c["typology"] == "T13" and (c["innocent"] or "") == innocent]:
        route, code = case["subject_id"].split(":")
        origin, hub = route.split(">")
        codes = {code, goods().before_2022[goods().number(code)]}
        sold = [line for line in lines if line["dispatch_country"] == origin and line["hs_code"] in codes]
        shares = []
        for legs in (
            [line for line in sold if line["declared_on"] < case["first_on"]],
            [line for line in sold if line["declared_on"] >= case["first_on"]],
        ):
            usd = sum(line["value_usd"] or 0 for line in legs)
            shares.append(sum(line["value_usd"] or 0 for line in legs if line["destination_country"] == hub) / usd)
        assert shares[1] - shares[0] > 0.25, (case, shares)
        assert shares[0] < 0.35


def test_parcels_are_of_several_goods_and_honest_trade_has_as_small_ones(dense: World, cases: list[Case]) -> None:
    for case in of(cases, "T15"):
        assert len({leg["hs_code"] for leg in case["arrivals"]}) > 1
        worth = sorted(leg["value_usd"] or 0 for leg in case["arrivals"])
        assert worth[len(worth) // 2] < 1_000
    planted = {each for case in cases for each in str(case["shipment_ids"]).split(";")}
    honest = [
        line for line in pq.read_table(dense.paths["shipments"]).to_pylist()
        if line["shipment_id"] not in planted and line["hs_code"] in set(goods().hs6) and is_listed(line)
    ]  # fmt: skip
    small = [line for line in honest if 250 < (line["value_usd"] or 0) < 1_500]
    assert len(small) > 0.03 * len(honest)


@pytest.mark.parametrize("innocent", ["", *INNOCENT["T19"]])
def test_a_route_ramps_when_the_controls_begin(cases: list[Case], innocent: str) -> None:
    for case in of(cases, "T19", innocent):
        begins = {"TW": date(2022, 4, 6)}.get(str(case["subject_id"])[:2], date(2022, 2, 24))
        past = pieces([leg for leg in case["arrivals"] if begins - timedelta(days=181) <= leg["declared_on"] < begins])
        half = timedelta(days=181)
        now = pieces([leg for leg in case["arrivals"] if begins <= leg["declared_on"] < begins + half])
        assert now > 3 * past > 0
        if innocent in ("", "growth of civil goods"):
            assert to_target(case["departures"]) > 0.5
        elif innocent == "new contract with neighbours":
            assert to_target(case["departures"]) == 0.0
