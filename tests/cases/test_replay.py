"""Does a case keep what its lead rested on, and does a replay say same, what differs, or why it cannot be done?"""

from datetime import date

import pyarrow.parquet as pq
import pytest

from landwaiter.cases import opening, work
from landwaiter.cases.entities import LINKS, entities_of
from landwaiter.cases.opening import opening_of
from landwaiter.cases.reading import evidence_of, read_case
from landwaiter.cases.replay import replay, versions_now
from landwaiter.errors import InputError
from landwaiter.flow import Inputs, run
from landwaiter.record import Options
from landwaiter.simulate.world import make_world

USES = {"memory_mb": 1024, "threads": 2}


class Silent:
    def begin(self, step): ...
    def end(self, step, rows): ...
    def say(self, line): ...


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A finished run over a made world, and the files that it read."""
    folder = tmp_path_factory.mktemp("replay")
    paths = make_world(3000, 1, folder / "world").paths
    inputs = Inputs({"declarations": [paths["shipments"]], "companies": [paths["companies"]]}, paths["listings"])
    run(inputs, folder / "out", Options(as_of=date(2024, 1, 1), **USES), Silent())
    leads = pq.read_table(folder / "out" / "assessments.parquet").sort_by("rank").to_pylist()
    return folder, next(lead["subject_id"] for lead in leads if lead["subject_kind"] == "party")


@pytest.fixture
def decided(finished, store, now):
    folder, subject = finished
    case = work.open_case(store, opening_of(folder / "out", subject, "lead", tlp="amber"), by="ann", now=now)
    state, name = work.decide(store, case, "inspect", reason="r", by="ann", now=now, versions=versions_now())
    assert state == "done"
    return case, name


def test_a_case_copies_what_its_lead_rests_on(finished, store, decided):
    folder, subject = finished
    held = evidence_of(store, decided[0])
    findings = {row["finding_id"]: row for row in held["findings"]}
    assert set(held["assessments"][0]["reasons"]) <= set(findings)
    rows = {row["row_id"] for row in held["shipments"]}
    whole = {row["row_id"]: row for row in pq.read_table(folder / "out" / "shipments.parquet").to_pylist()}
    pointed = {one for finding in findings.values() for one in finding["evidence"]}
    assert pointed & set(whole) <= rows
    assert all(str(whole[row["row_id"]]["declared_on"]) == row["declared_on"] for row in held["shipments"])
    assert subject in {row["party_id"] for row in held["parties"]}


def test_its_rows_become_statements_that_name_file_and_line(finished, store, decided):
    statements = store.statements_of(decided[0])
    shipped = [one for one in statements if one.schema == "EconomicActivity"]
    assert shipped and all(one.source.blob and one.source.row.isdigit() and one.tlp == "amber" for one in shipped)
    assert len({one.id for one in statements}) == len(statements)


def test_links_join_only_entities_that_are_there(store, decided):
    entities = entities_of(evidence_of(store, decided[0]))
    known = {one.id for one in entities}
    for one in entities:
        assert {end for name in LINKS.get(one.schema, ()) for end in one.properties.get(name, ())} <= known


def test_a_case_stays_true_when_the_run_is_gone(finished, store, decided):
    folder, _ = finished
    before = evidence_of(store, decided[0])
    moved = folder / "out"
    moved.rename(folder / "elsewhere")
    try:
        assert evidence_of(store, decided[0]) == before
        assert read_case(store, decided[0]).basis["as_of"] == "2024-01-01"
    finally:
        (folder / "elsewhere").rename(moved)


def test_the_same_inputs_give_the_same(store, decided, tmp_path):
    found = replay(store, decided[1], tmp_path / "work", **USES)
    assert (found.outcome, found.lines, found.notes) == ("same", [], [])
    assert not list((tmp_path / "work").iterdir())
    assert replay(store, decided[0], tmp_path / "work", **USES).decision == decided[1]


def test_an_input_that_changed_or_went_away_is_named_and_nothing_is_rerun(finished, store, decided, tmp_path):
    source = finished[0] / "world" / "shipments.csv"
    kept = source.read_bytes()
    try:
        source.write_bytes(kept + b"\n")
        found = replay(store, decided[1], tmp_path, **USES)
        assert found.outcome == "not rerun" and "has changed" in found.lines[0]
        source.unlink()
        found = replay(store, decided[1], tmp_path, **USES)
        assert found.outcome == "not rerun" and "not there any more" in found.lines[0]
    finally:
        source.write_bytes(kept)


def test_a_list_that_changed_differs_finding_by_finding(finished, store, now, tmp_path):
    folder, _ = finished
    matched = pq.read_table(folder / "out" / "matches.parquet").to_pylist()[0]["party_id"]
    case = work.open_case(store, opening_of(folder / "out", matched, "lead", tlp="red"), by="ann", now=now)
    work.decide(store, case, "deny", reason="listed", by="ann", now=now, versions={})
    listings = next((folder / "world").glob("listings*"))
    kept = listings.read_bytes()
    try:
        names = {row["listing_id"] for row in evidence_of(store, case)["matches"]}
        lines = kept.decode().splitlines(keepends=True)
        listings.write_text("".join(line for line in lines if not any(name in line for name in names)))
        found = replay(store, case, tmp_path, **USES)
    finally:
        listings.write_bytes(kept)
    assert found.outcome == "differs"
    assert any(line.startswith("list ") for line in found.lines)
    assert {f"matches {matched} {name}: is gone" for name in names} <= set(found.lines)
    assert any("byte for byte" in line and "matches" in line for line in found.lines)


def test_rules_that_changed_are_named_also_where_nothing_can_be_rerun(store, decided, finished, tmp_path, monkeypatch):
    monkeypatch.setattr("landwaiter.cases.replay.rules_digest", lambda: "f" * 64)
    (finished[0] / "world").rename(finished[0] / "away")
    try:
        found = replay(store, decided[1], tmp_path, **USES)
    finally:
        (finished[0] / "away").rename(finished[0] / "world")
    assert found.outcome == "not rerun" and len(found.lines) == 3
    assert "rules have changed" in found.notes[0]


def test_a_case_by_hand_has_no_run_to_do_again(store, now, tmp_path):
    case = work.open_case(store, work.Opening("by hand"), by="ann", now=now)
    with pytest.raises(InputError, match="is no decision"):
        replay(store, case, tmp_path, **USES)
    work.decide(store, case, "ask", reason="r", by="ann", now=now, versions={})
    assert replay(store, case, tmp_path, **USES).outcome == "not rerun"


def test_what_is_no_run_or_no_lead_is_refused(finished, tmp_path):
    with pytest.raises(InputError, match="no finished run"):
        opening_of(tmp_path, "p-1", "t", tlp="red")
    with pytest.raises(InputError, match="is no lead"):
        opening.rows_about(finished[0] / "out", "p-none")
