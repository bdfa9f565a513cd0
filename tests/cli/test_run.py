"""Does `landwaiter run` say what it did, refuse clearly, and keep an earlier result when it fails?"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from landwaiter.simulate.world import make_world


def landwaiter(*arguments, home: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from landwaiter.cli.main import main; main()", *map(str, arguments)]
    environment = {**os.environ, "LANDWAITER_HOME": str(home), "COLUMNS": "200"}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=120)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return make_world(3000, 3, tmp_path_factory.mktemp("world") / "w").paths


@pytest.fixture(scope="module")
def result(world, tmp_path_factory):
    folder = tmp_path_factory.mktemp("result")
    out = folder / "out"
    arguments = ["--shipments", world["shipments"], "--lists", world["listings"], "--out", out, "--as-of", "2024-01-01"]
    return out, landwaiter("run", *arguments, home=folder / "home")


def test_it_prints_what_was_loaded_and_where_the_report_is(result):
    out, done = result
    assert done.returncode == 0, done.stderr
    assert "shipments.csv: 3000 rows = 3000 loaded + 0 rejected" in done.stdout
    assert str(out / "report.html") in done.stdout
    assert "did not run: mirror" in done.stdout
    assert done.stderr == ""
    assert (out / "report.html").stat().st_size < 3_000_000


def test_json_is_the_record(world, tmp_path):
    out = tmp_path / "out"
    arguments = ["--shipments", world["shipments"], "--out", out, "--as-of", "2024-01-01", "--json"]
    done = landwaiter("run", *arguments, home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads((out / "run.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--shipments", "absent.csv", "--out", "out"], 1, "absent.csv"),
        (["--shipments", "absent.csv"], 1, "--out"),
        (["--shipments", "absent.csv", "--add-to", "nowhere"], 1, "nowhere"),
        (["--out", "out"], 1, "--shipments"),
        (["--shipments", "absent.csv", "--out", "out", "--memory", "lots"], 1, "4GB"),
        (["--shipments", "absent.csv", "--out", "out", "--targets", "RUSSIA"], 1, "RU:2022-02-24"),
        (["--shipments", "absent.csv", "--out", "out", "--engine", "abacus"], 1, "duckdb"),
        (["--shipments", "absent.csv", "--out", "out", "--as-of", "soon"], 2, "as-of"),
    ],
)
def test_what_is_wrong_is_said(arguments, status, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = landwaiter("run", *arguments, home=tmp_path / "home")
    assert done.returncode == status
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_failed_run_keeps_the_earlier_result(result, tmp_path):
    out, _ = result
    before = (out / "run.json").read_bytes()
    (tmp_path / "empty.csv").touch()
    done = landwaiter("run", "--shipments", tmp_path / "empty.csv", "--out", out, home=tmp_path / "home")
    assert done.returncode == 1
    assert "empty.csv" in done.stderr
    assert (out / "run.json").read_bytes() == before


def test_a_folder_with_other_files_is_refused(world, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    done = landwaiter("run", "--shipments", world["shipments"], "--out", tmp_path, home=tmp_path / "home")
    assert done.returncode == 1
    assert "not ours" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
