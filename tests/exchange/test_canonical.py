"""Is JSON written in its one way, and read only where no two programs could differ on it?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.exchange.canonical import canonical, read_json

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(st.none() | st.booleans() | st.integers() | TEXTS,
                      lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner))  # fmt: skip


@given(VALUES)
def test_what_is_written_is_read_again(value):
    assert read_json(canonical(value), "F") == value


def test_fractions_have_no_one_way():
    with pytest.raises(AssertionError):
        canonical({"share": 0.1})
