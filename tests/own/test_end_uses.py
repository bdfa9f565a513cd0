"""Is a trade read from a stated end use, in several languages, and compared with the heading?"""

from datetime import date

import pyarrow as pa
import pytest

from landwaiter.engine.duck import open_duck
from landwaiter.own.end_uses import read_end_uses, trade_of
from landwaiter.ref.facts import read_facts
from landwaiter.tables import TABLES
from landwaiter.text.fold import fold


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("Medical equipment", "medicine"),
        ("для медицинского оборудования", "medicine"),
        ("醫療設備", "medicine"),
        ("FIRE-SAFETY systems", "fire protection"),
        ("Yangın alarm sistemleri", "fire protection"),
        ("crop dusting", "farming"),
        ("production", None),
        ("own use", None),
        ("fire extinguishers of a hospital, fire safety", None),
        ("firearms", None),
        ("paramedical", None),
    ],
)
def test_the_one_trade_that_a_text_names(text, trade):
    found = trade_of(fold([text])[0])
    assert (found and found.name) == trade


def test_every_word_of_the_table_is_written_as_it_is_looked_for():
    for line in read_facts("end_uses").to_pylist():
        words = line["words"].split(";")
        assert fold([word.rstrip("*") for word in words]) == [word.rstrip("*") for word in words]
        assert all(code.isdigit() and len(code) in (2, 4) for code in line["goods"].split(";"))


def test_only_headings_that_the_trade_does_not_take_are_put(tmp_path):
    uses = [("medical equipment", "8542"), ("medical equipment", "9018"), ("resale", "8542"), (None, "8542")]
    uses += [("crop dusting", None), ("medical equipment", "8542"), ("crop dusting", "8424"), ("crop dusting", "8471")]
    rows = [{"stated_end_use": text, "hs4": hs4} for text, hs4 in uses]
    empty = dict.fromkeys(TABLES["shipments"].schema.names)
    fixed = {"file": "f", "line": 1, "reporter": "TW", "flow": "export", "shipment_id": "s"}
    with open_duck(tmp_path, memory_mb=200, threads=1) as corridor:
        days = {"declared_on": date(2022, 6, 1)}
        table = [{**empty, **fixed, **days, **row, "row_id": f"w-{n}", "row_no": n} for n, row in enumerate(rows)]
        corridor.put("shipments", pa.Table.from_pylist(table, schema=TABLES["shipments"].schema))
        read_end_uses(corridor)
        found = [tuple(row.values()) for row in corridor.get("unfitting_uses").to_pylist()]
    assert found == [("crop dusting", "8471", "farming"), ("medical equipment", "8542", "medicine")]
