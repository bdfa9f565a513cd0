"""Does `landwaiter leads` print a week's cases, and say no where there are none?"""

import json
from datetime import date

import pyarrow.parquet as pq
import pytest

from landwaiter.cli.leads import leads
from landwaiter.errors import InputError
from landwaiter.flow import Inputs, run
from landwaiter.record import Options


class Quiet:
    def begin(self, step: str) -> None: ...

    def end(self, step: str, rows: int) -> None: ...

    def say(self, line: str) -> None: ...


HEADER = (
    "declared_on,reporter,flow,exporter_name,exporter_country,consignee_name,consignee_country,dispatch_country,"
    "destination_country,hs_code,quantity,quantity_unit,value_usd\n"
)
ONWARD = """\
2022-06-01,TW,export,Island Chips Co Ltd,TW,Nova Elektronik A.S.,TR,TW,TR,854231,2598,C62,51960
2022-06-25,TR,export,Nova Elektronik A.S.,TR,Volga Pribor OOO,RU,TR,RU,854231,2598,C62,77940
2022-07-01,TW,export,Island Chips Co Ltd,TW,Nova Elektronik A.S.,TR,TW,TR,854231,1403,C62,28060
2022-07-25,TR,export,Nova Elektronik A.S.,TR,Volga Pribor OOO,RU,TR,RU,854231,1403,C62,42090
"""
HOME = "2022-07-01,DE,export,Rhein Geraete GmbH,DE,Onlooker SA,ES,DE,ES,392690,10,C62,100\n"


def run_of(rows, folder):
    folder.mkdir()
    (folder / "books.csv").write_text(HEADER + rows, encoding="utf-8")
    run(Inputs(files={"declarations": [folder / "books.csv"]}, lists=None), folder / "out",
        Options(as_of=date(2024, 1, 1), memory_mb=1024), Quiet())  # fmt: skip
    return folder / "out"


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return run_of(ONWARD + HOME, tmp_path_factory.mktemp("leads") / "run")


def test_the_queue_is_printed_and_written(result, tmp_path, capsys):
    assert leads(result, budget=1, out=tmp_path / "week.csv") == 0
    assert "Nova Elektronik" in capsys.readouterr().out
    assert (tmp_path / "week.csv").read_text(encoding="utf-8").count("\n") == 2
    assert leads(result, json_=True, out=tmp_path / "week.parquet") == 0
    (first, *_) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert first["place"] == 1
    assert first["expected"] >= round(first["score"], 4)
    assert pq.read_table(tmp_path / "week.parquet")["subject_id"][0].as_py() == first["subject_id"]


def test_no_lead_is_no_and_clears_nobody(tmp_path, capsys):
    assert leads(run_of(HOME, tmp_path / "run")) == 1
    assert "clears none" in capsys.readouterr().out


@pytest.mark.parametrize("options", [{"budget": 0}, {"least": 1.5}])
def test_what_makes_no_sense_is_refused(result, options):
    with pytest.raises(InputError):
        leads(result, **options)


def test_a_folder_without_a_run_is_refused(tmp_path):
    with pytest.raises(InputError, match="no finished run"):
        leads(tmp_path)
