"""Does every engine open, and say clearly why not where it cannot?"""

import socket
import sys

import pyarrow as pa
import pytest

from landwaiter.engine.choose import ENGINES, open_engine
from landwaiter.errors import EngineError, InputError


def opening(engine, folder, **more):
    with open_engine(engine, folder, memory_mb=500, threads=1, **more):
        pass


def test_an_unknown_engine_names_the_known_ones(tmp_path):
    with pytest.raises(InputError, match="one of duckdb, sail, spark"):
        opening("oracle", tmp_path)


def test_spark_needs_the_address_of_a_cluster(tmp_path):
    with pytest.raises(InputError, match="--spark-url"):
        opening("spark", tmp_path)


@pytest.mark.parametrize("scheme", ["sc", "spark"])
def test_a_cluster_where_nobody_listens_fails_at_once(tmp_path, scheme):
    pytest.importorskip("pyspark", exc_type=ImportError)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(EngineError, match="nobody answers"):
        opening("spark", tmp_path, url=f"{scheme}://127.0.0.1:{port}")


def test_a_missing_extra_says_what_to_install(tmp_path, monkeypatch):
    # A name that is None in sys.modules cannot be imported: what Python itself offers for a package that is absent.
    monkeypatch.setitem(sys.modules, "landwaiter.engine.sail", None)
    with pytest.raises(EngineError, match=r"pip install 'landwaiter\[sail\]'"):
        opening("sail", tmp_path)


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    assert "duckdb" in ENGINES
    with pytest.raises(EngineError), open_engine("sail", tmp_path / "file", memory_mb=500, threads=1) as corridor:
        corridor.put("targets", pa.table({"country": ["RU"]}))
