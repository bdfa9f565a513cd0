import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.text.looks import looks_of, read_digits


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("r0snano", "rosnano"), ("1mpex", "lmpex"), ("texn0logy", "texnology"), ("trad1ng", "tradlng"),
        ("к0рпорация", "корпорация"), ("6azprom", "gazprom"),
    ],
)  # fmt: skip
def test_a_digit_inside_a_word_is_the_letter_that_it_looks_like(written, read):
    assert read_digits(written) == read


@pytest.mark.parametrize(
    "said", ["block2", "10th", "1st", "t90", "2010", "g4s", "b2b", "sam 1", "arsenal 103", "50cent"]
)
def test_a_number_stays_a_number(said):
    assert read_digits(said) == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("modern", "modem"), ("hua wei", "huawei"), ("limited", "lirnited"), ("vvagner", "wagner"), ("cloud", "doud"),
        ("ayash1", "ayashi"), ("rosnano", "r0snano"), ("c0 ltd", "co ltd"),
    ],
)  # fmt: skip
def test_what_is_alike_on_paper_has_the_same_looks(one, other):
    assert looks_of([one]) == looks_of([other])


@pytest.mark.parametrize(("one", "other"), [("fund 11", "fund ii"), ("unit 61", "unit 6l8"), ("orlan", "orion")])
def test_what_differs_looks_otherwise(one, other):
    assert looks_of([one]) != looks_of([other])


@given(st.lists(st.text(alphabet="abcilmnorvw0158 ", max_size=12), max_size=6))
def test_a_column_looks_like_its_names_one_by_one(names):
    assert looks_of(names) == [look for name in names for look in looks_of([name])]


@pytest.mark.parametrize("name", ["x" * 50_000, "x1" * 25_000, "1" * 50_000, "x 1" * 20_000])
def test_long_names_take_bounded_time(name):
    begun = time.process_time()
    read_digits(name)
    looks_of([name])
    assert time.process_time() - begun < 2
