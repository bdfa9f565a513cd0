"""What do aggregate statistics not explain? Gaps between two books, breaks, substitution and shares of hubs."""

from collections.abc import Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.engine.corridor import Corridor
from landwaiter.mirror import reasons
from landwaiter.mirror.asked import Asked, Terms
from landwaiter.mirror.books import BOOKS, before_controls, differences, freight
from landwaiter.mirror.cells import NotRun, read_books
from landwaiter.mirror.series import compare_series
from landwaiter.mirror.unions import incomplete_unions, members_among
from landwaiter.ref.concern import targets as concern
from landwaiter.tables import TABLES

NAMES = pa.schema([("side", pa.string()), ("country", pa.string()), ("name", pa.string())])
NEVER = 9999


def compare_books(
    corridor: Corridor,
    *,
    as_of: date,
    targets: Sequence[str] = (),
    neighbours: Sequence[str] = (),
    windows: Sequence[tuple[int, int]] = (),
    controls: Sequence[date] = (),
    treated: Sequence[str] = (),
    terms: Terms | None = None,
) -> list[NotRun]:
    """Read `trade_flows`, put `gaps`, and say which comparison could not be made and why.

    Beside it lie `mirror_wanted`, the codes in the order in which targets want them, `mirror_triples`, every triple
    difference that could be made, and `mirror_books`, how far the books of each side differ from its partners' in the
    years before the controls.

    Args:
        as_of: months not over on this day are not looked at, and unions have its members.
        targets: destinations of concern in place of the project's own, as `RU` or `RU:2022-02-24`.
        neighbours: countries through which goods could go instead, for every target, in place of `ref/unions.csv`.
        windows: first and last month of substitution windows, counted from year 0; else half a year and a year.
        controls: days on which controls began, for every origin, in place of `ref/control_dates.csv`.
        treated: beginnings of the codes whose export is controlled; the priority list of the day if empty.
        terms: None means the default ones.
    """
    against = concern(targets).column("country").to_pylist()
    asked = Asked(as_of, against, neighbours, windows, controls, treated, terms or Terms())
    asked.run(corridor, "mirror_flows")
    books = read_books(corridor.get("mirror_flows"), as_of=as_of)
    corridor.put("mirror_cells", books.cells)
    corridor.put("mirror_targets", pa.table({"country": pa.array(against, pa.string())}))
    unions_not_whole = _put_unions(corridor, books.cells, as_of)
    series, series_not_run = compare_series(corridor, asked)
    pairs, pairs_not_run = _compare_pairs(corridor, asked, books.cells)
    corridor.put("gaps", pa.Table.from_pylist(series + pairs, schema=TABLES["gaps"].schema))
    for large in ("mirror_flows", "mirror_cells", "mirror_exports", "mirror_sides"):
        corridor.drop(large)
    return [*books.left_out, *unions_not_whole, *series_not_run, *pairs_not_run]


def _put_unions(corridor: Corridor, cells: pa.Table, as_of: date) -> list[NotRun]:
    """Members of unions by what they are needed for: to know trade among them, to sell as one, to go by its name."""
    reporters, partners = (set(pc.unique(cells.column(side)).to_pylist()) for side in ("reporter", "partner"))
    exports = cells.filter(pc.equal(cells.column("flow"), "export"))
    sellers = set(pc.unique(exports.column("reporter")).to_pylist())
    corridor.put("mirror_members", members_among(reporters | partners, as_of=as_of))
    corridor.put("mirror_sellers", members_among(sellers, as_of=as_of, silent_only=True))
    names = []
    for side, countries in (("reporter", reporters), ("partner", partners)):
        names += [{"side": side, "country": code, "name": code} for code in sorted(countries)]
        for row in members_among(countries, as_of=as_of, silent_only=True).to_pylist():
            if row["member"] in countries:
                names.append({"side": side, "country": row["member"], "name": row["union_code"]})
    corridor.put("mirror_names", pa.Table.from_pylist(names, schema=NAMES))
    return incomplete_unions(sellers, as_of=as_of)


def _compare_pairs(corridor: Corridor, asked: Asked, cells: pa.Table) -> tuple[list[reasons.Row], list[NotRun]]:
    """Gaps between what one side says it sold and the other says it bought, and what could not be compared."""
    corridor.put("mirror_books", BOOKS.empty_table())
    why = "no pair of countries of which one reports exports and the other imports"
    if len(pc.unique(cells.column("flow"))) < 2:
        return [], [("mirror_gap", why)]
    asked.run(corridor, "mirror_sides")
    if not corridor.count("mirror_sides"):
        return [], [("mirror_gap", why)]
    corridor.put("mirror_controls", _control_years(corridor.get("mirror_names"), asked))
    asked.run(corridor, "mirror_book_years mirror_carried mirror_pairs mirror_excesses")
    terms = asked.terms
    honest = before_controls(corridor.get("mirror_pairs"), corridor.get("mirror_controls"))
    learned = freight(honest)
    share = terms.freight_bp / 10000 if learned is None else learned
    corridor.put("mirror_books", differences(honest, share))
    rows = reasons.mirror_gaps(corridor.get("mirror_excesses"), terms.money, terms.freight_bp)
    partial = corridor.get("mirror_book_years").sort_by([("importer", "ascending"), ("year", "ascending")])
    return rows, [reasons.partial_books(row) for row in partial.to_pylist()] + _not_carried(corridor)


def _control_years(names: pa.Table, asked: Asked) -> pa.Table:
    """The year before which each exporter's gaps count as its usual ones."""
    rows = []
    for name in sorted(set(names.column("name").to_pylist())):
        days = asked.days_of(name, asked.targets)
        rows.append({"exporter": name, "year": days[0].year if days else NEVER})
    return pa.Table.from_pylist(rows)


def _not_carried(corridor: Corridor) -> list[NotRun]:
    """Importers whose books never carry codes that were sold to them: another edition, or only an extract."""
    sold = corridor.get("mirror_sides").group_by(["importer", "hs6"]).aggregate([])
    absent = sold.join(corridor.get("mirror_carried"), ["importer", "hs6"], join_type="left anti").group_by("importer")
    rows = absent.aggregate([("hs6", "count")]).sort_by("importer").to_pylist()
    return [
        (
            f"mirror_gap of {row['importer']}",
            f"its import books never carry {row['hs6_count']} codes sold to it",
        )
        for row in rows
    ]
