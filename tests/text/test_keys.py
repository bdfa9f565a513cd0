import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.text.columns import all_of, bits_of, expand, largest, offsets_of, starts_of, sum_of_mixes
from landwaiter.text.forms import shape_names
from landwaiter.text.keys import EXACT, WORD, Limits, count_keys, dropped_keys, find_keys, weigh_keys

LIMITS = Limits(words=3, halves=3, of_lighter=42, of_heavier=30)


def keys_of(names):
    keys = find_keys(shape_names(names))
    return [set(keys.keys[keys.names == place].tolist()) for place in range(len(names))]


def test_one_name_in_two_writings_shares_keys():
    cyrillic, latin, chinese, wade, typo, right = keys_of(
        ["Зеленський", "Zelensky", "賴清德", "Ching-te Lai", "Severnaja Verv", "Severnaya Verf"]
    )
    assert cyrillic & latin
    assert chinese & wade
    assert typo & right


def test_a_frequent_word_is_dropped_but_equality_of_the_whole_name_is_not():
    names = [f"Global {place}x{place}yz" for place in range(5)] + ["Global Star"] * 5
    keys = find_keys(shape_names(names))
    frequencies = count_keys(keys, len(names))
    weighed = weigh_keys(keys, frequencies, len(names), LIMITS)
    assert dropped_keys(frequencies, LIMITS) > 0
    exact = set(keys.keys[(keys.roles == EXACT) & (keys.names >= 5)].tolist())
    assert exact <= set(weighed.keys.tolist())
    frequent = set(keys.keys[keys.roles == WORD].tolist()) & set(frequencies.keys[frequencies.counts > 3].tolist())
    assert not frequent & set(weighed.keys.tolist())


def test_a_key_that_no_listed_name_has_leads_nowhere():
    listed = find_keys(shape_names(["Acme Works"]))
    ours = weigh_keys(find_keys(shape_names(["Zenith Orbita"])), count_keys(listed, 1), 1, LIMITS)
    assert not len(ours.keys)


@settings(deadline=None)
@given(st.lists(st.text(max_size=20), max_size=6))
def test_keys_are_those_of_each_name_by_itself(names):
    assert keys_of(names) == [found for name in names for found in keys_of([name])]


@given(st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=6))
def test_columns_agree_with_lists(pieces):
    lengths = np.array([len(piece) for piece in pieces], np.int64)
    flat = np.array([one for piece in pieces for one in piece], np.int64)
    owners = np.repeat(np.arange(len(pieces)), lengths)
    assert offsets_of(lengths).tolist() == [place for piece in pieces for place in range(len(piece))]
    places = np.arange(len(pieces))[::-1].copy()
    members, source = expand(places, starts_of(lengths), flat)
    assert members.tolist() == [one for piece in pieces[::-1] for one in piece]
    assert [len(pieces) - 1 - one for one in source.tolist()] == owners[::-1].tolist()
    small = flat.astype(np.int8)
    assert largest(small, owners, len(pieces)).tolist() == [max(piece, default=0) for piece in pieces]
    assert all_of(flat > 2, owners, len(pieces)).tolist() == [bool(p) and all(one > 2 for one in p) for p in pieces]
    assert bits_of(small, owners, len(pieces)).tolist() == [int(np.bitwise_or.reduce(p)) if p else 0 for p in pieces]
    turned = sum_of_mixes(flat[::-1].copy(), owners[::-1].copy(), len(pieces))
    assert (sum_of_mixes(flat, owners, len(pieces)) == turned).all()
