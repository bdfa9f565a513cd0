"""Planted truth: words that say something in made pairs of names are learned, chance neighbours are not."""

import importlib.util
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "bench" / "learn_words.py"


def learn_words():
    spec = importlib.util.spec_from_file_location("learn_words", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_word_is_learned_that_says_the_same_in_several_names():
    learn = learn_words()
    names = [
        ("雪狼甲", "snowwolf orlan"),
        ("雪狼乙", "snowwolf vektor"),
        ("雪狼丙", "snowwolf kupol"),
        ("丁戊", "other"),
    ]
    pairs = [(learn.pieces_of(chinese), learn.latin_words(latin)) for chinese, latin in names]
    assert learn.learned(pairs) == [("雪狼", "snowwolf", 3)]


def test_what_stands_together_too_seldom_is_not_learned():
    learn = learn_words()
    names = [("雪狼甲", "snowwolf orlan"), ("雪狼乙", "snowwolf vektor")]
    assert learn.learned([(learn.pieces_of(chinese), learn.latin_words(latin)) for chinese, latin in names]) == []


def test_words_that_are_known_already_are_told_as_what_they_say():
    learn = learn_words()
    assert learn.latin_words("orlan technologies llc") == ["orlan", "technology"]
    assert "科技" in learn.pieces_of("雪狼科技有限公司")


def test_long_legal_forms_have_a_family():
    learn = learn_words()
    pairs = [line.partition(": ") for line in learn.ALSO.splitlines() if line]
    assert {family for family, _, _ in pairs} <= {"limited", "stock", "state", "partnership"}
    assert all(phrase for _, _, phrases in pairs for phrase in phrases.split("|"))
