"""Does a statement keep its id, its marking and its words on the way through JSON, and is anything else refused?"""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.cases.statement import (
    PAP,
    TLP,
    Source,
    Statement,
    allows,
    checked,
    identified,
    statement_from_json,
    strictest,
)
from landwaiter.errors import InputError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
STATEMENTS = st.builds(
    Statement, id=st.just(""), entity_id=TEXTS, schema=TEXTS, property=TEXTS, value=TEXTS, original=TEXTS, lang=TEXTS,
    source=st.builds(Source, blob=st.just("") | st.just("0" * 64), page=TEXTS, row=TEXTS),
    first_seen=st.sampled_from(["", "2026-01-02"]), last_seen=st.sampled_from(["", "2026-02-03"]),
    reliability=st.sampled_from("ABCDEF"), credibility=st.integers(1, 6),
    tlp=st.sampled_from(TLP), pap=st.sampled_from(PAP),
).map(identified)  # fmt: skip

KNOWN = identified(Statement("", "p1", "Company", "name", "Хвиля", lang="uk", tlp="amber"))


@given(STATEMENTS)
def test_a_statement_comes_back_from_json_as_it_was(statement):
    assert statement_from_json(json.loads(json.dumps(statement.to_json()))) == statement


@given(STATEMENTS, STATEMENTS)
def test_one_id_one_content(one, other):
    def said(statement):
        return replace(statement, id="", reliability="F", credibility=6, tlp="red", pap="red")

    assert (one.id == other.id) == (said(one) == said(other))


def test_unmarked_is_red():
    assert (Statement("", "p1", "Company", "name", "x").tlp, strictest([])) == ("red", "red")
    assert strictest(["clear", "no such mark"]) == "red"
    assert strictest(["green", "clear", "amber"]) == "amber"


def test_what_is_above_the_limit_stays():
    assert allows("amber", "amber")
    assert allows("amber", "clear")
    assert not allows("amber", "amber+strict")
    assert not allows("red", "no such mark")
    assert not allows("no such limit", "clear")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"tlp": "AMBER"}, "marking"), ({"pap": "amber+strict"}, "marking"), ({"reliability": "G"}, "evaluation"),
        ({"credibility": 0}, "evaluation"), ({"first_seen": "2.1.2026"}, "ISO 8601"),
        ({"source": Source(blob="../../etc/passwd")}, "sha256"), ({"value": "another"}, "changed after"),
    ],
)  # fmt: skip
def test_what_is_no_statement_is_refused(changed, said):
    with pytest.raises(InputError, match=said):
        checked(replace(KNOWN, **changed))


@pytest.mark.parametrize(
    "said",
    [
        None, [], "x", {}, {**KNOWN.to_json(), "more": "x"}, {**KNOWN.to_json(), "value": 5},
        {**KNOWN.to_json(), "value": "x" * 100_001}, {**KNOWN.to_json(), "credibility": True},
        {**KNOWN.to_json(), "source": {"blob": ""}}, {**KNOWN.to_json(), "source": ["blob"]},
    ],
)  # fmt: skip
def test_a_peer_cannot_send_another_thing_as_a_statement(said):
    with pytest.raises(InputError):
        statement_from_json(said)
