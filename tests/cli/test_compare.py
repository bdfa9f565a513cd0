import csv

import pytest

from landwaiter.cli.compare import compare
from landwaiter.errors import InputError
from landwaiter.text.evidence import COMPARED_THRESHOLD, DEFAULT_THRESHOLD


def answers(tmp_path, text, **options):
    pairs, out = tmp_path / "pairs.csv", tmp_path / "out.csv"
    pairs.write_text(text, encoding="utf-8")
    assert compare(pairs=pairs, out=out, **options) == 0
    return list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))


def test_what_came_in_goes_out_with_score_match_and_reason(tmp_path):
    rows = answers(
        tmp_path, "row,left,right,kind,mine\n7,賴清德,Lai Ching-te,person,x\n8,Acme,Kupol,organisation,y\n9,,x,,\n"
    )
    assert [(row["row"], row["mine"], row["match"]) for row in rows] == [
        ("7", "x", "true"),
        ("8", "y", "false"),
        ("9", "", "false"),
    ]
    assert float(rows[0]["score"]) > float(rows[1]["score"])
    assert rows[0]["reason"] == "name 1.00 (Chinese to Latin), kind agrees"
    assert rows[2]["reason"] == "one of the two has no name"


def test_a_column_of_our_name_is_replaced_and_the_threshold_kept(tmp_path):
    (row,) = answers(tmp_path, "left,right,score\nKupol,Kupol,17\n", threshold=0.99)
    assert (float(row["score"]) < 1, row["match"]) == (True, "false")


def test_a_pair_needs_less_than_a_name_that_meets_a_whole_list():
    assert COMPARED_THRESHOLD < DEFAULT_THRESHOLD


def test_a_file_without_pairs_is_refused(tmp_path):
    with pytest.raises(InputError, match="has no column 'left'"):
        answers(tmp_path, "a,b\n1,2\n")
    with pytest.raises(InputError, match="no ending"):
        compare(pairs=tmp_path / "pairs.csv", out=tmp_path / "out")
