"""Do the other kinds of files keep their contracts, on small files and on real ones?"""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from landwaiter.errors import InputError
from landwaiter.load.headers import propose
from landwaiter.load.job import Job
from landwaiter.load.kinds import KINDS, kind_of
from landwaiter.load.limits import Limits
from landwaiter.load.mapping import Mapping
from landwaiter.load.work import load_here
from landwaiter.ref.money import rates_per_usd
from landwaiter.tables import TABLES

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_real_data = pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of real data is not beside the repository")


def read(kind: str, source: Path, into: Path, mapping: Mapping | None = None) -> tuple[list[dict], list[dict]]:
    done = load_here(Job(kind, str(source), str(into), mapping or Mapping(), Limits(), rates=rates_per_usd()))
    table, rejects = (pq.read_table(path) for path in done.paths)
    assert table.schema.equals(TABLES[kind].schema)
    assert done.rows == table.num_rows + len(set(rejects["line"].to_pylist()))
    return table.to_pylist(), rejects.to_pylist()


def put(folder: Path, text: str) -> Path:
    path = folder / "books.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_companies_have_an_id_and_lists(tmp_path: Path):
    text = "name,other_names,country,incorporated_on,employees\nAlpha,A;AA,香港,2020-01-02,12\n,,,,\nBeta,,,,1.5\n"
    rows, rejects = read("companies", put(tmp_path, text), tmp_path)
    assert len(rows) == 1
    assert rows[0]["company_id"] == rows[0]["row_id"]
    assert (rows[0]["other_names"], rows[0]["officers"], rows[0]["country"]) == (["A", "AA"], [], "HK")
    assert (rows[0]["incorporated_on"], rows[0]["employees"]) == (date(2020, 1, 2), 12)
    assert [(row["line"], row["column"]) for row in rejects] == [(3, "name"), (4, "employees")]


def test_one_share_stands_for_both_bounds_and_nothing_else_is_made_up(tmp_path: Path):
    text = "owner_id,owned_id,share_min,valid_from,valid_to,joint_with\nP1,C1,50.1,2020-01-01,,P2;P3\nP1,C2,,,,\n"
    rows, rejects = read("ownership", put(tmp_path, text), tmp_path)
    assert rejects == []
    first, second = rows
    assert (first["share_min"], first["share_max"], first["joint_with"]) == (50.1, 50.1, ["P2", "P3"])
    assert (first["owner_kind"], first["interest"]) == ("unknown", "shares")
    assert (second["share_min"], second["share_max"], second["joint_with"]) == (None, None, [])


def test_bounds_and_days_that_are_turned_round_are_rejects(tmp_path: Path):
    text = "owner_id,owned_id,share_min,share_max,valid_from,valid_to\nP1,C1,60,50,,\n"
    text += "P1,C2,1,2,2024-01-02,2024-01-01\nP1,C3,25,\nP1,C4,25,,,\n"
    rows, rejects = read("ownership", put(tmp_path, text), tmp_path)
    assert [(row["owned_id"], row["share_max"]) for row in rows] == [("C4", None)]
    assert [(row["row"], row["column"]) for row in rejects] == [("C1", "share_min"), ("C2", "valid_from"), ("4", "")]


def test_statistics_in_another_currency_are_converted_or_refused(tmp_path: Path):
    text = (
        "period,reporter,partner,flow,hs_code,value,currency\n2024-05,DE,World,export,8542,100,EUR\n"
        "2016,DE,KZ,import,TOTAL,100,EUR\n2024,DE,KZ,export,8542,100,\n2024,DE,KZ,transit,8542,1,USD\n"
    )
    rows, rejects = read("trade_flows", put(tmp_path, text), tmp_path)
    assert [(row["partner"], row["hs_code"], row["hs_edition"], row["source"]) for row in rows] == [
        ("W00", "8542", "2022", "books.csv"),
        ("KZ", "TOTAL", "2012", "books.csv"),
    ]
    assert rows[0]["value_usd"] == pytest.approx(100 / 0.9242)
    assert [(row["line"], row["column"]) for row in rejects] == [(4, "value"), (5, "flow")]


