"""Does the house keep its own rules: sizes, sentences, mirrored tests, steps, and who may touch the world outside?"""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from landwaiter.engine.step import read_step

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "landwaiter"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.stat().st_size)
STEPS = sorted(SOURCE.rglob("*.sql"))
CODE = [*MODULES, *STEPS, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "bench").rglob("*.py"))]

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60
MOST_POSITIONAL = 5

# Files that are longer, and why.
LONG = {
    "src/landwaiter/flow.py": "the order of work in one place: every part in one file",
    "src/landwaiter/tables.py": "the walls in one place: every table with every column",
}

# Modules below `flow` that touch what only the top may, and why.
OPEN_WINDOWS = {
    "engine/choose.py": "sets Sail's log level, which only the environment can carry, before Sail is loaded",
    "engine/spark.py": "knocks at the cluster's door before a client tries for minutes",
}

# Functions whose parameters another library fixed.
GIVEN_SIGNATURES = {"fetch.py:redirect_request"}

# Modules without logic of their own, or that another module's test exercises whole, and which.
TESTED_BY = {
    "cases/migrations/versions/v0001_cases.py": "tests/cases/test_store.py",
    "cases/migrations/versions/v0002_packages.py": "tests/cases/test_store.py",
    "engine/sail.py": "tests/engine/test_corridors.py",
    "engine/spark.py": "tests/engine/test_corridors.py",
    "errors.py": "tests/test_docs.py",
    "sources/combined.py": "tests/test_fetch.py",
    "trace/chains.py": "tests/flags/test_worlds.py",
}


def named(path):
    return path.relative_to(ROOT).as_posix()


def room_of(path):
    return path.relative_to(SOURCE).as_posix()


