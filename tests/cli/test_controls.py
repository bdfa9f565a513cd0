"""Does `landwaiter controls` list, show, compare, tell flips and read, and refuse what it cannot use?"""

import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from landwaiter.cli.classify import classify
from landwaiter.cli.controls import controls
from landwaiter.errors import InputError

EU = {"control_list": "eu_annex_i", "old": "2022-01-01", "new": "2026-09-21"}


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_texts_held_are_listed(capsys):
    assert controls("list") == 0
    assert controls("list", json_=True) == 0
    assert "2026-07-23" in capsys.readouterr().out


def test_a_paragraph_is_shown_with_each_rule_beside_its_clause(capsys):
    assert controls("show", "3A001.a.5.a", as_of=date(2026, 7, 23)) == 0
    shown = capsys.readouterr().out
    assert '"sample rate" > 1.3 GSPS' in shown
    assert controls("show", "3A090", as_of=date(2026, 7, 23), json_=True) == 0
    rows = lines(capsys)
    assert rows[0]["path"] == "3A090"
    assert any(rule["rule"].endswith(">= 4800") for row in rows for rule in row["rules"])


def test_a_text_of_another_day_is_said_and_an_unknown_paragraph_is_no(capsys):
    assert controls("show", "3A002", control_list="eu_annex_i", as_of=date(2024, 1, 1)) == 0
    assert "no text of 3A002 of 2024-01-01" in capsys.readouterr().err
    assert controls("show", "9Z999") == 1


def test_two_versions_are_compared_and_goods_flip(tmp_path, capsys):
    goods = tmp_path / "goods.csv"
    goods.write_text('row,item_class,params\nx,signal_generator,"{""max_frequency_ghz"": 100}"\n', encoding="utf-8")
    assert controls("compare", **EU, goods=goods, json_=True) == 0
    rows = lines(capsys)
    assert {"path": "3A002.d.6", "change": "relaxed"}.items() <= rows[
        [row.get("path") for row in rows].index("3A002.d.6")
    ].items()
    assert rows[-1]["flip"] == "let go"
    out = tmp_path / "flips.jsonl"
    assert controls("compare", **EU, goods=goods, out=out) == 0
    assert json.loads(out.read_text())["row"] == "x"
    assert "1 goods flip" in capsys.readouterr().out
    assert controls("compare", **EU, out=tmp_path / "changes.parquet") == 0
    assert pq.read_table(tmp_path / "changes.parquet").num_rows > 10


def test_an_official_file_is_read_and_compared(tmp_path, capsys):
    rows = {day: f"<DIV9><TABLE><TR><TD>8542.31</TD><TD>a</TD></TR><TR><TD>{code}</TD><TD>b</TD></TR></TABLE></DIV9>"
            for day, code in (("2025-01-01", "8471.10"), ("2026-01-01", "8471.20"))}  # fmt: skip
    for day, text in rows.items():
        (tmp_path / f"{day}.xml").write_text(text, encoding="utf-8")
        assert controls(
            "read", str(tmp_path / f"{day}.xml"), control_list="us_hts", form="ecfr-746",
            valid_from=date.fromisoformat(day), out=tmp_path / f"{day}.parquet",
        ) == 0  # fmt: skip
    goods = tmp_path / "goods.jsonl"
    goods.write_text('{"row": "x", "hs_code": "847120"}\n', encoding="utf-8")
    old, new = (str(tmp_path / f"{day}.parquet") for day in rows)
    capsys.readouterr()
    assert controls("compare", control_list="us_hts", old=old, new=new, goods=goods, json_=True) == 0
    found = lines(capsys)
    assert {(row.get("path"), row.get("change")) for row in found if "path" in row} == {
        ("847110", "deleted"), ("847120", "added"),
    }  # fmt: skip
    assert found[-1]["flip"] == "now caught"


@pytest.mark.parametrize(
    ("said", "options", "words"),
    [
        ("compare", {"old": "1999-01-01", "new": "2026-07-23"}, "is no text"),
        ("compare", {"new": "2026-07-23"}, "is missing"),
        ("read", {}, "needs FILE"),
    ],
)
def test_what_cannot_be_used_is_refused(said, options, words):
    with pytest.raises(InputError, match=words):
        controls(said, **options)


