"""Small books a person can read, the real series, and a corridor to compare them in."""

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from landwaiter.engine.duck import DuckCorridor, open_duck
from landwaiter.tables import TABLES

TRADE = Path(__file__).parents[2] / ".." / "shared" / "data" / "trade"
COUNTRIES = {"Armenia": "AM", "Kazakhstan": "KZ", "Kyrgyzstan": "KG", "Uzbekistan": "UZ"}

# period, reporter, partner, flow, hs_code, value
Cell = tuple[str, str, str, str, str, float]


def flows_of(cells: Iterable[Cell]) -> pa.Table:
    """Table `trade_flows` of cells, in the order given."""
    rows = [
        {
            "row_id": f"books:{number}",
            "period": period,
            "reporter": reporter,
            "partner": partner,
            "flow": flow,
            "hs_code": code,
            "value_usd": float(value),
            "source": "books",
        }
        for number, (period, reporter, partner, flow, code, value) in enumerate(cells)
    ]
    return pa.Table.from_pylist(rows, schema=TABLES["trade_flows"].schema)


@pytest.fixture
def flows() -> Callable[[Iterable[Cell]], pa.Table]:
    return flows_of


@pytest.fixture
def corridor(tmp_path: Path) -> Iterator[DuckCorridor]:
    with open_duck(tmp_path, memory_mb=1000, threads=2) as opened:
        yield opened


@pytest.fixture(scope="session")
def eu_exports() -> pa.Table:
    """The EU's monthly exports of listed goods to seven countries, in euro."""
    file = TRADE / "eu27_exports_sanctioned_monthly.parquet"
    if not file.exists():
        pytest.skip("needs ../shared/data/trade: the real EU series are not here")
    read = pq.read_table(file)
    known = {
        "row_id": pa.array([f"eu:{number}" for number in range(read.num_rows)]),
        "period": read.column("month"),
        "reporter": read.column("reporter"),
        "partner": read.column("partner"),
        "flow": pa.repeat("export", read.num_rows),
        "hs_code": read.column("cn8"),
        "value_usd": read.column("eur").cast(pa.float64()),
        "source": pa.repeat("eu", read.num_rows),
    }
    schema = TABLES["trade_flows"].schema
    return pa.table({f.name: known.get(f.name, pa.nulls(read.num_rows, f.type)) for f in schema}, schema=schema)


@pytest.fixture(scope="session")
def eu_totals() -> pa.Table:
    """All goods of the EU to four countries by year, as both sides report them, in euro."""
    file = TRADE / "mirror_eu27_totals_2019_2023.csv"
    if not file.exists():
        pytest.skip("needs ../shared/data/trade: the real mirror totals are not here")
    cells: list[Cell] = []
    with file.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            country, year = COUNTRIES[line["reporter"]], line["year"]
            exports, imports = (float(line[f"{side}_meur"]) * 1e6 for side in SIDES)
            cells.append((year, "EU", country, "export", "TOTAL", exports))
            cells.append((year, country, "EU", "import", "TOTAL", imports))
    return flows_of(cells)


SIDES = ("eu27_reported_exports", "partner_reported_imports")
