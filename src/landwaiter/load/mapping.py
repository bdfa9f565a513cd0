"""How do the headers of a user's file map to our columns? Reads `--map map.toml`."""

import tomllib
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from pathlib import Path

from landwaiter.errors import InputError
from landwaiter.load.kinds import KINDS, kind_of

OPTIONS = ("encoding", "delimiter", "decimal", "thousands", "date_format", "sheet")


@dataclass(frozen=True)
class Mapping:
    """What a user says about the files of one kind.

    Args:
        columns: our column to their header.
        constants: our column to the value that every row has.
        encoding: of a text file, when it cannot be told from its bytes.
        delimiter: of a text file, one character.
        decimal: the decimal sign, a point or a comma.
        thousands: the sign between thousands, empty for none.
        date_format: how days are written where it is not ISO 8601, such as `%d.%m.%Y`.
        sheet: name of the sheet of a workbook; empty for the first.
    """

    columns: Dict[str, str] = field(default_factory=dict)
    constants: Dict[str, str] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    decimal: str = "."
    thousands: str = ""
    date_format: str = ""
    sheet: str = ""


def read_mapping(path: Path) -> dict[str, Mapping]:
    """The mappings of a TOML file by kind: declarations, companies, ownership, trade_flows, components."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(str(path), f"is not a mapping: {error}", "write one with `landwaiter map FILE`") from error
    mappings = {}
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise InputError(str(path), f"'{name}' stands outside a table", "begin with [shipments.columns]")
        mappings[kind_of(name, str(path))] = _mapping(table, f"{path}: [{name}]", kind_of(name, str(path)))
    return mappings


def _mapping(table: Dict[str, object], where: str, kind: str) -> Mapping:
    unknown = [key for key in table if key not in ("columns", "constants", *OPTIONS)]
    if unknown:
        raise InputError(where, f"does not know '{unknown[0]}'", f"known are columns, constants, {', '.join(OPTIONS)}")
    options = {key: _text(table[key], f"{where}.{key}") for key in OPTIONS if key in table}
    if options.get("decimal", ".") not in (".", ",") or options.get("thousands") == options.get("decimal", "."):
        raise InputError(where, "decimal must be '.' or ',' and differ from thousands")
    columns = _names(table.get("columns", {}), f"{where}.columns", kind)
    constants = _names(table.get("constants", {}), f"{where}.constants", kind)
    both = sorted(columns.keys() & constants.keys())
    if both:
        raise InputError(where, f"'{both[0]}' is both a column and a constant", "keep one of them")
    return Mapping(columns, constants, **options)


def _names(table: object, where: str, kind: str) -> dict[str, str]:
    if not isinstance(table, dict):
        raise InputError(where, "is not a table of ours = 'theirs'")
    for ours in table:
        if ours not in KINDS[kind].columns:
            raise InputError(where, f"we have no column '{ours}'", f"ours are {', '.join(KINDS[kind].columns)}")
    return {ours: _text(theirs, f"{where}.{ours}") for ours, theirs in table.items()}


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise InputError(where, "is not a text in quotes")
    return value
