"""Does ./run bring a bare checkout to work, once, also when it is killed or called twice, and say what it lacks?"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from landwaiter import __version__

ROOT = Path(__file__).parents[1]
# What `run` itself calls; of Python there is only what a test puts beside them.
TOOLS = ("cat", "cksum", "dirname", "grep", "sh", "env")


@pytest.fixture
def checkout(tmp_path):
    """A copy of what is needed to set up, without any environment."""
    place = tmp_path / "a checkout"
    place.mkdir()
    for name in ("run", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, place / name)
    for name in ("requirements", "src"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    return place


def started(place, *arguments, **more):
    command = ["sh", "run", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=place, start_new_session=True, **pipes, **more)


def told(place, *arguments, **more):
    process = started(place, *arguments, **more)
    out, complaint = process.communicate(timeout=600)
    return process.returncode, out, complaint


def test_an_old_python_is_named_with_what_to_do(checkout, tmp_path):
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found is not None
        (tools / name).symlink_to(found)
    old = tools / "python3"
    old.write_text('#!/bin/sh\ntest "$1" = --version && echo Python 3.8.1 && exit 0\nexit 1\n')
    old.chmod(0o755)
    status, out, complaint = told(checkout, "--version", env={"PATH": str(tools)})
    assert (status, out) == (1, "")
    assert "Python 3.11 or newer is needed" in complaint
    assert "Python 3.8.1" in complaint
    assert not (checkout / ".venv").exists()


def test_a_python_without_venv_is_named_with_what_to_do(checkout, tmp_path):
    python = tmp_path / "python3"
    python.write_text(f'#!/bin/sh\ntest "$2" = venv && echo no ensurepip && exit 1\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    install = (checkout / "requirements" / "install.py").read_text()
    (checkout / "requirements" / "install.py").write_text(install.replace("sys.executable", f"'{python}'"))
    status, _, complaint = told(checkout, "--version", env={**os.environ, "PYTHON": str(sys.executable)})
    assert status == 1
    assert "install its venv package" in complaint
    assert "no ensurepip" in complaint


@pytest.mark.slow
def test_it_sets_up_once_and_mends_what_is_broken(checkout):
    environment = {**os.environ, "PYTHON": sys.executable}
    killed = started(checkout, "--version", env=environment)
    with pytest.raises(subprocess.TimeoutExpired):
        killed.wait(timeout=6)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()

    both = [started(checkout, "--version", env=environment) for _ in range(2)]
    said = [process.communicate(timeout=600) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert [out for out, _ in said] == [f"{__version__}\n"] * 2
    assert sum("setting up .venv" in complaint for _, complaint in said) == 1

    begun = time.perf_counter()
    assert told(checkout, "--version", env=environment) == (0, f"{__version__}\n", "")
    assert time.perf_counter() - begun < 1

    (checkout / ".venv" / "bin" / "python").unlink()
    status, out, complaint = told(checkout, "--version", env=environment)
    assert (status, out) == (0, f"{__version__}\n")
    assert "setting up" in complaint
