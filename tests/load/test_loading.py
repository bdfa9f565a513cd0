"""Does every row of a user's file end up loaded or rejected, with the facts that the contract asks for?"""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from landwaiter.errors import InputError
from landwaiter.load.loading import load
from landwaiter.tables import TABLES

DECLARATIONS = """Declared on,reporter,FLOW,exporter name,consignee_name,hs_code,quantity,quantity_unit,value,currency
2024-01-05,Taiwan,出口,Alpha,Beta,0101.30,5,шт,100,EUR
2024-13-05,TW,EXP,Alpha,Beta,010130,5,pcs,100,EUR
2021-06-01T08:30:00,HKG,import,Alpha,"Beta, Inc",854231,2,dozen,7,USD
too,short
2024-01-05,TW,export,,,854231,-1,pcs,,
"""


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


def test_rows_are_loaded_or_rejected_and_both_tables_keep_their_contract(tmp_path: Path, into: Path):
    source = tmp_path / "books.csv"
    source.write_text(DECLARATIONS, encoding="utf-8")
    loaded = load("shipments", source, into, first_row_no=10)
    assert loaded.line == "books.csv: 5 rows = 2 loaded + 3 rejected"
    table, rejects = (pq.read_table(path) for path in loaded.paths)
    assert table.schema.equals(TABLES["declarations"].schema)
    assert rejects.schema.equals(TABLES["rejects"].schema)
    first, second = table.to_pylist()
    assert first["row_id"] == f"{loaded.sha256[:12]}-2"
    assert (first["row_no"], second["row_no"]) == (10, 11)
    assert first["declared_on"] == date(2024, 1, 5)
    assert (first["reporter"], first["flow"], first["dispatch_country"]) == ("TW", "export", "TW")
    assert (first["hs_code"], first["hs4"], first["hs6"], first["hs_edition"]) == ("010130", "0101", "010130", "2022")
    assert (first["quantity_base"], first["base_unit"], first["quantity_milli"]) == (5.0, "C62", 5000)
    assert first["value_usd"] == pytest.approx(100 / 0.9242)
    assert (second["destination_country"], second["consignee_name"]) == ("HK", "Beta, Inc")
    assert (second["hs_edition"], second["quantity_unit"], second["quantity_milli"]) == ("2017", "DZN", 24000)
    assert [(row["line"], row["column"]) for row in rejects.to_pylist()] == [
        (3, "declared_on"),
        (5, ""),
        (6, "exporter_name"),
        (6, "quantity"),
    ]


def test_parquet_with_numbers_and_days_gives_the_same_as_text(tmp_path: Path, into: Path):
    text = tmp_path / "books.csv"
    text.write_text(
        "declared_on,reporter,flow,exporter_name,hs_code,quantity,quantity_unit\n"
        "2024-01-05,TW,export,Alpha,01013000,5,C62\n2024-01-06,TW,export,Alpha,85423100,2.5,KGM\n",
        encoding="utf-8",
    )
    typed = tmp_path / "books.parquet"
    columns = {
        "declared_on": pa.array([date(2024, 1, 5), date(2024, 1, 6)]),
        "reporter": ["TW", "TW"],
        "flow": ["export", "export"],
        "exporter_name": ["Alpha", "Alpha"],
        "hs_code": pa.array([1013000, 85423100]),
        "quantity": pa.array([5.0, 2.5]),
        "quantity_unit": ["C62", "KGM"],
    }
    pq.write_table(pa.table(columns), typed)
    ours = [pq.read_table(load("declarations", source, into).paths[0]) for source in (text, typed)]
    per_file = ["row_id", "file", "line", "shipment_id"]
    assert ours[0].drop_columns(per_file).equals(ours[1].drop_columns(per_file))


def test_a_missing_column_is_refused_with_a_proposal(tmp_path: Path, into: Path):
    source = tmp_path / "books.csv"
    source.write_text("報關日期,Reporting country,flow,出口商\n2024-01-05,TW,export,Alpha\n", encoding="utf-8")
    with pytest.raises(InputError, match='declared_on = "報關日期", reporter = "Reporting country"'):
        load("declarations", source, into)
    assert list(into.iterdir()) == []
