"""Do the real series give the published figures, and no artefact? Printed side by side: published, naive, ours.

Run with: ./run bench quality/mirror --data ../shared/data/trade
"""

import argparse
import csv
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from mirroring_peer import peer

from landwaiter.engine.duck import open_duck
from landwaiter.mirror.asked import Terms
from landwaiter.mirror.cells import NotRun
from landwaiter.mirror.dates import month_number
from landwaiter.mirror.gaps import compare_books
from landwaiter.tables import TABLES

COUNTRIES = {"Armenia": "AM", "Kazakhstan": "KZ", "Kyrgyzstan": "KG", "Uzbekistan": "UZ"}
WINDOWS = {"2022-03..2022-08": "10.3 %", "2022-05..2022-11": "19.7 %"}
EUR = Terms(money="EUR")


@contextmanager
def compared(
    flows: pa.Table,
    *,
    as_of: date,
    controls: Sequence[date] = (),
    windows: Sequence[str] = tuple(WINDOWS),
    terms: Terms = EUR,
) -> Iterator[tuple[duckdb.DuckDBPyConnection, list[NotRun], float]]:
    """The working tables of one comparison, what did not run, and its seconds."""
    months = [(month_number(window[:7]), month_number(window[9:])) for window in windows]
    with tempfile.TemporaryDirectory() as folder, open_duck(Path(folder), memory_mb=2000, threads=2) as corridor:
        corridor.put("trade_flows", flows)
        begun = time.monotonic()
        not_run = compare_books(
            corridor, as_of=as_of, targets=["RU", "BY"], windows=months, controls=controls, terms=terms
        )
        seconds = time.monotonic() - begun
        with duckdb.connect() as tables:
            for name in (
                "gaps",
                "mirror_growth",
                "mirror_shares",
                "mirror_jumps",
                "mirror_triples",
                "mirror_pairs",
                "mirror_wanted",
            ):
                if corridor.has(name):
                    held = corridor.get(name)
                    tables.register(f"held_{name}", held)
                    tables.execute(f"CREATE TABLE {name} AS FROM held_{name}")
            yield tables, not_run, seconds


def eu_exports(data: Path) -> pa.Table:
    """The EU's exports of listed goods to seven countries by month, in euro."""
    columns = ", ".join(TABLES["trade_flows"].schema.names)
    return duckdb.sql(
        f"""SELECT {columns} FROM (SELECT 'eu:' || file_row_number AS row_id, month AS period, reporter, partner,
        'export' AS flow, cn8 AS hs_code, CAST(NULL AS VARCHAR) AS hs_edition, CAST(eur AS DOUBLE) AS value_usd,
        CAST(NULL AS DOUBLE) AS quantity, CAST(NULL AS VARCHAR) AS quantity_unit, CAST(NULL AS DOUBLE) AS net_mass_kg,
        'eu' AS source FROM read_parquet('{data}/eu27_exports_sanctioned_monthly.parquet', file_row_number = true))"""
    ).to_arrow_table()


def totals(data: Path) -> tuple[pa.Table, dict[tuple[str, int], str]]:
    """All goods of the EU and four countries by year, and the plain gap that the file itself gives."""
    rows: list[dict[str, object]] = []
    plain = {}
    with (data / "mirror_eu27_totals_2019_2023.csv").open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            country = COUNTRIES[line["reporter"]]
            plain[country, int(line["year"])] = line["gap"]
            books = (
                ("EU", country, "export", line["eu27_reported_exports_meur"]),
                (country, "EU", "import", line["partner_reported_imports_meur"]),
            )
            for reporter, partner, flow, value in books:
                rows.append(
                    {
                        "row_id": f"totals:{len(rows)}",
                        "period": line["year"],
                        "reporter": reporter,
                        "partner": partner,
                        "flow": flow,
                        "hs_code": "TOTAL",
                        "value_usd": float(value) * 1e6,
                        "source": "totals",
                    }
                )
    return pa.Table.from_pylist(rows, schema=TABLES["trade_flows"].schema), plain


