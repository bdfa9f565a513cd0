import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.text.ofac_score import ofac_score

PUBLISHED = Path(__file__).parents[2] / ".." / "shared" / "data" / "names-dev" / "ofac_parity.jsonl.gz"


@pytest.mark.parametrize(
    ("asked", "listed", "least", "most"),
    [
        ("USAMA BIN LADIN", "BIN LADIN, Usama", 100, 100),
        ("Ann O'Brien", "O’BRIEN, Ann", 100, 100),
        ("Maria Kowalska", "KOWALSKI, Maria", 90, 99),
        ("Kowalska", "ZHANG, Wei", 0, 60),
        ("Li Kowalska", "KOWALSKA, Maria", 100, 100),
        ("", "ZHANG", 0, 0),
        ("...", "...", 0, 0),
    ],
)
def test_whole_text_or_parts_whichever_is_more(asked, listed, least, most):
    assert least <= ofac_score(asked, listed) <= most


def test_only_the_parts_asked_for_need_a_partner():
    assert ofac_score("Kowalska", "Kowalska Trading House") == 100
    assert ofac_score("Kowalska Trading House", "Kowalska") < 100


def test_parts_that_sound_alike_gain_by_it():
    assert ofac_score("Smith", "Henry Smyth") > ofac_score("Smith", "Henry Smxth")


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_gets_a_score(asked, listed):
    assert 0 <= ofac_score(asked, listed) <= 100


def test_published_scores_are_met():
    if not PUBLISHED.exists():
        pytest.skip("the shared scores are not here")
    rows = [json.loads(line) for line in gzip.decompress(PUBLISHED.read_bytes()).splitlines()]
    apart = [abs(ofac_score(row["left"]["name"][0], row["right"]["name"][0]) - row["score"]) for row in rows]
    assert sum(one <= 5 for one in apart) >= 0.9 * len(apart)
    assert sum(one <= 2 for one in apart) >= 0.85 * len(apart)
