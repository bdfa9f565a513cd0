import csv

import pytest

from landwaiter.cli.inspect import inspect
from landwaiter.errors import InputError

HEADER = "hs_code,origin,value,found\n"
TAUGHT = HEADER + "851713,AA,5,1\n" * 20 + "851713,AA,5,no\n" * 2 + "851713,BB,5,0\n" * 40 + "610910,AA,,\n" * 40
ASKED = "id,hs_code,origin,value\n7,610910,BB,5\n8,851713,AA,5\n"


def answers(tmp_path, taught=TAUGHT, asked=ASKED, **options):
    files = {"inspected": tmp_path / "inspected.csv", "declarations": tmp_path / "declarations.csv"}
    for file, text in zip(files.values(), (taught, asked), strict=True):
        file.write_text(text, encoding="utf-8")
    out = tmp_path / "out.csv"
    assert inspect(**files, out=out, outcome="found", amounts=["value"], **options) == 0
    return list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))


def test_each_declaration_goes_out_with_score_rank_and_reasons(tmp_path, capsys):
    first, second = answers(tmp_path)
    assert [(row["id"], row["rank"]) for row in (first, second)] == [("7", "2"), ("8", "1")]
    assert float(second["score"]) > 0.5 > float(first["score"])
    assert "20 of 22 inspected with hs_code 851713, origin AA were false" in second["reasons"]
    said = capsys.readouterr().out
    assert said.startswith("102 inspections, 19.6 % found false")
    assert "2 declarations scored, 1 over 0.50" in said


@pytest.mark.parametrize(
    ("taught", "said"),
    [
        (TAUGHT + "851713,AA,5,maybe\n", "row 102: found is 'maybe'"),
        (TAUGHT + "851713,AA,5 EUR,1\n", "row 102: value is '5 EUR', not a number"),
        (TAUGHT.replace("found", "result", 1), "no column 'found'"),
        (TAUGHT.replace("value", "price", 1), "no column 'value'"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(tmp_path, taught, said):
    with pytest.raises(InputError, match=said):
        answers(tmp_path, taught=taught)
