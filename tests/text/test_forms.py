import gzip
import io
import json
import tarfile
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.text.forms import MOST_WORDS, shape_names
from landwaiter.text.kinds import KINDS, kinds_of
from landwaiter.text.legal_forms import FAMILIES, LIMITED, STOCK, legal_forms
from landwaiter.text.rarity import rarity_of
from landwaiter.text.scripts import ARABIC, CYRILLIC, HAN, HANGUL, KANA, LATIN, OTHER, script_name, scripts_of
from landwaiter.text.words import notions, places

SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"


def words_of(name):
    forms = shape_names([name])
    return [forms.tokens.texts[word] for word in forms.words.words]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("OOO Zavod Elektronika", ["plant", "electronics"]),
        ("ООО «Завод Электроника»", ["plant", "electronics"]),
        ("Acme L.L.C.", ["acme"]),
        ("Acme S. A. de C. V.", ["acme", "de"]),
        ("Dr. John Smith", ["john", "smith"]),
        ("A.B.C. Company", ["abc"]),
        ("Ltd.", ["ltd"]),
        ("Plant No. 28", ["plant", "no"]),
        ("", []),
    ],
)
def test_words_that_say_nothing_are_left_out_where_others_remain(name, words):
    assert words_of(name) == words


def test_equal_names_have_one_digest_whatever_their_order_case_width_and_legal_form():
    names = ["Acme Trading LLC", "TRADING ACME", "ＡＣＭＥ Trading, Inc.", "acme  trading gmbh"]
    assert len(set(shape_names(names).exact.tolist())) == 1
    assert len(set(shape_names(["Acme 1", "Acme 2"]).numbers.tolist())) == 2


def test_ordinals_and_roman_numerals_are_numbers():
    numbers = shape_names(["First Bank", "1st Bank", "Bank 1", "Bank II", "Bank 2"]).numbers.tolist()
    assert numbers[0] == numbers[1] == numbers[2] != numbers[3] == numbers[4]


def test_legal_forms_of_all_scripts_have_a_family():
    forms = shape_names(["Acme LLC", "ООО Акме", "艾克米有限公司", "Acme JSC", "АО Акме", "艾克米股份有限公司", "Acme"])
    assert forms.families.tolist() == [LIMITED] * 3 + [STOCK] * 3 + [0]
    assert set(legal_forms().values()) < set(range(len(FAMILIES)))


def test_a_name_has_syllables_where_it_can_be_mandarin():
    forms = shape_names(["賴清德", "Lai Ching-te", "曾國藩", "Tseng Kuo-fan", "Acme Smith"])
    rows = np.split(forms.syllables.words, forms.syllables.starts[1:-1])
    spoken = [[forms.tokens.texts[word] for word in row] for row in rows]
    assert spoken[0] == spoken[1] == ["~lai", "~ching", "~te"]
    assert spoken[2] == spoken[3] == ["~tseng", "~kuo", "~fan"]
    assert spoken[4] == ["acme", "smith"]


def test_kinds_are_told_by_the_name_itself():
    names = ["Acme LLC", "Иванов Иван Иванович", "ИП Петров", "Acme", "Electronics Plant", "Salman bin Muhammad"]
    said = [KINDS[kind] for kind in kinds_of(shape_names(names))]
    assert said == ["organisation", "person", "person", "unknown", "organisation", "person"]


def test_words_that_many_say_tell_less():
    assert rarity_of("ali") < rarity_of("zawahiri") == 1.0
    assert all(0 < rarity_of(word) <= 1 for word in ("muhammad", "green", "solar"))


def test_every_line_of_the_tables_of_words_has_one_meaning():
    assert notions()["технология"] == notions()["科技"] == "technology"
    assert places()["深圳"] == "shenzhen"
    assert not set(notions()) & set(places())


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        ("Acme", LATIN),
        ("Москва", CYRILLIC),
        ("賴", HAN),
        ("محمد", ARABIC),
        ("東京タワー", HAN | KANA),
        ("12 3", 0),
        ("", 0),
        ("Ωα", OTHER),
        ("김정은", HANGUL),
        ("Aя", LATIN | CYRILLIC),
    ],
)
def test_scripts_are_told_by_code_points(text, scripts):
    assert scripts_of(text) == scripts
    assert script_name(scripts)


def naughty_strings():
    archive = SHARED / "vectors" / "naughty-strings.tar.gz"
    if not archive.exists():
        pytest.skip("the shared vectors are not here")
    found = []
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            data = tar.extractfile(member).read() if member.isfile() else b""
            if member.name.endswith(".gz"):
                data = gzip.GzipFile(fileobj=io.BytesIO(data)).read()
            if member.name.endswith(".json"):
                found += [text for text in json.loads(data) if isinstance(text, str)]
            elif member.isfile():
                found += data.decode("utf-8", "replace").split("\n")
    return found


def test_naughty_strings_have_forms():
    names = naughty_strings()
    assert len(names) > 400
    forms = shape_names(names)
    assert len(forms) == len(names)
    assert forms.words.lengths.max() <= MOST_WORDS


@pytest.mark.parametrize("piece", ["x", "ab ", "賴", "я ", "م", "a.", "-", "1 ", "l l c "])
def test_a_name_of_ten_thousand_characters_is_answered_in_bounded_time(piece):
    begun = time.process_time()
    shape_names([piece * (10_000 // len(piece))] * 20)
    assert time.process_time() - begun < 5


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), max_size=5))
def test_forms_of_a_column_are_those_of_each_name(names):
    together = shape_names(names)
    for place, name in enumerate(names):
        alone = shape_names([name])
        assert alone.exact[0] == together.exact[place]
        assert alone.numbers[0] == together.numbers[place]
        assert alone.squashed[0] == together.squashed[place]


def test_a_chinese_firm_is_told_in_words_where_all_of_them_are_known():
    forms = shape_names(["華為技術有限公司", "华为技术", "Huawei Technologies Co., Ltd."])
    words = [[forms.tokens.texts[word] for word in forms.words.words[start : start + 2]] for start in (0, 2, 4)]
    assert words == [["huawei", "technology"]] * 3
    assert not (forms.scripts & HAN).any()
