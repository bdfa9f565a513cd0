import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.text.align import CONFLICT, ONE_SIDED, align
from landwaiter.text.evidence import (
    AGREES,
    DEFAULT_THRESHOLD,
    DIFFERS,
    Evidence,
    compare_legal_forms,
    explain,
    no_evidence,
    score_names,
    weigh,
)
from landwaiter.text.forms import shape_names


def aligned(pairs):
    left, right = (shape_names([pair[side] for pair in pairs]) for side in (0, 1))
    places = np.arange(len(pairs))
    return align(left, places, right, places, threads=1)


def score(first, second):
    return float(score_names(aligned([(first, second)]))[0])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("賴清德", "Lai Ching-te"),
        ("賴清德", "Ching-te Lai"),
        ("赖清德", "Lai Qingde"),
        ("Зеленський Володимир", "Volodymyr Zelenskyy"),
        ("深圳市華強電子有限公司", "Shenzhen Huaqiang Electronics Co., Ltd."),
        ("ООО «Ромашка»", "Romashka LLC"),
        ("Huawei Technologies", "Hua Wei Technologies Co Ltd"),
        ("محمد الظواهري", "Muhammad al-Zawahiri"),
        ("vanderbilt corp", "van der bilt corp"),
        ("Putin, Vladimir", "Vladimir PUTIN"),
        ("Mohammed Hussein Al-Rawi", "Muhammad Husayn al Rawi"),
    ],
)
def test_one_name_in_two_writings_reaches_the_threshold(first, second):
    assert score(first, second) >= DEFAULT_THRESHOLD


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("賴清德", "William Lai"),
        ("賴清德", "Lai Shih-pao"),
        ("王小明", "王明小"),
        ("Angela Merkel", "Angela Cruz"),
        ("Zavod No 28 Moskva", "Zavod No 29 Moskva"),
        ("Alfa Trading LLC", "Beta Trading LLC"),
        ("Ivan Petrov", "Ivan Sidorov"),
        ("", "Acme"),
        ("Vladimir", "Vladimir Putin Petrovich"),
    ],
)
def test_two_names_stay_under_the_threshold(first, second):
    assert score(first, second) < DEFAULT_THRESHOLD


def test_a_name_alone_never_scores_one():
    assert score("Gazprom", "Gazprom") < 1
    assert score("General Trading LLC", "General Trading Ltd") < score("Gazprom", "GAZPROM")


def test_numbers_are_weighed():
    found = aligned(
        [("Plant 1 Acme", "Acme Plant 1"), ("Plant 1 Acme", "Plant Acme"), ("Plant 1 Acme", "Plant 2 Acme")]
    )
    assert found.numbers.tolist() == [0, ONE_SIDED, CONFLICT]
    assert found.score[0] > found.score[1] > found.score[2]


NAMES = st.sampled_from(
    [
        "Acme",
        "Global",
        "Trading",
        "Wang",
        "Lai",
        "Ching",
        "Te",
        "Иванов",
        "Петр",
        "賴",
        "清",
        "德",
        "محمد",
        "LLC",
        "28",
        "x",
    ]
)
FULL_NAMES = st.one_of(st.lists(NAMES, max_size=5).map(" ".join), st.text(max_size=25))


@settings(deadline=None)
@given(st.lists(st.tuples(FULL_NAMES, FULL_NAMES), min_size=1, max_size=6))
def test_the_score_is_the_same_from_either_side_and_in_any_company(pairs):
    there, back = aligned(pairs), aligned([(second, first) for first, second in pairs])
    assert np.allclose(there.score, back.score, atol=1e-9)
    assert ((there.score >= 0) & (there.score <= 1)).all()
    for place, pair in enumerate(pairs):
        assert np.isclose(aligned([pair]).score[0], there.score[place], atol=1e-9)


TELLING = "acme global romashka zenith kupol delta orbita huawei severnaya"
WORDS = st.lists(st.sampled_from(TELLING.split()), min_size=1, max_size=4, unique=True)


@settings(deadline=None)
@given(WORDS, WORDS, st.randoms(use_true_random=False))
def test_case_width_order_and_legal_form_change_nothing(first, second, chance):
    left, right = " ".join(first), " ".join(second)
    wide = "".join(chr(ord(char) + 0xFEE0) if char.isalpha() else char for char in left)
    turned = chance.sample(first, len(first))
    found = aligned([(left, right), (left.upper(), right), (wide, right), (f"{left} LLC", f"ООО {right}")])
    assert np.allclose(found.score, found.score[0])
    assert aligned([(left, " ".join(turned))]).score[0] == 1.0


SIGNS = st.sampled_from([DIFFERS, 0, AGREES])


@settings(deadline=None)
@given(st.floats(0, 0.97), st.tuples(*[SIGNS] * 6), st.integers(0, 5))
def test_more_agreement_never_lowers_and_more_conflict_never_raises(name, signs, changed):
    fields = list(Evidence.__dataclass_fields__)
    names = np.array([name])

    def weighed(values):
        return weigh(
            names, Evidence(**{field: np.array([sign], np.int8) for field, sign in zip(fields, values, strict=True)})
        )

    by_sign = {sign: weighed([*signs[:changed], sign, *signs[changed + 1 :]])[0] for sign in (DIFFERS, 0, AGREES)}
    assert by_sign[DIFFERS] <= by_sign[0] <= by_sign[AGREES]
    assert by_sign[AGREES] <= 1


def test_the_reason_says_what_agrees_and_what_does_not():
    left, right = shape_names(["ООО Ромашка"]), shape_names(["Romashka JSC"])
    places = np.arange(1)
    found = align(left, places, right, places, threads=1)
    evidence = Evidence(
        **{**no_evidence(1), "country": np.array([AGREES], np.int8),
           "legal_form": compare_legal_forms(left, places, right, places)}
    )  # fmt: skip
    scripts = (int(left.scripts[0]), int(right.scripts[0]))
    said = explain(found, evidence, 0, scripts=scripts)
    assert said == "name 1.00 (Cyrillic to Latin), country agrees, legal form differs"
