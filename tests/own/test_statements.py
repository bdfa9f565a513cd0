"""Which shipments does an end-user statement cover, and is what its papers say kept apart from what they do not say?"""

import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from landwaiter.engine.duck import open_duck
from landwaiter.flow import Inputs, run
from landwaiter.own.statements import number_of, plain
from landwaiter.record import Options
from worlds.small import SmallWorld, put_world

LOT = {"day": "2022-06-01", "from": "TW", "seller": "Island Chips", "to": "TR", "buyer": "Nova", "hs6": "854231",
       "pieces": "1", "usd": "9"}  # fmt: skip
PAPER = {"statement": "EUS-7701", "end user": "Nova", "hs6": "854231"}


def covered(folder, lot, paper):
    with open_duck(folder, memory_mb=500, threads=1) as corridor:
        put_world(corridor, SmallWorld("", shipments=[LOT | lot], statements=[PAPER | paper]))
        rows = corridor.get("statement_rows").to_pylist()
    return [(row["how"], row["goods"], row["end_user"]) for row in rows]


@pytest.mark.parametrize(
    ("lot", "paper", "said"),
    [
        ({}, {}, [("goods", "same", "same")]),
        ({}, {"hs6": "732393"}, []),
        ({}, {"hs6": ""}, []),
        ({}, {"hs6": "", "names": "w-0"}, [("named", "unknown", "same")]),
        ({"paper": "eus 7701"}, {"hs6": "732393"}, [("named", "other", "same")]),
        ({"licence": "L/2022/15"}, {"licence": "L-2022-15"}, [("named", "same", "same")]),
        # A number of three signs is borne by many papers; one that is named says which is meant.
        ({"paper": "701"}, {"statement": "701", "hs6": "732393"}, []),
        # The end user's own rows are its own by name; for another one the paper must name them and their seller.
        ({"end user": "Delta"}, {"end user": "Alpine", "names": "w-0"}, []),
        ({"end user": "Delta"}, {"end user": "Alpine", "names": "w-0", "given to": "Island Chips"},
         [("named", "same", "other")]),
        ({"paper": "EUS-7701", "end user": "Delta"}, {"end user": "Alpine", "given to": "Island Chips"}, []),
    ],
)  # fmt: skip
def test_a_statement_covers_what_it_names_or_what_its_end_user_gets_of_its_goods(tmp_path, lot, paper, said):
    assert covered(tmp_path, lot, paper) == said


def test_numbers_are_compared_by_letters_and_digits():
    assert number_of("EUS 77-01/a") == plain("eus7701A") == "eus7701a"
    assert number_of("7 1") == number_of(None) == ""


SHIPMENTS = """shipment_id,declared_on,reporter,flow,exporter_name,consignee_name,consignee_country,\
destination_country,hs_code,quantity,quantity_unit
A1,2022-06-01,TW,export,Island Chips,Nova Elektronik,TR,TR,854231,500,C62
A2,2022-06-09,TW,export,Island Chips,Nova Elektronik,TR,TR,854231,700,C62
"""
STATEMENTS = """statement_id,issued_on,end_user_name,end_user_country,signatory_name,shipment_ids,hs_code,quantity,\
quantity_unit
EUS-77,2022-06-05,Nova Elektronik,TR,Ayse Demir,A1;A2,854231,1000,C62
EUS-78,not a day,Nova Elektronik,TR,Ayse Demir,A1,854231,1000,C62
"""


class Quiet:
    """Nobody wants to hear how far the work is."""

    def begin(self, step: str) -> None: ...
    def end(self, step: str, rows: int) -> None: ...
    def say(self, line: str) -> None: ...


def result(folder: Path, **files: str):
    paths = {}
    for kind, text in files.items():
        paths[kind] = [folder / f"{kind}.csv"]
        paths[kind][0].write_text(text, encoding="utf-8")
    out = folder / "out"
    record = run(Inputs(paths, None), out, Options(as_of=date(2023, 1, 1), memory_mb=500, threads=1), Quiet())
    return out, record


def test_a_run_reads_statements_and_says_what_does_not_fit(tmp_path: Path):
    out, record = result(tmp_path, declarations=SHIPMENTS, end_use_statements=STATEMENTS)
    findings = {row["flag"]: row["reason"] for row in pq.read_table(out / "findings.parquet").to_pylist()}
    assert findings["statement_out_of_time"] == (
        "In 1 lot the statement EUS-77 is dated after the shipment, by 4 days at most."
    )
    assert findings["statement_over_quantity"] == (
        "1,200 C62 of 854231 went to it in 2 lots, and the statement that they name states 1,000."
    )
    assert [row["column"] for row in pq.read_table(out / "rejects.parquet").to_pylist()] == ["issued_on"]
    assert {one["name"] for one in record.not_run} >= {"flag signatory_no_officer", "flag signatory_elsewhere"}
    inputs = json.loads((out / "run.json").read_text(encoding="utf-8"))["inputs"]
    assert [(one["kind"], one["rows"], one["loaded"], one["rejected"]) for one in inputs][1] == (
        "end_use_statements", 2, 1, 1
    )  # fmt: skip


def test_without_statements_their_flags_did_not_run(tmp_path: Path):
    _, record = result(tmp_path, declarations=SHIPMENTS)
    skipped = {one["name"]: one["reason"] for one in record.not_run}
    assert skipped["end-user statements"] == "none were given: --statements"
    assert {f"flag {name}" for name in ("statement_out_of_time", "statement_reused", "signatory_elsewhere")} <= set(
        skipped
    )
