"""What would simple methods find? Firms ranked by value, novelty, equal lots, and a plain first in first out ledger."""

from collections import defaultdict
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from diversions import AS_OF, true_firms

from landwaiter.classify.priority import classify
from landwaiter.engine.duck import open_duck
from landwaiter.engine.step import read_step
from landwaiter.ref.concern import origins, targets
from landwaiter.ref.facts import read_facts
from landwaiter.simulate.world import World
from landwaiter.tables import TABLES
from landwaiter.trace import chains
from landwaiter.trace.ledger import allocate

TRACE = Path(chains.__file__).parent
Ranking = dict[str, float]

# Each over `goods`: lines of priority goods since the controls began, with seller, buyer, day, hs6, quantity and usd.
QUERIES = {
    "value of list goods to a target": "SELECT seller, SUM(usd) FROM goods WHERE to_target GROUP BY seller",
    # BIS and FinCEN, 2022 and 2023: an importer of such goods that did not trade before 24 February 2022.
    "new importers of list goods (BIS)": """
        SELECT buyer, SUM(usd) FROM goods WHERE buyer NOT IN (SELECT firm FROM old) GROUP BY buyer""",
    "equal lots x share": """
        SELECT o.seller, SUM(o.usd) / MAX(t.usd) FROM goods AS o
        JOIN (SELECT seller, SUM(usd) + 1 AS usd FROM goods GROUP BY seller) AS t ON t.seller = o.seller
        WHERE o.to_target AND EXISTS (
            SELECT 1 FROM goods AS i WHERE i.buyer = o.seller AND i.hs6 = o.hs6
            AND i.quantity_milli = o.quantity_milli AND o.declared_on - i.declared_on BETWEEN 0 AND 90)
        GROUP BY o.seller""",
}


def simple_rankings(world: World, result: Path) -> dict[str, Ranking]:
    """The ranking of true firms by every simple method; names are joined exactly, but for the last."""
    # Only lines of priority goods: the ledgers of these methods are one code each, and all of the code is on the list.
    listed = pq.read_table(result / "controls.parquet", columns=["row_id"])["row_id"].unique()
    lines = pq.read_table(result / "shipments.parquet", filters=pc.field("row_id").isin(listed))
    exact, true, firm_of = _parties_by_name(world, lines)
    found = {name: best_of(ranking, firm_of) for name, ranking in _by_queries(exact, result).items()}
    found["FIFO taint, names joined exactly"] = best_of(fifo(exact, result / "exact"), firm_of)
    found["FIFO taint, true firms given"] = fifo(true, result / "true")
    return found


def _parties_by_name(world: World, lines: pa.Table) -> tuple[pa.Table, pa.Table, dict[str, str]]:
    """The lines with every spelling as a party, then with the true firm as the party, and whose spelling each is."""
    exact, true = lines, lines
    firm_of: dict[str, str] = {}
    for role in ("exporter", "consignee"):
        at = lines.column_names.index(f"{role}_party")
        names, firms = lines.column(f"{role}_name").to_pylist(), true_firms(world, lines, role)
        firm_of |= {name: firm for name, firm in zip(names, firms, strict=True) if firm is not None}
        known = [firm or name for name, firm in zip(names, firms, strict=True)]
        exact = exact.set_column(at, lines.schema.field(at), lines.column(f"{role}_name"))
        true = true.set_column(at, lines.schema.field(at), pa.array(known, pa.string()))
    return exact, true, firm_of


def best_of(scores: Ranking, firm_of: dict[str, str]) -> Ranking:
    """The best score of each true firm, whatever it was called."""
    best: Ranking = defaultdict(float)
    for name, score in scores.items():
        firm = firm_of.get(name, name)
        best[firm] = max(best[firm], score)
    return dict(best)


