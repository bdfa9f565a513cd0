"""What does a run leave behind when it is killed, the disk is full, or the folder may not be written?

Never half a result: `out` is absent, as it was, or whole; and a failure is one sentence with exit status 1.
"""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time

import pyarrow.parquet as pq
import pytest

from landwaiter.simulate.world import make_world
from landwaiter.tables import TABLES

PROGRAM = [sys.executable, "-m", "landwaiter.cli.main"]
PUBLIC = {f"{table.name}.parquet" for table in TABLES.values() if table.public}
NOT_ALLOWED_HERE = 77


@pytest.fixture(scope="module")
def arguments(tmp_path_factory):
    """A run on a small made world, but for its --out."""
    paths = make_world(3000, 5, tmp_path_factory.mktemp("world")).paths
    files = {
        "--shipments": "shipments", "--companies": "companies", "--ownership": "ownership",
        "--statements": "statements", "--components": "components", "--flows": "trade_flows", "--lists": "listings",
    }  # fmt: skip
    given = [word for option, name in files.items() for word in (option, str(paths[name]))]
    return ["run", *given, "--as-of", "2024-01-01"]


@pytest.fixture(scope="module")
def earlier(arguments, tmp_path_factory):
    """A whole result, made without any fault, and how many seconds it took."""
    out = tmp_path_factory.mktemp("earlier") / "out"
    begun = time.monotonic()
    subprocess.run([*PROGRAM, *arguments, "--out", str(out)], check=True, capture_output=True, timeout=120)
    return out, time.monotonic() - begun


def tables_in(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.parquet")}


def assert_whole(out, expected):
    assert tables_in(out) == tables_in(expected)
    assert {path.name for path in out.iterdir()} == {path.name for path in expected.iterdir()}


def is_running(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("begins_with", ["nothing", "an earlier result"])
def test_killed_at_any_moment_it_leaves_nothing_half_written(arguments, earlier, tmp_path, begins_with):
    whole, seconds = earlier
    out = tmp_path / "out"
    if begins_with == "an earlier result":
        shutil.copytree(whole, out)
    chance = random.Random(begins_with)
    for part in range(3):
        moment = seconds * (part + chance.random()) / 3
        command = [*PROGRAM, *arguments, "--out", str(out)]
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            run.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            os.kill(run.pid, signal.SIGKILL)  # the program alone: its children must notice
            run.wait()
        deadline = time.monotonic() + 20
        while is_running(run.pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not is_running(run.pid), f"killed after {moment:.2f} s, a child went on"
        if out.exists():
            assert_whole(out, whole)
        else:
            assert begins_with == "nothing", f"killed after {moment:.2f} s, the earlier result is gone"
    subprocess.run([*PROGRAM, *arguments, "--out", str(out)], check=True, capture_output=True, timeout=120)
    assert_whole(out, whole)
    assert [path.name for path in tmp_path.iterdir()] == ["out"], "what killed runs left is cleared away"


def refused(said):
    """The one sentence of a run that failed as it should."""
    assert said.returncode == 1, said.stderr[-2000:]
    assert "Traceback" not in said.stderr
    sentences = [line for line in said.stderr.splitlines() if line.startswith("landwaiter: ")]
    assert len(sentences) == 1, said.stderr
    return sentences[0]


@pytest.mark.parametrize("most_bytes", [0, 60_000])
def test_a_file_that_may_not_grow_ends_the_run_and_keeps_the_earlier_result(arguments, earlier, tmp_path, most_bytes):
    whole, _ = earlier
    shutil.copytree(whole, tmp_path / "out")
    said = subprocess.run(
        [*PROGRAM, *arguments, "--out", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes)),
    )
    assert "(" in refused(said)
    assert_whole(tmp_path / "out", whole)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def on_a_disk(options, whole, folder, command):
    """Run a command on a small disk of its own that holds an earlier result, and compare that afterwards."""
    script = f"""
        mount -t tmpfs -o {options} none "$DISK" || exit {NOT_ALLOWED_HERE}
        cp -r "$WHOLE" "$DISK/out" || exit {NOT_ALLOWED_HERE}
        test -z "$THEN" || mount -o "$THEN" "$DISK" || exit {NOT_ALLOWED_HERE}
        "$@"
        status=$?
        diff -r "$WHOLE" "$DISK/out" || echo "landwaiter: the earlier result has changed" >&2
        test "$(ls -A "$DISK")" = out || echo "landwaiter: left behind: $(ls -A "$DISK")" >&2
        exit $status
    """
    then = "remount,ro" if options.endswith("64m") else ""
    space = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]
    environment = {**os.environ, "DISK": str(folder), "WHOLE": str(whole), "THEN": then}
    if shutil.which("unshare") is None:
        pytest.skip("needs unshare, to mount a small disk")
    said = subprocess.run([*space, *command], capture_output=True, text=True, timeout=120, env=environment)
    if said.returncode == NOT_ALLOWED_HERE or "unshare:" in said.stderr:
        pytest.skip(f"this machine allows no disk of one's own: {said.stderr.strip()[:100]}")
    return said


@pytest.mark.parametrize("spare_kib", [40, 900])
def test_a_full_disk_ends_the_run_and_keeps_the_earlier_result(arguments, earlier, tmp_path, spare_kib):
    whole, _ = earlier
    size = sum(-(-path.stat().st_size // 4096) * 4 for path in whole.rglob("*")) + spare_kib
    said = on_a_disk(f"size={size}k", whole, tmp_path, [*PROGRAM, *arguments, "--out", str(tmp_path / "out")])
    assert "space" in refused(said)


def test_a_disk_that_is_read_only_ends_the_run_and_keeps_the_earlier_result(arguments, earlier, tmp_path):
    whole, _ = earlier
    said = on_a_disk("size=64m", whole, tmp_path, [*PROGRAM, *arguments, "--out", str(tmp_path / "out")])
    assert "Read-only" in refused(said)


def test_a_folder_that_is_not_ours_is_refused(arguments, tmp_path):
    (tmp_path / "thesis.txt").write_text("all of it")
    said = subprocess.run([*PROGRAM, *arguments, "--out", str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert "not ours" in refused(said)
    assert (tmp_path / "thesis.txt").read_text() == "all of it"


def test_a_list_that_cannot_be_read_ends_the_run(arguments, tmp_path):
    (tmp_path / "list.csv").mkdir()
    (tmp_path / "lists").write_bytes(b"\x00\x01\x02")
    given = [str(tmp_path / "lists") if one == arguments[arguments.index("--lists") + 1] else one for one in arguments]
    said = subprocess.run(
        [*PROGRAM, *given, "--out", str(tmp_path / "out")], capture_output=True, text=True, timeout=60
    )
    assert "lists" in refused(said)
    assert not (tmp_path / "out").exists()


def test_a_whole_result_has_every_public_table_and_no_working_files(earlier):
    whole, _ = earlier
    assert tables_in(whole).keys() == PUBLIC
    assert all(pq.read_metadata(path).num_columns for path in whole.glob("*.parquet"))
    assert {path.name for path in whole.iterdir()} - PUBLIC == {"run.json", "report.html"}
