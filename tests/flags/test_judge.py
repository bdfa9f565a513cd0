"""Is a red flag with half a card refused, and one without its tables named?"""

import re

import pytest

from landwaiter.engine.duck import open_duck
from landwaiter.errors import ContractError
from landwaiter.flags import judge as room
from landwaiter.flags.judge import Count, find_flags, judge


def test_every_card_is_whole_and_every_typology_known():
    for flag in find_flags():
        assert re.fullmatch(r"T\d\d|none", flag.card["typology"]), flag.name
        assert len(flag.card["innocent"]) > 20, flag.name


def test_half_a_card_is_refused(tmp_path, monkeypatch):
    (tmp_path / "half.sql").write_text("-- Half a card.\n-- id: half\nSELECT 1 AS one FROM lots\n")
    monkeypatch.setattr(room, "HERE", tmp_path)
    with pytest.raises(ContractError, match="half: the card is incomplete"):
        find_flags()


def test_a_flag_whose_tables_are_not_there_did_not_run(tmp_path):
    with open_duck(tmp_path, memory_mb=200, threads=1) as corridor:
        not_run = dict(judge(corridor, find_flags()))
        assert not_run["listed"] == "needs matches, shipments"
        assert set(not_run) == {flag.name for flag in find_flags()}
        assert corridor.count("findings") == 0


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1 lot, 1 batch, 1 company, 1"),
        (2, "2 lots, 2 batches, 2 companies, 2"),
        (2598, "2,598 lots, 2,598 batches, 2,598 companies, 2,598"),
    ],
)
def test_numbers_are_named_as_a_person_would(number, text):
    assert "{n:lot}, {n:batch}, {n:company}, {n}".format(n=Count(number)) == text
