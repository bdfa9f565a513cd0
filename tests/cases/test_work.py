"""Does every act on a case stand where it was put, and is what may not be done refused?"""

from datetime import date

import pytest

from landwaiter.cases import work
from landwaiter.cases.reading import evidence_of, list_cases, read_case
from landwaiter.cases.statement import Statement, identified
from landwaiter.errors import InputError, RefusedError

MATCH = work.Row("matches", "p1 l1", {"party_id": "p1", "listing_id": "l1", "decision": ""})


@pytest.fixture
def case(store, now):
    return work.open_case(store, work.Opening("Bearings by way of Almaty"), by="ann", now=now)


def test_a_case_tells_its_whole_story(store, case, now):
    other = work.open_case(store, work.Opening("Другое дело"), by="bob", now=now)
    work.assign(store, case, "bob", by="ann", now=now)
    work.note(store, case, "收货人无网站", tlp="green", by="bob", now=now)
    asked = work.request(store, case, "the invoice", to="customs", due=date(2026, 3, 10), by="bob", now=now)
    work.link(store, case, other, reason="same consignee", by="bob", now=now)
    work.decide(store, case, "inspect", reason="shell company", by="bob", now=now, versions={"rules": "x"})
    told = read_case(store, case)
    assert (told.state, told.assigned_to) == ("to be inspected", "bob")
    assert [entry.kind for entry in told.entries] == ["assignment", "note", "request", "link", "decision"]
    assert [f"R{one.id}" for one in told.overdue(date(2026, 3, 11))] == [asked]
    assert told.overdue(date(2026, 3, 10)) == []
    work.answer(store, case, asked, "here it is", by="ann", now=now)
    assert read_case(store, case).open_requests() == []
    assert read_case(store, other).of("link")[0].body["to"] == case
    assert [one.title for one in list_cases(store)] == ["Bearings by way of Almaty", "Другое дело"]


def test_a_trace_keeps_its_shipments_by_value_and_says_them_under_its_mark(store, case, now):
    row = {"row_id": "f:1", "declared_on": "2022-06-01", "exporter_name": "Island Chips", "dispatch_country": "TW",
           "consignee_name": "Aurora", "destination_country": "AE"}  # fmt: skip
    words = {"basis": {"folder": "books", "as_of": "2026-01-01", "inputs": []}, "by": "ann", "now": now}
    ident = work.write_trace(store, case, "MAX3221EAE", [row] * 12, tlp="green", **words)
    work.write_trace(store, case, "XC7A100T", [], tlp="red", **words)
    first, none = read_case(store, case).of("trace")
    assert first.body["shipments"] == [row] * 12 and first.body["run"] == {"folder": "books", "as_of": "2026-01-01"}
    said = next(one for one in store.statements_of(case) if one.id == ident)
    assert said.tlp == "green" and "12 shipments (inferred): 2022-06-01 Island Chips (TW) to Aurora (AE)" in said.value
    assert said.value.endswith("and 2 more") and "no shipment of these books names it" in none.body["text"]


def test_evidence_is_a_copy(store, now):
    body = {"row_id": "f:1", "exporter_name": "深圳"}
    case = work.open_case(store, work.Opening("t", rows=[work.Row("shipments", "f:1", body)]), by="ann", now=now)
    body["exporter_name"] = "changed"
    assert evidence_of(store, case) == {"shipments": [{"row_id": "f:1", "exporter_name": "深圳"}]}
    assert read_case(store, case).counts == {"shipments": 1, "statements": 0, "documents": 0}


def test_a_note_is_a_statement_under_its_marking(store, case, now):
    ident = work.note(store, case, "seen twice", tlp="amber", by="ann", now=now)
    (statement,) = store.statements_of(case)
    assert (statement.id, statement.tlp, statement.value) == (ident, "amber", "seen twice")
    other = work.open_case(store, work.Opening("t"), by="ann", now=now)
    assert work.note(store, other, "seen twice", tlp="amber", by="ann", now=now) != ident


def test_a_release_against_which_something_stands_needs_two_officers(store, now):
    case = work.open_case(store, work.Opening("t", rows=[MATCH]), by="ann", now=now)
    words = {"reason": "another person of that name", "now": now, "versions": {}}
    assert work.decide(store, case, "release", by="ann", **words) == ("proposed", "")
    assert read_case(store, case).state == "open"
    with pytest.raises(RefusedError):
        work.decide(store, case, "release", by="ann", **words)
    state, ident = work.decide(store, case, "release", by="bob", **words)
    assert (state, ident) == ("done", "D1")
    assert read_case(store, case).state == "released"


def test_without_a_block_one_officer_decides(store, case, now):
    assert work.decide(store, case, "release", reason="r", by="ann", now=now, versions={})[0] == "done"
    work.decide(store, case, "deny", reason="r", by="ann", now=now, versions={})
    assert work.decide(store, case, "release", reason="r", by="ann", now=now, versions={})[0] == "proposed"


def test_what_a_peer_says_blocks_nothing(store, now):
    said = identified(Statement("", "p1", "Company", "topics", "sanction", tlp="amber"))
    opening = work.Opening("from a peer", rows=[MATCH], statements=[said])
    with store.change("receive", "ann", now) as change:
        case = work.receive(change, "UA-A", opening)
    assert work.blocks_of(store, case) == []
    assert store.statements_of(case) == [said]
    assert read_case(store, case).origin == "peer UA-A"


def test_documents_keep_their_bytes(store, now):
    document = work.Document("../../etc/passwd", "text/plain", b"\x00abc", "green")
    case = work.open_case(store, work.Opening("t", documents=[document]), by="ann", now=now)
    (kept,) = store.documents_of(case)
    assert (kept.name, kept.size, kept.tlp) == ("../../etc/passwd", 4, "green")
    assert store.document(kept.digest) == b"\x00abc"
    with pytest.raises(InputError, match="is no document"):
        store.document("0" * 64)


def test_what_says_nothing_or_names_nothing_is_refused(store, case, now):
    before = store.head()
    for act in (
        lambda: work.open_case(store, work.Opening(" "), by="ann", now=now),
        lambda: work.note(store, case, "x", tlp="pink", by="ann", now=now),
        lambda: work.note(store, "C99", "x", tlp="red", by="ann", now=now),
        lambda: work.note(store, "no case", "x", tlp="red", by="ann", now=now),
        lambda: work.note(store, case, "x", tlp="red", by=" ", now=now),
        lambda: work.note(store, case, "x" * 20_001, tlp="red", by="ann", now=now),
        lambda: work.link(store, case, case, reason="r", by="ann", now=now),
        lambda: work.answer(store, case, "R9", "x", by="ann", now=now),
        lambda: work.decide(store, case, "perhaps", reason="r", by="ann", now=now, versions={}),
    ):
        with pytest.raises(InputError):
            act()
    assert store.head() == before


def test_half_a_character_is_kept_as_a_question_mark(store, case, now):
    work.note(store, case, "bad \ud800 half", tlp="red", by="ann", now=now)
    assert store.statements_of(case)[0].value == "bad ? half"


def test_an_officer_answers_a_question_of_the_check_list(store, case, now):
    work.check(store, case, 21, "yes", "offered cash at the counter", by="ann", now=now)
    (entry,) = read_case(store, case).of("check")
    assert (entry.by, entry.body["question"], entry.body["answer"]) == ("ann", 21, "yes")
    assert str(entry.body["title"]).startswith("Cash, refused training")
    for question, said in ((22, "yes"), (0, "no"), (21, "perhaps")):
        with pytest.raises(InputError):
            work.check(store, case, question, said, "x", by="ann", now=now)
