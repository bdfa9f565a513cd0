"""How is a table written as CSV so that no cell becomes a formula where somebody opens it in a spreadsheet?

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`, also after spaces, a tab or a line break, whoever wrote
it: a name on an invoice would do. Such a cell gets an apostrophe before it, which a spreadsheet hides and a script can
take off. A text that is a plain number keeps its sign.
"""

import re
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv

# What starts a formula: the ASCII signs, their full-width twins, and DDE's pipe-and-bang forms start with these too.
_FORMULA = re.compile(r"^[\s\x00]*[=+\-@＝＋－＠]|^[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?", re.ASCII)


def neutral(text: str) -> str:
    """The cell as a spreadsheet may read it: a formula gets an apostrophe before it, all else is as it was."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def neutral_table(table: pa.Table) -> pa.Table:
    """The table with every text cell made harmless; a list becomes one cell, its values separated by `;`."""
    columns = []
    for column in table.columns:
        kind = column.type
        if pa.types.is_list(kind) or pa.types.is_large_list(kind):
            cells = [None if cell is None else neutral(";".join(map(str, cell))) for cell in column.to_pylist()]
            columns.append(pa.chunked_array([pa.array(cells, pa.string())]))
        elif pa.types.is_string(kind) or pa.types.is_large_string(kind):
            cells = [None if cell is None else neutral(cell) for cell in column.to_pylist()]
            columns.append(pa.chunked_array([pa.array(cells, pa.string())]))
        else:
            columns.append(column)
    return pa.table(columns, names=table.column_names)


def write_csv(table: pa.Table, path: Path) -> None:
    """Write a table as CSV with every text cell made harmless."""
    pa_csv.write_csv(neutral_table(table), path)
