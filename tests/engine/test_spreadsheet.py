"""Is no cell of a CSV a formula to a spreadsheet, and is every other cell as it was?"""

import csv

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.engine.spreadsheet import neutral, neutral_table, write_csv


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", " =1", "\t=1", "\r=1", "\n@x", "=cmd|' /C calc'!A0", '=HYPERLINK("x")',
     "＝1+1", "＋cmd", "\u00a0=1", "\x00=1", "-", "+7 495 123-45-67", "\tplain"],
)  # fmt: skip
def test_what_could_be_run_gets_an_apostrophe(text):
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "-12", "+3.5", "-1,5", "1e-5", "-2.5E+3", "ООО «Ромашка»", "深圳", "a=b", "'=1", "x@y"]
)
def test_all_else_stays(text):
    assert neutral(text) == text


@given(st.text())
def test_an_apostrophe_is_all_that_is_ever_added(text):
    assert neutral(text) in (text, f"'{text}")
    assert neutral(neutral(text)) == neutral(text)


def test_a_table_keeps_its_numbers_and_joins_its_lists(tmp_path):
    table = pa.table({"name": ["=1", None, "b"], "value": [-1.5, None, 2.0], "names": [["@a", "b"], [], None]})
    assert neutral_table(table).to_pylist()[0] == {"name": "'=1", "value": -1.5, "names": "'@a;b"}
    write_csv(table, tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(newline="") as file:
        assert list(csv.reader(file))[1] == ["'=1", "-1.5", "'@a;b"]
