import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.text.ofac_score import ofac_score


@pytest.mark.parametrize(
    ("asked", "listed", "least", "most"),
    [
        ("USAMA BIN LADIN", "BIN LADIN, Usama", 100, 100),
        ("Ann O'Brien", "O’BRIEN, Ann", 100, 100),
        ("Maria Kowalska", "KOWALSKI, Maria", 90, 99),
        ("Kowalska", "ZHANG, Wei", 0, 60),
        ("", "ZHANG", 0, 0),
        ("...", "...", 0, 0),
    ],
)
def test_whole_text_or_parts_whichever_is_more(asked, listed, least, most):
    assert least <= ofac_score(asked, listed) <= most


def test_only_the_parts_asked_for_need_a_partner():
    assert ofac_score("Kowalska", "Kowalska Trading House") == 100
    assert ofac_score("Kowalska Trading House", "Kowalska") < 100


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_gets_a_score(asked, listed):
    assert 0 <= ofac_score(asked, listed) <= 100
