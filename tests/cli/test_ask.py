"""Does `landwaiter ask` find what both agencies know, from files, on the command line?"""

import json

import pytest

from landwaiter.cli import ask
from landwaiter.cli.app import answer
from landwaiter.errors import InputError
from landwaiter.exchange import private

pytestmark = pytest.mark.skipif(private.psi is None, reason="the extra `private` is not installed")


def test_a_marking_and_a_party_that_both_know_are_found(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LANDWAITER_DATABASE", raising=False)
    monkeypatch.setenv("LANDWAITER_PASSPHRASE", "a passphrase")

    def run(home, *arguments, status=0):
        monkeypatch.setenv("LANDWAITER_HOME", str(tmp_path / home))
        assert answer(list(arguments)) == status
        return capsys.readouterr().out

    for home, name in (("tw", "TW-A"), ("ua", "UA-B")):
        run(home, "key", "new", "--name", name)
    prints = {home: json.loads(run(home, "key", "show", "--out", f"{home}.keys", "--json")) for home in ("tw", "ua")}
    for home, other in (("tw", "ua"), ("ua", "tw")):
        for by in ("one", "two"):
            run(home, "key", "trust", f"{other}.keys", "--fingerprint", prints[other]["fingerprint"], "--by", by)
    (tmp_path / "tw.csv").write_text("name,marking,other_names\nAurora Trading FZE,,Zarya\n,TW-SD-4711,\n")
    (tmp_path / "ua.csv").write_text("name,marking\nTRADING AURORA,\n,tw sd 4711\nBoreal Fishing,\n")
    (tmp_path / "no.csv").write_text("colour\nred\n")
    run("tw", "ask", "setup", "--names", "tw.csv", "--to", "UA-B", "--out", "s")
    assert json.loads(run("ua", "ask", "request", "s", "--names", "ua.csv", "--out", "q", "--json"))["keys"] == 256
    assert json.loads(run("tw", "ask", "answer", "q", "--out", "a", "--json"))["state"] == "done"
    found = json.loads(run("ua", "ask", "read", "a", "--setup", "s", "--json"))
    assert set(found) == {"TRADING AURORA", "tw sd 4711"}
    run("ua", "ask", "read", "a", "--setup", "s", "--out", "found.csv")
    assert len((tmp_path / "found.csv").read_text().splitlines()) == 3
    assert "in common" in run("ua", "ask", "read", "a", "--setup", "s")
    with pytest.raises(InputError, match="none of the columns"):
        run("tw", "ask", "setup", "--names", "no.csv", "--to", "UA-B", "--out", "t")
    assert ask.BUDGET > 256
