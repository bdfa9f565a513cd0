"""What does `landwaiter update` print, and with which status does it end?"""

import json
from pathlib import Path

import pytest

from landwaiter.cli.update import update

OWN = "listing_id,name,kind,country\nW-1,Ostrov Trading,organisation,AE\n"


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "watch_20260227.csv").write_text(OWN)
    return folder


def test_table_names_list_rows_day_digest_and_state(
    tmp_path: Path, drop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert update(from_=drop, lists=tmp_path / "kept") == 0
    header, line = capsys.readouterr().out.splitlines()
    assert header.split()[:3] == ["list", "rows", "as"]
    cells = line.split()
    assert cells[:3] == ["watch_20260227", "1", "2026-02-27"]
    assert int(cells[3]) > 0
    assert len(cells[4]) == 12
    assert cells[5] == "new"


def test_what_failed_is_marked_and_ends_with_1(tmp_path: Path, drop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (drop / "readme.txt").write_text("not a list")
    assert update(from_=drop, lists=tmp_path / "kept") == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("readme.txt") and "! not recognised" in line for line in lines)
    assert (tmp_path / "kept" / "manifest.json").exists()


def test_json_is_one_array(tmp_path: Path, drop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert update(from_=drop, lists=tmp_path / "kept", json_=True) == 0
    (said,) = json.loads(capsys.readouterr().out)
    assert (said["list"], said["done"], said["rows"], said["as_of"]) == ("watch_20260227", True, 1, "2026-02-27")


def test_without_lists_the_installation_is_meant(
    tmp_path: Path, drop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANDWAITER_HOME", str(tmp_path / "home"))
    assert update(from_=drop) == 0
    capsys.readouterr()
    assert (tmp_path / "home" / "lists" / "manifest.json").exists()
