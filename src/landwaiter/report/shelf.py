"""Which rows of a finished run's tables does a report need? Only those are read, however long the tables are."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any, TypedDict

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from landwaiter.errors import InputError

STRONGEST = 40


class Assessment(TypedDict):
    """A row of `assessments`."""

    subject_kind: str
    subject_id: str
    name: str | None
    country: str | None
    score: float
    rank: int
    reasons: list[str]
    innocent: list[str]
    value_usd: float


class Finding(TypedDict):
    """A row of `findings`."""

    finding_id: str
    flag: str
    subject_kind: str
    subject_id: str
    strength: float
    reason: str
    evidence: list[str]
    first_on: date | None
    last_on: date | None


class Lot(TypedDict):
    """The columns of `shipments` that a report shows."""

    row_id: str
    declared_on: date
    reporter: str
    flow: str
    file: str
    line: int
    exporter_name: str | None
    exporter_country: str | None
    exporter_party: str | None
    consignee_name: str | None
    consignee_country: str | None
    consignee_party: str | None
    end_user_name: str | None
    origin_country: str | None
    dispatch_country: str | None
    destination_country: str | None
    hs_code: str | None
    description: str | None
    quantity: float | None
    quantity_unit: str | None
    value_usd: float | None


class Party(TypedDict):
    """The columns of `parties` that a report shows."""

    party_id: str
    name: str
    kind: str
    country: str | None
    names: list[str]
    source_ids: list[str]
    why_merged: list[str]


class Match(TypedDict):
    """A row of `matches`."""

    party_id: str
    listing_id: str
    list: str
    name_matched: str
    score: float
    reason: str
    as_of: date


class Listing(TypedDict):
    """The columns of `listings_matched` that a report shows."""

    listing_id: str
    kind: str
    name: str
    programmes: list[str]
    reason: str | None
    listed_on: date | None
    delisted_on: date | None
    source_url: str | None


class Hop(TypedDict):
    """A row of `hops`."""

    in_row: str
    out_row: str
    party_id: str
    family: str
    quantity: float
    days_between: int


class Link(TypedDict):
    """A row of `chains`."""

    chain_id: str
    position: int
    row_id: str
    quantity: float
    from_origin: str
    to_target: str


class Control(TypedDict):
    """A row of `controls`."""

    row_id: str
    control_list: str
    entry: str
    tier: str | None
    answer: str
    reason: str


class Gap(TypedDict):
    """The columns of `gaps` that a report shows."""

    reporter: str
    partner: str
    hs_code: str
    period: str
    kind: str
    score: float
    reason: str


class Shelf:
    """The tables of one run's folder. A table that is not there answers with no rows; `has` tells the two apart."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, name: str) -> bool:
        """Whether the run wrote this table at all."""
        return (self.folder / f"{name}.parquet").is_file()

    def count(self, name: str) -> int | None:
        """How many rows the table has, or None where there is no such table."""
        return int(self._dataset(name).count_rows()) if self.has(name) else None

    def where(self, name: str, columns: Collection[str], **values: Collection[str]) -> pa.Table | None:
        """The rows in which any of the named columns has one of its values; None where there are none to look for."""
        tests = [ds.field(column).isin(sorted(wanted)) for column, wanted in values.items() if wanted]
        if not tests or not self.has(name):
            return None
        test = tests[0]
        for other in tests[1:]:
            test = test | other
        return self._read(name, columns, test)

    def leads(self, most: int) -> pa.Table | None:
        """Every party that was assessed, and whatever has one of the first ranks."""
        test = (ds.field("subject_kind") == "party") | (ds.field("rank") <= most)
        return self._read("assessments", Assessment.__annotations__, test) if self.has("assessments") else None

    def strongest(
        self, name: str, columns: Collection[str], by: str, then: str, **values: Collection[str]
    ) -> tuple[list[Any], int]:
        """The rows with the highest values of a column, ties in the order of another, and how many rows there are."""
        every = self.where(name, columns, **values) if values else self._read(name, columns, None)
        if every is None:
            return [], 0
        ordered = every.sort_by([(by, "descending"), (then, "ascending")])
        return list(ordered.slice(0, STRONGEST).to_pylist()), every.num_rows

    def tally(self, name: str, by: str) -> dict[str, int]:
        """How many rows the table has for each value of a column, one batch in memory at a time."""
        tally: dict[str, int] = {}
        if self.has(name):
            for batch in self._dataset(name).to_batches(columns=[by]):
                for pair in pc.value_counts(batch.column(0)).to_pylist():
                    tally[pair["values"]] = tally.get(pair["values"], 0) + pair["counts"]
        return dict(sorted(tally.items(), key=lambda pair: (-pair[1], pair[0])))

    def _read(self, name: str, columns: Collection[str], test: pc.Expression | None) -> pa.Table:
        try:
            return self._dataset(name).to_table(columns=list(columns), filter=test)
        except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
            raise InputError(str(self.folder / f"{name}.parquet"), f"cannot be read: {error}", "run again") from error

    def _dataset(self, name: str) -> ds.Dataset:
        path = self.folder / f"{name}.parquet"
        try:
            return ds.dataset(path, format="parquet")
        except (pa.ArrowInvalid, OSError) as error:
            raise InputError(str(path), "is not a Parquet file that can be read", "run again") from error
