"""Do contracts refuse what they do not promise?"""

import pyarrow as pa
import pytest

from landwaiter.errors import ContractError
from landwaiter.tables import TABLES, check


def hops(**changes: pa.Array) -> pa.Table:
    columns = {
        "in_row": pa.array(["a"]),
        "out_row": pa.array(["b"]),
        "party_id": pa.array(["p-1"]),
        "family": pa.array(["854231"]),
        "quantity": pa.array([1.0]),
        "days_between": pa.array([3], pa.int32()),
        "basis": pa.array(["seen"]),
        "probability": pa.array([1.0]),
    }
    return pa.table({**columns, **changes})


def test_a_table_that_keeps_its_contract_comes_back_in_the_contracts_order():
    shuffled = hops().select(
        ["quantity", "in_row", "out_row", "party_id", "family", "days_between", "basis", "probability"]
    )
    assert check("hops", shuffled).schema == TABLES["hops"].schema


def test_other_integer_widths_and_string_layouts_are_narrowed():
    table = hops(days_between=pa.array([3], pa.int64()), in_row=pa.array(["a"], pa.large_string()))
    assert check("hops", table).schema == TABLES["hops"].schema


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        (hops().drop_columns(["family"]), "columns missing: ['family']"),
        (hops(note=pa.array(["x"])), "not in the contract: ['note']"),
        (hops(quantity=pa.array([1])), "column 'quantity' is int64, not DOUBLE"),
        (hops(party_id=pa.array([None], pa.string())), "column 'party_id' has 1 nulls"),
    ],
)
def test_a_table_that_breaks_its_contract_is_refused(table, complaint):
    with pytest.raises(ContractError, match=complaint.replace("[", r"\[").replace("]", r"\]")):
        check("hops", table)


def test_every_column_says_what_a_cell_means():
    for table in TABLES.values():
        assert set(table.key) <= set(table.schema.names), table.name
        assert all(len(column.sentence) > 3 for column in table.columns), table.name