def print_substitution(data: Path, tables: duckdb.DuckDBPyConnection, seconds: float, rows: int) -> None:
    """Published is the full set of codes; this part holds three fifths of them."""
    print(f"\nEU exports, {rows:,} rows compared in {seconds:.1f} s (goal under 10 s)")
    print("\nSubstitution for Russia        published (full set)   naive, this part   ours, this part   codes")
    for window, published in WINDOWS.items():
        first, last = window.split("..")
        naive = duckdb.sql(
            f"""SELECT -100.0 * SUM(CASE WHEN partner IN ('AM', 'GE', 'KG', 'KZ', 'UZ') THEN change END)
            / SUM(CASE WHEN partner = 'RU' THEN change END) FROM (SELECT partner,
            CASE WHEN month BETWEEN '{first}' AND '{last}' THEN eur
            WHEN month BETWEEN '2021-{first[5:]}' AND '2021-{last[5:]}' THEN -eur ELSE 0 END AS change
            FROM '{data}/eu27_exports_sanctioned_monthly.parquet')"""
        ).fetchall()[0][0]
        score, reason = tables.execute(
            "SELECT score, reason FROM gaps WHERE kind = 'substitution' AND hs_code = 'TOTAL' AND period = $1", [window]
        ).fetchall()[0]
        codes = reason.split("all ")[1].split(" ")[0]
        print(f"{window:30s} {published:>20s} {naive:>16.1f} % {100 * score:>15.1f} % {codes:>7s}")
        over = tables.execute(
            """SELECT COUNT(*) FROM gaps
            WHERE kind = 'substitution' AND hs_code <> 'TOTAL' AND period = $1 AND score > 0.5""",
            [window],
        ).fetchall()[0][0]
        print(f"  codes over 50 %: published 72 of 988 (its window is not said); ours {over} of {codes}")


def print_substitution_placebo(exports: pa.Table) -> None:
    """How many codes show the same a year earlier, when Russia lost nothing on the whole."""
    with compared(exports, as_of=date(2022, 11, 30), windows=["2021-03..2021-08"]) as (tables, _, _):
        rows = tables.sql(
            """SELECT COUNT(*), SUM(CASE WHEN score > 0.5 THEN 1 ELSE 0 END)
            FROM gaps WHERE kind = 'substitution' AND hs_code <> 'TOTAL'"""
        ).fetchall()[0]
    print(
        f"Placebo 2021-03..2021-08: {rows[0]} codes of 10 % and more, {rows[1]} over 50 %; no total, Russia bought more"
    )


def print_artefacts(data: Path, tables: duckdb.DuckDBPyConnection) -> None:
    """Codes that are only new, among the fifty fastest growing to Armenia, Kazakhstan and Kyrgyzstan."""
    exports = f"'{data}/eu27_exports_sanctioned_monthly.parquet'"
    new = {
        row[0] for row in duckdb.sql(f"SELECT hs6 FROM {exports} GROUP BY 1 HAVING MIN(month) >= '2022-01'").fetchall()
    }
    naive = duckdb.sql(
        f"""SELECT hs6 FROM {exports} WHERE partner IN ('AM', 'KZ', 'KG') GROUP BY 1 ORDER BY
        SUM(CASE WHEN month BETWEEN '2022-03' AND '2022-08' THEN eur ELSE 0 END)
        / (1 + SUM(CASE WHEN month BETWEEN '2021-03' AND '2021-08' THEN eur ELSE 0 END)) DESC, hs6 LIMIT 50"""
    ).fetchall()
    ours = tables.sql(
        "SELECT hs_code FROM gaps WHERE kind = 'break' AND partner IN ('AM', 'KZ', 'KG') ORDER BY score DESC LIMIT 50"
    ).fetchall()
    anywhere = {row[0] for row in tables.sql("SELECT DISTINCT hs_code FROM gaps").fetchall()} & new
    print("\nNew codes among the 50 fastest growing: published, full set 21")
    print(f"  naive, this part {sum(row[0] in new for row in naive)}; ours {sum(row[0] in new for row in ours)}")
    print(f"  in any row that we report: {len(anywhere)}")


