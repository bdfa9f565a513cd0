"""Does a hostile or broken workbook ever take the program down, or lose a row in silence?"""

import zipfile
from pathlib import Path

import pytest
from made_workbooks import text_row, write_workbook
from read_here import put, read

from landwaiter.errors import InputError

HEADER = "declared_on,reporter,flow,exporter_name,description\n"
SHEET_HEADER = text_row(1, *HEADER.strip().split(","))

SHEET_ROW = text_row(2, "2024-01-05", "TW", "export", "Alpha", "chips")


def test_cells_at_both_ends_of_a_sheet_make_no_grid(tmp_path: Path):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    rows, rejects = read(write_workbook(tmp_path / "books.xlsx", SHEET_HEADER + SHEET_ROW + far))
    assert [row["line"] for row in rows] == [2]
    assert [(row["line"], row["reason"]) for row in rejects] == [(1048576, "has a cell XFD1048576 beyond the header")]
    only = write_workbook(tmp_path / "far.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>' + far)
    with pytest.raises(InputError, match="no column for declared_on"):
        read(only)
    wide = write_workbook(tmp_path / "wide.xlsx", '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>')
    with pytest.raises(InputError, match="as far as column 16,384"):
        read(wide)


def test_a_false_dimension_loses_no_row(tmp_path: Path):
    rows = "".join(text_row(n, "2024-01-05", "TW", "export", "Alpha", "chips") for n in range(2, 12))
    source = write_workbook(tmp_path / "books.xlsx", SHEET_HEADER + rows, before='<dimension ref="A1:B2"/>')
    assert len(read(source)[0]) == 10


@pytest.mark.parametrize(
    "row",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="-5"><c><v>1</v></c></row>',
        '<row r="3"><c r="A99"><v>1</v></c></row>',
        '<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>1</v></c></row>',
        '<row r="3"><c r="A3" t="s"><v>99</v></c></row>',
        '<row r="3"><c r="A3" t="e"><v>#REF!</v></c></row>',
        '<row r="3"><c r="A3"><f>1+1</f></c></row>',
        '<row r="3"><c r="A3"><v>many</v></c></row>',
        '<row r="3"><c r="A3" s="1"><v>60</v></c></row>',
    ],
)
def test_a_row_of_a_sheet_that_contradicts_itself_is_a_reject(tmp_path: Path, row: str):
    rows, rejects = read(write_workbook(tmp_path / "books.xlsx", SHEET_HEADER + SHEET_ROW + row))
    assert ([row["line"] for row in rows], len(rejects)) == ([2], 1)


LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


@pytest.mark.parametrize(
    "prolog",
    [LAUGHS, '<!DOCTYPE w SYSTEM "file:///etc/passwd">', '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
)
def test_a_workbook_that_declares_entities_is_refused(tmp_path: Path, prolog: str):
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>&j;&x;</t></is></c></row>'
    with pytest.raises(InputError, match=r"declares a document type|no sound XML"):
        read(write_workbook(tmp_path / "books.xlsx", SHEET_HEADER + row, prolog=prolog))


def test_a_workbook_that_unpacks_to_a_bomb_is_refused(tmp_path: Path):
    rows = SHEET_HEADER + "".join(f'<row r="{n}"><c r="A{n}"><v>{"0" * 9000}</v></c></row>' for n in range(2, 12_000))
    with pytest.raises(InputError, match="as an attack would"):
        read(write_workbook(tmp_path / "books.xlsx", rows))


def test_a_long_cell_of_a_workbook_rejects_its_row_and_an_endless_one_the_file(tmp_path: Path):
    long = text_row(3, "2024-01-05", "TW", "export", "Alpha", "x" * 2_000_000)
    rows, rejects = read(write_workbook(tmp_path / "books.xlsx", SHEET_HEADER + SHEET_ROW + long))
    assert (len(rows), [row["line"] for row in rejects]) == (1, [3])
    endless = text_row(3, "2024-01-05", "TW", "export", "Alpha", "x" * 10_500_000)
    with pytest.raises(InputError, match="a cell too long"):
        read(write_workbook(tmp_path / "books.xlsx", SHEET_HEADER + SHEET_ROW + endless))


def test_an_archive_that_is_no_workbook_or_is_cut_off_is_refused(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "books.zip", "w") as archive:
        archive.writestr("books.csv", HEADER)
    with pytest.raises(InputError, match=r"no \.xlsx workbook"):
        read(tmp_path / "books.zip")
    whole = write_workbook(tmp_path / "books.xlsx", SHEET_HEADER + SHEET_ROW).read_bytes()
    with pytest.raises(InputError, match=r"no whole \.xlsx"):
        read(put(tmp_path / "books.xlsx", whole[:-80]))
    place = whole.index(b"xl/worksheets/sheet1.xml") + 60
    with pytest.raises(InputError, match=r"cut off or damaged|no sound XML"):
        read(put(tmp_path / "books.xlsx", whole[:place] + b"\xff" * 40 + whole[place + 40 :]))
