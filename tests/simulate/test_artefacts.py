"""Could a scheme be told from honest trade by what no customs officer would look at? Ids, digits, gaps, order."""

from collections.abc import Callable
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from landwaiter.simulate.facts import goods
from landwaiter.simulate.world import World

Numbers = npt.NDArray[np.float64]

NULLABLE = (
    "exporter_id", "exporter_address", "consignee_id", "consignee_address", "end_user_name", "stated_end_use",
    "forwarder_name", "origin_country", "transit_countries", "part_number", "value_usd", "licence_id",
)  # fmt: skip

FORBIDDEN: dict[str, Callable[[pa.Table], Numbers]] = {
    "number of the shipment": lambda lines: digits_of(lines, "shipment_id"),
    "number of the document": lambda lines: digits_of(lines, "document_id"),
    "order within the day": lambda lines: place_in_day(lines),
    "last digit of the quantity": lambda lines: number(lines, "quantity") % 10,
    "round quantity": lambda lines: (number(lines, "quantity") % 100 == 0).astype(np.float64),
    "last digits of the mass": lambda lines: np.round(number(lines, "net_mass_kg") * 1000) % 10,
    "last digits of the value": lambda lines: np.round(number(lines, "value") * 100) % 100,
    "length of the exporter's name": lambda lines: lengths(lines, "exporter_name"),
    "length of the consignee's name": lambda lines: lengths(lines, "consignee_name"),
    "currency": lambda lines: np.asarray(pc.equal(lines.column("currency"), "USD")).astype(np.float64),
    "mode": lambda lines: number(lines, "transport_mode"),
} | {f"no {name}": lambda lines, name=name: gaps(lines, name) for name in NULLABLE}


def number(lines: pa.Table, name: str) -> Numbers:
    return np.asarray(lines.column(name).cast(pa.float64()))


def digits_of(lines: pa.Table, name: str) -> Numbers:
    return np.asarray(pc.replace_substring_regex(lines.column(name), "[A-Z]+", "").cast(pa.float64()))


def lengths(lines: pa.Table, name: str) -> Numbers:
    return np.asarray(pc.utf8_length(lines.column(name))).astype(np.float64)


def place_in_day(lines: pa.Table) -> Numbers:
    """Position among the lines of a day, 0 to 1; the day itself is no secret."""
    day = np.asarray(lines.column("declared_on").cast(pa.int32()))
    first, last = np.searchsorted(day, day), np.searchsorted(day, day, side="right")
    return np.asarray((np.arange(len(day)) - first) / np.maximum(last - first - 1, 1))


def gaps(lines: pa.Table, name: str) -> Numbers:
    return np.asarray(pc.is_null(lines.column(name))).astype(np.float64)


def area(score: Numbers, is_planted: npt.NDArray[np.bool_]) -> float:
    """Area under the curve of a feature, whichever way it points: 0.5 tells nothing, 1 tells all."""
    _, rank, count = np.unique(score, return_inverse=True, return_counts=True)
    middle = np.cumsum(count) - (count - 1) / 2
    many, rest = int(is_planted.sum()), int((~is_planted).sum())
    found = (middle[rank][is_planted].sum() - many * (many + 1) / 2) / (many * rest)
    return max(found, 1 - found)


@pytest.fixture(scope="module")
def compared(dense: World) -> tuple[pa.Table, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Lines of priority goods since the controls; which are planted, and which are a twin's."""
    lines = pq.read_table(dense.paths["shipments"])
    listed = set(goods().hs6[goods().is_listed].tolist())
    late = pc.greater(lines.column("declared_on"), pa.scalar(date(2022, 6, 1)))
    lines = lines.filter(pc.and_(late, pc.is_in(lines.column("hs_code"), pa.array(sorted(listed)))))
    ids: dict[int, set[str]] = {0: set(), 1: set()}
    for row in pacsv.read_csv(dense.paths["truth"]).to_pylist():
        ids[row["label"]] |= set(row["shipment_ids"].split(";"))
    told = lines.column("shipment_id").to_pylist()
    return lines, np.array([each in ids[1] for each in told]), np.array([each in ids[0] for each in told])


def test_the_area_knows_perfect_and_useless_features() -> None:
    planted = np.array([True, True, False, False, False, False])
    assert area(np.array([5.0, 6.0, 1.0, 2.0, 3.0, 4.0]), planted) == 1.0
    assert area(np.ones(6), planted) == 0.5
    assert area(np.array([1.0, 4.0, 1.0, 2.0, 3.0, 4.0]), planted) == pytest.approx(0.5)


# How long a name is depends on the hub's country, which is no secret; among twins it must tell nothing either.
@pytest.mark.parametrize("feature", [feature for feature in FORBIDDEN if "length" not in feature])
def test_no_forbidden_feature_tells_schemes_from_other_trade(
    compared: tuple[pa.Table, npt.NDArray[np.bool_], npt.NDArray[np.bool_]], feature: str
) -> None:
    lines, planted, _ = compared
    assert planted.sum() > 1_000
    assert area(FORBIDDEN[feature](lines), planted) <= 0.6


@pytest.mark.parametrize("feature", FORBIDDEN)
def test_no_forbidden_feature_tells_schemes_from_their_twins(
    compared: tuple[pa.Table, npt.NDArray[np.bool_], npt.NDArray[np.bool_]], feature: str
) -> None:
    lines, planted, twin = compared
    either = pa.array(planted | twin)
    assert area(FORBIDDEN[feature](lines.filter(either)), planted[planted | twin]) <= 0.6


@pytest.mark.parametrize("feature", ["quantity", "net_mass_kg", "value_usd"])
def test_no_amount_alone_tells_schemes_from_their_twins(
    compared: tuple[pa.Table, npt.NDArray[np.bool_], npt.NDArray[np.bool_]], feature: str
) -> None:
    lines, planted, twin = compared
    either = planted | twin
    amounts = np.nan_to_num(number(lines, feature))
    assert area(amounts[either], planted[either]) <= 0.65
