"""Does every step give the same rows on Sail as on DuckDB?"""

import pytest

from engine.recording import all_steps, rows_of, telling

STEPS = [step.name for step in all_steps()]


@pytest.fixture(scope="module")
def runs(recorded):
    return telling(recorded)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_gives_the_same_rows_on_sail(name, runs, sail):
    assert name in runs, "no recorded run has this step: add a world for it to tests/engine/recording.py"
    for run in runs[name]:
        for table, rows in run.reads.items():
            sail.put(table, rows)
        sail.run(run.step, run.parameters, "made_again")
        again = sail.get("made_again")
        assert sorted(again.column_names) == sorted(run.made.column_names)
        assert rows_of(again) == rows_of(run.made)
