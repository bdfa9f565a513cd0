"""Through which countries did goods go? As declared, or where nothing is declared, by the usual way over land."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import read_step
from landwaiter.ref.facts import read_facts

HERE = Path(__file__).parent


def find_ways(corridor: Corridor) -> None:
    """Put `ways`, one row for each country that a row of `shipments` crosses; is_declared tells how that is known."""
    corridor.run(read_step(HERE / "route_texts.sql"), {})
    texts = corridor.get("route_texts")["transit_countries"].to_pylist()
    crossed = sorted({(text, country.strip()) for text in texts for country in text.split(";") if country.strip()})
    corridor.put("route_countries", _texts(("transit_countries", "country"), crossed))
    usual = sorted(
        (start, row["to_country"], row["through_country"])
        for row in read_facts("land_routes").to_pylist()
        for start in row["from_countries"].split(";")
    )
    corridor.put("land_routes", _texts(("from_country", "to_country", "through_country"), usual))
    corridor.run(read_step(HERE / "ways.sql"), {})
    for name in ("route_texts", "route_countries", "land_routes"):
        corridor.drop(name)


def _texts(names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> pa.Table:
    return pa.table({name: pa.array([row[i] for row in rows], pa.string()) for i, name in enumerate(names)})
