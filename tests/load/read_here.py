"""Reads a small file in this process, and holds every reading to the promise that no row is lost."""

from pathlib import Path

import pyarrow.parquet as pq

from landwaiter.load.job import Job
from landwaiter.load.limits import Limits
from landwaiter.load.mapping import Mapping
from landwaiter.load.work import load_here


def read(source: Path, mapping: Mapping | None = None, limits: Limits | None = None) -> tuple[list[dict], list[dict]]:
    """Rows and rejects of a file, read in this process; that the child process does the same is tested elsewhere."""
    into = source.parent / "into"
    into.mkdir(exist_ok=True)
    job = Job("declarations", str(source), str(into), mapping or Mapping(), limits or Limits())
    done = load_here(job)
    rows, rejects = (pq.read_table(path).to_pylist() for path in done.paths)
    assert done.rows == done.loaded + done.rejected
    assert (done.loaded, done.rejected) == (len(rows), len({row["line"] for row in rejects}))
    return rows, rejects


def put(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path
