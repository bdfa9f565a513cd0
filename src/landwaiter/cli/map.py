"""`landwaiter map`: proposes which header of a file is which of our columns, as a file to check and edit."""

import json
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landwaiter.load.kinds import kind_of
from landwaiter.load.loading import look
from landwaiter.load.mapping import Mapping
from landwaiter.load.proposing import as_toml, make_proposal


def map(  # noqa: A001 - a command's function carries the command's name
    file: Path,
    /,
    *,
    kind: str = "shipments",
    out: Path | None = None,
    encoding: str = "",
    delimiter: str = "",
    sheet: str = "",
    json_: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Propose how the headers of a file map to our columns, and print it as TOML to edit and give to --map.

    Args:
        file: CSV, TSV, XLSX, Parquet or JSON lines, packed or not.
        kind: shipments, companies, ownership, statements, flows or components.
        out: write the mapping there instead of printing it; an existing file is kept.
        encoding: of a text whose bytes do not tell it, such as big5.
        delimiter: of a text, one character, where the first lines do not tell it.
        sheet: of a workbook, when it is not the first.
        json_: print one JSON object instead of TOML.
    """
    ours = kind_of(kind, "--kind")
    seen = look(file, mapping=Mapping(encoding=encoding, delimiter=delimiter, sheet=sheet))
    proposal = make_proposal(seen.header, seen.samples, ours)
    if json_:
        said = {
            "file": str(file),
            "kind": kind,
            "form": seen.form,
            "encoding": seen.encoding,
            "columns": dict(proposal.columns),
            "missing": list(proposal.missing),
            "unused": list(proposal.unused),
            "date_format": list(proposal.day_forms),
            "number_signs": [{"decimal": signs[0], "thousands": signs[1]} for signs in proposal.number_signs],
        }
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
        return 0
    told = ", ".join([seen.form, seen.encoding, f"{len(seen.header)} columns", *seen.notes])
    options = {"encoding": encoding, "delimiter": delimiter, "sheet": sheet}
    text = as_toml(proposal, file.name, told, {key: value for key, value in options.items() if value})
    if out is None:
        sys.stdout.write(text)
    else:
        with out.open("x", encoding="utf-8") as target:
            target.write(text)
    return 0
