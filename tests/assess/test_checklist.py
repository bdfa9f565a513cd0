"""Are the questions of the check list told apart: raised, asked in vain, without data, not run, and for a person?"""

from pathlib import Path

import pytest

from landwaiter.assess.checklist import write_checklist
from landwaiter.assess.fuse import assess
from landwaiter.engine.duck import open_duck
from landwaiter.flags.judge import find_flags, judge
from landwaiter.ref.facts import read_facts
from worlds.small import put_world, read_worlds

FLAGS = find_flags()
CARDS = {flag.name: flag.card for flag in FLAGS}
WORLDS = Path(__file__).parents[1] / "flags"


def checklist(folder, name, *, without=(), private=()):
    with open_duck(folder, memory_mb=500, threads=1) as corridor:
        put_world(corridor, read_worlds(WORLDS / f"{name}.md")["fires"])
        for table in without:
            corridor.drop(table)
        not_run = dict(judge(corridor, FLAGS))
        context = [one for one, card in CARDS.items() if card["kind"] == "context"]
        assess(corridor, innocent={one: card["innocent"] for one, card in CARDS.items()}, context=context)
        write_checklist(corridor, CARDS, not_run, private_lists=private)
        rows = corridor.get("checklist").to_pylist()
    return {(row["subject_id"], row["question"]): row for row in rows}


def test_every_question_stands_once_for_every_lead_and_flags_name_those_there_are(tmp_path):
    numbers = [int(row["number"]) for row in read_facts("end_use_questions").to_pylist()]
    assert numbers == list(range(1, 22))
    assert {int(card["question"]) for card in CARDS.values() if "question" in card} <= set(numbers)
    rows = checklist(tmp_path, "listed")
    assert sorted({question for _, question in rows}) == numbers
    assert all(row["why"] or row["state"] == "raised" for row in rows.values())


def test_a_finding_raises_its_question_and_an_own_list_the_twentieth(tmp_path):
    rows = checklist(tmp_path, "listed", private=["made"])
    assert rows["p-Volga Pribor", 1]["state"] == "raised"
    assert rows["p-Volga Pribor", 1]["finding_ids"] == ["listed:p-Volga Pribor"]
    assert rows["p-Volga Pribor", 20]["finding_ids"] == ["listed:p-Volga Pribor"]


@pytest.mark.parametrize(
    ("question", "state", "says"),
    [
        (7, "asked", "asked by"),
        (9, "no data", "no register gives its head count"),
        (15, "no data", "no row of it was recorded more than once; never asked here: who pays"),
        (20, "no data", "no list of your own was given"),
        (21, "officer", "only a person can see it"),
    ],
)
def test_what_was_not_raised_says_why(tmp_path, question, state, says):
    row = checklist(tmp_path, "listed")["p-Volga Pribor", question]
    assert (row["state"], row["finding_ids"]) == (state, [])
    assert row["why"].startswith(says)


def test_what_did_not_run_is_never_asked_in_vain(tmp_path):
    rows = checklist(
        tmp_path, "listed", without=("statement_rows", "statement_marks", "statement_signers", "party_papers")
    )
    for question in (11, 12, 16):
        assert rows["p-Volga Pribor", question]["state"] == "not run"
        assert "did not run: needs" in rows["p-Volga Pribor", question]["why"]
