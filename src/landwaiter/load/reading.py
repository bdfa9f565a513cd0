"""Which reader reads this file? Opens it, tells form and encoding, and takes its digest."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from landwaiter.errors import InputError
from landwaiter.load.chunk import Reader
from landwaiter.load.columnar import ColumnarReader
from landwaiter.load.delimited import DelimitedReader
from landwaiter.load.encodings import Survey, normal_name
from landwaiter.load.jsonlines import JsonLinesReader, looks_like_json_lines
from landwaiter.load.limits import Limits
from landwaiter.load.mapping import Mapping
from landwaiter.load.opening import Opened, open_file
from landwaiter.load.registers import of_a_table, of_objects
from landwaiter.load.workbook import WorkbookReader


@dataclass(frozen=True)
class Reading:
    """A file that is being read.

    Args:
        sha256: digest of the file as it lies there.
        form: what it is: delimited, json lines, xlsx or parquet, and its packing.
        reader: gives its rows.
    """

    sha256: str
    form: str
    reader: Reader


@contextmanager
def start_reading(path: Path, mapping: Mapping, limits: Limits, kind: str = "") -> Iterator[Reading]:
    """Open a file of any form that we read; InputError where it is none, or was changed before the block ended.

    Of a `kind` that registers publish, their own forms are read too, unless the mapping names columns.
    """
    with open_file(path, limits) as opened, tempfile.TemporaryFile() as scratch:
        sha256 = opened.digest()
        packing = f", {opened.packing}" if opened.packing else ""
        if opened.form == "parquet":
            reader: Reader = ColumnarReader(opened.seekable(scratch), str(path), limits)
            form = "parquet"
        elif opened.form == "xlsx":
            reader = WorkbookReader(opened.seekable(scratch), str(path), limits, mapping.sheet)
            form = "xlsx"
        else:
            form, reader = _text_reader(opened, mapping, kind)
        if not mapping.columns:
            form, reader = of_a_table(form, reader, kind)
        yield Reading(sha256, form + packing, reader)
        opened.refuse_if_changed()


def _text_reader(opened: Opened, mapping: Mapping, kind: str) -> tuple[str, Reader]:
    survey = Survey()
    stream = opened.stream()
    while piece := stream.read(2**20):
        survey.feed(piece)
    survey.close()
    where = str(opened.path)
    if survey.head[:8].count(0) > 4:
        raise InputError(
            where, "is no text, and no table in a form that we know", "give CSV, XLSX, Parquet or JSON lines"
        )
    encoding = normal_name(mapping.encoding, where) if mapping.encoding else survey.encoding(where)
    trusted = survey.is_utf8 and encoding == "utf-8"
    promised = {suffix.lower() for suffix in opened.path.suffixes[-2:]}
    if not mapping.columns and not mapping.delimiter:
        found = of_objects(opened, encoding, kind, trusted=trusted)
        if found is not None:
            return found
    if not mapping.delimiter and looks_like_json_lines(survey.head, encoding):
        return "json lines", JsonLinesReader(opened, encoding, trusted=trusted)
    if promised & {".json", ".jsonl", ".ndjson"}:
        raise InputError(where, "is named as JSON but does not begin with an object", "put one object on each line")
    return "delimited", DelimitedReader(opened, encoding, mapping.delimiter, trusted=trusted)
