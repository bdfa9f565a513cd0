"""Are name cells taken apart that mix scripts, markers, aliases and notes?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landwaiter.sources.mixed_names import by_script, take_apart


@pytest.mark.parametrize(
    ("cells", "names", "weak"),
    [
        (("A Trading Co., Ltd.",), ["A Trading Co., Ltd."], []),
        (("米達斯照明有限公司; 簡體中文：米达斯照明",), ["米達斯照明有限公司", "米达斯照明"], []),
        (("Midas；繁體中文：米達斯；簡體中文：米达斯",), ["Midas", "米達斯", "米达斯"], []),
        (("Midas Lighting Traditional Chinese: 米達斯",), ["Midas Lighting", "米達斯"], []),
        (("Sample Works", "<span   id='alias'>SW;Sample Factory"), ["Sample Works", "Sample Factory"], ["SW"]),
        (("Sample Works alias: Sample Factory",), ["Sample Works", "Sample Factory"], []),
        (
            ("OOO Primer, a.k.a., the following two aliases: -Primer LLC; and -Sample",),
            ["OOO Primer", "Primer LLC", "Sample"],
            [],
        ),
        (("Sample Works (formerly known as Old Works)",), ["Sample Works", "Old Works"], []),
        (("IBM",), ["IBM"], []),
        (("Sample\nSample\nOther Sample",), ["Sample", "Other Sample"], []),
        (("・Sample Base\n・The Sample Front",), ["Sample Base", "The Sample Front"], []),
        (
            ("(a) First Works; b) Second Works; ii. Third Works; 4. Fourth",),
            ["First Works", "Second Works", "Third Works", "Fourth"],
            [],
        ),
        (("A. Beispiel; I. Primer",), ["A. Beispiel", "I. Primer"], []),
        (("A) :",), ["A) :"], []),
        (("  ",), [], []),
    ],
)
def test_names(cells: tuple[str, ...], names: list[str], weak: list[str]) -> None:
    found = take_apart(*cells)
    assert found.names == names
    assert found.weak_names == weak


def test_reference_to_a_un_list_and_notes_are_no_names() -> None:
    found = take_apart("Adam Beispiel（永久參考號：LYi.901）", "Adam B. (note: a cousin)")
    assert found.names == ["Adam Beispiel", "Adam B."]
    assert found.references == ["LYi.901"]
    assert found.notes == ["a cousin"]


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("A Trading Co. (甲貿易)", ["A Trading Co.", "甲貿易"]),
        ("甲貿易（A Trading）", ["甲貿易", "A Trading"]),
        ("Huawei Technologies 華為技術有限公司", ["Huawei Technologies", "華為技術有限公司"]),
        ("範例TCL科技 (Sample TCL)", ["範例TCL科技", "Sample TCL"]),
        ("北京ABC科技有限公司", ["北京ABC科技有限公司"]),
        ("華為技術（深圳）有限公司", ["華為技術（深圳）有限公司"]),
        ("Pervaiz Trading Co. (PCTC)", ["Pervaiz Trading Co. (PCTC)"]),
    ],
)
def test_by_script(name: str, spellings: list[str]) -> None:
    assert by_script(name) == spellings


@given(st.text(alphabet="KM .,;:()（）-甲乙\n簡體中文：", max_size=60))
def test_no_letter_of_a_name_is_lost(cell: str) -> None:
    found = take_apart(cell)
    kept = "".join([*found.names, *found.weak_names, *found.notes])
    assert {sign for sign in cell if sign in "KM甲乙"} <= set(kept) | set("簡體中文")
