import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.text.fold import LONGEST_NAME, fold


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("ACME, Inc.", "acme inc"),
        ("O’Neil ﬁne", "oneil fine"),
        ("ＡＣＭＥ", "acme"),
        ("x\u200by\u00adz", "xyz"),
        ("\U000e0041Acme", "acme"),
        ("Łódź Straße İzmir Ørsted", "lodz strasse izmir orsted"),
        ("cafe\u0301", "cafe"),
        ("ООО «Ромашка»", "ооо ромашка"),
        ("line\nbreak\u2028here", "line break here"),
        ("賴清德", "賴清德"),
        ("がパ", "がパ"),
        ("الظواهري", "الظواهری"),
        ("  ", ""),
        ("", ""),
    ],
)
def test_what_may_differ_between_two_writings_is_gone(name, folded):
    assert fold([name]) == [folded]


def test_a_word_of_two_scripts_goes_to_the_script_that_most_of_it_has():
    # The first begins with a Latin M, the second holds a Cyrillic o.
    assert fold(["Mосква", "Micrоsoft"]) == ["москва", "microsoft"]


def test_a_zero_inside_a_word_is_an_o_but_a_number_stays():
    assert fold(["MICR0SOFT", "Plant 100", "T0"]) == ["microsoft", "plant 100", "t0"]


def test_an_endless_name_is_cut():
    assert len(fold(["x" * 100_000])[0]) == LONGEST_NAME


@given(st.lists(st.text(max_size=30), max_size=6))
def test_every_name_is_folded_by_itself_and_only_once(names):
    folded = fold(names)
    assert len(folded) == len(names)
    assert folded == [fold([name])[0] for name in names]
    assert all("\n" not in line and line == line.strip() for line in folded)
