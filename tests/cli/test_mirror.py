"""Does `landwaiter mirror` write what was found, and say what ran, what did not, and what was refused?"""

import csv
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from landwaiter.cli.mirror import mirror
from landwaiter.errors import InputError
from landwaiter.tables import TABLES

TRADE = Path(__file__).parents[2] / ".." / "shared" / "data" / "trade"
HEADER = ["period", "reporter", "partner", "flow", "hs_code", "value_usd"]
BOOKS = [
    ("2023", "TW", "TR", "export", "854231", "1000000"),
    ("2023", "TR", "TW", "import", "854231", "530000"),
]
MAP = """
[flows.columns]
period = "month"
reporter = "reporter"
partner = "partner"
hs_code = "cn8"
value_usd = "eur"

[flows.constants]
flow = "export"
source = "Eurostat COMEXT"
"""


@pytest.fixture
def books(tmp_path: Path) -> Path:
    return written(tmp_path / "books.csv", BOOKS)


def written(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


def test_the_summary_names_what_was_found_and_what_did_not_run(
    books: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert mirror(flows=[books], out=tmp_path / "gaps.csv", as_of=date(2024, 6, 1)) == 0
    said = capsys.readouterr().out
    assert "books.csv: 2 rows = 2 loaded + 0 rejected" in said
    assert "mirror_gap: 1 lines, exported and not imported" in said
    assert "USD 1,060,000 with 6 % for freight and insurance, and TR books USD 530,000: 50 % is missing" in said
    assert "did not run: break: the flows hold no monthly exports by code" in said


@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
def test_every_ending_holds_the_columns_of_the_contract(
    books: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    out = tmp_path / f"gaps.{ending}"
    mirror(flows=[books], out=out, as_of=date(2024, 6, 1))
    if ending == "csv":
        with out.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    elif ending == "parquet":
        rows = pq.read_table(out).to_pylist()
    else:
        rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert list(rows[0]) == TABLES["gaps"].schema.names
    assert (rows[0]["reporter"], rows[0]["partner"], rows[0]["hs_code"]) == ("TW", "TR", "854231")
    assert float(rows[0]["score"]) == pytest.approx(0.375)
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_json_is_one_object_with_what_did_not_run(
    books: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mirror(flows=[books], out=tmp_path / "gaps.csv", as_of=date(2024, 6, 1), json_=True)
    said = json.loads(capsys.readouterr().out)
    assert said["rows"] == 1
    assert said["inputs"][0]["loaded"] == 2
    assert {"name", "reason"} == set(said["not_run"][0])
    assert said["top"]["mirror_gap"][0]["score"] == pytest.approx(0.375)


def test_the_same_books_give_the_same_bytes(books: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("first.parquet", "second.parquet"):
        mirror(flows=[books], out=tmp_path / name, as_of=date(2024, 6, 1))
    assert (tmp_path / "first.parquet").read_bytes() == (tmp_path / "second.parquet").read_bytes()


def test_rows_set_aside_are_counted_with_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    books = written(tmp_path / "books.csv", [*BOOKS, ("March", "TW", "TR", "export", "854231", "1")])
    mirror(flows=[books], out=tmp_path / "gaps.csv", as_of=date(2024, 6, 1))
    said = capsys.readouterr().out
    assert "3 rows = 2 loaded + 1 rejected" in said
    assert "1 rows rejected: period is no period" in said


def test_a_file_without_one_usable_row_is_refused(tmp_path: Path) -> None:
    books = written(tmp_path / "books.csv", [("March", "TW", "TR", "export", "854231", "1")])
    with pytest.raises(InputError, match="no row that can be understood: 1 rows rejected: period is no period"):
        mirror(flows=[books], out=tmp_path / "gaps.csv", as_of=date(2024, 6, 1))
    assert not (tmp_path / "gaps.csv").exists()


@pytest.mark.parametrize("window", ["2022", "2022-11..2022-05", "2022-01..2023-01", "2022-13..2022-14"])
def test_a_window_that_is_none_is_refused(books: Path, tmp_path: Path, window: str) -> None:
    with pytest.raises(InputError, match="--window"):
        mirror(flows=[books], out=tmp_path / "gaps.csv", window=[window])


def test_an_ending_that_we_do_not_write_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no ending that we write"):
        mirror(flows=[tmp_path / "absent.csv"], out=tmp_path / "gaps.xlsx")


def test_a_folder_that_is_not_there_is_named(books: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        mirror(flows=[books], out=tmp_path / "absent" / "gaps.csv", as_of=date(2024, 6, 1))


def test_the_real_series_through_a_mapping(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = TRADE / "eu27_exports_sanctioned_monthly.parquet"
    if not file.exists():
        pytest.skip("needs ../shared/data/trade: the real EU series are not here")
    (tmp_path / "map.toml").write_text(MAP)
    mirror(
        flows=[file],
        out=tmp_path / "gaps.csv",
        map_=tmp_path / "map.toml",
        as_of=date(2022, 11, 30),
        targets="RU,BY",
        window=["2022-03..2022-08"],
        money="EUR",
    )
    said = capsys.readouterr().out
    assert "655587 rows = 655587 loaded + 0 rejected" in said
    assert "EUR 8,069,528,473 less to RU: 10.8 %" in said
    assert "851713" not in (tmp_path / "gaps.csv").read_text()
