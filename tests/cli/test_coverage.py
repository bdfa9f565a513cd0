import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from landwaiter.cli.coverage import coverage
from landwaiter.errors import InputError

LIST = """listing_id,list,name,kind,country,other_names,identifiers,listed_on
eu-1,eu,АО «Купол»,organisation,RU,,inn:1831083343,2022-03-01
us-7,us,Kupol JSC,organisation,RU,,,2023-05-01
jp-3,jp,Another Firm,organisation,RU,,,
"""


@pytest.fixture
def lists(tmp_path):
    (tmp_path / "mine.csv").write_text(LIST, encoding="utf-8")
    return tmp_path / "mine.csv"


def test_a_party_is_shown_with_every_list_that_has_it_and_those_that_do_not(lists, capsys):
    assert coverage("Kupol", lists=lists, json_=True) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["list"], row["listed_on"], row["not_on"]) for row in rows] == [
        ("eu", "2022-03-01", "jp"),
        ("us", "2023-05-01", "jp"),
    ]
    assert coverage("Kupol", lists=lists) == 0
    assert "not on: jp" in capsys.readouterr().out


def test_all_parties_are_written_and_summed_up(lists, tmp_path, capsys):
    out = tmp_path / "coverage.parquet"
    assert coverage(lists=lists, out=out) == 0
    assert pq.read_table(out).column("lists").to_pylist() == [2, 2, 1]
    assert "on no other list" in capsys.readouterr().out


def test_a_name_on_no_list_exits_1(lists, capsys):
    assert coverage("Nobody Whatsoever", lists=lists) == 1
    assert "no listing reached" in capsys.readouterr().out


def test_months_and_picture_are_written(lists, tmp_path):
    months, picture = tmp_path / "months.csv", tmp_path / "months.html"
    assert coverage(lists=lists, months=months, picture=picture) == 0
    assert "us" in months.read_text()
    assert picture.read_text(encoding="utf-8").startswith("<!doctype html>")
    with pytest.raises(InputError, match="end it in"):
        coverage(lists=lists, picture=tmp_path / "months.png")
    with pytest.raises(InputError, match="cannot be written"):
        coverage(lists=lists, picture=tmp_path / "missing" / "months.html")


def test_a_programme_keeps_whole_parties(capsys):
    sample = Path(__file__).parents[2] / "src" / "landwaiter" / "sources" / "ca_sema" / "sample"
    coverage(lists=sample, as_of=date(2026, 1, 1), json_=True)
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    programmes = sorted({row["programmes"] for row in rows})
    assert len(programmes) > 1
    coverage(lists=sample, as_of=date(2026, 1, 1), programme=programmes[0].upper(), json_=True)
    kept = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert kept == [row for row in rows if programmes[0] in row["programmes"]]
