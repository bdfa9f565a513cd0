"""Is everything that a user can name documented, and are the reference pages what the program says now?"""

import importlib.util
from pathlib import Path

from landwaiter import errors
from landwaiter.cli.main import built_commands, help_page
from landwaiter.flags.judge import find_flags
from landwaiter.tables import TABLES

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"


def test_the_reference_is_not_stale():
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs" / "make_reference.py")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    assert maker.stale() == [], "`./run docs` writes the reference anew"


def test_every_table_and_column_is_documented():
    page = (REFERENCE / "tables.md").read_text(encoding="utf-8")
    for table in TABLES.values():
        assert f"## {table.name}\n" in page
        assert all(f"| {column.name} |" in page for column in table.columns), table.name


def test_every_command_and_option_is_documented():
    page = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    for name in built_commands():
        assert f"## landwaiter {name}\n" in page or f"## {name}\n" in page
        assert name in help_page()


def test_every_flag_is_documented_with_its_innocent_twin():
    page = (REFERENCE / "flags.md").read_text(encoding="utf-8")
    for flag in find_flags():
        assert flag.card["title"] in page
        assert flag.card["innocent"] in page


def test_every_error_stands_in_the_tree_that_its_module_draws():
    page = (REFERENCE / "errors.md").read_text(encoding="utf-8")
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    assert len(kinds) >= 5
    for kind in kinds:
        assert kind.__name__ in (errors.__doc__ or "")
        assert f"`{kind.__name__}`" in page
