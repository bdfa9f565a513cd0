"""Do the commands of exchange do what the page for partners says, line by line, and what scripts rely on?"""

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from landwaiter.cases.store import DATABASE, HEADS
from landwaiter.cli import exchanging, key, receipt, redact, seal
from landwaiter.cli import open as opening
from landwaiter.cli.app import answer
from landwaiter.errors import InputError, RefusedError

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "exchange-with-a-partner.md"
COMMANDS = (exchanging, key, opening, receipt, redact, seal)


def test_the_page_for_partners_runs_as_written(tmp_path):
    script = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL))
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "landwaiter"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m landwaiter.cli.main "$@"\n')
    program.chmod(0o755)
    paths = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": paths, "PYTHONPATH": str(ROOT / "src")}
    for name in ("LANDWAITER_HOME", "LANDWAITER_OFFICER", "LANDWAITER_DATABASE"):
        environment.pop(name, None)
    ran = subprocess.run(["sh", "-eu", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    for said in ("UA-B is trusted", "2 statements and 0 documents; 1 stay at home under amber", "C1: 2 statements",
                 "took in 2 statements", "tip from UA-B",
                 "C2: 'Marking MAX3221EAE 2130, on a drive board' could have come with 2 shipments (inferred): 2022",
                 "2 shipments could have carried it (inferred)", "1 hops", "TW-A took back 1 statements of C1",
                 "1 statements of TW-A, 1 left out"):  # fmt: skip
        assert said in ran.stdout
    assert ran.stdout.count("whole and unchanged") == 3


@pytest.fixture
def homes(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("LANDWAITER_DATABASE", raising=False)
    monkeypatch.delenv("LANDWAITER_PASSPHRASE", raising=False)
    monkeypatch.chdir(tmp_path)

    def ask(home, *arguments, status=0):
        monkeypatch.setenv("LANDWAITER_HOME", str(tmp_path / home))
        assert answer(list(arguments)) == status
        out = capsys.readouterr().out
        return json.loads(out) if "--json" in arguments else out

    return ask


def two_that_trust(homes):
    """Two installations, and the fingerprints that their officers compared."""
    prints = {}
    for home, name in (("tw", "TW-A"), ("ua", "UA-B")):
        made = homes(home, "key", "new", "--name", name, "--json")
        shown = homes(home, "key", "show", "--out", f"{home}.keys", "--json")
        assert made["name"] == shown["name"] == name
        prints[home] = shown["fingerprint"]
    for home, other in (("tw", "ua"), ("ua", "tw")):
        call = ("key", "trust", f"{other}.keys", "--fingerprint", prints[other], "--json", "--by")
        assert homes(home, *call, "lin")["state"] == "proposed"
        with pytest.raises(RefusedError, match="lin"):
            homes(home, *call, "lin")
        assert homes(home, *call, "chen")["state"] == "done"
    return prints


def test_a_tail_that_was_cut_is_found_by_the_receipt_of_a_peer(homes, tmp_path):
    two_that_trust(homes)
    for text in ("x", "y"):
        homes("tw", "case", "open", "--title", text, "--by", "lin")
    for by in ("lin", "chen"):
        homes("tw", "seal", "C1", "--to", "UA-B", "--out", "f.dossier", "--by", by)
    homes("ua", "open", "f.dossier")
    homes("ua", "receipt", "f.dossier", "--out", "r.dossier")
    assert "whole and unchanged" in homes("tw", "audit", "verify", "--receipts", "r.dossier")
    with pytest.raises(InputError, match="brings back no head"):
        homes("tw", "audit", "verify", "--receipts", "f.dossier")
    # Somebody who may write everything here takes the last case and the dossier out of the log.
    with sqlite3.connect(tmp_path / "tw" / DATABASE) as connection:
        last = connection.execute("SELECT event FROM cases WHERE id = 2").fetchone()[0]
        for table in ("cases", "proposals"):
            connection.execute(f"DELETE FROM {table} WHERE event >= {last}")
        connection.execute(f"DELETE FROM events WHERE seq >= {last}")
    connection.close()
    (tmp_path / "tw" / HEADS).unlink()
    assert "whole and unchanged" in homes("tw", "audit", "verify")
    found = homes("tw", "audit", "verify", "--receipts", "r.dossier", "--json", status=1)
    assert len(found["faults"]) == 1 and "its tail is cut" in found["faults"][0]


def test_root_keys_are_replaced_by_two_officers(homes):
    before = homes("tw", "key", "new", "--name", "TW-A", "--json")["fingerprint"]
    call = ("key", "rotate", "--roots", "2", "--threshold", "2", "--json", "--by")
    assert homes("tw", *call, "lin") == {"state": "proposed", "name": "TW-A", "fingerprint": before}
    after = homes("tw", *call, "chen")
    shown = homes("tw", "key", "show", "--json")
    assert after["state"] == "done" and shown["fingerprint"] == after["fingerprint"] != before and shown["version"] == 2
    with pytest.raises(InputError, match="threshold"):
        homes("tw", "key", "rotate", "--threshold", "2")


def test_scripts_work_in_json_and_one_officer_cannot_do_the_work_of_two(homes):
    prints = two_that_trust(homes)
    with pytest.raises(InputError, match="is not the fingerprint"):
        homes("tw", "key", "trust", "ua.keys", "--fingerprint", prints["tw"])
    case = homes("tw", "case", "open", "--title", "T", "--by", "lin", "--json")["case"]
    homes("tw", "case", "note", case, "--text", "x", "--tlp", "amber", "--by", "lin")
    homes("tw", "case", "note", case, "--text", "y", "--by", "lin")
    call = ("seal", case, "--to", "UA-B", "--limit", "amber", "--out", "f.dossier", "--json", "--by")
    assert homes("tw", *call, "lin")["state"] == "proposed"
    with pytest.raises(RefusedError):
        homes("tw", *call, "lin")
    done = homes("tw", *call, "chen")
    assert (done["state"], done["statements"], done["withheld"]) == ("done", 1, 1)
    with pytest.raises(RefusedError, match="sealed here"):
        homes("tw", "open", "f.dossier")
    found = homes("ua", "open", "f.dossier", "--json")
    assert found["from"] == "TW-A" and found["case"] == "C1" and found["withheld"] == 1
    assert homes("ua", "receipt", "f.dossier", "--out", "r.dossier", "--json")["accepted"] == 1
    assert homes("tw", "open", "r.dossier", "--json")["kind"] == "receipt"
    with pytest.raises(InputError, match="--to"):
        homes("ua", "redact", "f.dossier", "--out", "g.dossier")
    assert homes("tw", "redact", "f.dossier", "--limit", "clear", "--out", "g.dossier", "--json")["withheld"] == 1
    for by in ("olena", "ivan"):
        revoked = homes("ua", "key", "revoke", "TW-A", "--since", "2020-01-01", "--by", by, "--json")
    assert revoked["state"] == "done" and "C1" in revoked["in_doubt"]
    with pytest.raises(RefusedError, match="unknown sender"):
        homes("ua", "open", "g.dossier")
    assert "trusts no longer TW-A" in homes("ua", "key", "show", "--qr")
