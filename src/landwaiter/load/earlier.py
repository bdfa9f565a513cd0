"""What did an earlier run load? Its customs rows stand in its result, so a day's rows can be added to them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from landwaiter.errors import InputError
from landwaiter.tables import TABLES

# The files of which a result keeps no rows, and how they are given again.
OPTIONS = {
    "companies": "--companies",
    "ownership": "--ownership",
    "end_use_statements": "--statements",
    "trade_flows": "--flows",
    "components": "--components",
}
AGAIN = "run it anew on all of its files"


@dataclass(frozen=True)
class Earlier:
    """The customs rows of an earlier result.

    Args:
        declarations: Parquet file of the rows as they were loaded.
        rows: how many; a day's rows are numbered from here.
        rejects: of its customs files.
        inputs: what its run.json says of its customs files.
    """

    declarations: Path
    rows: int
    rejects: pa.Table
    inputs: list[dict[str, object]]


def read_earlier(result: Path, into: Path, given: Sequence[str]) -> Earlier:
    """Take the customs rows out of a result; InputError where not all that it was made of is there.

    Args:
        result: the folder that `landwaiter run` wrote.
        into: an existing folder for the rows.
        given: the kinds of files that are given again.
    """
    inputs = _inputs(result)
    for one in inputs:
        if one["kind"] in OPTIONS and one["kind"] not in given:
            what = f"was made with {one['file']} too, of which a result keeps no rows"
            raise InputError(str(result), what, f"give it again: {OPTIONS[str(one['kind'])]}")
    customs = [one for one in inputs if one["kind"] == "declarations"]
    rows = _copy(result / "shipments.parquet", into / "earlier.parquet")
    if rows != sum(int(str(one["loaded"])) for one in customs):
        raise InputError(str(result), "shipments.parquet and run.json do not tell of the same rows", AGAIN)
    rejects = pq.read_table(result / "rejects.parquet")
    files = pa.array([str(one["file"]) for one in customs], pa.string())
    return Earlier(into / "earlier.parquet", rows, rejects.filter(pc.is_in(rejects["file"], value_set=files)), customs)


def _inputs(result: Path) -> list[dict[str, object]]:
    try:
        inputs = json.loads((result / "run.json").read_text(encoding="utf-8"))["inputs"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(str(result), f"is no result of a run: {error}", "give the folder of --out") from error
    assert isinstance(inputs, list)
    return inputs


def _copy(shipments: Path, into: Path) -> int:
    """The declared columns, row group by row group: memory stays that of one."""
    schema = TABLES["declarations"].schema
    try:
        source = pq.ParquetFile(shipments)
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(str(shipments), f"cannot be read: {error}", AGAIN) from error
    with source:
        if not set(schema.names) <= set(source.schema_arrow.names):
            raise InputError(str(shipments), "was written by another version", AGAIN)
        with pq.ParquetWriter(into, schema) as writer:
            for batch in source.iter_batches(columns=schema.names):
                writer.write_table(pa.Table.from_batches([batch]).select(schema.names).cast(schema))
        return int(source.metadata.num_rows)
