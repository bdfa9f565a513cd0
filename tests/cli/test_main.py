"""Does the program answer at once what it can, and end every failure in one sentence and the right status?"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from landwaiter import __version__
from landwaiter.cli.app import answer, build_app
from landwaiter.cli.main import COMMANDS, built_commands, help_page

PROGRAM = [sys.executable, "-m", "landwaiter.cli.main"]
CLI = Path(sys.modules["landwaiter.cli.main"].__file__ or "").parent


def told(*arguments, **more):
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, timeout=60, **more)


def test_the_help_names_every_built_command_and_its_sentence():
    for arguments in (["--help"], ["-h"], []):
        page = told(*arguments)
        assert (page.returncode, page.stdout) == (0, help_page() + "\n")
    assert {"run", "demo", "update"} <= built_commands().keys()
    assert all(COMMANDS[name] in help_page() for name in built_commands())


def test_every_command_file_is_on_the_list():
    served = {path.stem for path in CLI.glob("*.py")} - {"__init__", "main", "app", "progress"}
    assert {name for name in served if f"def {name}(" in (CLI / f"{name}.py").read_text()} <= COMMANDS.keys()


def test_the_version_is_the_packages():
    assert told("--version").stdout.strip() == __version__


def test_help_needs_nothing_but_the_standard_library():
    code = "import sys, landwaiter.cli.main as m; m.help_page(); print([n for n in sys.modules if n.split('.')[0] in"
    heavy = "('cyclopts', 'rich', 'duckdb', 'pyarrow', 'numpy', 'pydantic', 'sqlglot')])"
    seen = subprocess.run([sys.executable, "-c", f"{code} {heavy}"], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[]"


@pytest.mark.parametrize("name", sorted(built_commands()))
def test_every_command_has_a_help_page_of_its_own(name, capsys):
    assert answer([name, "--help"]) == 0
    assert f"landwaiter {name}" in capsys.readouterr().out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_knows_commands_and_options(shell):
    script = build_app().generate_completion(shell=shell)
    assert all(word in script for word in ["simulate", "mirror", "seed"])


def test_a_wrong_command_is_wrong_usage_and_the_near_one_is_named():
    said = told("rum")
    assert (said.returncode, said.stdout) == (2, "")
    assert "did you mean 'run'?" in said.stderr


def test_a_wrong_option_is_wrong_usage():
    said = told("simulate", "--rows", "3000", "--seed", "1", "--out", "nowhere", "--sed", "7")
    assert said.returncode == 2
    assert "--sed" in said.stderr + said.stdout


def test_a_failure_of_the_machine_is_one_sentence_and_status_one(tmp_path):
    (tmp_path / "taken").write_text("a file")
    said = told("simulate", "--rows", "3000", "--seed", "1", "--out", str(tmp_path / "taken" / "under"))
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert str(tmp_path / "taken") in said.stderr


def test_a_reader_that_has_enough_is_no_failure():
    page = subprocess.Popen([*PROGRAM, "simulate", "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert page.stdout is not None
    page.stdout.close()
    _, complaint = page.communicate(timeout=60)
    assert b"Traceback" not in complaint


def test_the_help_is_there_before_a_person_waits():
    """Not a timed test: only that it costs no more than a few times a bare interpreter, however busy the machine."""

    def seconds(*command):
        begun = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        return time.perf_counter() - begun

    bare = min(seconds(sys.executable, "-c", "pass") for _ in range(5))
    helped = min(seconds(*PROGRAM, "--help") for _ in range(5))
    assert helped < 8 * bare


def test_the_installed_program_is_the_same():
    program = shutil.which("landwaiter", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert program is not None
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == __version__