def print_false_breaks(exports: pa.Table) -> None:
    """Dates when nothing happened, judged as if controls had begun then, without the later months."""
    print("\nSeries beyond the placebo dates      breaks of series          hub shares of shares    (nominal 1.00 %)")
    with compared(exports, as_of=date(2022, 11, 30), terms=Terms(least_cents=1)) as held:
        print(f"  2022-03, the real date  {_rates(held[0])}")
    for month in (7, 8, 9):
        last = month_number(f"2021-{month:02d}") + 6
        day = date(last // 12, last % 12 + 1, 1) - timedelta(days=1)
        with compared(exports, as_of=day, controls=[date(2021, month, 1)], terms=Terms(least_cents=1)) as held:
            print(f"  2021-{month:02d}, a placebo date {_rates(held[0])}")


def _rates(tables: duckdb.DuckDBPyConnection) -> str:
    said = []
    for tested, kind in (("mirror_growth", "break"), ("mirror_shares", "hub_share")):
        of = tables.sql(f"SELECT COUNT(*) FROM {tested} WHERE role = 'control'").fetchall()[0][0]
        hits = tables.sql(f"SELECT COUNT(*) FROM mirror_jumps WHERE kind = '{kind}'").fetchall()[0][0]
        said.append(f"{hits:5d} of {of:5d} = {100 * hits / of:5.2f} %")
    return "     ".join(said)


def print_mirror_gaps(data: Path) -> None:
    """The plain gap of the file, ours after freight, and the score where the pair is reported."""
    flows, plain = totals(data)
    with compared(flows, as_of=date(2024, 12, 31)) as (tables, not_run, _):
        rows = tables.sql(
            """SELECT pairs.importer, pairs.year, pairs.gap_bp, pairs.exports_cents, pairs.imports_cents, gaps.score
            FROM mirror_pairs AS pairs LEFT JOIN gaps
            ON gaps.partner = pairs.importer AND gaps.period = CAST(pairs.year AS VARCHAR) ORDER BY ALL"""
        )
        pairs = rows.to_arrow_table().to_pylist()
    estimates = peer(pairs, data)
    print("\nMirror gap of all goods from the EU   published (plain)    peer   ours, after freight   score if reported")
    for row, (estimate, _, _) in zip(pairs, estimates, strict=True):
        said = "benign" if row["score"] is None else f"{row['score']:.2f}"
        published, ours = plain[row["importer"], row["year"]], row["gap_bp"] / 10000
        print(f"  {row['importer']} {row['year']} {published:>30s} {estimate:>12.3f} {ours:>20.3f} {said:>20s}")
    for name, reason in not_run:
        if "mirror_gap" in name:
            print(f"  {name}: {reason}")


def reexports(data: Path) -> tuple[pa.Table, list[str]]:
    """Armenia's re-exports and its own goods by month, as sales to a hub and beside it, and the codes under control."""
    listed = duckdb.sql(
        f"""SELECT DISTINCT substr(cn8, 1, 6) AS hs6
        FROM read_csv('{data}/eu_sanctioned_cn8_2023-01.csv', all_varchar = true)
        UNION SELECT hs6 FROM read_csv('{data}/chpl.csv', all_varchar = true)"""
    ).fetchall()
    columns = ", ".join(TABLES["trade_flows"].schema.names)
    sides = (("HB", "reexport_usd"), ("ZZ", "greatest(export_usd - reexport_usd, 0)"))
    parts = [
        f"""SELECT '{partner}:' || file_row_number AS row_id, substr(period, 1, 7) AS period, 'AM' AS reporter,
        '{partner}' AS partner, 'export' AS flow, hs6 AS hs_code, CAST(NULL AS VARCHAR) AS hs_edition,
        {usd} AS value_usd, CAST(NULL AS DOUBLE) AS quantity, CAST(NULL AS VARCHAR) AS quantity_unit,
        CAST(NULL AS DOUBLE) AS net_mass_kg, 'am' AS source
        FROM read_parquet('{data}/am_reexports_hs6_monthly.parquet', file_row_number = true)"""
        for partner, usd in sides
    ]
    flows = duckdb.sql(f"SELECT {columns} FROM ({' UNION ALL '.join(parts)}) WHERE value_usd > 0").to_arrow_table()
    return flows, sorted(row[0] for row in listed)


def print_triple(data: Path) -> None:
    """Armenia's re-exports of controlled goods against other goods and its own goods, with every placebo date."""
    flows, treated = reexports(data)
    with tempfile.TemporaryDirectory() as folder, open_duck(Path(folder), memory_mb=2000, threads=2) as corridor:
        corridor.put("trade_flows", flows)
        compare_books(
            corridor,
            as_of=date(2023, 12, 31),
            targets=["RU"],
            neighbours=["HB"],
            controls=[date(2022, 3, 1), date(2022, 9, 1), date(2023, 3, 1)],
            treated=treated,
        )
        lines = [row for row in corridor.get("mirror_triples").to_pylist() if row["partner"] == "HB"]
        found = [row for row in corridor.get("gaps").to_pylist() if row["kind"] == "triple_difference"]
    placebos = sorted(row["estimate"] for row in lines if row["role"] == "placebo")
    print("\nTriple difference: Armenia's re-exports of controlled goods, against other goods, against its own goods")
    for row in lines:
        if row["role"] == "control":
            low, high = (np.exp(row[name]) for name in ("low", "high"))
            print(
                f"  control date {row['test_no']}: x{np.exp(row['estimate']):.2f} ({low:.2f} to {high:.2f}, 95 %), "
                f"{row['treated']} controlled and {row['untreated']} other codes"
            )
    beyond = sum(row["low"] > 0 for row in lines if row["role"] == "placebo")
    print(
        f"  {len(placebos)} placebo dates: middle x{np.exp(placebos[len(placebos) // 2]):.2f}, highest "
        f"x{np.exp(placebos[-1]):.2f}; the interval alone is above 1 at {beyond}; reported: {len(found)}"
    )
    for row in found:
        print(f"  {row['period']}: {row['reason']}")


def print_hub(data: Path) -> None:
    """Armenia's smartphones: what a transit hub looks like in its own books."""
    goods, pieces, value = duckdb.sql(
        f"""WITH months AS (SELECT period,
            SUM(CASE WHEN flow = 'Import' THEN qty ELSE 0 END) AS came,
            SUM(CASE WHEN flow = 'Export' THEN qty ELSE 0 END) AS went,
            SUM(CASE WHEN flow = 'Import' THEN usd ELSE 0 END) AS paid,
            SUM(CASE WHEN flow = 'Export' THEN usd ELSE 0 END) AS earned,
            SUM(CASE WHEN flow = 'Export' AND partner_iso = 'RUS' THEN usd ELSE 0 END) AS to_russia
        FROM '{data}/hub_flows_am_ge_monthly.parquet'
        WHERE reporter = 'Armenia' AND hs = '851713' AND mot_code = '0' GROUP BY period)
        SELECT [SUM(came) / 1e6, SUM(went) / 1e6], [SUM(went) / SUM(came), CORR(came, went)],
            [(SUM(earned) / SUM(went)) / (SUM(paid) / SUM(came)), SUM(to_russia) / SUM(earned)] FROM months"""
    ).fetchall()[0]
    print("\nA real hub: smartphones of Armenia 2022-01..2024-02       published    from the same rows")
    for name, published, ours in (
        ("pieces in, million", "3.107", goods[0]),
        ("pieces out, million", "2.315", goods[1]),
        ("share that leaves again", "0.75", pieces[0]),
        ("correlation of months", "0.87", pieces[1]),
        ("unit value out / in", "1.05", value[0]),
        ("share of value to Russia", "0.93", value[1]),
    ):
        print(f"  {name:52s} {published:>12s} {ours:>21.3f}")
    print("  its share in each origin's sales is not computed: the origins' books are not in this set")


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/trade"))
    data = parser.parse_args().data
    exports = eu_exports(data)
    with compared(exports, as_of=date(2022, 11, 30)) as (tables, not_run, seconds):
        print_substitution(data, tables, seconds, exports.num_rows)
        print_substitution_placebo(exports)
        print_artefacts(data, tables)
        print_false_breaks(exports)
        print("\nWhat was not compared:")
        for name, reason in not_run:
            print(f"  {name}: {reason}")
    print_mirror_gaps(data)
    print_triple(data)
    print_hub(data)


if __name__ == "__main__":
    main()
