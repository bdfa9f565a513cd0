"""Does `landwaiter case` do what a person or a script types, in words and in JSON?"""

import json

import pytest

from landwaiter.cli.app import answer
from landwaiter.errors import InputError, RefusedError


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LANDWAITER_HOME", str(tmp_path))
    monkeypatch.setenv("LANDWAITER_OFFICER", "ann")
    monkeypatch.delenv("LANDWAITER_DATABASE", raising=False)
    return tmp_path


def told(capsys, *arguments):
    assert answer(["case", *arguments]) == 0
    return capsys.readouterr().out


def test_a_script_works_a_case_in_json(capsys):
    assert json.loads(told(capsys, "open", "--title", "Bearings", "--json")) == {"case": "C1"}
    noted = json.loads(told(capsys, "note", "C1", "--text", "seen", "--tlp", "TLP:AMBER", "--json"))
    assert noted["case"] == "C1"
    asked = json.loads(told(capsys, "request", "C1", "--text", "?", "--to", "x", "--due", "2020-01-01", "--json"))
    assert asked["request"] == "R2"
    denied = json.loads(told(capsys, "decide", "C1", "deny", "--reason", "listed", "--json"))
    assert denied == {"case": "C1", "state": "done", "decision": "D3"}
    release = ("decide", "C1", "release", "--reason", "an error", "--json")
    assert json.loads(told(capsys, *release))["state"] == "proposed"
    with pytest.raises(RefusedError, match="ann"):
        answer(["case", *release])
    assert json.loads(told(capsys, *release, "--by", "bob"))["state"] == "done"
    shown = json.loads(told(capsys, "show", "C1", "--json"))
    assert shown["state"] == "released"
    assert [entry["by"] for entry in shown["entries"]] == ["ann", "ann", "ann", "bob"]
    assert shown["statements"][0]["id"] == noted["statement"]
    assert json.loads(told(capsys, "list", "--json"))["overdue"] == ["R2"]


def test_a_case_that_names_no_part_has_nothing_to_trace(home, capsys):
    told(capsys, "open", "--title", "Bearings")
    told(capsys, "note", "C1", "--text", "The buyer has no website")
    with pytest.raises(InputError, match="holds no finished run"):
        answer(["case", "trace", "C1", "--run", str(home / "none")])
    (home / "out").mkdir()
    (home / "out" / "run.json").write_text('{"as_of": "2026-01-01"}')
    with pytest.raises(InputError, match="no marking or number"):
        answer(["case", "trace", "C1", "--run", str(home / "out")])


def test_a_person_reads_a_case(capsys):
    told(capsys, "open", "--title", "轴承 по делу")
    told(capsys, "open", "--title", "Other")
    told(capsys, "assign", "C1", "--to", "bob")
    told(capsys, "note", "C1", "--text", "no website")
    told(capsys, "request", "C1", "--text", "invoice", "--to", "customs", "--due", "2020-01-01")
    told(capsys, "link", "C1", "2", "--reason", "same buyer")
    told(capsys, "decide", "C1", "deny", "--reason", "listed")
    told(capsys, "decide", "C1", "release", "--reason", "error")
    shown = told(capsys, "show", "C1")
    assert "轴承 по делу" in shown and "assigned to bob" in shown and "TLP:RED: no website" in shown
    assert "overdue: R3 to customs, due 2020-01-01" in shown and "stands against a release: it was denied" in shown
    told(capsys, "answer", "C1", "R3", "--text", "none exists")
    listed = told(capsys, "list")
    assert "denied" in listed and "waits for a second officer" in listed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("note", "C9", "--text", "x"), "C9"),
        (("note", "C1", "--text", "x", "--tlp", "pink"), "pink"),
        (("show", "case one"), "case one"),
        (("open", "--title", " "), "--title"),
    ],
)
def test_what_cannot_be_done_names_itself(arguments, said):
    with pytest.raises(InputError, match=said):
        answer(["case", *arguments])


def test_a_backup_is_one_new_file(capsys, home):
    told(capsys, "open", "--title", "kept")
    assert "checked" in told(capsys, "backup", "--out", str(home / "copy.db"))
    with pytest.raises(RefusedError, match="is there already"):
        answer(["case", "backup", "--out", str(home / "copy.db")])


def test_wrong_usage_is_status_2():
    assert answer(["case", "decide", "C1", "perhaps", "--reason", "x"]) == 2
