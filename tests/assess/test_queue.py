"""Do the cases of a week find as much as they can?"""

from itertools import combinations

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.assess.queue import choose, queue
from landwaiter.tables import TABLES


def worth(scores, beside, chosen):
    """The scores of all whom these cases show."""
    return sum(scores[one] for one in set().union(*({party, *beside.get(party, ())} for party in chosen), set()))


FIRMS = "abcdefg"
SCORES = st.fixed_dictionaries({firm: st.integers(1, 100).map(lambda n: n / 100) for firm in FIRMS})
PAIRS = st.sets(st.tuples(st.sampled_from(FIRMS), st.sampled_from(FIRMS)).filter(lambda pair: pair[0] < pair[1]))


@given(SCORES, PAIRS, st.integers(1, 4))
@settings(max_examples=80, deadline=None)
def test_the_queue_is_nearly_the_best_of_all_choices(scores, pairs, budget):
    beside = {firm: {b if a == firm else a for a, b in pairs if firm in (a, b)} for firm in FIRMS}
    cases = choose(scores, beside, budget=budget)
    found = worth(scores, beside, [case.subject for case in cases])
    assert abs(found - sum(case.expected for case in cases)) < 1e-9, "nobody is expected twice"
    best = max(worth(scores, beside, chosen) for chosen in combinations(FIRMS, min(budget, len(FIRMS))))
    assert found >= (1 - 1 / 2.718281828) * best - 1e-9
    assert [case.expected for case in cases] == sorted((case.expected for case in cases), reverse=True)


def table(name, rows):
    """A table of the corridor with these cells, and what it needs besides."""
    schema = TABLES[name].schema
    blank = {field.name: [] if pa.types.is_list(field.type) else None for field in schema}
    blank |= {"rank": 1, "value_usd": 0.0, "reason": "", "finding_id": "", "flag": "relay", "strength": 1.0}
    return pa.Table.from_pylist([{key: (blank | row)[key] for key in schema.names} for row in rows], schema=schema)


def test_the_second_hub_of_a_chain_takes_no_place_of_its_own():
    told = [("p-1", 0.9), ("p-2", 0.8), ("p-3", 0.7), ("p-4", 0.1)]
    assessments = table(
        "assessments", [{"subject_kind": "party", "subject_id": one, "score": score} for one, score in told]
    )
    cited = {"p-1": ["r-1", "r-2"], "p-2": ["r-2", "r-3"], "p-3": ["r-9"], "p-4": ["r-8"]}
    findings = table(
        "findings", [{"subject_kind": "party", "subject_id": one, "evidence": rows} for one, rows in cited.items()]
    )
    cases = queue(assessments, findings, budget=2).to_pylist()
    assert [(case["subject_id"], case["also_shown"]) for case in cases] == [("p-1", ["p-2"]), ("p-3", [])]
    assert cases[-1]["expected_so_far"] == 2.4
    assert queue(assessments, findings, budget=9, least=0.5).num_rows == 2
