"""What do companies, ownership, end-user statements, statistics and components say beyond their cells?"""

from pathlib import PurePath

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.load.batch import Batch
from landwaiter.load.declarations import edition_on, heads_of, in_base_units, in_dollars, whole
from landwaiter.ref.money import Rates


def companies(batch: Batch) -> dict[str, pa.Array]:
    """Companies, each with an id; lists are empty where none are named."""
    values = dict(batch.values)
    values["row_id"] = batch.row_ids
    values["company_id"] = pc.coalesce(values["company_id"], batch.row_ids)
    for name in ("other_names", "officers"):
        values[name] = _filled(values[name])
    return values


def ownership(batch: Batch) -> dict[str, pa.Array]:
    """Interests: of unknown owners and of shares unless it is said otherwise; one share stands for both bounds."""
    values = dict(batch.values)
    values["row_id"] = batch.row_ids
    for name, usual in (("owner_kind", "unknown"), ("interest", "shares")):
        values[name] = pc.fill_null(batch.strings(name), usual)
    values["joint_with"] = _filled(values["joint_with"])
    low, high = values["share_min"], values["share_max"]
    if "share_max" not in batch.present:
        values["share_max"] = low
    inverted = pc.greater(low, high).fill_null(False).to_numpy(zero_copy_only=False)
    batch.refuse(inverted, "share_min", "is more than share_max")
    turned = pc.greater(values["valid_from"], values["valid_to"]).fill_null(False).to_numpy(zero_copy_only=False)
    batch.refuse(turned, "valid_from", "is after valid_to")
    return values


def end_use_statements(batch: Batch) -> dict[str, pa.Array]:
    """Lines of end-user statements, each with a number and its goods in base units."""
    values = dict(batch.values)
    values["row_id"] = batch.row_ids
    values["statement_id"] = pc.coalesce(values["statement_id"], batch.row_ids)
    values["shipment_ids"] = _filled(values["shipment_ids"])
    values["hs6"] = heads_of(values["hs_code"], 6)
    values["base_unit"], thousandths = in_base_units(batch)
    values["quantity_milli"] = whole(thousandths)
    ended = pc.less(values["valid_until"], values["issued_on"]).fill_null(False).to_numpy(zero_copy_only=False)
    batch.refuse(ended, "valid_until", "is before issued_on")
    return values


def trade_flows(batch: Batch, rates: Rates, file: str) -> dict[str, pa.Array]:
    """Cells of statistics in US dollars: as published, or converted at the rate of the year."""
    values = dict(batch.values)
    values["row_id"] = batch.row_ids
    years = pc.cast(pc.utf8_slice_codeunits(batch.strings("period"), 0, 4), pa.int32())
    declared = batch.numbers("value_usd")
    dollars = np.where(np.isnan(declared), in_dollars(batch, years, rates), declared)
    unsaid = np.isnan(declared) & np.isnan(batch.numbers("value"))
    batch.refuse(unsaid, "value_usd", "is empty, and so is value")
    reason = "cannot be converted: the rate table has no rate for this currency and year"
    batch.refuse(np.isnan(dollars) & ~unsaid, "value", reason)
    values["value_usd"] = pa.array(dollars, pa.float64(), mask=np.isnan(dollars))
    values["hs_edition"] = _edition(batch)
    values["source"] = pc.fill_null(batch.strings("source"), PurePath(file).name)
    flow = batch.strings("flow")
    other = pc.invert(pc.is_in(flow, value_set=pa.array(["export", "import", "re-export"]))).fill_null(False)
    batch.refuse(other.to_numpy(zero_copy_only=False), "flow", "is neither export, import nor re-export")
    del values["value"], values["currency"]
    return values


def components(batch: Batch) -> dict[str, pa.Array]:
    """Components, each with an id and with something to read on it."""
    values = dict(batch.values)
    values["row_id"] = batch.row_ids
    values["component_id"] = pc.coalesce(values["component_id"], batch.row_ids)
    silent = pc.and_(
        pc.and_(values["marking"].is_null(), values["part_number"].is_null()), values["description"].is_null()
    )
    batch.refuse(silent.to_numpy(zero_copy_only=False), "marking", "is empty, and so are part_number and description")
    return values


def _edition(batch: Batch) -> pa.Array:
    months = pc.fill_null(batch.strings("period"), "0001")
    days = pc.if_else(pc.equal(pc.utf8_length(months), 4), pc.binary_join_element_wise(months, "01", "-"), months)
    first_days = pc.cast(pc.binary_join_element_wise(days, "01", "-"), pa.date32())
    return pc.coalesce(batch.strings("hs_edition"), edition_on(first_days).dictionary_decode())


def _filled(lists: pa.Array) -> pa.Array:
    return pc.fill_null(lists, pa.scalar([], pa.list_(pa.string())))
