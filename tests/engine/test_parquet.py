"""Do the same rows give the same bytes, and is a file there whole or not at all?"""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from landwaiter.engine.parquet import ROW_GROUP, write_parquet
from landwaiter.errors import ContractError
from landwaiter.tables import TABLES


def hops(first, last):
    ids = [f"r-{number:07d}" for number in range(first, last)]
    rows = len(ids)
    columns = {
        "in_row": ids,
        "out_row": ["b"] * rows,
        "party_id": ["p"] * rows,
        "family": ["854231"] * rows,
        "quantity": [0.5] * rows,
        "days_between": [3] * rows,
        "basis": ["seen"] * rows,
        "probability": [None] * rows,
    }
    return pa.table(columns, schema=TABLES["hops"].schema)


def pieces(rows, size):
    return [batch for low in range(0, rows, size) for batch in hops(low, min(low + size, rows)).to_batches()]


def test_the_size_of_the_pieces_does_not_show_in_the_bytes(tmp_path):
    rows = 2 * ROW_GROUP + 77
    for name, size in (("small", 9_999), ("large", rows)):
        assert write_parquet("hops", pieces(rows, size), tmp_path / name) == rows
    assert (tmp_path / "small").read_bytes() == (tmp_path / "large").read_bytes()
    assert pq.ParquetFile(tmp_path / "small").num_row_groups == 3


def test_an_empty_table_has_its_columns(tmp_path):
    assert write_parquet("hops", [], tmp_path / "hops.parquet") == 0
    assert pq.read_table(tmp_path / "hops.parquet").schema.equals(TABLES["hops"].schema)


@pytest.mark.parametrize("rows", [10, ROW_GROUP])
def test_two_rows_with_one_key_are_refused_also_across_row_groups(tmp_path, rows):
    (tmp_path / "hops.parquet").write_bytes(b"the earlier result")
    twins = [*hops(0, rows).to_batches(), *hops(rows - 1, rows + 5).to_batches()]
    with pytest.raises(ContractError, match=f"in_row = 'r-{rows - 1:07d}', out_row = 'b'"):
        write_parquet("hops", twins, tmp_path / "hops.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["hops.parquet"]
    assert (tmp_path / "hops.parquet").read_bytes() == b"the earlier result"


def test_a_failure_half_way_leaves_the_earlier_file(tmp_path):
    def breaking():
        yield hops(0, 10).to_batches()[0]
        raise OSError(28, "No space left on device")

    (tmp_path / "hops.parquet").write_bytes(b"the earlier result")
    with pytest.raises(OSError, match="No space left"):
        write_parquet("hops", breaking(), tmp_path / "hops.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["hops.parquet"]
    assert (tmp_path / "hops.parquet").read_bytes() == b"the earlier result"
