import csv
import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from landwaiter.cli.screen import screen, write_answers
from landwaiter.errors import InputError

LIST = """listing_id,list,name,kind,country,other_names,weak_names,birth_date,identifiers,listed_on,delisted_on
tw-1,tw,賴清德,person,TW,Lai Ching-te,,1959-10-06,,2020-01-01,
us-7,us,Kupol JSC,organisation,RU,АО «Купол»,,,inn:1831083343,2022-03-01,
us-8,us,Orbita,organisation,RU,,,,,2022-03-01,2023-01-01
"""


@pytest.fixture
def lists(tmp_path):
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "mine.csv").write_text(LIST, encoding="utf-8")
    return tmp_path / "lists"


def test_a_name_that_is_listed_exits_0_and_is_shown(lists, capsys):
    assert screen("Ching-te Lai", lists=lists, json_=True) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["rank"], line["listing_id"], line["list"]) for line in lines] == [(1, "tw-1", "tw")]
    assert screen("Купол", lists=lists, country="RU") == 0
    assert "Kupol" in capsys.readouterr().out


def test_nothing_found_exits_1_and_clears_nobody(lists, capsys):
    assert screen("Nobody Whatsoever", lists=lists) == 1
    said = capsys.readouterr().out
    assert "nothing in 3 listings" in said
    assert "reached 0.75" in said
    assert "clear" not in said


def test_the_day_decides_what_is_in_force(lists):
    assert screen("Orbita", lists=lists, as_of=date(2022, 6, 1)) == 0
    assert screen("Orbita", lists=lists, as_of=date(2024, 6, 1)) == 1


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_every_row_of_a_batch_gets_a_line(lists, tmp_path, ending):
    batch, out = tmp_path / "names.csv", tmp_path / f"answers.{ending}"
    batch.write_text("row,name,country\na,Kupol,RU\nb,Nobody Whatsoever,\nc,,\nd,賴清德,TW\n", encoding="utf-8")
    assert screen(batch=batch, out=out, lists=lists) == 0
    if ending == "parquet":
        rows = pq.read_table(out).to_pylist()
    elif ending == "csv":
        rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    else:
        rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(row["row"], int(row["rank"]), row["listing_id"] or "") for row in rows] == [
        ("a", 1, "us-7"),
        ("b", 0, ""),
        ("c", 0, ""),
        ("d", 1, "tw-1"),
    ]
    assert [str(row["match"]).lower() for row in rows] == ["true", "false", "false", "true"]
    assert rows[2]["reason"] == "the row has no name"
    assert all(row["reason"] for row in rows)


def test_the_limit_and_the_threshold_are_kept(lists, tmp_path):
    batch, out = tmp_path / "names.jsonl", tmp_path / "answers.parquet"
    batch.write_text('{"name": "Kupol Zenith"}\n', encoding="utf-8")
    screen(batch=batch, out=out, lists=lists, limit=1, threshold=0.99)
    (row,) = pq.read_table(out).to_pylist()
    assert (row["row"], row["match"]) == ("0", False)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "takes one NAME"),
        ({"threshold": 0.0}, "takes one NAME"),
        ({"batch": "names.csv"}, "needs --out"),
        ({"batch": "names.csv", "out": "answers.doc"}, "no ending that we write"),
        ({"batch": "missing.csv", "out": "answers.csv"}, "missing.csv"),
    ],
)
def test_what_cannot_be_asked_is_said(lists, tmp_path, options, said):
    (tmp_path / "names.csv").write_text("name\nKupol\n")
    paths = {key: tmp_path / value if isinstance(value, str) else value for key, value in options.items()}
    with pytest.raises(InputError, match=said):
        screen(lists=lists, **paths)
    with pytest.raises(InputError, match="between 0 and 1"):
        screen("Kupol", lists=lists, threshold=1.5)


def test_no_list_is_an_error_and_not_an_all_clear(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no list"):
        screen("Kupol", lists=tmp_path / "empty")


def test_a_list_that_cannot_be_read_is_named(lists, capsys):
    (lists / "broken.xml").write_text("<no list")
    assert screen("Kupol", lists=lists, json_=True) == 0
    assert "not read: broken.xml" in capsys.readouterr().err


def test_an_answer_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        write_answers(pq.read_table(_table(tmp_path)), tmp_path / "missing" / "answers.csv")


def _table(folder):
    path = folder / "x.parquet"
    pq.write_table(pa.table({"x": [1]}), path)
    return path
