"""Does a Spark cluster, one master and two workers on loopback, give the same rows as DuckDB? (./run test --slow)"""

import os
import re
import subprocess
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from engine.recording import LAST_DAY, Quiet, all_steps, inputs_of, rows_of, telling
from landwaiter.engine.choose import open_engine
from landwaiter.flow import run
from landwaiter.record import Options
from landwaiter.simulate.world import make_world

pytestmark = pytest.mark.spark
STEPS = [step.name for step in all_steps()]
PATIENCE_SECONDS = 90


@contextmanager
def spawned(folder: Path, kind: str, *arguments: str):
    """A master or a worker with its log; ended, and waited for, when the block ends."""
    pyspark = pytest.importorskip("pyspark", reason="needs the second environment: ./run test --slow")
    home = Path(pyspark.__file__).parent
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}", *arguments]
    local = {"SPARK_HOME": str(home), "SPARK_NO_DAEMONIZE": "1"}
    log = folder / f"{kind.replace('.', '-')}-{time.monotonic_ns()}.log"
    with log.open("w") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, env={**os.environ, **local})
    try:
        yield process, log
    finally:
        process.terminate()
        process.wait(timeout=30)


def waited_for(pattern: str, process: subprocess.Popen, log: Path) -> re.Match:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        found = re.search(pattern, log.read_text(errors="replace"))
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"'{pattern}' did not come:\n{log.read_text(errors='replace')[-2000:]}")


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    """The address of a standalone master with two workers."""
    folder = tmp_path_factory.mktemp("cluster")
    # Tables of a few rows: Spark's 200 pieces for each would be most of the work.
    (folder / "spark-defaults.conf").write_text("spark.sql.shuffle.partitions 4\nspark.ui.enabled false\n")
    with ExitStack() as running, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(folder))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        master = ("master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        url = waited_for(r"spark://127\.0\.0\.1:\d+", *running.enter_context(spawned(folder, *master))).group()
        worker = ("worker.Worker", "--host", "127.0.0.1", "--webui-port", "0", "--cores", "1", "--memory", "1g")
        workers = [running.enter_context(spawned(folder, *worker, "-d", str(folder), url)) for _ in range(2)]
        for one in workers:
            waited_for("Successfully registered with master", *one)
        yield url


@pytest.fixture(scope="session")
def spark(cluster, tmp_path_factory):
    store = tmp_path_factory.mktemp("store")
    with open_engine("spark", store, memory_mb=1000, threads=2, url=cluster) as corridor:
        yield corridor


@pytest.fixture(scope="session")
def runs(recorded):
    return telling(recorded, of_each=1)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_gives_the_same_rows_on_the_cluster(name, runs, spark):
    for recorded in runs[name]:
        for table, rows in recorded.reads.items():
            spark.put(table, rows)
        spark.run(recorded.step, recorded.parameters, "made_again")
        assert rows_of(spark.get("made_again")) == rows_of(recorded.made)


def test_a_whole_run_gives_the_same_bytes_on_the_cluster(cluster, tmp_path):
    world = make_world(3000, 5, tmp_path / "world")
    made = {}
    for engine in ("duckdb", "spark"):
        url = cluster if engine == "spark" else None
        options = Options(as_of=LAST_DAY, memory_mb=2000, threads=2, engine=engine, spark_url=url)
        run(inputs_of(world), tmp_path / engine, options, Quiet())
        made[engine] = {path.name: path.read_bytes() for path in (tmp_path / engine).glob("*.parquet")}
    assert made["spark"].keys() == made["duckdb"].keys()
    assert [name for name in made["duckdb"] if made["spark"][name] != made["duckdb"][name]] == []
