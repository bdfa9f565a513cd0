import pytest

from landwaiter.text.cyrillic import read_cyrillic
from landwaiter.text.sounds import sound_of
from landwaiter.text.tokens import NUMBER, word_of
from landwaiter.text.words import (
    foreign_names,
    notions,
    places,
    root_of,
    roots,
    stem_of,
    stem_of_sound,
    stem_sounds,
    stems,
    stop_words,
)


@pytest.mark.parametrize(
    "endings",
    [("завод", "завода", "заводу", "заводом"), ("связь", "связи"), ("научныи", "научная", "научного", "научному"),
     ("лаборатория", "лаборатории", "лабораторию")],
)  # fmt: skip
def test_all_endings_of_a_word_have_one_stem(endings):
    assert len({stem_of(word) for word in endings}) == 1


def test_a_short_word_keeps_its_end():
    assert stem_of("дома") == "дома"
    assert stem_of_sound("oma") == "oma"


@pytest.mark.parametrize("word", ["заводами", "технологиями", "машинами"])
def test_an_ending_that_no_table_has_says_the_same(word):
    assert word not in notions()
    assert stems()[stem_of(word)] in notions()


def test_a_romanised_word_of_business_is_known_by_its_sound():
    assert stem_sounds()[stem_of_sound(sound_of(read_cyrillic("технологиями")))] == "technology"


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("технологическии", "technology"),
        ("инновационные", "innovation"),
        ("шиппинг", "shipping"),
        ("логистикс", "logistics"),
        ("транс", "transport"),
        ("сигнал", "signal"),
    ],
)
def test_an_adjective_and_an_english_word_in_cyrillic_are_known(word, said):
    assert word_of(word).text == said


def test_a_root_that_two_words_have_says_neither():
    table = roots()
    assert table[root_of("технология")] == "technology"
    assert root_of("мир") == ""
    assert all(len(root) > 4 for root in table)


def test_stop_words_join_and_say_nothing_of_anybody():
    assert all(len(word) <= 5 for word in stop_words() if "\u3400" <= word[0] <= "\u9fff")


def test_what_a_foreign_word_says_is_no_foreign_word_of_another():
    said = foreign_names()
    assert all(said.get(english, english) == english for english in said.values())


def test_no_word_is_a_notion_and_a_place():
    assert not notions().keys() & places().keys()


@pytest.mark.parametrize(
    ("word", "is_number"), [("xii", True), ("iv", True), ("3", True), ("xi", False), ("r0snano", False)]
)
def test_a_family_name_is_no_numeral(word, is_number):
    assert (word_of(word).kind == NUMBER) == is_number


@pytest.mark.parametrize(("misread", "known"), [("lirnited", "limited"), ("engineerlng", "engineering")])
def test_a_misread_word_of_business_is_known_again(misread, known):
    assert word_of(misread) == word_of(known)
