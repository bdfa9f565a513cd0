"""Does a sheet say the same as the text that a person sees in it?"""

from datetime import date
from pathlib import Path

import pytest
from made_workbooks import text_row, write_workbook
from read_here import read

from landwaiter.errors import InputError
from landwaiter.load.loading import read_rows
from landwaiter.load.mapping import Mapping
from landwaiter.load.serials import day_of_serial, shows_a_day

HEADER = text_row(1, "declared_on", "reporter", "flow", "exporter_name", "hs_code", "quantity")


def row(number: int, day: str, code: str = "", quantity: str = "") -> str:
    texts = "".join(f'<c r="{c}{number}" t="s"><v>{n}</v></c>' for c, n in (("B", 0), ("C", 1), ("D", 2)))
    return f'<row r="{number}">{day}{texts}{code}{quantity}</row>'


STRINGS = "<si><t>TW</t></si><si><t>export</t></si><si><r><t>Al</t></r><r><t>pha</t></r><rPh><t>no</t></rPh></si>"


@pytest.mark.parametrize(
    ("day", "is_1904"),
    [
        ('<c r="A2" s="1"><v>45296</v></c>', False),
        ('<c r="A2" s="2"><v>45296.75</v></c>', False),
        ('<c r="A2" s="1"><v>43834</v></c>', True),
        ('<c r="A2" t="d"><v>2024-01-05</v></c>', False),
        ('<c r="A2" t="inlineStr"><is><t>2024-01-05</t></is></c>', False),
        ('<c r="A2" t="str"><f>TEXT(B1)</f><v>2024-01-05</v></c>', False),
    ],
)
def test_days_are_read_by_the_style_of_their_cell(tmp_path: Path, day: str, is_1904: bool):
    source = write_workbook(tmp_path / "b.xlsx", HEADER + row(2, day), strings=STRINGS, is_1904=is_1904)
    rows, rejects = read(source)
    assert rejects == []
    assert (rows[0]["declared_on"], rows[0]["reporter"], rows[0]["exporter_name"]) == (date(2024, 1, 5), "TW", "Alpha")


def test_a_plain_number_is_no_day(tmp_path: Path):
    day = '<c r="A2"><v>45296</v></c>'
    _, rejects = read(write_workbook(tmp_path / "b.xlsx", HEADER + row(2, day), strings=STRINGS))
    assert [(reject["column"], reject["value"]) for reject in rejects] == [("declared_on", "45296")]


def test_a_code_stored_as_a_number_regains_its_zero(tmp_path: Path):
    day = '<c r="A2" s="1"><v>45296</v></c>'
    code, quantity = '<c r="E2"><v>1013000</v></c>', '<c r="F2" s="3"><v>1.5E3</v></c>'
    rows, _ = read(write_workbook(tmp_path / "b.xlsx", HEADER + row(2, day, code, quantity), strings=STRINGS))
    assert (rows[0]["hs_code"], rows[0]["quantity"]) == ("01013000", 1500.0)


def test_rows_without_any_value_are_no_rows(tmp_path: Path):
    day = '<c r="A9" s="1"><v>45296</v></c>'
    empty = '<row r="3"/><row r="4"><c r="A4" s="1"/></row><row r="5"><c r="A5" t="inlineStr"><is><t/></is></c></row>'
    rows, rejects = read(write_workbook(tmp_path / "b.xlsx", HEADER + empty + row(9, day), strings=STRINGS))
    assert ([found["line"] for found in rows], rejects) == ([9], [])


def test_places_that_are_not_said_follow_each_other(tmp_path: Path):
    cells = ("name", "kind"), ("Alpha", "company")
    rows = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{t}</t></is></c>' for t in line) + "</row>" for line in cells
    )
    assert read_rows(write_workbook(tmp_path / "b.xlsx", rows)).to_pylist() == [{"name": "Alpha", "kind": "company"}]


def test_the_first_sheet_is_read_or_the_one_that_is_named(tmp_path: Path):
    source = write_workbook(tmp_path / "b.xlsx", text_row(1, "name") + text_row(2, "A"), sheets=("One", "Two"))
    assert read_rows(source, mapping=Mapping(sheet="Two")).num_rows == 1
    with pytest.raises(InputError, match=r"no sheet 'Three'.*One, Two"):
        read_rows(source, mapping=Mapping(sheet="Three"))


@pytest.mark.parametrize(
    ("number", "is_1904", "day"),
    [
        (1, False, "1900-01-01"),
        (59, False, "1900-02-28"),
        (60, False, None),
        (61, False, "1900-03-01"),
        (45296, False, "2024-01-05"),
        (45296.5, False, "2024-01-05T12:00:00"),
        (2958465, False, "9999-12-31"),
        (2958466, False, None),
        (0.5, False, None),
        (-1, False, None),
        (float("nan"), False, None),
        (0, True, "1904-01-01"),
        (43834, True, "2024-01-05"),
    ],
)
def test_serial_numbers_are_days_of_two_calendars(number: float, is_1904: bool, day: str | None):
    assert day_of_serial(number, is_1904=is_1904) == day


@pytest.mark.parametrize(
    ("form", "is_day"),
    [
        ("dd/mm/yyyy", True),
        ("[$-404]e/m/d", True),
        ("yyyy\\-mm", True),
        ("0.00", False),
        ('0 "days"', False),
        ("#,##0;[Red]-#,##0", False),
        ("General", False),
        ("\\d0", False),
    ],
)
def test_a_number_format_shows_a_day_or_not(form: str, is_day: bool):
    assert shows_a_day(form) is is_day
