"""Does a lead's check list say what was raised, what could not be asked, and clear nobody?"""

from pathlib import Path

import made_run
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from landwaiter.report.page import write_report
from landwaiter.tables import TABLES

ASKED = [
    (1, "raised", [f"listed:{made_run.HUB[0]}"], "asked by listed"),
    (7, "asked", [], "asked by volume_jump"),
    (9, "no data", [], "no register gives its head count; never asked here: capital"),
    (16, "not run", [], "statement_reused did not run: needs statement_marks"),
    (21, "officer", [], "only a person can see it"),
]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_run.make(tmp_path_factory.mktemp("run"))


@pytest.fixture
def page(run: Path, tmp_path: Path) -> str:
    folder = tmp_path / "run"
    folder.mkdir()
    for path in run.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    rows = [{"subject_id": made_run.HUB[0], "question": number, "title": f"Title {number}", "state": state,
             "finding_ids": found, "why": why} for number, state, found, why in ASKED]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows, schema=TABLES["checklist"].schema), folder / "checklist.parquet")
    return write_report(folder).read_text(encoding="utf-8")


def test_each_question_is_told_by_what_became_of_it(page):
    assert "Check list of end use: 1 question of 5 raised" in page
    assert "<b>1. Title 1</b>: finding" in page
    assert "Asked, and nothing raised it, which clears nobody: </b>7. Title 7." in page
    assert "9. Title 9 (no register gives its head count)" in page
    assert "16. Title 16 (statement_reused did not run: needs statement_marks)" in page
    told = page.partition("Check list of end use")[2].partition("</details>")[0].lower()
    assert "nothing found" not in told and "cleared" not in told


def test_without_a_check_list_none_is_shown(run: Path):
    assert "Check list of end use" not in write_report(run).read_text(encoding="utf-8")
