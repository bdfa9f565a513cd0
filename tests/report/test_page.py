"""Does the report say everything that the run's folder says, and nothing that it does not?"""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import made_run
import pytest

from landwaiter.errors import InputError
from landwaiter.report.page import write_report


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small run, with its report."""
    folder = made_run.make(tmp_path_factory.mktemp("run"))
    write_report(folder)
    return folder


@pytest.fixture
def page(run: Path) -> str:
    return (run / "report.html").read_text(encoding="utf-8")


def test_the_page_is_one_file_written_aside(run: Path) -> None:
    assert not list(run.glob(".report*"))
    assert write_report(run) == run / "report.html"


def test_the_same_folder_gives_the_same_bytes(run: Path) -> None:
    before = (run / "report.html").read_bytes()
    assert write_report(run).read_bytes() == before


def test_what_did_not_run_is_said(page: str) -> None:
    assert "the publisher answered 503" in page
    assert "no ownership file was given" in page
    assert "295 days old" in page  # METI's list is of January, the run of November


def test_what_ran_with_limits_is_said(page: str) -> None:
    assert "trace: 2 rows have no quantity or mass" in page


def test_what_belongs_to_no_lead_is_shown_beside_the_leads(page: str) -> None:
    beside = page[page.index('id="beside"') : page.index('id="inputs"')]
    assert "Türkiye took 2 % before and 19 % after." in beside
    assert "Türkiye imported USD 1.2 m." in beside
    assert "Taiwan – Türkiye" in beside


def test_the_run_s_own_destinations_of_concern_are_drawn(run: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(run, tmp_path / "copy"))
    assert page_marks(folder) == {"controls on Russia"}
    made_run.write_record(folder, options={"targets": ["KZ:2023-01-01"]})
    assert page_marks(folder) == {"controls on Kazakhstan"}


def page_marks(folder: Path) -> set[str]:
    """The control dates on the timelines of a folder's report."""
    return set(re.findall(r"controls on \w+", write_report(folder).read_text(encoding="utf-8")))


@pytest.mark.parametrize("table", ["shipments", "parties", "matches", "controls", "hops", "chains", "findings", "gaps"])
def test_a_missing_table_is_named_and_never_nothing_found(run: Path, tmp_path: Path, table: str) -> None:
    folder = Path(shutil.copytree(run, tmp_path / "copy"))
    (folder / f"{table}.parquet").unlink()
    assert f"<b>{table}.parquet</b> is not in the folder" in write_report(folder).read_text(encoding="utf-8")


def test_no_assessments_is_not_no_leads(run: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(run, tmp_path / "copy"))
    (folder / "assessments.parquet").unlink()
    assert "Nothing was ranked" in write_report(folder).read_text(encoding="utf-8")
    made_run.write(folder, "assessments", [])
    assert "No subject was pointed at" in write_report(folder).read_text(encoding="utf-8")


def test_a_lead_has_findings_scores_of_three_kinds_and_rows_to_cite(page: str) -> None:
    for words in ("Score of the assessment", "strength of the finding", "Score of the match"):
        assert words in page
    assert "98 % of 6,498 pieces that arrived left for Russia" in page
    assert "exports.csv</bdi>:4<" in page
    assert made_run.DIGEST in page
    assert '<bdi lang="zh-Hant">台灣微控半導體股份有限公司</bdi>' in page
    assert '<bdi lang="ru">ООО «Технокомплект»</bdi>' in page


def test_a_finding_says_the_view_it_had_and_what_innocent_was_tested(page: str) -> None:
    assert "view (c): its own country" in page
    assert "Tested: " in page
    assert "A distributor: then most would stay at home." in page


def test_a_match_could_be_and_never_is(page: str) -> None:
    assert "By its name it could be <bdi>BOSFOR ELEKTRONIK LLC</bdi> on us_bis_csl (score of the match 0.91)" in page
    assert "since 2024-02-27" in page
    assert "https://example.org/entity/8841" in page
    assert 'href="http' not in page


def test_the_story_is_told_in_words(page: str) -> None:
    assert "3 red flags point at <bdi>Bosfor Elektronik Dış Ticaret Ltd. Şti.</bdi>: “Relayed through a" in page
    assert "6 rows are the evidence, between 2023-03-06 and 2023-04-23: Hong Kong → Türkiye, " in page
    assert "One red flag points at" in page


def test_unknown_values_are_not_zero(page: str) -> None:
    assert ">unknown<" in page


def test_rows_that_do_not_add_up_are_shouted(run: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(run, tmp_path / "copy"))
    made_run.write_record(folder, inputs=[{"file": "a.csv", "sha256": "00", "rows": 10, "loaded": 8, "rejected": 1}])
    assert "NO: +1 rows are unaccounted for" in write_report(folder).read_text(encoding="utf-8")


def test_more_evidence_than_is_shown_is_counted(run: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(run, tmp_path / "copy"))
    lines = list(range(100, 150))
    rows = [made_run.lot(line, date(2023, 5, 1), made_run.HUB, made_run.TARGET) for line in lines]
    made_run.write(folder, "shipments", rows)
    found = made_run.finding("relay", "party", made_run.HUB, 0.9, "Fifty lots.", lines)
    made_run.write(folder, "findings", [found])
    made_run.write(folder, "assessments", [made_run.assessment(1, "party", made_run.HUB, 0.9, [found], 1.0)])
    text = write_report(folder).read_text(encoding="utf-8")
    assert "In findings.parquet: A: 30 more ids" in text
    assert "exports.csv</bdi>:119<" in text
    assert "exports.csv</bdi>:120<" not in text


def test_without_run_json_there_is_no_report(run: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(run, tmp_path / "copy"))
    (folder / "report.html").unlink()
    (folder / "run.json").unlink()
    with pytest.raises(InputError, match="cannot be read"):
        write_report(folder)
    (folder / "run.json").write_text(json.dumps({"as_of": "yesterday"}), encoding="utf-8")
    with pytest.raises(InputError, match="as_of"):
        write_report(folder)
    assert not (folder / "report.html").exists()


def test_a_torn_table_stops_the_report(run: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(run, tmp_path / "copy"))
    before = (folder / "report.html").read_bytes()
    table = folder / "findings.parquet"
    table.write_bytes(table.read_bytes()[:200])
    with pytest.raises(InputError, match=r"findings\.parquet"):
        write_report(folder)
    assert (folder / "report.html").read_bytes() == before
