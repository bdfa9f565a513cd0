"""Are characters found under the spellings of Hong Kong, Singapore and Seoul, and not under a mixture of them?"""

import numpy as np
import pytest

from landwaiter.text.align import align
from landwaiter.text.forms import shape_names
from landwaiter.text.keys import find_keys
from landwaiter.text.readings import (
    cut_spelling,
    loose,
    other_mandarin,
    other_readings,
    read_in_one_tongue,
    spellings_of_jyutping,
)
from landwaiter.text.readings_korean import is_hangul, spellings_of_hangul
from landwaiter.text.syllables import coarse_of_pinyin


def compared(left, right):
    ours, theirs = shape_names([left]), shape_names([right])
    found = align(ours, np.zeros(1, np.int64), theirs, np.zeros(1, np.int64), threads=1)
    return float(found.score[0]), bool(found.in_order[0])


@pytest.mark.parametrize(
    ("characters", "spelled"),
    [
        ("陳大文", "Chan Tai Man"), ("張國榮", "CHEUNG Kwok-wing"), ("李家超", "Lee Ka-chiu"),
        ("曾俊華", "Tsang Chun-wah"), ("區國樑", "Au Kwok Leung"), ("黃志強", "Wong Chi Keung"),
        ("林鄭月娥", "Lam Cheng Yuet-ngor"), ("李光耀", "Lee Kuan Yew"), ("吳作棟", "Goh Chok Tong"),
        ("王金平", "Ong Kim Peng"), ("陳偉明", "Tan Wei Ming"), ("金正恩", "Kim Jong Un"),
        ("李明博", "Lee Myung-bak"), ("习近平", "Hsi Chin-ping"), ("解曉東", "Xie Xiaodong"),
        ("曾國藩", "Zeng Guofan"), ("弥勒浩翔", "Mile Haoxiang"), ("賴清德", "Lai Ching-te"),
        ("陳水扁", "Chen Shui-bian"),
    ],
)  # fmt: skip
def test_a_name_in_characters_is_found_as_its_family_spells_it(characters, spelled):
    score, in_order = compared(characters, spelled)
    assert score >= 0.9
    assert in_order
    ours, theirs = find_keys(shape_names([characters])), find_keys(shape_names([spelled]))
    assert set(ours.keys.tolist()) & set(theirs.keys.tolist())
    assert compared(spelled, characters) == (score, in_order)


@pytest.mark.parametrize(
    ("characters", "spelled"),
    [
        ("丽丹丹王", "Wong Yuh Lan"), ("志明李", "Zeming Li"), ("新日興", "Rising Sun"), ("黃志強", "Wong Chi Kin"),
        ("陳大文", "Kim Tai Man"), ("金正恩", "Jong Kim Tan"),
    ],
)  # fmt: skip
def test_a_mixture_of_tongues_or_another_name_is_no_match(characters, spelled):
    assert compared(characters, spelled)[0] < 0.7


@pytest.mark.parametrize(
    ("reading", "spelling"),
    [("zoeng", "cheung"), ("ng", "ng"), ("si", "sze"), ("gwok", "kwok"), ("jyun", "yuen"), ("ceoi", "tsui")],
)
def test_a_syllable_of_jyutping_is_spelled_as_in_hong_kong(reading, spelling):
    assert loose(spelling) in {loose(one) for one in spellings_of_jyutping(reading)}


@pytest.mark.parametrize(
    ("syllable", "spellings"),
    [("박", "bak park pak"), ("최", "choe choi"), ("정", "jeong chung jung"), ("이", "i lee yi")],
)
def test_a_hangul_syllable_is_spelled_in_every_usual_way(syllable, spellings):
    assert is_hangul(syllable)
    assert set(spellings.split()) <= set(spellings_of_hangul(syllable))


def test_a_western_word_is_no_syllable_of_another_tongue():
    assert cut_spelling("smith") == cut_spelling("martin") == cut_spelling("lemon") == ()
    assert cut_spelling("myungbak") == ("myung", "bak")
    assert cut_spelling("cheung") == ("cheung",)


def test_characters_have_other_readings_where_a_table_says_so():
    assert coarse_of_pinyin("yue") in other_mandarin("乐")
    assert not other_readings("X")
    assert loose("Kim".lower()) in other_readings("金")


def test_rows_of_different_length_are_not_in_one_tongue():
    assert not read_in_one_tongue([("chen", "陈")], [("chan", "chan"), ("tai", "tai")])
