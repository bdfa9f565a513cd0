"""Does `landwaiter own` answer from files, as surfaces promise?"""

import json
from datetime import date

import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from landwaiter.cli.own import own
from landwaiter.errors import InputError

HOLDINGS = """owner_id,owner_name,owned_id,owned_name,interest,share_min,share_max,joint_with
X,Xeno Ltd,A,Alpha,shares,50,50,
A,Alpha,B,Beta,shares,25,50,
X,Xeno Ltd,B,Beta,shares,,,
Z,Zed,A,Alpha,shares,150,150,
"""


@pytest.fixture
def files(tmp_path):
    ownership, listed = tmp_path / "ownership.csv", tmp_path / "listed.csv"
    ownership.write_text(HOLDINGS)
    listed.write_text("id,name\nX,Xeno\nQ,Quidam\n")
    return {"ownership": ownership, "listed": listed}


def test_the_answers_go_to_a_file(files, tmp_path, capsys):
    out = tmp_path / "out.csv"
    assert own(**files, regime="us_50", as_of=date(2026, 1, 15), out=out) == 0
    rows = pa_csv.read_csv(out).to_pylist()
    assert [(row["party_id"], row["answer"], row["listed_party"], row["edges"]) for row in rows] == [
        ("A", "yes", "X", "X>A"),
        ("B", "possible", "X", "X>B"),
    ]
    printed = capsys.readouterr()
    assert "4 rows = 3 loaded + 1 rejected" in printed.out and "share_min" in printed.err
    assert "2 listed parties" in printed.out and "1 of them hold something" in printed.out


def test_parquet_keeps_lists(files, tmp_path):
    out = tmp_path / "out.parquet"
    own(**files, regime="us_50,uk", out=out)
    table = pq.read_table(out)
    assert table.num_rows == 4 and table.column("edges").to_pylist()[0] == ["X>A"]


def test_what_if(files, capsys):
    assert own(**files, regime="us_50", what_if="A>B=60") == 0
    line = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert line == {"regime": "us_50", "party_id": "B", "before": "possible", "after": "yes"}


def test_nobody_reached_is_no_and_clears_nobody(files, tmp_path):
    files["listed"].write_text("id,name\nQ,Quidam\n")
    assert own(**files, regime="us_50") == 1


def test_a_wrong_regime_is_refused_before_anything_is_read(files):
    with pytest.raises(InputError, match="no regime 'un'"):
        own(**files, regime="un")