def _by_queries(lines: pa.Table, result: Path) -> dict[str, Ranking]:
    listed = pa.table({"hs6": read_facts("chpl").column("hs6")})
    places = pa.table({"country": targets().column("country")})
    with duckdb.connect() as con:
        for name, table in (("lines", lines), ("listed", listed), ("places", places)):
            con.register(name, table)
        con.execute("""CREATE TABLE goods AS SELECT exporter_party AS seller, consignee_party AS buyer, declared_on,
            destination_country IN (SELECT country FROM places) AS to_target, hs6, quantity_milli,
            COALESCE(value_usd, 0) AS usd
            FROM lines SEMI JOIN listed USING (hs6)
            WHERE declared_on >= DATE '2022-02-24' AND consignee_party IS NOT NULL""")
        con.execute(
            """CREATE TABLE old AS SELECT DISTINCT consignee_name AS firm FROM read_parquet($file)
            WHERE declared_on < DATE '2022-02-24' AND consignee_name IS NOT NULL""",
            {"file": str(result / "shipments.parquet")},
        )
        return {name: dict(con.execute(query).fetchall()) for name, query in QUERIES.items()}


def _without(lines: pa.Table) -> pa.Table:
    """The lines without what a plain ledger does not read: origins, part numbers and licences."""
    for name in ("origin_country", "part_number", "licence_id"):
        at = lines.column_names.index(name)
        lines = lines.set_column(at, lines.schema.field(at), pa.nulls(lines.num_rows, pa.string()))
    return lines


def fifo(lines: pa.Table, folder: Path) -> Ranking:
    """Share of the value of priority goods that a firm received which, by one plain ledger, went on to a target.

    One ledger for each firm and HS6 code; every record counts, also the second of one leg; taint forward from
    controlled origins and reach backward from targets over several hubs; no origins, no dates of stock, no licences.
    """
    folder.mkdir()
    names = sorted({one for role in ("exporter", "consignee") for one in set(lines.column(f"{role}_party").to_pylist())
                    if one is not None})  # fmt: skip
    with open_duck(folder, memory_mb=2000, threads=2) as corridor:
        corridor.put("shipments", _without(lines.cast(TABLES["shipments"].schema)))
        blank = dict.fromkeys(TABLES["parties"].schema.names) | {"source_ids": [], "why_merged": []}
        parties = [blank | {"party_id": name, "name": name, "kind": "organisation", "names": [name]} for name in names]
        corridor.put("parties", pa.Table.from_pylist(parties, schema=TABLES["parties"].schema))
        corridor.put("targets", targets())
        corridor.put("origins", origins())
        classify(corridor, as_of=AS_OF)
        corridor.put("goods_families", read_facts("goods_families"))
        for name in ("legs", "known_by_trade", "bridges"):
            corridor.put(name, TABLES[name].schema.empty_table())
        steps = ("party_numbers", "goods_numbers", "unit_numbers", "origin_numbers", "part_numbers", "books")
        for name in (*steps, "usual_weights", "lots"):
            corridor.run(read_step(TRACE / f"{name}.sql"), {})
        corridor.run(read_step(TRACE / "relaying_parties.sql"), {})
        nothing = pa.table({"in_no": pa.array([], pa.int64()), "out_no": pa.array([], pa.int64())})
        for name in ("links_of_part", "links_of_origin"):
            corridor.put(name, nothing)
        for name in ("arrivals", "departures"):
            corridor.run(read_step(TRACE / f"{name}_of_code.sql"), {}, name=name)
        allocate(corridor, window_days=180)
        links = corridor.get("links")
        corridor.put("all_links", links.append_column("is_relabelled", pa.array([0] * len(links), pa.int32())))
        for name in ("tainted", "reaching"):
            chains.spread(corridor, name, 6)
        corridor.run(read_step(TRACE / "relays.sql"), {})
        tables = {name: corridor.get(name) for name in ("relays", "lots", "party_numbers")}
    with duckdb.connect() as con:
        for name, table in tables.items():
            con.register(name, table)
        return dict(
            con.execute("""WITH came AS (
                SELECT party_id, SUM(cents) AS cents FROM lots JOIN party_numbers ON party_no = buyer_no
                WHERE tier <> '' GROUP BY party_id)
            SELECT relays.party_id, SUM(1.0 * in_cents * quantity / in_quantity) / MAX(came.cents + 1)
            FROM relays JOIN came USING (party_id) WHERE in_tainted > 0 AND out_reaching > 0
            GROUP BY relays.party_id""").fetchall()
        )
