"""Are the markings of a case's statements looked for in a run, and other words left alone?"""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from landwaiter.cases.statement import Statement, identified
from landwaiter.classify.components import COLUMNS
from landwaiter.cli.parts import SEEN
from landwaiter.cli.tips import shipments_of


@pytest.fixture
def run(tmp_path):
    """Two shipments, one of which names a part."""
    said = {"exporter_name": "Island Chips", "consignee_name": "Aurora", "dispatch_country": "TW",
            "destination_country": "AE", "declared_on": date(2022, 6, 1)}  # fmt: skip
    rows = [{**dict.fromkeys([*COLUMNS, *SEEN]), **said, "row_id": f"f:{place}", "part_number": part}
            for place, part in enumerate(("MAX3221EAE", ""))]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "shipments.parquet")
    pq.write_table(pa.table({"chain_id": ["c1"], "row_id": ["f:0"]}), tmp_path / "chains.parquet")
    return tmp_path


def test_each_marking_leads_to_its_shipments_and_other_words_to_none(run):
    values = {"description": "Marking MAX3221EAE 2130, on a drive board", "summary": "The buyer has no website",
              "name": "MAX3221EAE Trading", "notes": "XC7A100T"}  # fmt: skip
    said = [identified(Statement("", "t", "Note", name, value)) for name, value in values.items()]
    found = shipments_of([*said, *said], run, date(2026, 1, 1))
    assert {asked: [row["row_id"] for row in rows] for asked, rows in found.items()} == {
        "Marking MAX3221EAE 2130, on a drive board": ["f:0"], "XC7A100T": [],
    }  # fmt: skip
    (row,) = found["Marking MAX3221EAE 2130, on a drive board"]
    assert (row["declared_on"], row["chains"], row["basis"]) == ("2022-06-01", "c1", "inferred")
