"""Which words of a description count, in four languages, and what is done with markup, negation and length?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.classify.goods_words import BEHIND, LONGEST_TEXT, plain_text, stem_of, words_of


def test_the_head_of_a_short_phrase_counts_once_more():
    assert "^machin" in words_of("cocoa powder grinding machines")
    assert "^подшипник" in words_of("Подшипник шариковый радиальный")
    assert not any(
        word[0] == "^" for word in words_of("hot sale big red cheap nice soft warm cosy winter women gloves")
    )


def test_what_follows_for_or_with_counts_less():
    words = words_of("tripods for cameras")
    assert words["tripod"] == 1.0
    assert words["camera"] == BEHIND


def test_what_is_excluded_does_not_count():
    words = words_of("fruit, other than bananas; dried")
    assert "banana" not in words
    assert "dry" in words or "dri" in words
    assert "crochet" not in words_of("shirts (not knitted or crocheted)")


def test_two_words_meet_the_same_as_one():
    assert "toothbrush" in words_of("tooth brush")
    assert stem_of("toothbrushes") == "toothbrush"


def test_both_chinese_scripts_give_the_same_words():
    assert words_of("光纖收發器") == words_of("光纤收发器")


@pytest.mark.parametrize(("one", "other"), [("подшипники", "подшипник"), ("микросхемы", "микросхема"),
                                            ("маршрутизатори", "маршрутизатор"), ("knives", "knife")])  # fmt: skip
def test_endings_go(one, other):
    assert stem_of(one) == stem_of(other)


def test_markup_is_no_word():
    marked = "<p onclick='x'>Ball <b>bearings</b></p><script>alert(1)</script>&nbsp;steel"
    assert words_of(plain_text(marked)).keys() == words_of("Ball bearings steel").keys()


def test_a_megabyte_is_cut():
    assert len(plain_text("ball bearing " * 100_000)) <= LONGEST_TEXT


@given(st.text())
def test_any_text_gives_words_with_weights_up_to_one(text):
    assert all(word and 0 < weight <= 1 for word, weight in words_of(plain_text(text)).items())


@pytest.mark.parametrize("part", ["XC7K325T", "XC7K325T-2FFG900C", "STM32F407VGT6", "2N3904", "К155ЛА3", "LM2596"])
def test_the_letters_of_a_part_number_are_no_words(part):
    assert words_of(f"{part} module") == words_of("module")


@pytest.mark.parametrize(("text", "kept"), [
    ("mp3 player", "mp"), ("usb-c cable", "usb"), ("12v battery", "v"), ("a4 paper", "paper"), ("33x33 box", "box"),
])  # fmt: skip
def test_short_mixed_words_and_measures_are_still_read(text, kept):
    assert kept in words_of(text)


def test_a_unit_is_not_the_head():
    assert "^battery" in words_of("12v battery 100ah")
    assert "^hairspray" in words_of("hairspray 200 ml")
