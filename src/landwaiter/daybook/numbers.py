"""Which number has a party, a code, a unit, an origin, a part? The one it got first; a new one goes on counting."""

import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.engine.duck import DuckCorridor

GOODS = pa.schema([("hs6", pa.string()), ("family", pa.string()), ("code_no", pa.int32()), ("family_no", pa.int32())])
PARTS = pa.schema([("part_number", pa.string()), ("family_no", pa.int32()), ("part_no", pa.int32())])


def number_rows(store: DuckCorridor, rows: pa.Table, families: pa.Table) -> None:
    """Give a number to every party, code, unit, origin and part of the rows that has none in the store yet.

    Numbers only tell things apart: where their order counts, the store numbers anew in the order of the ids.
    """
    parties = {*rows["exporter_party"].to_pylist(), *rows["consignee_party"].to_pylist()} - {None}
    _go_on(store, "party_numbers", "party_id", "party_no", parties)
    _go_on(store, "origin_numbers", "origin_country", "origin_no", set(rows["origin_country"].to_pylist()) - {None})
    counted = pc.fill_null(pc.greater(rows["quantity_milli"], 0), False)
    units = {*pc.if_else(counted, rows["base_unit"], "KGM").to_pylist(), "C62"} - {None}
    _go_on(store, "unit_numbers", "unit", "unit_no", units)
    family_of = dict(zip(families["hs4"].to_pylist(), families["family"].to_pylist(), strict=True))
    goods = [
        ((hs6 or "", family_of.get(hs4, hs4 or "")), part)
        for hs6, hs4, part in zip(*(rows[name].to_pylist() for name in ("hs6", "hs4", "part_number")), strict=True)
    ]
    family_nos = _number_goods(store, {pair for pair, _ in goods})
    _number_parts(store, {(part, family_nos[pair[1]]) for pair, part in goods if part is not None})


def _go_on(store: DuckCorridor, table: str, key: str, number: str, seen: set[str]) -> None:
    known = store.get(table)
    fresh = sorted(seen - set(known[key].to_pylist()))
    first = (pc.max(known[number]).as_py() or 0) + 1
    numbers = pa.array(range(first, first + len(fresh)), pa.int32())
    _append(store, table, pa.table({key: pa.array(fresh, pa.string()), number: numbers}))


def _number_goods(store: DuckCorridor, seen: set[tuple[str, str]]) -> dict[str, int]:
    """Number new codes and families; give the number of every family."""
    known = store.get("goods_numbers").to_pylist()
    families = {row["family"]: row["family_no"] for row in known}
    code_no = max((row["code_no"] for row in known), default=0)
    rows = []
    for hs6, family in sorted(seen - {(row["hs6"], row["family"]) for row in known}):
        code_no += 1
        family_no = families.setdefault(family, max(families.values(), default=0) + 1)
        rows.append({"hs6": hs6, "family": family, "code_no": code_no, "family_no": family_no})
    _append(store, "goods_numbers", pa.Table.from_pylist(rows, schema=GOODS))
    return families


def _number_parts(store: DuckCorridor, seen: set[tuple[str, int]]) -> None:
    known = store.get("part_numbers").to_pylist()
    first = max((row["part_no"] for row in known), default=0) + 1
    fresh = sorted(seen - {(row["part_number"], row["family_no"]) for row in known})
    rows = [
        {"part_number": part, "family_no": family, "part_no": first + place}
        for place, (part, family) in enumerate(fresh)
    ]
    _append(store, "part_numbers", pa.Table.from_pylist(rows, schema=PARTS))


def _append(store: DuckCorridor, table: str, rows: pa.Table) -> None:
    if rows.num_rows:
        store.put("more_numbers", rows)
        store.add(table, "more_numbers")
        store.drop("more_numbers")
