"""Do the figures of red flags belong to flags that exist, and are they figures?"""

import csv
from pathlib import Path

from landwaiter.flags import judge
from landwaiter.flags.judge import find_flags


def test_every_red_flag_was_measured_in_every_view():
    with (Path(judge.__file__).parent / "measured.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    measured = {row["flag"] for row in rows}
    assert measured == {flag.name for flag in find_flags()}, "run bench/quality/transshipment.py --flags-to"
    assert {(row["flag"], row["view"]) for row in rows} == {(flag, view) for flag in measured for view in "abc"}
    for row in rows:
        assert 0 <= int(row["right"]) <= int(row["pointed_at"]) <= int(row["lines"])
        assert int(row["lines"]) >= 10_000
        assert 0 <= int(row["found"]) <= int(row["meant"])
