"""What would statistical offices publish of a made world? Monthly flows by HS6, exports FOB and imports CIF."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from landwaiter.simulate.chance import share
from landwaiter.simulate.chunk import Chunk
from landwaiter.simulate.facts import HS_2022_FROM, Ints, Texts, countries, goods
from landwaiter.simulate.plan import Parameters

SILENT_FROM = "2022-02"  # The targets have published no trade since (public fact for Russia and Belarus).
PIECE = 200_000


class Flows:
    """Adds up the legs of a world, whoever's books they stand in."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        many = len(countries().code)
        self._shape = (parameters.months, many, many, len(goods().hs6))
        self._sums = {name: np.zeros(int(np.prod(self._shape))) for name in ("usd", "quantity", "mass_g")}

    def add(self, chunk: Chunk) -> None:
        """Take the legs of one more chunk into account."""
        lots, country = chunk.lots, chunk.cast.country
        month = self._month(lots["day"])
        place = (month, country[lots["seller"]], country[lots["buyer"]], lots["good"])
        cell, index = np.unique(np.ravel_multi_index(place, self._shape), return_inverse=True)
        for name, sums in self._sums.items():
            sums[cell] += np.bincount(index, weights=lots[name].astype(np.float64), minlength=len(cell))

    def tables(self) -> Iterator[pa.Table]:
        """What exporters and importers published, in pieces, by month."""
        cells = np.flatnonzero(self._sums["usd"])
        for start in range(0, len(cells), PIECE):
            piece = cells[start : start + PIECE]
            yield self._published(piece, imports=False)
            yield self._published(piece, imports=True)

    def _published(self, cells: Ints, *, imports: bool) -> pa.Table:
        parameters, there, made = self._parameters, countries(), goods()
        month, seller, buyer, good = np.unravel_index(cells, self._shape)
        period = self._periods()[month]
        dearer = np.ones(len(cells))
        kept = there.role[seller] != "target"
        reporter, partner = seller, buyer
        if imports:
            # Freight and insurance, small differences of valuation, and one flow in fifty that is never recorded.
            low, high = parameters.cif_low, parameters.cif_high
            dearer = 1 + low + (high - low) * share(parameters.seed, cells, 91)
            dearer *= 0.97 + 0.06 * share(parameters.seed, cells, 92)
            kept = (there.role[buyer] != "target") & (share(parameters.seed, cells, 93) >= 0.02)
            reporter, partner = buyer, seller
        rows = np.flatnonzero(kept | (period < SILENT_FROM))
        old = (self._first_days()[month] < HS_2022_FROM)[rows]
        code = np.where(old, made.before_2022[good[rows]], made.hs6[good[rows]])
        table = {
            "period": _texts(period[rows]),
            "reporter": _texts(there.code[reporter[rows]]),
            "partner": _texts(there.code[partner[rows]]),
            "flow": _texts(np.full(len(rows), "import" if imports else "export", dtype=object)),
            "hs_code": _texts(code),
            "hs_edition": _texts(np.where(old, "2017", "2022").astype(object)),
            "value_usd": pa.array(np.round((self._sums["usd"][cells] * dearer)[rows], 2)),
            "quantity": pa.array(self._sums["quantity"][cells][rows].astype(np.int64)),
            "quantity_unit": _texts(made.unit[good[rows]]),
            "net_mass_kg": pa.array(np.round(self._sums["mass_g"][cells][rows] / 1000, 3)),
            "source": _texts(np.full(len(rows), "made world", dtype=object)),
        }
        return pa.table(table)

    def _first_days(self) -> Ints:
        start = np.datetime64(self._parameters.start, "M")
        months = start + np.arange(self._parameters.months)
        return np.asarray(months.astype("datetime64[D]").astype(np.int64))

    def _periods(self) -> Texts:
        return np.asarray(self._first_days().astype("datetime64[D]").astype("datetime64[M]").astype(str).astype(object))

    def _month(self, day: Ints) -> Ints:
        return np.searchsorted(self._first_days(), day, side="right") - 1


def _texts(values: Texts) -> pa.Array:
    return pa.array(values, pa.string())
