"""Are names in Hangul and in kana found under their Latin spellings, and told from other names?"""

import numpy as np
import pytest

from landwaiter.text.align import align
from landwaiter.text.evidence import score_names
from landwaiter.text.forms import shape_names
from landwaiter.text.hangul import cut_korean, loose_korean, read_hangul
from landwaiter.text.kana import cut_kana, read_kana
from landwaiter.text.keys import find_keys
from landwaiter.text.legal_forms import LIMITED, STOCK
from landwaiter.text.scripts import script_name

# What a search needs to show a name.
_THRESHOLD = 0.75


def score(left, right):
    ours, theirs = shape_names([left]), shape_names([right])
    place = np.zeros(1, np.int64)
    return float(score_names(align(ours, place, theirs, place, threads=1))[0])


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("김정은", "Kim Jong Un"), ("김정은", "KIM, Jong-un"), ("김정은", "Gim Jeongeun"), ("김 정은", "Kim Jong Un"),
        ("이명박", "Lee Myung-bak"), ("박근혜", "Park Geun-hye"), ("최룡해", "Choe Ryong Hae"),
        ("정경두", "Jeong Kyeong-doo"),
        ("윤석열", "Yoon Suk Yeol"), ("조용원", "Jo Yong Won"), ("안철수", "Ahn Cheol-soo"), ("문재인", "Moon Jae-in"),
        ("강경화", "Kang Kyung-wha"), ("리설주", "Ri Sol Ju"), ("권영세", "Kwon Young-se"),
        ("삼성전자 주식회사", "Samsung Electronics Co Ltd"), ("삼성전자(주)", "Samsung Electronics Co., Ltd."),
        ("㈜한화", "Hanwha Corporation"), ("현대중공업 주식회사", "Hyundai Heavy Industries Co., Ltd."),
        ("단천상업은행", "Tanchon Commercial Bank"), ("단천상업은행", "Dancheon Commercial Bank"),
        ("조선광업개발무역회사", "Korea Mining Development Trading Corporation"),
        ("금호건설", "Kumho Construction"), ("대성무역 유한회사", "Taesong Trading Co. Ltd"),
        ("トヨタ", "Toyota"), ("トヨタ自動車株式会社", "Toyota Motor Corporation"),
        ("ソニー株式会社", "Sony Corporation"),
        ("ヤマダ タロウ", "Yamada Taro"), ("ﾔﾏﾀﾞ ﾀﾛｳ", "Taro Yamada"), ("やまだ たろう", "YAMADA Taro"),
        ("ヤマト・トレーディング(株)", "Yamato Trading Co Ltd"), ("キョウセラ エレクトロニクス", "Kyosera Electronics"),
    ],
)  # fmt: skip
def test_a_name_is_found_under_its_latin_spelling(written, latin):
    assert score(written, latin) >= _THRESHOLD
    assert score(latin, written) == score(written, latin)
    ours, theirs = find_keys(shape_names([written])), find_keys(shape_names([latin]))
    assert set(ours.keys.tolist()) & set(theirs.keys.tolist())


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("김정은", "Kim Yo Jong"), ("김정은", "Park Jong Un"), ("문재인", "Moon Chung-in"), ("이명박", "Lee Jae-myung"),
        ("삼성전자 주식회사", "LG Electronics Inc"), ("삼성전자 주식회사", "Samsung Heavy Industries"),
        ("단천상업은행", "Tongbang Commercial Bank"), ("トヨタ", "Honda"), ("ヤマダ タロウ", "Yamamoto Jiro"),
        ("ヤマト・トレーディング(株)", "Sakura Trading Co Ltd"),
        ("コリア・ヤマト・トレーディング・コーポレーション", "コリア・サクラ・トレーディング・コーポレーション"),
    ],
)  # fmt: skip
def test_another_name_is_not_taken_for_it(written, latin):
    assert score(written, latin) < _THRESHOLD


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("단천", "tanchon"),
        ("고려", "koryo"),
        ("부강", "pugang"),
        ("광선", "kwangson"),
        ("대동", "taedong"),
        ("a단1", "atan1"),
    ],
)
def test_a_word_in_hangul_is_read_as_north_korean_firms_spell_it(word, latin):
    assert read_hangul(word) == latin


@pytest.mark.parametrize(
    "spellings",
    ["tanchon dancheon", "hyundai hyeondae", "kumho geumho", "koryo goryeo", "doosan tusan dusan", "pugang bugang"],
)
def test_romanisations_of_one_korean_word_are_the_same_when_loosened(spellings):
    assert len({loose_korean(word) for word in spellings.split()}) == 1


def test_other_korean_words_stay_different_when_loosened():
    assert len({loose_korean(word) for word in ("hanjin", "hanil", "daehan", "samho", "kangson")}) == 5


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("トヨタ", "toyota"), ("ニッサン", "nissan"), ("しんじゅく", "shinjuku"), ("ツチヤ", "tsuchiya"),
        ("フジ", "fuji"),
        ("とうきょう", "tokyo"), ("おおさか", "osaka"), ("ユウキ", "yuki"), ("マッチャ", "matcha"),
        ("ファナック", "fanakku"),
        ("ヴィア", "via"), ("ッ", ""), ("ティ", "ti"),
    ],
)  # fmt: skip
def test_kana_are_read_as_hepburn_writes_them_without_long_vowels(word, latin):
    assert read_kana(word) == latin


def test_persons_are_cut_into_syllables_and_firms_into_words():
    assert cut_korean("김정은") == "김 정 은"
    assert cut_korean("남궁민수") == "남 궁 민 수"
    assert cut_korean("단천상업은행").split() == ["단천", "상업", "은행"]
    assert cut_korean("현대").split() == ["현대"]
    assert cut_kana("トヨタ自動車").split() == ["トヨタ", "自動車"]


def test_legal_forms_are_read_also_as_one_sign():
    names = ["삼성전자(주)", "㈜삼성전자", "삼성전자 (유)", "トヨタ㈱", "㈲トヨタ", "トヨタ（株）"]
    assert shape_names(names).families.tolist() == [STOCK, STOCK, LIMITED, STOCK, LIMITED, STOCK]
    assert shape_names(["삼성전자(주)"]).squashed == ["samsungelectronics"]


def test_the_script_is_named():
    korean, person, japanese = shape_names(["단천상업은행", "김정은", "トヨタ自動車"]).scripts.tolist()
    assert [script_name(bits) for bits in (korean, person, japanese)] == ["Korean", "Korean", "Japanese"]
