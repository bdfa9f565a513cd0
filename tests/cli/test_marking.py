"""Does `landwaiter marking` read one marking or a file of them, and refuse clearly?"""

import csv
import json
from datetime import date

import pytest

from landwaiter.cli.marking import ANSWER, marking
from landwaiter.errors import InputError

DAY = date(2026, 11, 1)


def test_one_marking_is_told_in_words_and_as_json(capsys):
    assert marking("MAX3221EAE 2130", as_of=DAY) == 0
    shown = capsys.readouterr().out
    assert "Analog Devices" in shown
    assert "2021-07-26" in shown
    assert marking("MAX3221EAE 2130", as_of=DAY, json_=True) == 0
    line = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (line["maker"], line["made_from"], line["row"]) == ("Maxim", "2021-07-26", "0")


def test_what_is_not_known_ends_in_1_and_says_so(capsys):
    assert marking("....", as_of=DAY) == 1
    assert "nothing could be read" in capsys.readouterr().out


def test_a_file_gets_at_least_one_line_for_each_row(tmp_path, capsys):
    given = tmp_path / "found.csv"
    given.write_text('row,text\na,"XC7A100T\nTAIWAN"\nb,\nc,zzz\n', encoding="utf-8")
    for ending in ("csv", "parquet", "jsonl"):
        assert marking(batch=given, out=tmp_path / f"out.{ending}", as_of=DAY) == 0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {line["row"] for line in lines} == {"a", "b", "c"}
    assert (lines[0]["maker_family"], lines[0]["assembled_in"]) == ("AMD", "TW")
    assert all(line["reason"] for line in lines if line["rank"] == "0")
    assert list(lines[0]) == ANSWER.names
    assert "3 rows, 1 with a maker" in capsys.readouterr().out


def test_wrong_use_is_refused(tmp_path):
    with pytest.raises(InputError, match="takes one TEXT"):
        marking()
    with pytest.raises(InputError, match="needs --out"):
        marking(batch=tmp_path / "f.csv")
    with pytest.raises(InputError, match="1 or more"):
        marking("x", limit=0)
    (tmp_path / "f.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column 'text'"):
        marking(batch=tmp_path / "f.csv", out=tmp_path / "o.csv")
    with pytest.raises(InputError, match="no ending"):
        marking(batch=tmp_path / "f.csv", out=tmp_path / "o.xls")
