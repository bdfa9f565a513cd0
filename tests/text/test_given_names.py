import numpy as np
import pytest

from landwaiter.text.fold import fold
from landwaiter.text.given_names import _groups, are_forms_of_one


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [("ted", "theodore", True), ("juan", "john", True), ("ted", "john", False), ("kupol", "kupol", False)],
)
def test_forms_of_one_given_name(first, second, one):
    places = np.zeros(1, np.int64)
    assert are_forms_of_one([first], places, [second], places).tolist() == [one]
    assert are_forms_of_one([second], places, [first], places).tolist() == [one]


def test_the_table_is_written_as_names_are_compared():
    assert fold(list(_groups())) == list(_groups())
