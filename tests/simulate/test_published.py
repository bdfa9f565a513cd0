"""Do the made statistics follow from the legs, with honest freight and honest gaps?"""

from collections import defaultdict

import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from landwaiter.simulate.world import World


def flows(world: World, flow: str) -> list[dict[str, object]]:
    options = pacsv.ConvertOptions(column_types={"hs_code": "string", "hs_edition": "string", "period": "string"})
    rows = pacsv.read_csv(world.paths["trade_flows"], convert_options=options).to_pylist()
    return [row for row in rows if row["flow"] == flow]


def test_published_exports_are_the_sums_of_the_declared_lines(dense: World) -> None:
    declared: dict[tuple[str, ...], int] = defaultdict(int)
    for line in pq.read_table(dense.paths["shipments"]).to_pylist():
        key = (f"{line['declared_on']:%Y-%m}", line["reporter"], line["destination_country"], line["hs_code"])
        declared[key] += line["quantity"]
    published: dict[tuple[str, ...], int] = defaultdict(int)
    for row in flows(dense, "export"):
        published[row["period"], row["reporter"], row["partner"], row["hs_code"]] += row["quantity"]
    silent = {key for key in declared if key[1] in ("RU", "BY") and key[0] >= "2022-02"}
    assert silent
    assert {key: pieces for key, pieces in declared.items() if key not in silent} == published


def test_imports_are_dearer_than_exports_by_freight(dense: World) -> None:
    exports = {
        (row["period"], row["reporter"], row["partner"], row["hs_code"]): row["value_usd"]
        for row in flows(dense, "export")
    }
    imports = flows(dense, "import")
    ratios = []
    for row in imports:
        fob = exports.get((row["period"], row["partner"], row["reporter"], row["hs_code"]))
        if fob is not None and fob > 100:
            ratios.append(row["value_usd"] / fob)
    assert len(ratios) > 5_000
    parameters = dense.parameters
    middle = 1 + (parameters.cif_low + parameters.cif_high) / 2
    assert abs(sum(ratios) / len(ratios) - middle) < 0.01
    assert len(imports) < len(exports)


def test_targets_publish_nothing_once_they_fell_silent(dense: World) -> None:
    reported = [row["period"] for flow in ("export", "import") for row in flows(dense, flow) if row["reporter"] == "RU"]
    assert reported
    assert max(reported) < "2022-02"


def test_codes_of_the_new_edition_begin_with_it(dense: World) -> None:
    periods = defaultdict(set)
    for row in flows(dense, "export"):
        periods[row["hs_code"], row["hs_edition"]].add(row["period"])
    assert min(periods["851713", "2022"]) == "2022-01"
    assert max(periods["851712", "2017"]) == "2021-12"
