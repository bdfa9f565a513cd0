from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.text.columns import starts_of
from landwaiter.text.fold import fold
from landwaiter.text.phrases import join_phrases


def joined(*names: str) -> list[list[str]]:
    lines = [fold([name])[0].split() for name in names]
    distinct = list(dict.fromkeys(word for line in lines for word in line))
    words = np.array([distinct.index(word) for line in lines for word in line], np.int64)
    starts = starts_of(np.array([len(line) for line in lines], np.int64))
    starts, words, distinct = join_phrases(starts, words, distinct)
    return [[distinct[word] for word in words[first:last]] for first, last in pairwise(starts.tolist())]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Orlan Limited Liability Company", ["orlan", "ltd"]),
        ("Общество с ограниченной ответственностью Орлан", ["ltd", "орлан"]),
        ("Societatea cu Răspundere Limitată Orlan", ["ltd", "orlan"]),
        ("NPO Orlan", ["science", "production", "association", "orlan"]),
        ("Abd al-Aziz Orlani", ["abdul", "aziz", "orlani"]),
        ("Abdel Aziz Orlani", ["abdul", "aziz", "orlani"]),
        ("Orlan Kupol", ["orlan", "kupol"]),
        ("", []),
    ],
)
def test_a_phrase_becomes_what_it_says(name, said):
    assert joined(name) == [said]


def test_a_legal_form_cut_off_at_the_end_is_read_and_within_a_name_is_not():
    assert joined("Orlan Gesellschaft mit beschrankter") == [["orlan", "ltd"]]
    assert joined("Gesellschaft mit beschrankter Orlan") == [["gesellschaft", "mit", "beschrankter", "orlan"]]


def test_the_longest_phrase_counts():
    assert joined("Open Joint Stock Company Orlan") == [["jsc", "orlan"]]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["npo", "orlan", "joint", "stock", "company", "abd", "al", "limited"]), max_size=6),
    st.lists(st.sampled_from(["orlan", "limited", "liability", "company", "import", "export"]), max_size=6),
)
def test_a_name_is_read_the_same_alone_and_among_others(first, second):
    one, other = " ".join(first), " ".join(second)
    assert joined(one, other, one) == [*joined(one), *joined(other), *joined(one)]
