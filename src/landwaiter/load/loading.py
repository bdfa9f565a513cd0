"""Loads a user's file: rows that are understood to one Parquet file, the others to rejects; none is lost."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from landwaiter.errors import InputError
from landwaiter.load.job import LOOK, ROWS, ROWS_FILE, Done, Job
from landwaiter.load.kinds import kind_of
from landwaiter.load.limits import Limits
from landwaiter.load.mapping import Mapping
from landwaiter.ref.money import rates_per_usd


@dataclass(frozen=True)
class Loaded:
    """What became of a file; `rows` is always `loaded` + `rejected`.

    Args:
        file: its name without folders.
        sha256: digest of the file as it lies there.
        form: what it is, from its bytes: delimited, json lines, xlsx or parquet, and its packing.
        encoding: in which its text was read.
        notes: what the reader decided and a person should know, such as the delimiter or the sheet.
        ignored_columns: headers that stand for none of our columns.
        paths: the Parquet file of the rows and that of the rejects.
    """

    file: str
    sha256: str
    rows: int
    loaded: int
    rejected: int
    form: str
    encoding: str
    notes: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    paths: tuple[Path, Path]

    @property
    def line(self) -> str:
        """The sentence that is printed for every file."""
        return f"{self.file}: {self.rows} rows = {self.loaded} loaded + {self.rejected} rejected"


def load(
    kind: str,
    source: Path,
    into: Path,
    *,
    mapping: Mapping | None = None,
    first_row_no: int = 0,
    limits: Limits | None = None,
    rates: pa.Table | None = None,
) -> Loaded:
    """Load a file in a child process that is held to the limits; InputError says what is wrong with it.

    Args:
        kind: declarations (or shipments), companies, ownership, trade_flows (or flows), components.
        into: an existing folder; `<kind>-<n>.parquet` and `rejects-<n>.parquet` are written there, n being free.
        mapping: how its headers map to ours; None where they have our names.
        first_row_no: row_no of the first row that is loaded.
        rates: currency, year and per_usd in place of our own table.
    """
    kind = kind_of(kind, str(source))
    limits, mapping = limits or Limits(), mapping or Mapping()
    job = Job(kind, str(source), str(into), mapping, limits, first_row_no, rates_per_usd(rates))
    before = set(into.iterdir())
    try:
        done = _in_child(job)
    except InputError:
        for path in set(into.glob("*.part")) - before:
            path.unlink()
        raise
    return Loaded(
        file=source.name,
        sha256=done.sha256,
        rows=done.rows,
        loaded=done.loaded,
        rejected=done.rejected,
        form=done.form,
        encoding=done.encoding,
        notes=tuple(done.notes),
        ignored_columns=tuple(done.ignored_columns),
        paths=(Path(done.paths[0]), Path(done.paths[1])),
    )


def read_rows(path: Path, *, mapping: Mapping | None = None, limits: Limits | None = None) -> pa.Table:
    """All rows of a small file as text under its own headers; a row that cannot be read refuses the whole file."""
    with tempfile.TemporaryDirectory() as folder:
        _in_child(Job(ROWS, str(path), folder, mapping or Mapping(), limits or Limits()))
        return pq.read_table(Path(folder) / ROWS_FILE, memory_map=False)


def look(path: Path, *, mapping: Mapping | None = None, limits: Limits | None = None) -> Done:
    """The header of a file, its form and encoding, and the first rows, column by column, as text."""
    return _in_child(Job(LOOK, str(path), "", mapping or Mapping(), limits or Limits()))


def _in_child(job: Job) -> Done:
    command = [sys.executable, "-P", "-m", "landwaiter.load.child"]
    seconds = job.limits.seconds
    try:
        ended = subprocess.run(
            command, input=job.to_json(), capture_output=True, text=True, encoding="utf-8", timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        what = f"could not be read within {seconds} seconds"
        raise InputError(job.source, what, "split the file, or allow more time") from None
    if ended.returncode != 0 or not ended.stdout:
        what = f"made the reading process end early (status {ended.returncode})"
        hint = "it may be damaged, or need more memory than it may use; nothing of it was loaded"
        raise InputError(job.source, what, hint)
    answer = json.loads(ended.stdout)
    if "error" in answer:
        raise InputError(*answer["error"])
    return Done(**answer["done"])
