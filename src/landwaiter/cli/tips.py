"""Which shipments of a finished run could a tip mean? Its words are read as markings, one statement at a time."""

import json
from datetime import date
from pathlib import Path

from landwaiter.cases.statement import Statement
from landwaiter.classify.components import Asked, read_component
from landwaiter.cli.parts import links_to

# What of a statement may hold a marking or number; names and countries do not.
SAID = ("description", "marking", "partNumber", "serialNumber", "summary", "notes")


def shipments_of(statements: list[Statement], run: Path, as_of: date) -> dict[str, list[dict[str, object]]]:
    """By the words that hold a number, in their order: the shipments that could have carried it."""
    found = {}
    for one in statements:
        if one.property not in SAID or one.value in found:
            continue
        read = read_component(Asked("asked", marking=one.value), as_of=as_of)
        if read.numbers or read.reading.part:
            links = links_to(run, part=None, marking=one.value, component=None, as_of=as_of)
            found[one.value] = json.loads(json.dumps(links.to_pylist(), default=str))
    return found