def functions_of(path):
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("path", CODE, ids=named)
def test_a_file_answers_one_question_in_at_most_400_lines(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES or named(path) in LONG, f"{lines} lines: split it, or excuse it in LONG"


def test_no_excuse_outlives_its_reason():
    assert all(len((ROOT / name).read_text().splitlines()) > MOST_LINES for name in LONG)
    assert all((SOURCE / name).exists() for name in [*OPEN_WINDOWS, *TESTED_BY])
    assert all((ROOT / test).exists() for test in TESTED_BY.values())


@pytest.mark.parametrize("path", MODULES, ids=room_of)
def test_a_function_is_short_and_takes_few_things_by_place(path):
    for function in functions_of(path):
        if f"{room_of(path)}:{function.name}" in GIVEN_SIGNATURES:
            continue
        # The docstring is the manual page of a command and may be as long as it must.
        lines = (function.end_lineno or 0) - function.lineno + 1 - len((ast.get_docstring(function) or "").splitlines())
        assert lines <= MOST_LINES_OF_A_FUNCTION, f"{function.name} has {lines} lines"
        by_place = [*function.args.posonlyargs, *function.args.args]
        by_place = [one for one in by_place if one.arg not in ("self", "cls")]
        assert len(by_place) <= MOST_POSITIONAL, f"{function.name} takes {len(by_place)} by place: name the rest"


@pytest.mark.parametrize("path", MODULES, ids=room_of)
def test_a_module_and_what_is_public_in_it_say_what_they_are_for(path):
    tree = ast.parse(path.read_text())
    first = (ast.get_docstring(tree) or "").splitlines()
    assert first, "the first line says what the file answers"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no sentence"


def imported_by(path):
    """Modules of ours that a file imports, as paths."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [one.name for one in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{name}" for name in names)]
        found |= {SOURCE.parent / f"{name.replace('.', '/')}.py" for name in names if name.startswith("landwaiter.")}
    return {one for one in found if one.exists()}


@cache
def reached_by_tests_of(room):
    """What the tests of a room import of it, and what these import of their own room in turn."""
    tests = ROOT / "tests" / room
    waiting = [one for test in [*tests.rglob("*.py"), tests.with_name(f"test_{tests.name}.py")] if test.exists()
               for one in imported_by(test)]  # fmt: skip
    if room == "sources":
        waiting += SOURCE.glob("sources/*/read.py")  # found by looking in the folder, as their samples are
    reached = set()
    while waiting:
        path = waiting.pop()
        if path not in reached and path.is_relative_to(SOURCE / room):
            reached.add(path)
            waiting += imported_by(path)
    return reached


@pytest.mark.parametrize("path", MODULES, ids=room_of)
def test_a_module_is_tested_by_its_room(path):
    """`tests/` mirrors `src/`: a test of the same room bears its name, or imports it or what is made of it."""
    parts = path.relative_to(SOURCE).parts
    if room_of(path) in TESTED_BY or path.name == "__init__.py" or not functions_of(path):
        return
    if path.name == "read.py" and parts[0] == "sources":
        assert any((path.parent / "sample").iterdir()), "a source has a sample, and beside it what must come out"
    elif len(parts) == 1:
        assert (ROOT / "tests" / f"test_{path.stem}.py").exists()
    else:
        mirrored = ROOT / "tests" / path.relative_to(SOURCE).with_name(f"test_{path.stem}.py")
        assert mirrored.exists() or path in reached_by_tests_of(parts[0]), f"no test in tests/{parts[0]} reaches it"


@pytest.mark.parametrize("path", STEPS, ids=room_of)
def test_a_step_says_in_one_sentence_what_it_makes(path):
    """That each is run, and by whom, is asked by tests/engine/test_parity.py."""
    assert read_step(path).sentence.endswith(".")


def test_no_two_steps_make_the_same_table():
    names = [path.stem for path in STEPS]
    assert sorted(names) == sorted(set(names))


# What only the command line, the settings, the flow and the fetching of lists may touch.
FORBIDDEN = re.compile(
    r"""os\.environ|os\.getenv|date\.today|datetime\.now|datetime\.utcnow|time\.time\(|\brandom\.(random|choice|shuffle|randint)\(
    |uuid\.uuid|^import\ (socket|requests|http|urllib\.request)|^from\ (http|urllib\.request)|secrets\.|os\.urandom""",
    re.MULTILINE | re.VERBOSE,
)
BELOW = [path for path in MODULES if room_of(path).split("/")[0] not in ("cli", "settings.py", "flow.py", "fetch.py")]


@pytest.mark.parametrize("path", BELOW, ids=room_of)
def test_below_the_flow_nobody_reads_clock_environment_network_or_chance(path):
    found = FORBIDDEN.search(path.read_text(encoding="utf-8"))
    assert found is None or room_of(path) in OPEN_WINDOWS, f"{found and found.group()}: make it an argument"


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


# Written in pieces, so that this file does not find itself.
OF_A_MACHINE = re.compile(
    "|".join(["/wor" + r"k/(?!\.)", "/roo" + "t/", "/tm" + "p/", "pypi" + r"\.org", "pythonhoste" + "d"])
)


def test_nothing_of_the_machine_it_was_built_on_is_in_the_repository():
    found = {}
    for path in tracked():
        if path.is_file() and path.suffix in (".py", ".sql", ".md", ".toml", ".txt", ".in", ".sh", ".csv", "", ".js"):
            hit = OF_A_MACHINE.search(path.read_text(encoding="utf-8", errors="replace"))
            if hit:
                found[named(path)] = hit.group()
    assert not found


def test_locks_carry_hashes_and_no_addresses():
    for name in ("core", "dev", "spark"):
        lock = (ROOT / "requirements" / f"{name}.txt").read_text()
        assert "://" not in lock
        pinned = re.findall(r"^[a-z][\w.-]*==", lock, re.MULTILINE)
        assert len(pinned) > 20
        assert lock.count("--hash=sha256:") >= len(pinned)
    assert not [path for path in tracked() if path.name in ("uv.lock", "pylock.toml")]


def test_the_larger_sets_keep_the_versions_of_the_core():
    def versions(name):
        lock = (ROOT / "requirements" / f"{name}.txt").read_text()
        return set(re.findall(r"^[a-z][\w.-]*==[\w.]+", lock, re.MULTILINE))

    assert versions("core") <= versions("dev")
    assert {
        one for one in versions("core") if one.split("==")[0] in dict(v.split("==") for v in versions("spark"))
    } <= (versions("spark"))
