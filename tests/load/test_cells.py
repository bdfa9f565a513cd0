"""Does each cell say what it seems to say, and is it refused where it could say two things?"""

from datetime import date

import pytest

from landwaiter.load import cells
from landwaiter.load.cells import CellError


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-05",
        "20240105",
        "2024-01-05T10:30",
        "2024-01-05 10:30:59",
        "2024-01-05T10:30:59.123Z",
        "2024-01-05T23:59:59+08:00",
        "2024-01-05 00:00:00 UTC",
    ],
)
def test_iso_days_are_read_with_and_without_a_time(text: str):
    assert cells.day(text, "") == date(2024, 1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "05/01/2024",
        "1/5/24",
        "05.01.2024",
        "2024/01/05",
        "2024-0105",
        "2024-13-01",
        "2024-02-30",
        "x",
        "２０２４-01-05",
    ],
)
def test_other_forms_of_days_are_refused(text: str):
    with pytest.raises(CellError):
        cells.day(text, "")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("05.01.2024", "%d.%m.%Y"),
        ("01/05/2024", "%m/%d/%Y"),
        ("2024年01月05日", "%Y年%m月%d日"),
        ("113/01/05", "roc"),
        ("1130105", "roc"),
        ("民國113年1月5日", "roc"),
    ],
)
def test_days_are_read_in_the_form_that_is_said(text: str, form: str):
    assert cells.day(text, form) == date(2024, 1, 5)


@pytest.mark.parametrize(
    ("text", "form"), [("2024-01-05", "%d.%m.%Y"), ("31.02.2024", "%d.%m.%Y"), ("113/13/05", "roc")]
)
def test_a_day_of_another_form_is_refused(text: str, form: str):
    with pytest.raises(CellError, match="is no day written as"):
        cells.day(text, form)


@pytest.mark.parametrize(("text", "code"), [("8542.31.00", "85423100"), ("0101 30", "010130"), ("8542", "8542")])
def test_commodity_codes_keep_their_leading_zero(text: str, code: str):
    assert cells.hs_code(text) == code


@pytest.mark.parametrize("text", ["854", "8542310000000", "85A2", "-8542", "8542,31", "٨٥٤٢"])
def test_what_is_no_commodity_code_is_refused(text: str):
    with pytest.raises(CellError):
        cells.hs_code(text)


@pytest.mark.parametrize(
    ("digits", "code"),
    [("1013000", "01013000"), ("10130", "010130"), ("101300010", "0101300010"), ("854231", "854231"), ("101", "101")],
)
def test_a_number_regains_its_zero_where_that_is_certain(digits: str, code: str):
    assert cells.hs_code_of_number(digits) == code


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        ("export", "export"),
        ("EXP", "export"),
        ("出口", "export"),
        ("Экспорт", "export"),
        ("IM", "import"),
        ("進口", "import"),
        ("进口", "import"),
        ("Re-Export", "re-export"),
        ("re export", "re-export"),
        ("轉運", "transit"),
        ("domestic", "domestic"),
    ],
)
def test_flows_are_understood_in_several_languages(text: str, flow: str):
    assert cells.one_of(text, cells.words(cells.FLOWS), "flow") == flow


def test_a_word_that_we_do_not_know_is_refused_with_those_that_we_know():
    with pytest.raises(CellError, match="is no flow that we know: export, import, re-export, transit, domestic"):
        cells.one_of("both", cells.words(cells.FLOWS), "flow")


@pytest.mark.parametrize(
    ("text", "edition"), [("HS2017", "2017"), ("2022", "2022"), ("H4", "2012"), ("hs 2012", "2012")]
)
def test_editions_are_read_as_statistics_write_them(text: str, edition: str):
    assert cells.hs_edition(text) == edition


def test_periods_are_years_or_months():
    assert [cells.period(text, "") for text in ("2024", "2024-05", "202405")] == ["2024", "2024-05", "2024-05"]
    for text in ("2024-13", "05/2024", "2024Q1"):
        with pytest.raises(CellError):
            cells.period(text, "")
    assert cells.period("2024-05-01", "%Y-%m-%d") == "2024-05"


@pytest.mark.parametrize(
    ("text", "signs", "fits"),
    [
        ("1234.5", (".", ""), True),
        ("1,234.5", (".", ""), False),
        ("1,234.5", (".", ","), True),
        ("1,23.5", (".", ","), False),
        ("1.234,5", (",", "."), True),
        ("1 234,5", (",", " "), True),
        ("1e3", (".", ""), True),
        ("0x10", (".", ""), False),
        ("nan", (".", ""), False),
        ("", (".", ""), False),
        (".", (".", ""), False),
        ("１", (".", ""), False),
    ],
)
def test_numbers_have_one_form(text: str, signs: tuple[str, str], fits: bool):
    assert bool(cells.number_form(*signs).fullmatch(text)) is fits
