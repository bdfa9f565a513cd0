"""Are numbers written as Python writes them?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.simulate.digits import lettered
from landwaiter.simulate.facts import texts_of


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 10**10 - 1)), max_size=30))
def test_a_number_is_its_head_and_ten_digits(cells: list[tuple[int, int]]) -> None:
    heads = ["TW", "JP", "US"]
    head, number = (np.array([cell[at] for cell in cells], dtype=np.int64) for at in (0, 1))
    told = lettered(texts_of(heads), head, number).to_pylist()
    assert told == [f"{heads[at]}{value:010d}" for at, value in cells]


@pytest.mark.parametrize("digits", [6, 8, 9])
def test_fewer_digits_have_leading_zeros_too(digits: int) -> None:
    number = np.array([0, 7, 123_456, 10**digits - 1])
    told = lettered(texts_of(["f-"]), number * 0, number, digits=digits).to_pylist()
    assert told == [f"f-{value:0{digits}d}" for value in number.tolist()]
