"""Is every expected failure of the child an answer, and its job the one that the parent wrote?"""

from pathlib import Path

from landwaiter.load.child import answer
from landwaiter.load.job import LOOK, Job, job_from_json
from landwaiter.load.limits import Limits
from landwaiter.load.mapping import Mapping


def job(source: Path, into: Path, kind: str = "declarations") -> Job:
    return Job(kind, str(source), str(into), Mapping({"flow": "x"}), Limits(seconds=5), 3, {("EUR", 2024): 0.9})


def test_a_job_is_the_same_on_both_sides(tmp_path: Path):
    sent = job(tmp_path / "a.csv", tmp_path)
    assert job_from_json(sent.to_json()) == sent


def test_a_refused_file_and_a_missing_folder_are_answers(tmp_path: Path):
    source = tmp_path / "a.csv"
    assert answer(job(source, tmp_path))["error"][1].startswith("cannot be opened")
    source.write_text("declared_on,reporter,x,exporter_name\n", encoding="utf-8")
    where, what, _ = answer(job(source, tmp_path / "nowhere"))["error"]
    assert "nowhere" in where + what


def test_what_is_done_is_an_answer(tmp_path: Path):
    source = tmp_path / "a.csv"
    source.write_text("declared_on,reporter,x,exporter_name\n2024-01-05,TW,export,A\n", encoding="utf-8")
    done = answer(job(source, tmp_path))["done"]
    assert (done["rows"], done["loaded"], done["rejected"]) == (1, 1, 0)
    assert answer(job(source, tmp_path, LOOK))["done"]["header"] == ["declared_on", "reporter", "x", "exporter_name"]
