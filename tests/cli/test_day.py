"""Does `landwaiter day` add to the book of a run, tell what changed, and refuse what it cannot add?"""

import json
import os
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

HEADER = (
    "shipment_id,declared_on,reporter,flow,exporter_name,exporter_country,consignee_name,consignee_country,"
    "dispatch_country,destination_country,hs_code,quantity,quantity_unit,net_mass_kg,value_usd"
)
IN = "N1,2022-05-01,TW,export,Island Chips,TW,Nova Elektronik,TR,TW,TR,854231,500,C62,5,9000"
OUT = "N2,2022-05-20,TR,export,Nova Elektronik,TR,Volga,RU,TR,RU,854231,500,C62,5,12000"
BAD = "N3,no day,TR,export,Nova Elektronik,TR,Volga,RU,TR,RU,854231,500,C62,5,12000"


def landwaiter(*arguments, home) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from landwaiter.cli.main import main; main()", *map(str, arguments)]
    environment = {**os.environ, "LANDWAITER_HOME": str(home), "COLUMNS": "200"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=120)


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """A book founded by a run, a day added to it, and a run on all rows."""
    folder = tmp_path_factory.mktemp("story")
    home = folder / "home"
    (folder / "first.csv").write_text(f"{HEADER}\n{IN}\n", encoding="utf-8")
    (folder / "day.csv").write_text(f"{HEADER}\n{OUT}\n{BAD}\n", encoding="utf-8")
    first, day = folder / "first.csv", folder / "day.csv"
    terms = ["--as-of", "2024-01-01"]
    founded = landwaiter(
        "run", "--shipments", first, *terms, "--out", folder / "out", "--book", folder / "b", home=home
    )
    assert founded.returncode == 0, founded.stderr
    added = landwaiter("day", "--shipments", day, "--book", folder / "b", "--out", folder / "day", home=home)
    landwaiter("run", "--shipments", first, day, *terms, "--out", folder / "whole", home=home)
    return folder, added


def test_the_day_tells_the_hop_and_the_chain_that_it_completes(story):
    folder, added = story
    assert added.returncode == 0, added.stderr
    assert "day.csv: 2 rows = 1 loaded + 1 rejected" in added.stdout
    assert "2 new spellings or addresses: all spellings were resolved again" in added.stdout
    assert "1 hops and 1 chains may be new" in added.stdout
    assert "did not run: lists" in added.stdout
    for name in ("hops", "chains", "legs", "shipments", "parties"):
        assert pq.read_table(folder / "day" / f"{name}.parquet") == pq.read_table(folder / "whole" / f"{name}.parquet")


def test_a_days_result_can_be_followed(story):
    folder, _ = story
    followed = landwaiter("trace", "N2", "--out", folder / "day", home=folder / "home")
    assert followed.returncode == 0, followed.stderr
    assert "Island Chips" in followed.stdout


def test_json_says_what_was_opened(story):
    folder, _ = story
    record = json.loads((folder / "day" / "run.json").read_text(encoding="utf-8"))
    assert record["added"]["opened"]["links"] == 1
    assert (record["rows"], record["rejected"], record["book_rows"]) == (1, 1, 2)


def test_a_file_that_the_book_has_and_a_folder_that_is_no_book_are_refused(story, tmp_path):
    folder, _ = story
    again = landwaiter(
        "day", "--shipments", folder / "day.csv", "--book", folder / "b", "--out", tmp_path / "x", home=tmp_path
    )
    assert (again.returncode, again.stdout) == (1, "")
    assert "has the same content as day.csv, which the book has" in again.stderr
    other = landwaiter(
        "day", "--shipments", folder / "day.csv", "--book", tmp_path, "--out", tmp_path / "x", home=tmp_path
    )
    assert other.returncode == 1
    assert "landwaiter run --book" in other.stderr
    mark = json.loads((folder / "b" / "book.json").read_text(encoding="utf-8"))
    (folder / "b" / "book.json").write_text(json.dumps({**mark, "rules": "others"}), encoding="utf-8")
    older = landwaiter(
        "day", "--shipments", folder / "day.csv", "--book", folder / "b", "--out", tmp_path / "x", home=tmp_path
    )
    assert "founded under other rules" in older.stderr
