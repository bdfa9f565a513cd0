"""Made worlds that several tests of this folder look at."""

from datetime import date
from pathlib import Path

import pytest

from landwaiter.simulate.plan import Parameters, draw_parameters
from landwaiter.simulate.world import World, make_world


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A small world in CSV."""
    return make_world(8_000, 11, tmp_path_factory.mktemp("world") / "w")


@pytest.fixture(scope="session")
def dense(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world with many more schemes than a real one has, so that they can be counted."""
    folder: Path = tmp_path_factory.mktemp("dense") / "w"
    return make_world(60_000, 6, folder, prevalence=0.05, file_format="parquet")


@pytest.fixture(scope="session")
def parameters() -> Parameters:
    """What a world of a few pieces is made from."""
    return draw_parameters(150_000, 4, start=date(2021, 1, 1), months=36, null=False, view="all", prevalence=1e-3)
