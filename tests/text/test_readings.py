import pytest

from landwaiter.text.arabic import read_arabic, skeleton
from landwaiter.text.cyrillic import read_cyrillic
from landwaiter.text.fold import fold
from landwaiter.text.han import cut_chinese, reading_of
from landwaiter.text.letters import read_letters
from landwaiter.text.sounds import sound_of
from landwaiter.text.syllables import coarse_of_pinyin, is_pinyin_only, syllables_of_word


def key(word):
    return sound_of(read_cyrillic(fold([word])[0]))


@pytest.mark.parametrize(
    "spellings",
    [
        "Зеленський Зеленский Zelensky Zelenskyy Zelenskiy Zelenskyi Zelenskij",
        "Александр Alexander Aleksandr",
        "Олександр Oleksandr",
        "Юлия Юлія Yulia Julia Iuliia",
        "Дмитриев Dmitriev Dmitriyev Dmitrijew",
        "Алексей Alexey Aleksei Alexei",
        "Фёдор Fyodor Fedor",
        "Пётр Pyotr Petr",
        "Соловьёв Solovyov Soloviev Solovyev",
        "Евгений Yevgeny Evgenii Evgeny",
        "Жириновский Zhirinovsky",
        "Хрущёв Khrushchev Khrushchyov",
        "Щербаков Shcherbakov Scherbakov",
        "Лукашенко Lukashenko",
    ],
)
def test_spellings_of_one_cyrillic_name_share_a_key(spellings):
    assert len({key(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize("pair", ["Иванов Петров", "Ivanov Ivanova", "Borisov Denisov", "Kozlov Kozyrev"])
def test_different_names_keep_different_keys(pair):
    first, second = pair.split()
    assert key(first) != key(second)


@pytest.mark.parametrize(
    ("spelling", "pinyin"),
    [
        ("lai", "lai"), ("ching", "qing"), ("te", "de"), ("hsieh", "xie"), ("shieh", "xie"), ("szu", "si"),
        ("ssu", "si"), ("jhih", "zhi"), ("cing", "qing"), ("syu", "xu"), ("hsu", "xu"), ("chou", "zhou"),
        ("chow", "zhou"), ("tsai", "cai"), ("lee", "li"), ("mai", "mai"), ("hai", "hai"), ("kuo", "guo"),
        ("yu", "you"), ("jung", "rong"), ("wun", "wen"), ("tzu", "zi"), ("huei", "hui"), ("lyu", "lv"),
    ],
)  # fmt: skip
def test_every_usual_spelling_of_a_syllable_leads_to_one_word(spelling, pinyin):
    assert syllables_of_word(spelling, is_pinyin=False) == (coarse_of_pinyin(pinyin),)


@pytest.mark.parametrize(
    ("word", "count"), [("qingde", 2), ("chingte", 2), ("yingjie", 2), ("shenzhen", 2), ("huawei", 2), ("xian", 1)]
)
def test_a_word_is_cut_into_as_few_syllables_as_it_can_be(word, count):
    assert len(syllables_of_word(word, is_pinyin=True)) == count


@pytest.mark.parametrize("word", ["smith", "gazprom", "x" * 60, "", "1234"])
def test_what_is_no_mandarin_has_no_syllables(word):
    assert syllables_of_word(word, is_pinyin=True) == ()


def test_chi_is_another_syllable_in_wade_giles_than_in_pinyin():
    assert syllables_of_word("chi", is_pinyin=False) == (coarse_of_pinyin("ji"),)
    assert syllables_of_word("chi", is_pinyin=True) == (coarse_of_pinyin("chi"),)
    assert is_pinyin_only("qingde")
    assert not is_pinyin_only("ching")


def test_chinese_is_simplified_and_cut_at_words_of_business():
    assert cut_chinese(["深圳市華強電子有限公司"])[0].split() == ["深圳", "华", "强", "电子", "有限公司"]
    assert cut_chinese(["王建設"])[0].split() == ["王", "建", "设"]  # three characters are somebody's name
    assert cut_chinese([]) == []
    assert reading_of("赖") == "lai"


def test_consonants_of_arabic_are_those_of_its_romanisations():
    assert skeleton(read_arabic("محمد")) == skeleton("muhammad") == skeleton("mohamed")
    assert skeleton(read_arabic(fold(["الظواهري"])[0])) == skeleton("zawahiri")


@pytest.mark.parametrize(("word", "read"), [("ბარაკ", "barak"), ("Օբամա", "obama"), ("Νικος", "nikos")])
def test_other_alphabets_are_read_letter_by_letter(word, read):
    assert read_letters(fold([word])[0]) == read


def test_each_character_reads_as_the_library_that_the_table_was_made_from_reads_it():
    """The table spares loading a library of phrases; it may not say anything else."""
    pinyin = pytest.importorskip("pypinyin")
    characters = [chr(code) for code in (*range(0x3400, 0xA000), *range(0x20000, 0x20400))]
    assert [reading_of(one) for one in characters] == [
        coarse_of_pinyin(pinyin.lazy_pinyin(one)[0]) for one in characters
    ]
