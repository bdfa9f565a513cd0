"""How far do two sides' books differ where nothing is amiss: by freight, and by who keeps them?

Both are learned from the years before the controls only, and are shown beside the gaps; what a gap is allowed stays
with the pair's own history, since an average of other pairs would excuse one that is unusual.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
ROUNDS = 25
# Import values above exports by more than this are no freight, and a pair far beyond is an error of books.
MOST_FREIGHT = 0.2
LEAST_PAIRS = 10
BOOKS = pa.schema([("country", pa.string()), ("side", pa.string()), ("pairs", pa.int64()), ("differs", pa.float64())])


def freight(pairs: pa.Table) -> float | None:
    """What imports (CIF) exceed exports (FOB) by in the middle of honest pairs, 0 to 0.2; None of too few pairs.

    Args:
        pairs: exporter, importer, exports_cents and imports_cents of years before the controls.
    """
    exports, imports = _amounts(pairs)
    kept = (exports > 0) & (imports > 0)
    if kept.sum() < LEAST_PAIRS:
        return None
    ratio = imports[kept] / exports[kept] - 1
    # Half of what is sold on credit, late or in transit only shows on one side: outliers at both ends say nothing.
    return float(np.clip(np.median(ratio), 0, MOST_FREIGHT))


def differences(pairs: pa.Table, freight_share: float) -> pa.Table:
    """For each side of each country how far its books differ from its partners', those that differ most first.

    The difference of a pair, |x - m| / (x + m) with freight taken off, is shared between its two sides in proportion
    to how much each differs from all others, so that one careless neighbour does not make a careful one look careless.
    """
    exports, imports = _amounts(pairs)
    imports = imports / (1 + freight_share)
    apart = np.abs(exports - imports) / np.maximum(exports + imports, 1)
    sellers, seller = np.unique(np.array(pairs.column("exporter").to_pylist(), dtype=str), return_inverse=True)
    buyers, buyer = np.unique(np.array(pairs.column("importer").to_pylist(), dtype=str), return_inverse=True)
    sold, bought = np.bincount(seller, minlength=len(sellers)), np.bincount(buyer, minlength=len(buyers))
    of_seller, of_buyer = np.ones(len(sellers)), np.ones(len(buyers))
    for _ in range(ROUNDS):
        share = of_seller[seller] / np.maximum(of_seller[seller] + of_buyer[buyer], 1e-12)
        of_seller = np.bincount(seller, apart * share, minlength=len(sellers)) / sold
        of_buyer = np.bincount(buyer, apart * (1 - share), minlength=len(buyers)) / bought
    rows = [
        {"country": str(country), "side": side, "pairs": int(count), "differs": round(float(value), 4)}
        for side, countries, counts, values in (
            ("exports", sellers, sold, of_seller),
            ("imports", buyers, bought, of_buyer),
        )
        for country, count, value in zip(countries, counts, values, strict=True)
    ]
    rows.sort(key=lambda row: (-float(str(row["differs"])), str(row["country"]), str(row["side"])))
    return pa.Table.from_pylist(rows, schema=BOOKS)


def before_controls(pairs: pa.Table, controls: pa.Table) -> pa.Table:
    """The years of each exporter before its controls began."""
    joined = pairs.join(controls.rename_columns(["exporter", "control_year"]), "exporter")
    kept = joined.filter(pc.less(joined.column("year"), joined.column("control_year")))
    return kept.sort_by([(name, "ascending") for name in ("exporter", "importer", "hs6", "year")])


def _amounts(pairs: pa.Table) -> tuple[Numbers, Numbers]:
    exports, imports = (
        pairs.column(name).combine_chunks().to_numpy(False) for name in ("exports_cents", "imports_cents")
    )
    return exports.astype(np.float64), imports.astype(np.float64)