def test_kept_rules_are_written_and_checked(tmp_path, capsys):
    kept = tmp_path / "rules.csv"
    assert controls("rules", control_list="eu_annex_i", as_of=date(2022, 6, 1), out=kept) == 0
    assert controls("rules", control_list="eu_annex_i", as_of=date(2022, 6, 1), check=kept) == 0
    assert "0 rules are stale" in capsys.readouterr().out
    assert controls("rules", control_list="eu_annex_i", as_of=date(2026, 10, 1), check=kept) == 1
    assert "3A002.d.6" in capsys.readouterr().out


ECFR = """<?xml version="1.0"?><DIV9 N="Supplement No. 1 to Part 774" TYPE="APPENDIX">
<HEAD>The Commerce Control List</HEAD><HD1>Category 2 - Materials Processing</HD1>
<P><B>2B001 Machine tools as follows (see List of Items Controlled).</B></P><P>License Requirements</P>
<P><I>Items:</I></P><P>a. Machine tools for turning having two or more axes that can be coordinated simultaneously for
“contouring control” having any of the following:</P>
<P>a.1. “Unidirectional positioning repeatability” equal to or less (better) than 0.9 µm along one or more linear axis
with a travel length less than 1.0 m; <I>or</I></P>
<P>a.2. “Unidirectional positioning repeatability” equal to or less (better) than 1.1 µm along one or more linear axis
with a travel length equal to or greater than 1.0 m;</P>
<HD1>Category 6 - Sensors and Lasers</HD1>
<P><B>6A008 Radar systems, having any of the following (see List of Items Controlled).</B></P><P><I>Items:</I></P>
<P>a. Operating at frequencies from 40 GHz to 230 GHz and having any of the following:</P>
<P>a.1. An average output power exceeding 100 mW; <I>or</I></P>
<P>i. Providing ground-based operation with a maximum “instrumented range” exceeding 185 km;</P></DIV9>"""
ASKED = [
    ("near", "machine_tool_turning", {"unidirectional_repeatability_um": 0.9, "travel_m": 0.5, "axes": 2}),
    ("far", "machine_tool_turning", {"unidirectional_repeatability_um": 1.2, "travel_m": 1.5, "axes": 2}),
    ("open", "machine_tool_turning", {"unidirectional_repeatability_um": 0.9, "travel_m": 0.5}),
    ("radar", "radar", {"frequency_ghz": 94, "average_output_power_mw": 200, "instrumented_range_km": 10}),
]


def test_an_entry_of_the_users_own_file_of_the_american_list_is_asked(tmp_path, capsys):
    official, text = tmp_path / "title-15.xml", tmp_path / "ccl.parquet"
    official.write_text(ECFR, encoding="utf-8")
    assert controls("read", str(official), form="ecfr-774", valid_from=date(2026, 10, 1), out=text) == 0
    batch, out = tmp_path / "items.jsonl", tmp_path / "answers.jsonl"
    items = [{"row": row, "item_class": name, "params": json.dumps(params), "control_list": "us_ccl",
              "as_of": "2026-10-02", "text": ""} for row, name, params in ASKED]  # fmt: skip
    batch.write_text("\n".join(map(json.dumps, items)), encoding="utf-8")
    assert classify(batch=batch, out=out, control_text=text) == 0
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    said = {(one["row"], one["entry"]): one["answer"] for one in answers if one["entry"]}
    assert said["near", "2B001.a.1"] == "caught"
    assert said["far", "2B001.a"] == "not caught"
    assert said["open", "2B001.a.1"] == "undecidable"
    assert said["radar", "6A008.a.1"] == "caught"
    assert "2026-10-01" in next(one["reason"] for one in answers if one["entry"] == "2B001.a.1")
    pq.write_table(pa.table({"a": [1]}), text)
    with pytest.raises(InputError, match="is not a table of"):
        classify(batch=batch, out=out, control_text=text)
