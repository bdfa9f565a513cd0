"""Is a step read from its file: its name, its card, what it reads and which values it is given?"""

import pytest

from landwaiter.engine.step import read_step
from landwaiter.errors import ContractError


def write(folder, text):
    path = folder / "arrivals.sql"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_says_everything(tmp_path):
    step = read_step(
        write(
            tmp_path,
            "-- What came in.\n-- id: arrivals\n-- innocent: A warehouse,\n-- and nothing else.\n"
            "WITH recent AS (\n    -- why: only lately\n    SELECT * FROM lots WHERE day > $first_day\n)\n"
            "SELECT recent.day FROM recent JOIN parties ON parties.no = recent.no\n",
        )
    )
    assert step.name == "arrivals"
    assert step.sentence == "What came in."
    assert step.card == {"id": "arrivals", "innocent": "A warehouse, and nothing else."}
    assert step.reads == ("lots", "parties")
    assert step.parameters == ("first_day",)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("SELECT 1 AS one", "begins with a comment"),
        ("-- Two.\nSELECT 1 AS one; SELECT 2 AS two", "one SELECT"),
        ("-- A deed.\nDROP TABLE lots", "one SELECT"),
    ],
)
def test_what_is_no_step_is_refused(tmp_path, text, complaint):
    with pytest.raises(ContractError, match=complaint):
        read_step(write(tmp_path, text))
