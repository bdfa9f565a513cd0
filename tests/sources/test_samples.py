"""Does every source read its own sample, in each form, as its golden output says? New folders are found by looking.

A sample is `sample/<form>/` with the files of one edition; `sample/<form>.json` is what comes of it. Where that is
missing the test writes it and fails, so that somebody reviews it.
"""

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from landwaiter.sources.editions import editions
from landwaiter.sources.reading import ListFile, Reading
from landwaiter.sources.source import HERE, find_sources
from landwaiter.tables import check

SAMPLES = sorted(path for path in HERE.glob("*/sample/*") if path.is_dir())


def rows_said(table: pa.Table) -> list[dict[str, object]]:
    """Rows without their empty cells, days as text."""
    return [
        {key: str(value) if isinstance(value, date) else value for key, value in row.items() if value not in (None, [])}
        for row in table.to_pylist()
    ]


def golden(reading: Reading) -> str:
    said = {
        "rows": reading.rows,
        "listings": rows_said(reading.listings),
        "names": [list(row.values()) for row in reading.names.to_pylist()],
        "rejects": rows_said(reading.rejects),
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def test_every_source_has_a_sample_of_every_form() -> None:
    sampled = {(path.parents[1].name, path.name) for path in SAMPLES}
    assert {(source.name, kind.form) for source in find_sources() for kind in source.files} == sampled


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parents[1].name}-{path.name}")
def test_sample_is_recognised_and_reads_as_its_golden_output_says(sample: Path) -> None:
    files = [ListFile(path.name, path.read_bytes()) for path in sorted(sample.iterdir())]
    found, failures = editions(files)
    assert failures == []
    assert [(edition.source.name, edition.form) for edition in found] == [(sample.parents[1].name, sample.name)]
    reading = found[0].source.read(found[0].files)
    check("listings", reading.listings)
    check("listing_names", reading.names)
    check("rejects", reading.rejects)
    expected = sample.with_suffix(".json")
    if not expected.exists():
        expected.write_text(golden(reading), encoding="utf-8")
        pytest.fail(f"{expected.name} was missing and is now written: review it")
    assert golden(reading) == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("source", find_sources(), ids=lambda source: source.name)
def test_description_says_what_a_reader_needs(source: object) -> None:
    assert source.title and source.publisher and source.licence
    assert 0 < source.rows_min < source.rows_max
    if source.fetched:
        addresses = [kind.address for kind in source.form(source.fetched)]
        assert all(address.startswith("https://") for address in addresses), addresses
        assert source.page.startswith("https://")
