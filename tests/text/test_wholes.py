import numpy as np
import pytest

from landwaiter.text.align import align
from landwaiter.text.evidence import DEFAULT_THRESHOLD, score_names
from landwaiter.text.forms import shape_names
from landwaiter.text.wholes import acronym_letters, are_cut_off, look_the_same

ZERO = np.zeros(1, np.int64)


def score(first: str, second: str) -> float:
    return float(score_names(align(shape_names([first]), ZERO, shape_names([second]), ZERO, threads=1))[0])


def asked(question, first: str, second: str):
    both = shape_names([first]), shape_names([second])
    forwards, backwards = question(both[0], ZERO, both[1], ZERO)[0], question(both[1], ZERO, both[0], ZERO)[0]
    assert forwards == backwards
    return forwards


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("LIRNITED LIABILITY COMPANY ORLANTEX", "LIMITED LIABILITY COMPANY ORLANTEX"),
        ("1BERTRADE SHIPPING", "IBERTRADE SHIPPING"),
        ("KUPR1YAN0V Dmitry", "KUPRIYANOV Dmitry"),
        ("OrlantexTrading LLC", "Orlantex Trading LLC"),
        ("Orl antex Trading Company", "Orlantex Trading Company"),
        ("JOINTSTOCK COMPANY ORLANTEX", "JOINT STOCK COMPANY ORLANTEX"),
        ("LLCOrlantex Logistics", "LLC Orlantex Logistics"),
    ],
)
def test_a_misread_joined_or_split_name_is_known(written, name):
    assert asked(look_the_same, written, name)
    assert score(written, name) >= DEFAULT_THRESHOLD


@pytest.mark.parametrize(
    ("cut", "name"),
    [
        ("Orlantex Marine Group Limite", "Orlantex Marine Group Limited"),
        ("Kupriyanov Heavy Machine Building Consor", "Kupriyanov Heavy Machine Building Consortium"),
        ("Sulayman KARAW", "Sulayman KARAWANI"),
        ("LLC ORLANTE", "LLC ORLANTEX"),
        ("KUPRIYANOV OO", "KUPRIYANOV OOO"),
    ],
)
def test_a_name_cut_off_within_a_word_is_known(cut, name):
    assert asked(are_cut_off, cut, name)
    assert score(cut, name) >= DEFAULT_THRESHOLD


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Bank of Orlania", "Bank of Orlania Vektor Branch"),
        ("Lisa Martin", "Lisa Martinez"),
        ("Aleksei Kupriyanov", "Aleksei Kupriyanova"),
        ("Orlan", "Orlantex"),
        ("LLC BO", "LLC BODOR"),
        ("Kupriyanov", "Orlantex"),
        ("A", "AG"),
        ("", "Orlantex"),
    ],
)
def test_a_shorter_name_is_not_always_a_cut_one(short, long):
    assert not asked(are_cut_off, short, long)


@pytest.mark.parametrize(
    ("short", "long", "letters"),
    [
        ("OSKL", "Orlantex Shipping of Kupriyan Lines", 4),
        ("O.M.B.", "Orlantex Marine Barges LLC", 3),
        ("OSKL", "Orlantex Shipping Lines", 0),
        ("OM", "Orlantex Machines", 0),
        ("", "", 0),
    ],
)
def test_initials_are_counted(short, long, letters):
    assert asked(acronym_letters, short, long) == letters


def test_an_abbreviation_finds_its_name_and_more_letters_say_no_less():
    assert score("OSK", "Orlantex Shipping Kupriyan") >= DEFAULT_THRESHOLD
    assert score("OSK", "Orlantex Shipping Kupriyan") <= score("OSKV", "Orlantex Shipping Kupriyan Vektor")
