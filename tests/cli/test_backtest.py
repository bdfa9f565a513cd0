import csv
import json

import pytest

from landwaiter.cli.backtest import backtest
from landwaiter.errors import InputError

CASES = """
cases:
- id: old
  title: An old case
  actors:
  - {name: Kupol Trading LLC, country: RU}
  backtest: {as_of: 2022-06-30}
- id: new
  actors:
  - {name: Kupol Trading LLC, country: RU}
  backtest: {as_of: 2023-06-30}
"""
LISTS = "listing_id,list,name,kind,country,listed_on\nx:1,ours,Kupol Trading,organisation,RU,2022-12-31\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "cases.yaml").write_text(CASES, encoding="utf-8")
    (tmp_path / "lists.csv").write_text(LISTS, encoding="utf-8")
    return {"cases": tmp_path / "cases.yaml", "lists": tmp_path / "lists.csv", "out": tmp_path / "out.csv"}


def test_the_same_firm_is_unlisted_then_and_listed_later(files, capsys):
    assert backtest(**files) == 0
    old, new = csv.DictReader(files["out"].read_text(encoding="utf-8").splitlines())
    assert (old["on_lists"], old["lead_days"], new["on_lists"], new["lead_days"]) == ("", "184", "ours", "")
    assert old["flagged"] == new["flagged"] == "did not run: no customs rows were given"
    said = capsys.readouterr().out
    assert "old, as of 2022-06-30: An old case" in said
    assert "2 actors: 1 on a list on the day, 1 listed later; flagged by rows: 2 did not run" in said


def test_one_case_as_json_lines(files, capsys):
    assert backtest(**files, case=["new"], json_=True) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["listed_as"].startswith("Kupol Trading 0.9")


def test_wrong_wishes_are_refused(files, tmp_path):
    with pytest.raises(InputError, match="has no case 'other'"):
        backtest(**files, case=["other"])
    with pytest.raises(InputError, match="no number of days"):
        backtest(**files, every=-1)
    with pytest.raises(InputError, match="not an empty folder"):
        backtest(**files, keep=tmp_path)
