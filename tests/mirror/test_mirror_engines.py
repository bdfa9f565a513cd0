"""Does the whole room give the same rows on Sail as on DuckDB?"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from landwaiter.engine.choose import open_engine
from landwaiter.mirror.asked import Terms
from landwaiter.mirror.cells import NotRun
from landwaiter.mirror.gaps import compare_books

Make = Callable[[list[tuple[str, str, str, str, str, float]]], pa.Table]


def books() -> list[tuple[str, str, str, str, str, float]]:
    """Three years of two reporters with a break, a jump, a new code, a heading to stand for its codes, and a gap."""
    rows = []
    for number in range(36):
        period, late = f"{2020 + number // 12}-{number % 12 + 1:02d}", number >= 28
        for place, code in enumerate(("850440", "847130", "903089", "84138100")):
            for size, partner in enumerate(("KZ", "KG", "RU", "DE"), start=1):
                value = 1000.0 * size * (place + 1) + 37 * (number * size % 7)
                rows.append((period, "TW", partner, "export", code, value * (40 if late and partner == "KG" else 1)))
        rows.append((period, "TW", "KZ", "export", "854151" if number >= 24 else "854150", 9000.0 * (1 + 9 * late)))
        if number >= 24:
            rows.append((period, "TW", "KG", "export", "851713", 5e5))
        rows.append((period, "KG", "TW", "import", "850440", 2500.0))
    return rows


def compared(engine: str, folder: Path, flows: pa.Table) -> tuple[pa.Table, list[NotRun]]:
    folder.mkdir()
    with open_engine(engine, folder, memory_mb=500, threads=2) as corridor:
        corridor.put("trade_flows", flows)
        terms = Terms(nominal_bp=1000, least_cents=100)
        not_run = compare_books(corridor, as_of=date(2022, 12, 31), targets=["RU"], terms=terms)
        return corridor.get("gaps"), not_run


def test_sail_gives_the_rows_of_duckdb(flows: Make, tmp_path: Path) -> None:
    pytest.importorskip("pysail", reason="needs the extra landwaiter[sail]")
    on_duck, duck_not_run = compared("duckdb", tmp_path / "duck", flows(books()))
    on_sail, sail_not_run = compared("sail", tmp_path / "sail", flows(books()))
    assert set(on_duck.column("kind").to_pylist()) == {"mirror_gap", "break", "hub_share", "substitution"}
    assert on_duck.equals(on_sail)
    assert duck_not_run == sail_not_run
