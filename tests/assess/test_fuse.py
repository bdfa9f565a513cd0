"""Does the score add up findings, once each, and can it say why?"""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from landwaiter.assess.fuse import Pointer, assess, read_weights, score
from landwaiter.engine.duck import open_duck
from landwaiter.flags.judge import find_flags, judge
from worlds.small import put_world, read_worlds

WEIGHTS = read_weights()
FLAGS = find_flags()
INNOCENT = {flag.name: flag.card["innocent"] for flag in FLAGS}
PARTY_FLAGS = sorted(term for kind, term in WEIGHTS if kind == "party" and term != "intercept")
pointers = st.lists(
    st.builds(Pointer, st.just("id"), st.sampled_from(PARTY_FLAGS), st.floats(0, 1)), min_size=1, max_size=8
)


@given(pointers, st.sampled_from(PARTY_FLAGS), st.floats(0, 1))
def test_more_evidence_never_lowers_the_score(found, flag, strength):
    assert score("party", [*found, Pointer("more", flag, strength)], WEIGHTS) >= score("party", found, WEIGHTS)


@given(pointers)
def test_one_fact_told_twice_counts_once_and_order_does_not_matter(found):
    once = score("party", found, WEIGHTS)
    assert score("party", found + found, WEIGHTS) == once
    assert score("party", found[::-1], WEIGHTS) == once
    assert 0 < once < 1


def test_every_weight_is_of_a_flag():
    assert {term for _, term in WEIGHTS} - {"intercept", "hub", "view_c"} <= {flag.name for flag in FLAGS}


def test_a_route_whose_share_jumped_is_ranked_too(tmp_path):
    world = read_worlds(Path(__file__).parents[1] / "flags" / "hub_share_jump.md")["fires"]
    with open_duck(tmp_path, memory_mb=500, threads=1) as corridor:
        put_world(corridor, world)
        judge(corridor, FLAGS)
        assess(corridor, innocent=INNOCENT)
        leads = corridor.get("assessments").to_pylist()
    routes = [lead for lead in leads if lead["subject_kind"] == "route"]
    assert routes
    assert all(lead["name"] is None and 0 < lead["score"] < 1 and lead["value_usd"] > 0 for lead in routes)
    parties = [lead["rank"] for lead in leads if lead["subject_kind"] == "party"]
    assert max(parties) < min(lead["rank"] for lead in routes)


def test_a_flag_that_is_not_fitted_yet_counts_a_little():
    known = [Pointer("id", "relay", 0.8)]
    new = Pointer("id", "a_new_flag", 1.0)
    assert score("party", known, WEIGHTS) < score("party", [*known, new], WEIGHTS)


def test_leads_are_ranked_with_their_reasons_and_innocent_explanations(tmp_path):
    world = read_worlds(Path(__file__).parents[1] / "flags" / "new_shell.md")["fires"]
    with open_duck(tmp_path, memory_mb=500, threads=1) as corridor:
        put_world(corridor, world)
        judge(corridor, FLAGS)
        assess(corridor, innocent=INNOCENT)
        leads = sorted(corridor.get("assessments").to_pylist(), key=lambda lead: lead["rank"])
        findings = {row["finding_id"] for row in corridor.get("findings").to_pylist()}
    first = leads[0]
    assert (first["name"], first["country"]) == ("Nova Elektronik", "TR")
    assert {reason.split(":")[0] for reason in first["reasons"]} >= {"new_shell", "exact_lot", "relay"}
    assert set(first["reasons"]) <= findings
    assert INNOCENT["new_shell"] in first["innocent"]
    assert first["value_usd"] == 51960 + 77940 + 28060 + 42090
    assert [lead["rank"] for lead in leads] == list(range(1, len(leads) + 1))
    order = [(lead["subject_kind"] != "party", -lead["score"]) for lead in leads]
    assert order == sorted(order)
