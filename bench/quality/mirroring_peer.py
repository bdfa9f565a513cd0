"""What does the method of harvard-growth-lab/comtrade-mirroring make of two books? Written anew from its description.

Freight by a regression on distance, imports brought to FOB, reliability of each side by turns, and one estimate of the
trade weighted by it. Its gap is what that estimate adds to the buyer's book.
"""

from pathlib import Path

import duckdb
import numpy as np

ISO3 = {"AM": "ARM", "KG": "KGZ", "KZ": "KAZ", "UZ": "UZB"}
# The peer's own limits.
MOST_TAU, NEARLY_EQUAL, TRIMMED, TURNS = 0.2, 0.05, 0.1, 25


def peer(rows: list[dict[str, int | str]], data: Path) -> list[tuple[float, float, float]]:
    """Gap, freight and weight of each row by the peer's method, year by year; distances are from Germany."""
    held = {row["importer"]: row for row in distances(data)}
    exports, imports = (
        np.array([row[name] for row in rows], float) / 100 for name in ("exports_cents", "imports_cents")
    )
    said = np.log(imports / exports)
    low, high = np.quantile(said, [TRIMMED, 1 - TRIMMED])
    away = np.array([np.log(held[ISO3[str(row["importer"])]]["km"]) for row in rows])
    # One seller only: neither a fixed effect of it nor of a border can be told from the constant.
    slope = np.polyfit(away, np.clip(said, low, high), 1)
    tau = np.clip(np.polyval(slope, away), 0, MOST_TAU)
    fob = np.where((said > 0) & (abs(said) >= NEARLY_EQUAL), imports * (1 - tau), imports)
    apart = abs(exports - fob) / (exports + fob)
    found = []
    for place, row in enumerate(rows):
        year = np.array([other["year"] == row["year"] for other in rows])
        of_buyers, of_seller = np.ones(year.sum()), 1.0
        for _ in range(TURNS):
            of_buyers, of_seller = (
                1 / np.maximum(apart[year] * of_seller, 1e-9),
                1 / max(float((apart[year] * of_buyers).mean()), 1e-9),
            )
        # The scores run away with one seller; only their order is used, as the peer's softmax does in the limit.
        mine = of_buyers[int(np.flatnonzero(np.flatnonzero(year) == place)[0])]
        scaled = np.array([of_seller, mine]) / max(of_seller, mine)
        weight = float(np.exp(scaled[0]) / np.exp(scaled).sum())
        best = exports[place] * weight + fob[place] * (1 - weight)
        found.append((float(1 - fob[place] / best), float(tau[place]), weight))
    return found


def distances(data: Path) -> list[dict[str, str | float]]:
    """Kilometres from Germany, the EU's largest seller to these countries, to each."""
    sql = f"SELECT * FROM '{data}/cepii_dist.parquet' WHERE exporter = 'DEU'"
    table = duckdb.sql(sql).to_arrow_table()
    column = "distwces" if "distwces" in table.column_names else "dist"
    return [{"importer": row["importer"], "km": row[column]} for row in table.to_pylist() if row[column]]