def test_components_need_something_to_read(tmp_path: Path):
    rows, rejects = read("components", put(tmp_path, "weapon,marking\nUAV,XC7A35T\nUAV,\n"), tmp_path)
    assert [(row["weapon"], row["marking"]) for row in rows] == [("UAV", "XC7A35T")]
    assert [row["column"] for row in rejects] == ["marking"]


def test_constants_fill_every_row_and_are_understood_like_cells(tmp_path: Path):
    source = put(tmp_path, "declared_on,exporter_name\n2024-01-05,Alpha\n2024-01-06,Beta\n")
    constants = {"reporter": "臺灣", "flow": "出口", "currency": "eur"}
    rows, _ = read("declarations", source, tmp_path, Mapping(constants=constants))
    assert {(row["reporter"], row["flow"], row["currency"]) for row in rows} == {("TW", "export", "EUR")}
    with pytest.raises(InputError, match="the constant reporter = 'Atlantis', which is no country"):
        read("declarations", source, tmp_path, Mapping(constants={"reporter": "Atlantis", "flow": "export"}))


def test_a_quantity_beyond_measure_is_a_reject(tmp_path: Path):
    text = "declared_on,reporter,flow,exporter_name,quantity,quantity_unit,net_mass_kg,value_usd\n"
    base = "2024-01-05,TW,export,Alpha"
    text += (
        f"{base},9e12,C62,,\n{base},9.1e12,C62,,\n{base},1e12,DZN,,\n{base},,,1e13,\n{base},,,,1e13\n{base},1e13,,,\n"
    )
    rows, rejects = read("declarations", put(tmp_path, text), tmp_path)
    assert [row["quantity_milli"] for row in rows] == [9 * 10**15]
    assert [(row["line"], row["column"]) for row in rejects] == [
        (3, "quantity"),
        (4, "quantity"),
        (5, "net_mass_kg"),
        (6, "value_usd"),
        (7, "quantity"),
    ]


def test_thousandths_are_rounded_half_to_even(tmp_path: Path):
    text = "declared_on,reporter,flow,exporter_name,quantity,quantity_unit,net_mass_kg,value_usd\n"
    text += "".join(f"2024-01-05,TW,export,Alpha,{n},C62,{n},{n}\n" for n in (0.0005, 0.0015, 0.125, 2))
    rows, _ = read("declarations", put(tmp_path, text), tmp_path)
    assert [row["quantity_milli"] for row in rows] == [0, 2, 125, 2000]
    assert [row["mass_g"] for row in rows] == [0, 2, 125, 2000]
    assert [row["value_usd_cents"] for row in rows] == [0, 0, 12, 200]


def test_editions_follow_the_day_unless_they_are_declared(tmp_path: Path):
    text = "declared_on,reporter,flow,exporter_name,hs_code,hs_edition\n"
    days = [
        "2011-12-31,,",
        "2012-01-01,,",
        "2016-12-31,,",
        "2017-01-01,,",
        "2021-12-31,,",
        "2022-01-01,,",
        "2022-01-01,,HS2017",
    ]
    for line in days:
        day, _, edition = line.split(",")
        text += f"{day},TW,export,Alpha,8542,{edition}\n"
    rows, _ = read("declarations", put(tmp_path, text), tmp_path)
    assert [row["hs_edition"] for row in rows] == [None, "2012", "2012", "2017", "2017", "2022", "2017"]
    assert {(row["hs4"], row["hs6"]) for row in rows} == {("8542", None)}


def test_every_kind_fills_every_column_of_its_contract():
    made = {"row_id", "row_no", "file", "line", "hs4", "hs6", "quantity_base", "base_unit", "quantity_milli", "mass_g"}
    for kind, facts in KINDS.items():
        missing = set(TABLES[kind].schema.names) - set(facts.columns) - made - {"value_usd_cents"}
        assert missing == set(), kind
    assert [kind_of(name, "") for name in ("shipments", "flows", "companies")] == [
        "declarations",
        "trade_flows",
        "companies",
    ]


