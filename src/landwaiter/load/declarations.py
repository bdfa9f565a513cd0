"""What does a declaration say beyond its cells? Base units, grams, cents, headings, and where a leg starts and ends."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.load.batch import Batch, Numbers
from landwaiter.ref.facts import read_facts
from landwaiter.ref.money import Rates
from landwaiter.ref.units import unit_of

# Up to here a double holds every thousandth exactly.
MOST = 9e12


def declarations(batch: Batch, rates: Rates) -> dict[str, pa.Array]:
    """Every column of the contract but row_no and file, for all rows of a batch; some are set aside."""
    values = dict(batch.values)
    nobody = pc.and_(values["exporter_name"].is_null(), values["consignee_name"].is_null())
    batch.refuse(nobody.to_numpy(zero_copy_only=False), "exporter_name", "is empty, and so is consignee_name")
    values["shipment_id"] = pc.coalesce(values["shipment_id"], batch.row_ids)
    values |= _ends_of_the_leg(batch)
    values |= _headings(batch)
    values |= _quantities(batch)
    values |= _values_in_dollars(batch, rates)
    values["row_id"] = batch.row_ids
    values["line"] = pa.array(batch.lines)
    return values


def _ends_of_the_leg(batch: Batch) -> dict[str, pa.Array]:
    """An export without a start begins with its reporter, an import without an end ends there."""
    flow, reporter = batch.strings("flow"), batch.strings("reporter")
    ends = {}
    for name, of_flow in (("dispatch_country", "export"), ("destination_country", "import")):
        declared = batch.strings(name)
        if declared.null_count:
            declared = pc.if_else(pc.and_(declared.is_null(), pc.equal(flow, of_flow)), reporter, declared)
        ends[name] = declared.dictionary_encode()
    return ends


def _headings(batch: Batch) -> dict[str, pa.Array]:
    found = {f"hs{digits}": heads_of(batch.values["hs_code"], digits) for digits in (4, 6)}
    edition = batch.values["hs_edition"]
    in_force = edition_on(batch.values["declared_on"])
    if edition.null_count == len(edition):
        found["hs_edition"] = in_force
    elif edition.null_count:
        either = pc.coalesce(edition.dictionary_decode(), in_force.dictionary_decode())
        found["hs_edition"] = either.dictionary_encode()
    return found


def heads_of(code: pa.DictionaryArray, digits: int) -> pa.Array:
    """The first digits of each code; null where fewer are declared."""
    heads = [text[:digits] if len(text) >= digits else None for text in code.dictionary.to_pylist()]
    return pa.array(heads, pa.string()).take(code.indices).dictionary_encode()


def edition_on(days: pa.Array) -> pa.DictionaryArray:
    """The edition of the Harmonised System in force on each day; null before the first that we know."""
    facts = read_facts("hs_editions").sort_by("from")
    starts = pc.cast(pc.cast(facts["from"], pa.date32()), pa.int32()).to_numpy()
    numbers = pc.cast(days, pa.int32()).fill_null(0).to_numpy()
    places = np.searchsorted(starts, numbers, side="right") - 1
    return pa.DictionaryArray.from_arrays(
        pa.array(places.astype(np.int32), mask=places < 0), facts["edition"].combine_chunks()
    )


def _quantities(batch: Batch) -> dict[str, pa.Array]:
    base, thousandths = in_base_units(batch)
    kilograms = batch.numbers("net_mass_kg")
    batch.refuse(kilograms > MOST, "net_mass_kg", f"is more than {MOST:g}")
    return {
        "quantity_base": _floats(thousandths / 1000),
        "base_unit": base,
        "quantity_milli": whole(thousandths),
        "mass_g": whole(kilograms * 1000),
    }


def in_base_units(batch: Batch) -> tuple[pa.Array, Numbers]:
    """The base unit of each `quantity`, and how many thousandths of it; what no double holds exactly is set aside."""
    code, quantity = batch.values["quantity_unit"], batch.numbers("quantity")
    units = [unit_of(text) for text in code.dictionary.to_pylist()]
    assert None not in units
    known = [unit for unit in units if unit is not None]
    base = pa.array([unit.base for unit in known], pa.string()).take(code.indices).dictionary_encode()
    milli = pa.array([unit.milli for unit in known], pa.float64()).take(code.indices).to_numpy(zero_copy_only=False)
    batch.refuse(quantity > MOST, "quantity", f"is more than {MOST:g}")
    thousandths: Numbers = quantity * milli
    batch.refuse(thousandths > MOST * 1000, "quantity", f"is more than {MOST:g} in its base unit")
    return base, thousandths


def _values_in_dollars(batch: Batch, rates: Rates) -> dict[str, pa.Array]:
    declared = batch.numbers("value_usd")
    dollars = np.where(np.isnan(declared), in_dollars(batch, pc.year(batch.values["declared_on"]), rates), declared)
    for name, rows in (("value", np.isnan(declared)), ("value_usd", ~np.isnan(declared))):
        batch.refuse(rows & (dollars > MOST), name, f"is more than {MOST:g} US dollars")
    return {"value_usd": _floats(dollars), "value_usd_cents": whole(dollars * 100)}


def in_dollars(batch: Batch, years: pa.Array, rates: Rates) -> Numbers:
    """`value` in `currency` converted at the rate of the year; nan where value, currency, year or rate is unknown."""
    value, code = batch.numbers("value"), batch.values["currency"]
    year = years.fill_null(0).to_numpy(zero_copy_only=False)
    place = code.indices.fill_null(-1).to_numpy()
    per_usd = np.full(batch.size, np.nan)
    for at, currency in enumerate(code.dictionary.to_pylist()):
        for known_year in np.unique(year[place == at]).tolist():
            rate = rates.get((currency, known_year))
            if rate is not None:
                per_usd[(place == at) & (year == known_year)] = rate
    dollars: Numbers = value / per_usd
    return dollars


def _floats(numbers: Numbers) -> pa.Array:
    return pa.array(numbers, pa.float64(), mask=np.isnan(numbers))


def whole(numbers: Numbers) -> pa.Array:
    """Whole numbers, rounded half to even; rows out of range are refused elsewhere and hold null here."""
    unknown = np.isnan(numbers) | (np.abs(numbers) > 9e18)
    return pa.array(np.rint(np.where(unknown, 0, numbers)).astype(np.int64), mask=unknown)
