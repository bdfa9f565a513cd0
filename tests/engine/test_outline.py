"""Are the columns and types of a step known without running it, and held against the contract?"""

import pytest

from engine.recording import all_steps
from landwaiter.engine.outline import breaches, contracts, outline, outlines
from landwaiter.engine.step import Step
from landwaiter.errors import ContractError

STEPS = {step.name: step for step in all_steps()}
OUTLINES = outlines(STEPS.values())


def step_of(sql, name="made"):
    return Step(name, "A step.", {}, sql, (), ())


@pytest.mark.parametrize("name", OUTLINES)
def test_a_step_over_contracts_fits_them_and_keeps_its_own(name):
    assert breaches(STEPS[name], OUTLINES[name]) == []


def test_the_steps_that_read_only_contracts_are_looked_at():
    assert {"mentions", "shipments", "party_numbers"} <= OUTLINES.keys()


def test_types_follow_from_the_tables():
    step = step_of("SELECT in_row, days_between + 1 AS days, quantity * 2 AS twice FROM hops")
    assert outline(step, contracts()) == {"in_row": "VARCHAR", "days": "INTEGER", "twice": "DOUBLE"}


def test_a_column_that_no_table_has_is_refused():
    with pytest.raises(ContractError, match="nowhere"):
        outline(step_of("SELECT nowhere FROM hops"), contracts())


def test_breaches_name_missing_foreign_and_wrong_columns():
    step = step_of(
        "SELECT in_row, out_row, party_id, CAST(NULL AS DATE) AS family, quantity, 1 AS more FROM hops", "hops"
    )
    assert breaches(step, outline(step, contracts())) == [
        "column 'days_between' is missing",
        "column 'basis' is missing",
        "column 'probability' is missing",
        "column 'more' is not in the contract",
        "column 'family' is DATE, not VARCHAR",
    ]
