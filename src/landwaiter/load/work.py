"""Reads one file from its first byte to the last reject; runs in the child process."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from landwaiter.errors import InputError
from landwaiter.load.batch import Batch
from landwaiter.load.chunk import Chunk
from landwaiter.load.columns import DISTINCT, OF_CODES, Rule, rules
from landwaiter.load.declarations import declarations
from landwaiter.load.headers import match_headers, near_misses
from landwaiter.load.job import Done, Job
from landwaiter.load.kinds import KINDS
from landwaiter.load.mapping import Mapping
from landwaiter.load.others import companies, components, end_use_statements, ownership, trade_flows
from landwaiter.load.reading import start_reading
from landwaiter.load.store import Store
from landwaiter.ref.money import Rates
from landwaiter.tables import TABLES

# By which cell a person finds a rejected row again.
ID_COLUMNS = {
    "declarations": "shipment_id",
    "companies": "company_id",
    "ownership": "owned_id",
    "end_use_statements": "statement_id",
    "trade_flows": "period",
    "components": "component_id",
}


def load_here(job: Job) -> Done:
    """Load a file in this process; see `loading.load` for the child process that keeps to the limits."""
    kind, source, into, mapping = job.kind, Path(job.source), Path(job.into), job.mapping
    columns = KINDS[kind].columns
    coded = frozenset(name for name, rule in columns.items() if rule in DISTINCT)
    codes = frozenset(name for name, rule in columns.items() if rule in OF_CODES)
    by_column = {name: rules(mapping)[rule]() for name, rule in columns.items()}
    constants = _constants(mapping, by_column, str(source))
    file = source.name.encode("utf-8", "replace").decode()
    rejected = 0
    with (
        start_reading(source, mapping, job.limits, kind) as reading,
        Store(into, kind) as store,
        Store(into, "rejects") as rejects,
    ):
        matched = match_headers(reading.reader.header, kind, mapping, str(source))
        for chunk in reading.reader.chunks(matched.positions, coded, codes):
            batch = Batch(chunk, KINDS[kind], by_column, constants, reading.sha256[:12])
            values = _contract(kind, batch, job.rates, file)
            rejected += _set_aside(rejects, file, chunk, batch, ID_COLUMNS[kind])
            kept = batch.kept({name: values[name] for name in TABLES[kind].schema.names if name in values})
            if kind == "declarations":
                size = batch.size - int(batch.is_bad.sum())
                kept["row_no"] = pa.array(np.arange(size, dtype=np.int64) + job.first_row_no + store.rows)
            store.add(kept)
        reader = reading.reader
    return Done(
        reading.sha256,
        reader.encoding,
        rows=store.rows + rejected,
        loaded=store.rows,
        rejected=rejected,
        form=reading.form,
        notes=reader.notes + near_misses(matched, kind, mapping),
        ignored_columns=list(matched.ignored),
        paths=[str(store.path), str(rejects.path)],
    )


def _constants(mapping: Mapping, by_column: dict[str, Rule], where: str) -> dict[str, pa.Scalar]:
    constants = {}
    for name, text in mapping.constants.items():
        found = by_column[name](pa.array([text]))
        if found.reasons:
            raise InputError(
                where, f"has the constant {name} = '{text}', which {found.reasons[0]}", "correct the mapping"
            )
        constants[name] = found.values[0]
    return constants


def _contract(kind: str, batch: Batch, rates: Rates, file: str) -> dict[str, pa.Array]:
    if kind == "declarations":
        return {**declarations(batch, rates), "file": pa.repeat(file, batch.size)}
    if kind == "trade_flows":
        return trade_flows(batch, rates, file)
    others = (companies, ownership, end_use_statements, components)
    return {other.__name__: other for other in others}[kind](batch)


def _set_aside(rejects: Store, file: str, chunk: Chunk, batch: Batch, id_column: str) -> int:
    """Write the faults of a chunk; give the number of rows they concern."""
    names = batch.declared(id_column, sorted({fault.line for fault in batch.faults}))
    faults = sorted(chunk.faults + batch.faults, key=lambda fault: (fault.line, fault.column, fault.reason))
    rejects.add(
        {
            "file": pa.repeat(file, len(faults)),
            "row": pa.array([fault.row or names.get(fault.line, str(fault.line)) for fault in faults], pa.string()),
            "line": pa.array([fault.line for fault in faults], pa.int64()),
            "column": pa.array([fault.column for fault in faults], pa.string()),
            "value": pa.array([fault.value for fault in faults], pa.string()),
            "reason": pa.array([fault.reason for fault in faults], pa.string()),
        }
    )
    return len({fault.line for fault in faults})
