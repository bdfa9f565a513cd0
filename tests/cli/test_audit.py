"""Does `landwaiter audit verify` say whole or name each fault, with its exit status?"""

import json
import sqlite3

import pytest

from landwaiter.cases.store import DATABASE, HEADS
from landwaiter.cli.app import answer
from landwaiter.errors import InputError


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("LANDWAITER_HOME", str(tmp_path))
    monkeypatch.delenv("LANDWAITER_DATABASE", raising=False)
    for title in ("one", "two", "three"):
        answer(["case", "open", "--title", title, "--by", "ann"])
    capsys.readouterr()
    return tmp_path


def test_a_whole_log(capsys):
    assert answer(["audit", "verify"]) == 0
    assert "3 events, whole and unchanged" in capsys.readouterr().out


def test_a_changed_row_and_a_cut_tail(home, capsys):
    heads = home / "kept.jsonl"
    heads.write_bytes((home / HEADS).read_bytes())
    (home / HEADS).unlink()
    with sqlite3.connect(home / DATABASE) as connection:
        connection.execute("UPDATE cases SET title = 'z' WHERE id = 1")
        connection.execute("DELETE FROM cases WHERE id = 3")
        connection.execute("DELETE FROM events WHERE seq = 3")
    connection.close()
    assert answer(["audit", "verify", "--heads", str(heads), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["events"] == 2
    assert len(found["faults"]) == 2


def test_a_file_without_heads_is_refused(home):
    (home / "x").write_text("nonsense\n")
    with pytest.raises(InputError, match="line 1"):
        answer(["audit", "verify", "--heads", str(home / "x")])
