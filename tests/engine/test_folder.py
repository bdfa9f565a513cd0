"""Does a folder of results appear whole, or not at all?"""

import fcntl

import pytest

from landwaiter.engine.folder import new_folder
from landwaiter.errors import RefusedError


def write(folder, text):
    (folder / "run.json").write_text(text)


def leftovers(folder):
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def test_a_result_appears_and_replaces_an_earlier_one(tmp_path):
    for text in ("first", "second"):
        with new_folder(tmp_path / "out") as folder:
            write(folder, text)
        assert (tmp_path / "out" / "run.json").read_text() == text
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["run.json"]
    assert leftovers(tmp_path) == []


def test_a_failure_leaves_the_earlier_result(tmp_path):
    with new_folder(tmp_path / "out") as folder:
        write(folder, "first")
    with pytest.raises(ValueError, match="half way"), new_folder(tmp_path / "out") as folder:
        write(folder, "second")
        raise ValueError("half way")
    assert (tmp_path / "out" / "run.json").read_text() == "first"
    assert leftovers(tmp_path) == []


def test_what_a_killed_run_left_is_cleared(tmp_path):
    (tmp_path / ".out.new").mkdir()
    (tmp_path / ".out.new" / ".lock").touch()
    (tmp_path / ".out.new" / "half").touch()
    with new_folder(tmp_path / "out") as folder:
        assert not (folder / "half").exists()
        write(folder, "whole")
    assert leftovers(tmp_path) == []


def test_a_kill_between_the_two_renames_loses_nothing(tmp_path):
    (tmp_path / ".out.old").mkdir()
    write(tmp_path / ".out.old", "first")
    with pytest.raises(ValueError, match="stop"), new_folder(tmp_path / "out"):
        raise ValueError("stop")
    assert (tmp_path / "out" / "run.json").read_text() == "first"


def test_a_folder_that_is_not_ours_is_refused(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("years of work")
    with pytest.raises(RefusedError, match="not ours"), new_folder(tmp_path / "out"):
        pass
    assert (tmp_path / "out" / "thesis.txt").read_text() == "years of work"


def test_a_file_is_refused(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(RefusedError, match="is a file"), new_folder(tmp_path / "out"):
        pass


def test_two_runs_to_one_folder_do_not_mix(tmp_path):
    (tmp_path / ".out.new").mkdir()
    with (tmp_path / ".out.new" / ".lock").open("w") as lock:
        fcntl.flock(lock.fileno(), fcntl.LOCK_EX)
        with pytest.raises(RefusedError, match="another run"), new_folder(tmp_path / "out"):
            pass
