"""Does run.json say everything it was told, and the versions that decide the rows?"""

import json
from datetime import date

from landwaiter.record import Options, Record


def test_the_record_says_what_was_asked_and_what_was_left_out():
    record = Record(Options(as_of=date(2024, 1, 1), targets=("RU",)))
    record.skip("mirror", "no aggregate trade statistics were given: --flows")
    told = json.loads(record.as_json())
    assert told["as_of"] == "2024-01-01"
    assert told["options"]["targets"] == ["RU"]
    assert told["not_run"] == [{"name": "mirror", "reason": "no aggregate trade statistics were given: --flows"}]
    assert {"landwaiter", "duckdb", "pyarrow"} <= set(told["versions"])


def test_what_a_run_may_use_does_not_change_the_record():
    small = Record(Options(as_of=date(2024, 1, 1), memory_mb=500, threads=1))
    large = Record(Options(as_of=date(2024, 1, 1), memory_mb=9000, threads=8))
    assert small.as_json() == large.as_json()
