"""Do DuckDB and Sail keep every promise of the corridor alike?"""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from landwaiter.engine.choose import open_engine
from landwaiter.engine.step import Step, read_step
from landwaiter.errors import ContractError, EngineError
from landwaiter.tables import TABLES


@pytest.fixture(params=["duckdb", "sail"])
def corridor(request, tmp_path):
    if request.param == "sail":
        return request.getfixturevalue("sail")
    opened = open_engine("duckdb", tmp_path, memory_mb=500, threads=2)
    request.addfinalizer(lambda: opened.__exit__(None, None, None))
    return opened.__enter__()


def hops(ids=("a", "b")):
    return pa.table(
        {
            "in_row": list(ids),
            "out_row": ["x"] * len(ids),
            "party_id": ["p"] * len(ids),
            "family": ["854231"] * len(ids),
            "quantity": [float(number) for number in range(len(ids))],
            "days_between": list(range(len(ids))),
            "basis": ["seen"] * len(ids),
            "probability": [None] * len(ids),
        },
        schema=TABLES["hops"].schema,
    )


def step(sql: str, tmp_path: Path, name="made") -> Step:
    file = tmp_path / f"{name}.sql"
    file.write_text(f"-- A step.\n{sql}\n", encoding="utf-8")
    return read_step(file)


def test_what_is_put_comes_out_in_the_order_of_its_key(corridor):
    assert corridor.put("hops", hops(["b", "a", "я", "台"])) == 4
    assert corridor.get("hops").column("in_row").to_pylist() == ["a", "b", "я", "台"]
    assert corridor.get("hops").schema == TABLES["hops"].schema
    assert corridor.count("hops") == 4
    assert corridor.has("hops")


def test_putting_again_replaces(corridor):
    corridor.put("hops", hops(["a", "b", "c"]))
    corridor.put("hops", hops(["z"]))
    assert corridor.get("hops").column("in_row").to_pylist() == ["z"]


def test_parquet_files_are_put_as_one_table(corridor, tmp_path):
    for number, ids in enumerate((["c", "a"], ["b"])):
        pq.write_table(hops(ids), tmp_path / f"{number}.parquet")
    assert corridor.put_parquet("hops", [tmp_path / "0.parquet", tmp_path / "1.parquet"]) == 3
    assert corridor.get("hops").column("in_row").to_pylist() == ["a", "b", "c"]


def test_a_step_reads_what_is_stored_and_binds_values(corridor, tmp_path):
    corridor.put("hops", hops(["a", "b", "c"]))
    days = "DATE_DIFF('day', $since, DATE '2024-03-01') AS days"
    sql = f"SELECT in_row, {days}, $word AS word FROM hops WHERE days_between >= $low"
    made = step(sql, tmp_path)
    assert corridor.run(made, {"since": date(2024, 2, 1), "low": 1, "word": "'; --", "spare": 1}) == 2
    rows = sorted(corridor.get("made").to_pylist(), key=lambda row: row["in_row"])
    assert rows == [{"in_row": "b", "days": 29, "word": "'; --"}, {"in_row": "c", "days": 29, "word": "'; --"}]


def test_a_step_may_replace_what_it_reads(corridor, tmp_path):
    corridor.put("hops", hops(["a", "b", "c"]))
    same = "in_row, out_row, party_id, family, quantity, basis, probability"
    more = step(f"SELECT {same}, days_between + 1 AS days_between FROM hops", tmp_path)
    for _ in range(3):
        corridor.run(more, {}, "hops")
    assert corridor.get("hops").column("days_between").to_pylist() == [3, 4, 5]


def test_a_step_that_makes_no_row_still_has_its_columns(corridor, tmp_path):
    corridor.put("hops", hops())
    assert (
        corridor.run(
            step(
                "SELECT in_row, LIST_SORT(LIST(family)) AS f FROM hops WHERE days_between > 9 GROUP BY in_row", tmp_path
            ),
            {},
        )
        == 0
    )
    assert corridor.get("made").column_names == ["in_row", "f"]


def test_a_step_that_breaks_its_contract_is_refused(corridor, tmp_path):
    corridor.put("rows", pa.table({"a": ["x"]}))
    with pytest.raises(ContractError, match="columns missing"):
        corridor.run(step("SELECT a AS in_row FROM rows", tmp_path, "hops"), {})


def test_nulls_where_none_may_be_are_refused_on_the_way_in(corridor):
    broken = hops().to_pydict() | {"family": ["854231", None]}
    with pytest.raises(ContractError, match="column 'family' has 1 nulls"):
        corridor.put("hops", pa.table(broken))


def test_a_division_by_zero_is_an_error_and_not_infinity(corridor, tmp_path):
    corridor.put("rows", pa.table({"a": [1, 0]}))
    with pytest.raises(EngineError, match="made"):
        corridor.run(step("SELECT 1 / CAST(a AS DOUBLE) AS b FROM rows", tmp_path), {})


def test_batches_come_in_order_and_the_file_is_the_same_on_both(corridor, tmp_path):
    ids = [f"r-{number * 7919 % 5000:05d}" for number in range(5000)]
    corridor.put("hops", hops(ids))
    pieces = list(corridor.batches("hops", 1000))
    assert [one for piece in pieces for one in piece.column("in_row").to_pylist()] == sorted(ids)
    assert corridor.write("hops", tmp_path / "hops.parquet") == 5000
    assert pq.read_table(tmp_path / "hops.parquet").equals(corridor.get("hops"))
    with open_engine("duckdb", tmp_path, memory_mb=500, threads=1) as other:
        other.put("hops", hops(ids))
        other.write("hops", tmp_path / "other.parquet")
    assert (tmp_path / "hops.parquet").read_bytes() == (tmp_path / "other.parquet").read_bytes()


def test_a_dropped_table_is_gone(corridor):
    corridor.put("hops", hops())
    corridor.drop("hops")
    corridor.drop("hops")
    assert not corridor.has("hops")
    with pytest.raises(EngineError, match=r"^hops: "):
        corridor.count("hops")


def test_a_step_that_reads_what_is_not_there_names_itself(corridor, tmp_path):
    with pytest.raises(EngineError, match="made"):
        corridor.run(step("SELECT a FROM nowhere", tmp_path), {})
