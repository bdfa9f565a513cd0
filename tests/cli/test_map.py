"""Does `landwaiter map` print a mapping that reads the file, and keep an existing one?"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from landwaiter.cli.map import map as map_command
from landwaiter.errors import InputError
from landwaiter.load.loading import load
from landwaiter.load.mapping import read_mapping


@pytest.fixture
def books(tmp_path: Path) -> Path:
    path = tmp_path / "books.csv"
    path.write_bytes(
        "Дата;Отправитель;Направление;Код ТН ВЭД\n05.01.2024;ООО Ромашка;экспорт;8542310000\n".encode("cp1251")
    )
    return path


def test_the_printed_mapping_reads_the_file_once_it_is_completed(books: Path, capsys: pytest.CaptureFixture[str]):
    assert map_command(books, encoding="cp1251") == 0
    text = capsys.readouterr().out
    path = books.with_name("map.toml")
    path.write_text(text.replace('# reporter = "TW"', 'reporter = "RU"'), encoding="utf-8")
    into = books.with_name("into")
    into.mkdir()
    loaded = load("shipments", books, into, mapping=read_mapping(path)["declarations"])
    assert loaded.line == "books.csv: 1 rows = 1 loaded + 0 rejected"


def test_json_says_the_same(books: Path, capsys: pytest.CaptureFixture[str]):
    assert map_command(books, encoding="cp1251", json_=True) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["columns"]["hs_code"] == "Код ТН ВЭД"
    assert (said["missing"], said["date_format"], said["encoding"]) == (["reporter"], ["%d.%m.%Y"], "cp1251")


def test_an_existing_mapping_is_kept(books: Path):
    out = books.with_name("map.toml")
    assert map_command(books, encoding="cp1251", out=out) == 0
    first = out.read_text(encoding="utf-8")
    assert "[shipments.columns]" in first
    with pytest.raises(FileExistsError):
        map_command(books, encoding="cp1251", out=out)
    assert out.read_text(encoding="utf-8") == first


def test_a_kind_that_is_none_is_refused(books: Path):
    with pytest.raises(InputError, match="known are shipments, companies, ownership, statements, flows, components"):
        map_command(books, kind="parcels")


def test_the_command_answers_on_the_command_line(books: Path):
    command = [
        sys.executable,
        "-c",
        "from landwaiter.cli.main import main; main()",
        "map",
        str(books),
        "--encoding",
        "cp1251",
    ]
    ended = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert (ended.returncode, b"[shipments.columns]" in ended.stdout) == (0, True)
    ended = subprocess.run([*command[:-3], str(books.parent)], capture_output=True, check=False, timeout=60)
    assert (ended.returncode, b"is a folder" in ended.stderr) == (1, True)
