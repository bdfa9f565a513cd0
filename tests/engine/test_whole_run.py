"""Does a whole run give byte-identical tables: twice, with other limits, and on another engine?"""

import pytest

from engine.recording import LAST_DAY, Quiet, inputs_of
from landwaiter.flow import run
from landwaiter.record import Options
from landwaiter.simulate.world import make_world
from landwaiter.tables import TABLES

PUBLIC = {f"{table.name}.parquet" for table in TABLES.values() if table.public}


def tables_of(world, folder, **options):
    run(inputs_of(world), folder, Options(as_of=LAST_DAY, **options), Quiet())
    return {path.name: path.read_bytes() for path in folder.glob("*.parquet")}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return make_world(3000, 5, tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def expected(world, tmp_path_factory):
    made = tables_of(world, tmp_path_factory.mktemp("first") / "out", memory_mb=2000, threads=2)
    assert made.keys() == PUBLIC
    return made


def differing(left, right):
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))


def test_twice_and_with_other_limits_gives_the_same_bytes(world, expected, tmp_path):
    again = tables_of(world, tmp_path / "out", memory_mb=1000, threads=1)
    assert differing(again, expected) == []


def test_sail_gives_the_same_bytes(world, expected, tmp_path):
    pytest.importorskip("pysail", reason="needs the packages of the extra `sail`", exc_type=ImportError)
    on_sail = tables_of(world, tmp_path / "out", memory_mb=2000, threads=2, engine="sail")
    assert differing(on_sail, expected) == []
