"""Does `landwaiter trace` find a party or a row, and show every hop to and from it?"""

import csv
import json
from datetime import date

import pyarrow.parquet as pq
import pytest

from landwaiter.cli.trace import trace
from landwaiter.errors import InputError
from landwaiter.flow import Inputs, run
from landwaiter.record import Options


class Quiet:
    def begin(self, step: str) -> None: ...

    def end(self, step: str, rows: int) -> None: ...

    def say(self, line: str) -> None: ...


BOOKS = """\
declared_on,reporter,flow,exporter_name,exporter_country,consignee_name,consignee_country,dispatch_country,destination_country,hs_code,quantity,quantity_unit,value_usd
2022-06-01,TW,export,Island Chips Co Ltd,TW,Nova Elektronik A.S.,TR,TW,TR,854231,2598,C62,51960
2022-06-12,TR,export,NOVA ELEKTRONIK AS,TR,Steppe Import LLP,KZ,TR,KZ,854231,2598,C62,60000
2022-06-25,KZ,export,Steppe Import,KZ,Volga Pribor OOO,RU,KZ,RU,854231,2598,C62,77940
2022-07-01,DE,export,Rhein Geraete GmbH,DE,Onlooker SA,ES,DE,ES,392690,10,C62,100
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trace")
    (folder / "books.csv").write_text(BOOKS, encoding="utf-8")
    inputs = Inputs(files={"declarations": [folder / "books.csv"]}, lists=None)
    run(inputs, folder / "out", Options(as_of=date(2024, 1, 1), memory_mb=1024), Quiet())
    return folder / "out"


@pytest.fixture(scope="module")
def hop(out):
    """The first hop whose outgoing lot goes on in another one."""
    hops = pq.read_table(out / "hops.parquet").to_pylist()
    goes_on = {hop["in_row"] for hop in hops}
    return next(hop for hop in hops if hop["out_row"] in goes_on)


def test_a_row_in_the_middle_is_followed_both_ways(out, hop, capsys):
    assert trace(hop["out_row"], out=out, json_=True) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["direction"] for row in told} == {"upstream", "downstream"}
    assert hop["in_row"] in {row["in_row"] for row in told if row["direction"] == "upstream"}
    with (out / "trace.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(told)


def test_a_party_is_found_by_its_id_and_by_each_of_its_names(out, hop, capsys):
    party = next(p for p in pq.read_table(out / "parties.parquet").to_pylist() if p["party_id"] == hop["party_id"])
    told = []
    for ident in [party["party_id"], *party["names"]]:
        trace(ident, out=out, json_=True)
        told.append(capsys.readouterr().out)
    assert hop["out_row"] in told[0]
    assert set(told) == {told[0]}


def test_the_table_names_the_firms(out, hop, capsys):
    trace(hop["in_row"], out=out)
    assert "trace.csv" in capsys.readouterr().out


def test_a_row_without_hops_is_said_and_is_no_clearance(out, capsys):
    hops = pq.read_table(out / "hops.parquet")
    moved = set(hops["in_row"].to_pylist()) | set(hops["out_row"].to_pylist())
    rows = pq.read_table(out / "shipments.parquet")["row_id"].to_pylist()
    alone = next(row for row in rows if row not in moved)
    assert trace(alone, out=out) == 1
    assert "no hop leads to or from its 1 rows in these books" in capsys.readouterr().out


def test_what_is_unknown_is_refused(out, tmp_path):
    with pytest.raises(InputError, match="no party, row or shipment"):
        trace("Nobody & Sons", out=out)
    with pytest.raises(InputError, match="no finished run"):
        trace("anything", out=tmp_path)
