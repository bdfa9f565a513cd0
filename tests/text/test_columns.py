import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.text.columns import FEW, digest_of, digests_of, distinct_of, offsets_of, starts_of

TEXTS = st.one_of(st.text(max_size=30), st.text(min_size=60, max_size=200), st.sampled_from(["", "\udcff", "Завод"]))


@given(st.lists(TEXTS, max_size=8))
def test_a_text_has_the_same_digest_alone_as_among_many(texts):
    among_many = digests_of([*texts, *(["another"] * FEW)])[: len(texts)]
    assert digests_of(texts).tolist() == among_many.tolist() == [digest_of(text) for text in texts]
    assert digest_of("") == 0


@given(st.lists(st.integers(-(2**62), 2**62) | st.integers(0, 3), max_size=40))
def test_distinct_values_are_those_of_numpy(values):
    distinct, places = distinct_of(np.array(values, np.int64))
    expected, inverse = np.unique(np.array(values, np.int64), return_inverse=True)
    assert distinct.tolist() == expected.tolist()
    assert places.tolist() == inverse.tolist()


@given(st.lists(st.integers(0, 4), max_size=20))
def test_pieces_start_and_run_as_they_are_counted(lengths):
    column = np.array(lengths, np.int64)
    assert starts_of(column).tolist() == [sum(lengths[:place]) for place in range(len(lengths) + 1)]
    assert offsets_of(column).tolist() == [place for length in lengths for place in range(length)]