@needs_real_data
def test_real_korean_declarations_are_read(tmp_path: Path):
    columns = {
        "shipment_id": "Declaration ID",
        "declared_on": "Date",
        "consignee_id": "Importer ID",
        "consignee_name": "Importer ID",
        "exporter_name": "Seller ID",
        "hs_code": "HS6 Code",
        "dispatch_country": "Country of Departure",
        "origin_country": "Country of Origin",
        "net_mass_kg": "Net Mass",
    }
    mapping = Mapping(columns, {"reporter": "KR", "flow": "import"})
    rows, rejects = read("declarations", SHARED / "trade" / "kcs_declarations_valid.parquet", tmp_path, mapping)
    assert len(rows) + len({row["line"] for row in rejects}) == 8134
    assert len(rows) > 8000
    assert {row["destination_country"] for row in rows} == {"KR"}


@needs_real_data
def test_real_statistics_of_armenia_and_georgia_are_read(tmp_path: Path):
    columns = {"hs_code": "hs", "value_usd": "usd", "quantity": "qty", "net_mass_kg": "netweight_kg"}
    mapping = Mapping({**columns, "quantity_unit": "QtyUnitAbbr"}, date_format="%Y-%m-%d")
    rows, rejects = read("trade_flows", SHARED / "trade" / "hub_flows_am_ge_monthly.parquet", tmp_path, mapping)
    assert len(rows) + len({row["line"] for row in rejects}) == 13_184
    assert {row["reporter"] for row in rows} == {"AM", "GE"}
    assert {row["value"] for row in rejects} <= {"Areas, nes", "Cura\ufffdao", "C\ufffdte d'Ivoire"}
    assert "TW" in {row["partner"] for row in rows}


@needs_real_data
def test_real_components_are_read(tmp_path: Path):
    columns = {"marking": "name_marking", "maker": "manufacturer", "assembled_in": "manufacturer_country"}
    source = SHARED / "weapon-components" / "gur_components_dev.csv.gz"
    rows, rejects = read("components", source, tmp_path, Mapping({**columns, "weapon": "found_in"}))
    assert rejects == []
    assert any(row["maker"] == "FOTEK CONTROLS CO., LTD" and row["assembled_in"] == "TW" for row in rows)


def test_a_statement_keeps_its_fields_and_one_that_ends_before_it_begins_is_set_aside(tmp_path: Path):
    text = (
        "Certificate No,Date of issue,Valid until,End user,Signed by,covers,HS code,qty,unit\n"
        "EUS-77,2022-05-01,2023-05-01,Nova,Ayse Demir,A1;A2,85423190,2000,pieces\n"
        ",2022-05-01,2022-04-30,Nova,,,,,\n"
        ",2022-02-01,,,,,,,\n"
    )
    mapping = Mapping(
        columns={"statement_id": "Certificate No", "issued_on": "Date of issue", "end_user_name": "End user",
                 "signatory_name": "Signed by", "shipment_ids": "covers", "quantity": "qty", "quantity_unit": "unit"}
    )  # fmt: skip
    rows, rejects = read("end_use_statements", put(tmp_path, text), tmp_path, mapping)
    assert [(row["statement_id"], row["hs6"], row["shipment_ids"], row["quantity_milli"]) for row in rows] == [
        ("EUS-77", "854231", ["A1", "A2"], 2_000_000)
    ]
    assert {(one["line"], one["column"]) for one in rejects} == {(3, "valid_until"), (4, "end_user_name")}


def test_a_statement_is_proposed_from_the_words_of_its_headers(tmp_path: Path):
    headers = ["Certificate number", "Date of signature", "Expiry date", "End user", "Signatory", "Seal", "Goods"]
    assert set(propose(headers, "end_use_statements")) == {
        "statement_id", "issued_on", "valid_until", "end_user_name", "signatory_name", "stamp", "description"
    }  # fmt: skip
