"""Who is named in a day's rows? Known spellings are who they were; with a new one, all are resolved again."""

from pathlib import Path

import pyarrow as pa

from landwaiter.engine.duck import DuckCorridor
from landwaiter.engine.step import read_step
from landwaiter.resolve.parties import link
from landwaiter.tables import TABLES

HERE = Path(__file__).parent
RESOLVE = HERE.parent / "resolve"
MOVED = pa.schema([(name, pa.string()) for name in ("reporter", "country", "name", "id")])


def know_spellings(store: DuckCorridor, work: DuckCorridor, day: pa.Table, *, threads: int) -> int:
    """Bring `mentions`, `mention_parties` and `parties` of the store up to the day; give how many spellings are new.

    Puts `moved_rows` in the store: rows whose party is another now, or goes by another id. How rare a word is among all
    names decides which names are compared at all, so a new spelling is never resolved by itself.
    """
    work.put("declarations", day)
    mentions = read_step(RESOLVE / "mentions.sql")
    for register in set(mentions.reads) - {"declarations"}:
        work.put(register, TABLES[register].schema.empty_table())
    work.run(mentions, {})
    store.put("day_mentions", work.get("mentions"))
    fresh = store.run(read_step(HERE / "new_mentions.sql"), {})
    store.run(read_step(HERE / "mentions_now.sql"), {})
    work.put("mentions", store.get("mentions_now"))
    if fresh:
        link(work, threads=threads)
        store.put("mention_parties_now", work.get("mention_parties"))
        store.put("parties", work.get("parties"))
        store.run(read_step(HERE / "moved_mentions.sql"), {})
        store.put("mention_parties", work.get("mention_parties"))
    else:
        work.put("mention_parties", store.get("mention_parties"))
        store.put("moved_mentions", MOVED.empty_table())
    store.put("mentions", store.get("mentions_now"))
    store.run(read_step(HERE / "moved_rows.sql"), {})
    for name in ("day_mentions", "new_mentions", "mentions_now", "mention_parties_now", "moved_mentions"):
        store.drop(name)
    return fresh


def resolve_rows(store: DuckCorridor, work: DuckCorridor, day: pa.Table) -> pa.Table:
    """The day's rows and the moved ones with their parties, as they now stand in the store's `shipments`."""
    ask(store, store.get("moved_rows"))
    moved = store.get("asked_shipments").select(day.column_names)
    work.put("declarations", pa.concat_tables([day, moved.cast(day.schema)]))
    work.run(read_step(RESOLVE / "shipments.sql"), {})
    rows = work.get("shipments")
    store.remove("shipments", "asked", ("row_no",))
    store.put("day_shipments", rows)
    store.add("shipments", "day_shipments")
    for name in ("day_shipments", "moved_rows"):
        store.drop(name)
    return rows


def ask(store: DuckCorridor, rows: pa.Table) -> None:
    """Put `asked`, the numbers of some rows, and `asked_shipments`, the rows."""
    store.put("asked", rows.select(["row_no"]))
    store.run(read_step(HERE / "asked_shipments.sql"), {})
