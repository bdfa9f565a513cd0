import csv
import json
from datetime import date, timedelta

import pytest

from landwaiter.cli.screen import screen
from landwaiter.errors import InputError

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
