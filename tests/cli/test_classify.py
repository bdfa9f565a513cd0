"""Does `landwaiter classify` keep its columns, carry the row, answer or refuse every item, and learn from own rows?"""

import json
from datetime import date

import pyarrow.csv as pa_csv
import pytest

from landwaiter.cli.classify import _day, classify
from landwaiter.errors import InputError

COLUMNS = ["row", "rank", "hs6", "probability", "chpl_tier", "control_list", "entry", "answer", "reason"]
ITEMS = [
    {"row": "a", "text": "光收發器 SFP", "hs_code": "392690"},
    {"row": "b", "text": "", "hs_code": "85A231"},
    {"row": "c", "text": "ball bearings", "hs_code": "770100"},
    {"row": "d", "text": "<p>ADS5400 analog-to-digital converter</p>", "control_list": "us_ccl", "item_class": "adc_ic",
     "params": json.dumps({"resolution_bits": 12, "sample_rate_msps": 1300}), "as_of": "2026-07-23"},
    {"row": "e", "text": "converter", "control_list": "us_ccl", "item_class": "adc_ic", "params": "not json"},
]  # fmt: skip


def written(path, items):
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in items), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("classify")
    out = folder / "out.csv"
    assert classify(batch=written(folder / "in.jsonl", ITEMS), out=out) == 0
    table = pa_csv.read_csv(out, convert_options=pa_csv.ConvertOptions(column_types={"hs6": "string"}))
    assert table.column_names == COLUMNS
    return table.to_pylist()


def of(answers, row):
    return [line for line in answers if line["row"] == row]


def test_five_codes_best_first_with_the_tier(answers):
    lines = of(answers, "a")
    assert [line["rank"] for line in lines] == [1, 2, 3, 4, 5]
    assert (lines[0]["hs6"], lines[0]["chpl_tier"]) == ("851762", "2")
    assert "declared 392690: another code" in lines[0]["reason"]


def test_every_row_has_a_line_and_what_cannot_be_answered_says_why(answers):
    assert {line["row"] for line in answers} == {item["row"] for item in ITEMS}
    (empty,) = of(answers, "b")
    assert empty["rank"] == 0
    assert "empty" in empty["reason"]
    assert "not all digits" in empty["reason"]
    assert "chapter 77" in of(answers, "c")[0]["reason"]


def test_paragraphs_of_a_control_list_are_asked(answers):
    caught = [line for line in of(answers, "d") if line["control_list"]]
    assert any(line["entry"].startswith("3A001.a.5.a") and line["answer"] == "caught" for line in caught)
    assert any("not a JSON object" in line["reason"] for line in of(answers, "e"))


def test_own_rows_are_learned(tmp_path, capsys):
    rows = [{"text": f"zorblax unit {number}", "hs6": "903020"} for number in range(30)]
    rows += [{"text": f"quintop piece {number}", "hs6": "392690"} for number in range(30)]
    own = written(tmp_path / "own.jsonl", rows)
    assert classify("zorblax", in_domain=own, json_=True) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["hs6"] == "903020"
    with pytest.raises(InputError, match="columns text and hs6"):
        classify("zorblax", in_domain=written(tmp_path / "bare.jsonl", [{"name": "x"}]))


def test_wrong_usage_is_refused(tmp_path):
    with pytest.raises(InputError, match="one TEXT"):
        classify()
    with pytest.raises(InputError, match="--out"):
        classify(batch=tmp_path / "x.csv")
    with pytest.raises(InputError, match="no column 'text'"):
        classify(batch=written(tmp_path / "no.jsonl", [{"name": "x"}]), out=tmp_path / "o.csv")


def test_nothing_named_is_exit_one(capsys):
    assert classify("QZ-99817X") == 1
    assert "part number" in capsys.readouterr().out.replace("\n", " ")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-06-30", date(2022, 6, 30)),
        ("2022-06", date(2022, 6, 30)),
        ("2022 (as printed)", date(2022, 12, 31)),
        ("2026", date(2026, 11, 22)),
        ("soon", date(2026, 11, 22)),
        ("2022-13", date(2026, 11, 22)),
        ("20221", date(2026, 11, 22)),
    ],
)
def test_a_year_or_a_month_is_its_last_day_that_has_been(text, day):
    assert _day(text, date(2026, 11, 22))[0] == day
