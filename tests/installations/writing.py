"""An officer at work in a process of its own: opens, notes and decides until done or killed, and says what was kept.

`python -m installations.writing HOME DATABASE NAME COUNT`; an empty DATABASE keeps the cases in HOME. It prints one
line for each act that the store has confirmed.
"""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from landwaiter.cases import work
from landwaiter.cases.reading import list_cases, read_case
from landwaiter.cases.store import open_store

TESTS = Path(__file__).parents[1]


def main() -> None:
    home, database, name, count = sys.argv[1:5]
    now = datetime(2026, 3, 1, tzinfo=UTC)
    with open_store(Path(home), database or None) as store:
        print("ready", flush=True)
        for turn in range(int(count)):
            rows = [work.Row("findings", f"{name}-{turn}-{place}", {"n": place}) for place in range(20)]
            case = work.open_case(store, work.Opening(f"{name} {turn}", rows=rows), by=name, now=now)
            print(f"opened {case} {name} {turn}", flush=True)
            work.note(store, case, f"{name} {turn}", tlp="amber", by=name, now=now)
            print(f"noted {case}", flush=True)
            work.decide(store, case, "deny", reason="listed", by=name, now=now, versions={})
            print(f"decided {case}", flush=True)


def killed(home, database, turn):
    """What a writer had confirmed when it was killed, a little later each time."""
    command = [sys.executable, "-m", "installations.writing", str(home), database, f"w{turn}", "1000"]
    paths = os.pathsep.join([str(TESTS), *sys.path])
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths}
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        # Killed after none to six confirmed acts, and some milliseconds into the next one.
        said = [process.stdout.readline() for _ in range(turn % 7)]
        try:
            process.wait(timeout=0.001 * (turn % 9) + 0.0005)
        except subprocess.TimeoutExpired:
            process.kill()
        said += process.stdout.read().splitlines(keepends=True)
    return [line.split() for line in said if line.endswith("\n")]


def check(home, database, confirmed):
    """Everything confirmed is there, every case is whole, the log verifies; how many cases there are."""
    with open_store(home, database or None) as store:
        assert store.verify().faults == []
        cases = {one.case: one for one in list_cases(store)}
        for kind, case, *_ in confirmed:
            wanted = {"opened": "evidence", "noted": "note", "decided": "decision"}[kind]
            assert case in cases and (wanted == "evidence" or cases[case].of(wanted)), (kind, case)
        for one in cases.values():
            counts = read_case(store, one.case).counts
            assert counts["findings"] == 20
            assert counts["statements"] == len(one.of("note"))
    return len(cases)


def kill_often(home, database, moments):
    confirmed = []
    for turn in range(moments):
        confirmed += killed(home, database, turn)
    return check(home, database, confirmed)


if __name__ == "__main__":
    main()
