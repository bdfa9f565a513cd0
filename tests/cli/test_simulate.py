"""Does the command make a world, say what it made, and refuse what it must?"""

import json
from pathlib import Path

import pytest

from landwaiter.cli.main import main


def run(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.argv", ["landwaiter", *arguments])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0)


def test_says_what_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["simulate", "--rows", "3000", "--seed", "1", "--out", str(tmp_path / "w")], monkeypatch) == 0
    said = capsys.readouterr().out
    assert "3,000" in said
    assert "20 schemes and 40 innocent look-alikes" in said


def test_json_names_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "w"), "--format", "parquet", "--null", "--view", "a", "--json"]
    assert run(["simulate", "--rows", "3000", "--seed", "1", *out], monkeypatch) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["counts"]["schemes"] == 0
    assert all(Path(path).is_file() for path in told["paths"].values())
    assert told["paths"]["shipments"].endswith("shipments.parquet")


def test_refuses_a_folder_of_somebody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    assert run(["simulate", "--rows", "3000", "--seed", "1", "--out", str(tmp_path)], monkeypatch) == 1
    assert "not empty" in capsys.readouterr().err


def test_wrong_usage_is_told_apart_from_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["simulate", "--rows", "many", "--seed", "1", "--out", str(tmp_path / "w")], monkeypatch) == 2
    assert run(["simulate", "--rows", "3", "--seed", "1", "--out", str(tmp_path / "w")], monkeypatch) == 1
