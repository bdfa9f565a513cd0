"""Do four eyes mean two people, for the very same act?"""

import pytest

from landwaiter.cases.proposals import act, open_proposals
from landwaiter.errors import RefusedError


def test_one_proposes_another_carries_out(store, now):
    done = []
    assert act(store, "seal", {"case": "C1"}, by="ann", now=now, then=done.append) == "proposed"
    assert not done
    assert [proposal.by for proposal in open_proposals(store)] == ["ann"]
    assert act(store, "seal", {"case": "C1"}, by="bob", now=now, then=done.append) == "done"
    assert len(done) == 1
    assert open_proposals(store) == []


def test_the_same_officer_is_refused_and_nothing_is_written(store, now):
    act(store, "seal", {"case": "C1"}, by="ann", now=now)
    before = store.head()
    for same in ("ann", " ann "):
        with pytest.raises(RefusedError, match="another officer"):
            act(store, "seal", {"case": "C1"}, by=same, now=now)
    assert store.head() == before


def test_another_value_or_kind_is_another_act(store, now):
    act(store, "seal", {"case": "C1", "to": "UA"}, by="ann", now=now)
    assert act(store, "seal", {"case": "C1", "to": "RU"}, by="bob", now=now) == "proposed"
    assert act(store, "trust key", {"case": "C1", "to": "UA"}, by="bob", now=now) == "proposed"
    assert act(store, "seal", {"to": "UA", "case": "C1"}, by="bob", now=now) == "done"


def test_what_was_done_begins_anew(store, now):
    for by, state in (("ann", "proposed"), ("bob", "done"), ("bob", "proposed"), ("ann", "done")):
        assert act(store, "seal", {}, by=by, now=now) == state


def test_an_act_that_fails_leaves_the_proposal_open(store, now):
    def fail(_):
        raise RefusedError("disk", "is full")

    act(store, "seal", {}, by="ann", now=now)
    with pytest.raises(RefusedError, match="is full"):
        act(store, "seal", {}, by="bob", now=now, then=fail)
    assert len(open_proposals(store)) == 1
    assert store.verify().faults == []
