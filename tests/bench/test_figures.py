"""Is every measurement that a subject names there?"""

import importlib.util
from pathlib import Path

BENCH = Path(__file__).parents[2] / "bench"


def test_every_measurement_of_a_subject_is_there():
    spec = importlib.util.spec_from_file_location("figures", BENCH / "figures.py")
    figures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(figures)
    named = [name for measurements in figures.SUBJECTS.values() for name, _, _ in measurements]
    assert [name for name in named if not (BENCH / f"{name}.py").exists()] == []
    assert len(named) == len(set(named))
