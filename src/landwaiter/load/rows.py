"""Reads a small file of any form and any header as it stands: lists of the user, batches of names."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from landwaiter.errors import InputError
from landwaiter.load.columns import as_text
from landwaiter.load.job import ROWS_FILE, Done, Job
from landwaiter.load.reading import start_reading

LOOKED_AT = 200  # rows
NOTHING: frozenset[str] = frozenset()


def collect_rows(job: Job) -> Done:
    """Write all columns of a file as text to a folder, in this process; a row that cannot be read refuses the file."""
    source = job.source
    with start_reading(Path(source), job.mapping, job.limits) as reading:
        header = reading.reader.header
        twice = sorted({name for name in header if header.count(name) > 1})
        if twice:
            raise InputError(source, f"has the header '{twice[0]}' twice", "rename one of them")
        wanted = {name: place for place, name in enumerate(header) if name}
        schema = pa.schema([pa.field(name, pa.string()) for name in wanted])
        with pq.ParquetWriter(Path(job.into) / ROWS_FILE, schema, compression="lz4") as writer:
            for chunk in reading.reader.chunks(wanted, NOTHING, NOTHING):
                if chunk.faults:
                    fault = chunk.faults[0]
                    place = f"line {fault.line}" + (f", {fault.column}" if fault.column else "")
                    raise InputError(source, f"{place}: {fault.reason}", "repair it: no row may be lost")
                arrays = [_plain(chunk.columns[name]) for name in wanted]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
    return Done(reading.sha256, reading.reader.encoding)


def look_here(job: Job) -> Done:
    """Read the header and the first rows of a file, in this process; empty cells are empty texts."""
    with start_reading(Path(job.source), job.mapping, job.limits) as reading:
        reader = reading.reader
        wanted = {str(place): place for place in range(len(reader.header))}
        chunk = next(reader.chunks(wanted, NOTHING, NOTHING), None)
        columns = [] if chunk is None else [_plain(chunk.columns[name][:LOOKED_AT]).to_pylist() for name in wanted]
        samples = [[text or "" for text in column] for column in columns]
    return Done(
        reading.sha256,
        reader.encoding,
        form=reading.form,
        notes=reader.notes,
        header=list(reader.header),
        samples=samples,
    )


def _plain(column: pa.Array) -> pa.Array:
    text = as_text(column)
    return text.dictionary_decode() if pa.types.is_dictionary(text.type) else text
