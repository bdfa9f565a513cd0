"""Is a text that says priority goods under another code possible, and all else left alone?"""

from datetime import date

import pyarrow as pa
import pytest

from landwaiter.classify import described
from landwaiter.classify.described import LONGEST, described_controls
from landwaiter.classify.priority import classify, priority_codes
from landwaiter.engine.duck import open_duck
from landwaiter.tables import TABLES

PRIORITY = priority_codes(date(2024, 6, 1))
CHIP = "32-bit microcontroller, integrated circuit"


def goods(*rows):
    columns = dict(zip(("description", "hs6", "lines"), zip(*rows, strict=True), strict=True))
    return pa.table({name: list(cells) for name, cells in columns.items()})


def test_a_sure_text_under_another_code_or_none_is_named():
    found, notes = described_controls(
        goods((CHIP, "950300", 3), (CHIP, "", 1), ("plastic toys", "950300", 9)), PRIORITY
    )
    assert [(row["hs6"], row["entry"], row["tier"]) for row in found.to_pylist()] == [
        ("950300", "854231", "1"), ("", "854231", "1")]  # fmt: skip
    assert "microcontrol" in found["reason"][0].as_py()
    assert "no code of six digits" in found["reason"][1].as_py()
    assert notes == []


@pytest.mark.parametrize("text", ["electronic goods", "spare parts", "plastic toys", "", "12345", "<b></b>"])
def test_a_text_that_is_not_sure_says_nothing(text):
    assert described_controls(goods((text, "950300", 1)), PRIORITY)[0].num_rows == 0


@pytest.mark.parametrize(
    "text", ["tool box for microcontrollers and integrated circuits", "Проводники с соединителями"]
)
def test_what_goods_are_for_or_come_with_is_not_what_they_are(text):
    assert described_controls(goods((text, "854442", 1)), PRIORITY)[0].num_rows == 0


def test_goods_of_the_same_heading_are_a_matter_of_opinion():
    assert described_controls(goods((CHIP, "854290", 1)), PRIORITY)[0].num_rows == 0


def test_what_was_not_read_is_told(monkeypatch):
    monkeypatch.setattr(described, "MOST_DESCRIPTIONS", 1)
    found, notes = described_controls(goods((CHIP, "950300", 1), ("plastic toys", "950300", 2)), PRIORITY)
    assert found.num_rows == 0, "the description of the most rows is read first"
    assert notes == ["classify: 1 rarer descriptions were not compared with their codes: 1 are"]
    _, notes = described_controls(goods((f"{CHIP} " * LONGEST, "950300", 1)), PRIORITY)
    assert "over 400 characters" in notes[0]


def test_controls_by_text_stand_beside_those_by_code(tmp_path):
    empty = dict.fromkeys(TABLES["shipments"].schema.names)
    told = [("854231", CHIP), ("950300", CHIP), (None, CHIP), (None, None)]
    rows = [{**empty, "row_id": f"r{number}", "row_no": number, "hs6": hs6, "description": text, "line": number,
             "shipment_id": f"r{number}", "file": "f", "reporter": "TR", "flow": "export",
             "declared_on": date(2023, 1, 1)}
            for number, (hs6, text) in enumerate(told)]  # fmt: skip
    with open_duck(tmp_path, memory_mb=300, threads=1) as corridor:
        corridor.put("shipments", pa.Table.from_pylist(rows, schema=TABLES["shipments"].schema))
        assert classify(corridor, as_of=date(2024, 6, 1)) == []
        found = {(row["row_id"], row["control_list"], row["answer"]) for row in corridor.get("controls").to_pylist()}
    assert found == {("r0", "chpl", "caught"), ("r1", "chpl_text", "possible"), ("r2", "chpl_text", "possible")}
