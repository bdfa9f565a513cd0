"""Do the limits of a child process hold, and is each only where it is wanted?"""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")

HELD = "from landwaiter.engine.confined import confine; confine(400, may_write={may_write}); "


def child(work, may_write):
    code = HELD.format(may_write=may_write) + work
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)


def test_memory_ends_where_it_was_said():
    assert child("bytes(100 * 2**20)", True).returncode == 0
    assert "MemoryError" in child("bytes(500 * 2**20)", True).stderr


def test_a_child_that_may_write_no_file_writes_none(tmp_path):
    work = f"import pathlib; pathlib.Path({str(tmp_path / 'x')!r}).write_text('x')"
    assert child(work, True).returncode == 0
    assert child(work, False).returncode != 0 and (tmp_path / "x").read_text() == ""
