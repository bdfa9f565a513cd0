import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from landwaiter.cli.deciding import decisions_file
from landwaiter.cli.screen import screen
from landwaiter.errors import InputError
from landwaiter.flow import Inputs, run
from landwaiter.record import Options
from landwaiter.simulate.world import make_world

HEADER = "listing_id,list,name,kind,country,identifiers\n"
LIST = HEADER + "us-7,us,Kupol JSC,organisation,RU,inn:1831083343\nus-8,us,Kupol LLC,organisation,RU,\n"
SAYS = {"as_": "cleared", "reason": "another firm", "by": "WU"}


@pytest.fixture
def lists(tmp_path, monkeypatch):
    monkeypatch.setenv("LANDWAITER_HOME", str(tmp_path / "home"))
    path = tmp_path / "mine.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def answers(lists, capsys, **options):
    capsys.readouterr()
    assert screen("Kupol", lists=lists, json_=True, **options) == 0
    return {line["listing_id"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}


def test_a_decision_marks_later_answers_and_takes_none_away(lists, capsys):
    before = answers(lists, capsys)
    assert screen("Kupol", lists=lists, decide="us-7", **SAYS) == 0
    assert "us-7: cleared by WU on" in capsys.readouterr().out
    after = answers(lists, capsys)
    assert after["us-7"].pop("decision") == f"cleared by WU on {date.today()}: another firm"
    assert {**before["us-7"], "decision": None} == {**after["us-7"], "decision": None}
    assert after["us-8"] == before["us-8"]
    screen("Kupol", lists=lists)
    assert "decision" in capsys.readouterr().out


def test_another_record_or_another_listing_opens_the_pair(lists, capsys):
    screen("Kupol", lists=lists, decide="us-7", **SAYS)
    assert answers(lists, capsys, country="RU")["us-7"]["decision"].startswith("open again, our record has changed")
    lists.write_text(LIST.replace("1831083343", "7707083893"), encoding="utf-8")
    assert answers(lists, capsys)["us-7"]["decision"].startswith("open again, the listing has changed: cleared by WU")


def test_a_batch_shows_decisions_too(lists, tmp_path, capsys):
    screen("Kupol", lists=lists, decide="us-7", **SAYS, until=date.today() + timedelta(30))
    batch, out = tmp_path / "names.csv", tmp_path / "answers.csv"
    batch.write_text("name\nKupol\nNobody Whatsoever\n")
    screen(batch=batch, out=out, lists=lists)
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert {row["listing_id"]: row["decision"][:13] for row in rows} == {
        "us-7": "cleared by WU", "us-8": "", "": ""}  # fmt: skip
    assert "1 pairs with a decision" in capsys.readouterr().out


def test_a_line_that_is_no_decision_is_named(lists, capsys, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "decisions.jsonl").write_text("nonsense\n")
    screen("Kupol", lists=lists)
    assert "not read, so their pairs are open: lines 1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [({"decide": "us-9", **SAYS}, "no listing in force is 'us-9'"), ({"decide": "us-7"}, "needs --as"),
     ({"decide": "us-7", **SAYS, "by": None}, "needs --by"), ({"decide": "us-7", **SAYS, "as_": "fine"}, "no decision"),
     ({"decide": "us-7", **SAYS, "until": date(2020, 1, 1)}, "has passed")],
)  # fmt: skip
def test_what_cannot_be_decided_is_said(lists, tmp_path, options, said):
    with pytest.raises(InputError, match=said):
        screen("Kupol", lists=lists, **options)
    assert not (tmp_path / "home" / "decisions.jsonl").exists()


def test_only_what_changed_since_other_lists_is_written(lists, tmp_path, capsys):
    old = tmp_path / "old.csv"
    old.write_text(HEADER + "us-7,us,Kupol JSC,organisation,RU,\nus-6,us,Kupol,organisation,RU,\n", encoding="utf-8")
    batch, out = tmp_path / "names.csv", tmp_path / "changes.csv"
    batch.write_text("row,name\na,Kupol\nb,Nobody Whatsoever\n")
    assert screen(batch=batch, out=out, lists=lists, since_lists=old) == 0
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert {(row["row"], row["listing_id"], row["change"], row["match"]) for row in rows} == {
        ("a", "us-6", "gone", "false"), ("a", "us-7", "changed", "true"), ("a", "us-8", "new", "true"),
        ("b", "", "", "false")}  # fmt: skip
    assert "2 rows, 1 new, 1 gone, 1 changed" in capsys.readouterr().out
    screen(batch=batch, out=out, lists=lists, since_lists=lists)
    assert "0 new, 0 gone, 0 changed" in capsys.readouterr().out
    with pytest.raises(InputError, match="needs --batch"):
        screen("Kupol", lists=lists, since_lists=old)


class Silent:
    """A progress to whom nobody listens."""

    def begin(self, step):
        pass

    def end(self, step, rows):
        pass

    def say(self, line):
        pass


def test_a_pair_that_an_officer_cleared_is_set_aside_in_the_next_run_and_named(tmp_path, monkeypatch, capsys):
    """From the party of one run, by the officer's word, to the next run: nothing is found, and nothing is hidden."""
    monkeypatch.setenv("LANDWAITER_HOME", str(tmp_path / "home"))
    world = make_world(3000, 1, tmp_path / "w").paths
    inputs = Inputs({"declarations": [world["shipments"]]}, world["listings"], decisions=decisions_file())
    options = Options(as_of=date(2024, 1, 1))
    before = run(inputs, tmp_path / "before", options, Silent())
    matches = pq.read_table(tmp_path / "before" / "matches.parquet").to_pylist()
    one = matches[0]
    asked = {"run": tmp_path / "before", "party": one["party_id"], "lists": world["listings"], "as_of": options.as_of}
    capsys.readouterr()
    assert screen(**asked, json_=True) == 0
    line = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (line["listing_id"], line["score"]) == (one["listing_id"], one["score"])
    for match in matches:
        if match["party_id"] == one["party_id"]:
            screen(**asked, decide=match["listing_id"], **SAYS)
    after = run(inputs, tmp_path / "after", options, Silent())
    decided = pq.read_table(tmp_path / "after" / "matches.parquet").to_pylist()
    assert [match["listing_id"] for match in decided] == [match["listing_id"] for match in matches]
    assert decided[0]["decision"] == "cleared"
    assert decided[0]["decided"] == f"cleared by WU on {date.today()}: another firm"
    findings = {name: pq.read_table(tmp_path / name / "findings.parquet").to_pylist() for name in ("before", "after")}
    listed = {name: {row["subject_id"] for row in rows if row["flag"] == "listed"} for name, rows in findings.items()}
    assert listed["before"] - listed["after"] == {one["party_id"]}
    assert not any("set aside" in note for note in before.notes)
    (note,) = [note for note in after.notes if "set aside by officers" in note]
    assert one["party_id"] in note and "by WU" in note
    assert note[:60] in (tmp_path / "after" / "report.html").read_text(encoding="utf-8")
    assert next(file["rows"] for file in after.inputs if file["kind"] == "decisions") >= 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"party": "p-1"}, "needs --run"),
        ({"run": "."}, "takes one NAME"),
        ({"party": "p-1", "run": "."}, "cannot be read"),
    ],
)
def test_what_cannot_be_asked_of_a_run_is_said(lists, options, said):
    with pytest.raises(InputError, match=said):
        screen(lists=lists, **{name: Path(one) if name == "run" else one for name, one in options.items()})
