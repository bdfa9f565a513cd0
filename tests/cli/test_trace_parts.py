"""Does a part, a marking or a component lead to shipments and on along their hops, seen and inferred kept apart?"""

import csv
import json
from datetime import date

import pytest

from landwaiter.cli.trace import trace
from landwaiter.errors import InputError
from landwaiter.flow import Inputs, run
from landwaiter.record import Options

HEAD = "declared_on,reporter,flow,exporter_name,exporter_country,consignee_name,consignee_country,dispatch_country,"
HEAD += "destination_country,hs_code,part_number,quantity,quantity_unit,value_usd\n"
BOOKS = (
    HEAD
    + """\
2022-06-01,TW,export,Island Chips Co Ltd,TW,Nova Elektronik A.S.,TR,TW,TR,854231,MAX3221EAE,2598,C62,51960
2022-06-12,TR,export,NOVA ELEKTRONIK AS,TR,Steppe Import LLP,KZ,TR,KZ,854231,MAX3221EAE,2598,C62,60000
2022-06-25,KZ,export,Steppe Import,KZ,Volga Pribor OOO,RU,KZ,RU,854231,MAX3221CUE,2598,C62,77940
2022-07-01,DE,export,Rhein Geraete GmbH,DE,Onlooker SA,ES,DE,ES,392690,,10,C62,100
"""
)
FOUND = (
    "component_id,weapon,marking,found_on\nC-1,a drone,MAX3221EAE 2130,2023-01-01\nC-2,a drone,XC7A100T,2023-01-01\n"
)


class Quiet:
    def begin(self, step: str) -> None: ...

    def end(self, step: str, rows: int) -> None: ...

    def say(self, line: str) -> None: ...


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("parts")
    (folder / "books.csv").write_text(BOOKS, encoding="utf-8")
    (folder / "found.csv").write_text(FOUND, encoding="utf-8")
    inputs = Inputs(files={"declarations": [folder / "books.csv"], "components": [folder / "found.csv"]}, lists=None)
    record = run(inputs, folder / "out", Options(as_of=date(2024, 1, 1), memory_mb=1024), Quiet())
    assert not [one for one in record.not_run if "component" in one["name"]]
    return folder / "out"


def told_by(capsys):
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [one for one in lines if one["kind"] == "shipment"], [one for one in lines if one["kind"] == "hop"]


@pytest.mark.parametrize("asked", [{"part": "MAX3221EAE"}, {"marking": "MAX 3221EAE 2130 PHIL"}, {"component": "C-1"}])
def test_each_way_of_asking_leads_to_the_shipments_and_on_along_their_hops(out, capsys, asked):
    assert trace(out=out, json_=True, **asked) == 0
    shipments, hops = told_by(capsys)
    assert [one["how"] for one in shipments] == ["part", "part", "base"]
    assert {one["basis"] for one in shipments} == {"inferred"}
    assert {one["destination_country"] for one in shipments} == {"TR", "KZ", "RU"}
    assert hops
    assert {one["basis"] for one in hops} <= {"seen", "inferred"}
    with (out / "trace-parts.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 3


def test_the_table_keeps_what_is_seen_and_what_is_inferred_apart(out, capsys):
    assert trace(out=out, part="MAX3221EAE") == 0
    shown = capsys.readouterr()
    assert "could have carried it (inferred)" in shown.out
    assert "Volga" in shown.out
    assert "maker Maxim" in shown.err


def test_a_reading_without_a_maker_says_so_and_no_probability(out, capsys):
    trace(out=out, marking="DK136 2039")
    assert "(the maker is not known)" in capsys.readouterr().err


def test_a_part_that_no_book_names_is_no_clearance(out, capsys):
    assert trace(out=out, component="C-2") == 1
    assert "this clears none" in capsys.readouterr().out


def test_wrong_use_is_refused(out, tmp_path):
    with pytest.raises(InputError, match="one of"):
        trace(out=out)
    with pytest.raises(InputError, match="one of"):
        trace("x", part="MAX3221EAE", out=out)
    with pytest.raises(InputError, match="is no component"):
        trace(component="C-9", out=out)
    with pytest.raises(InputError, match="no part number"):
        trace(marking="....", out=out)
