"""Are small files in the official forms read into paragraphs and codes, and is anything else refused?"""

import io
import zipfile
from datetime import date

import pytest

from landwaiter.errors import ListError
from landwaiter.ref.paragraphs import Version
from landwaiter.sources.controls.reading import FORMS, READERS, read_controls

CCL = """<?xml version="1.0"?><DIV9 N="Supplement No. 1 to Part 774" TYPE="APPENDIX">
<HEAD>The Commerce Control List</HEAD>
<HD1>Category 3 - Electronics</HD1><P><B>3A001 Electronic items as follows (see List of Items Controlled).</B></P>
<P>License Requirements</P><P><I>Reason for Control:</I> NS</P><P>a. and b. are not items here</P>
<P><I>Items:</I></P><P>a. General purpose integrated circuits, as follows:</P>
<P>a.1. Circuits withstanding a dose of 5 × 10<sup>3</sup> Gy (Si), or higher;</P>
<NOTE><HED>Note:</HED><P>3A001.a.1 does not apply to toys.</P><P>a. none; <I>or</I></P></NOTE>
<P>a.2. “ADCs” having a “sample rate” greater than 1.3 GSPS;</P><P>b. Microwave items:</P>
<P><B>3A002 General purpose equipment (see List of Items Controlled).</B></P><P><I>Items:</I> a. Recorders;</P>
</DIV9>"""

HTS = """<DIV9><HEAD>Supplement No. 4 to Part 746</HEAD><TABLE><TR><TH>HTS-6 Code</TH><TH>Description</TH></TR>
<TR><TD>8542.31</TD><TD>Processors and controllers</TD></TR><TR><TD>854232</TD><TD>Memories</TD></TR>
<TR><TD>8542.31</TD><TD>Processors again</TD></TR></TABLE></DIV9>"""

ANNEX = """<html xmlns="http://www.w3.org/1999/xhtml"><body>
<table><tr><td><p>3A002</p></td><td><p>General purpose equipment, as follows:</p>
<table><tr><td><p>d.</p></td><td><p>Signal generators having any of the following:</p>
<table><tr><td><p>1.</p></td><td><p>A power exceeding 100 mW;</p></td></tr>
<tr><td><p>6.</p></td><td><p>A maximum frequency exceeding 1,5 GHz;</p><p>Note: 3A002.d. does not control toys.</p>
</td></tr></table>
</td></tr><tr><td><p>e.</p></td><td><p>Network analysers</p></td></tr></table></td></tr></table>
<table><tr><td><p>3A003</p></td><td><p>Spray cooling</p></td></tr></table></body></html>"""

GRID = """<html xmlns="http://www.w3.org/1999/xhtml"><body><p>4A001Electronic computers, as follows:</p>
<div class="grid-container grid-list"><div class="list grid-list-column-1"><span>a.</span></div>
<div class="grid-list-column-2"><p>Computers having any of the following:</p>
<div class="grid-container grid-list"><div class="grid-list-column-1"><span>1.</span></div>
<div class="grid-list-column-2"><p>Rated above 358 K (85 °C);</p></div></div></div></div></body></html>"""

CN = """<html><body><table><tr><td>CN code</td><td>Description</td></tr><tr><td>8542 31 10</td><td>Processors</td></tr>
<tr><td>ex 8543 70</td><td>Machines</td></tr><tr><td>none</td><td>else</td></tr></table></body></html>"""

ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<table:table><table:table-row><table:table-cell><text:p>項次</text:p></table:table-cell>
<table:table-cell><text:p>HS Code</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>1</text:p></table:table-cell>
<table:table-cell><text:p>8457.10</text:p>
</table:table-cell>
<table:table-cell><text:p>綜合加工機</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="16380"/>
</table:table-row></table:table></office:document-content>"""

XLSX_STRINGS = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>集積回路</t></si>
<si><t>解釈</t></si></sst>"""
XLSX_SHEET = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row><c><v>7</v></c><c t="inlineStr"><is><t>(1)</t></is></c><c t="s"><v>0</v></c></row>
<row><c/><c/><c t="s"><v>1</v></c></row></sheetData></worksheet>"""


def packed(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, text in members.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return buffer.getvalue()


def read(tmp_path, name, data, form):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_controls(path, form=form, control_list="toy", valid_from=date(2026, 1, 1))


def shown(paragraphs):
    return [(one.kind, one.path, one.text) for one in paragraphs]


def test_the_american_list_in_xml(tmp_path):
    found = read(tmp_path, "title-15.xml", CCL, "ecfr-774")
    assert [one.path for one in found if one.kind == "item"] == [
        "3A001.a", "3A001.a.1", "3A001.a.2", "3A001.b", "3A002.a",
    ]  # fmt: skip
    version = Version("toy", date(2026, 1, 1), None, found)
    assert version.at["3A001"].text == "Electronic items as follows (see List of Items Controlled)."
    assert "5 × 10 3" in version.at["3A001.a.1"].text
    assert [note.effect for note in version.notes["3A001.a.1"]][1:2] == ["narrows"]
    assert found[-1].locator == "title-15.xml, 3A002.a"


def test_customs_codes_of_the_american_supplements(tmp_path):
    found = read(tmp_path, "part-746.xml", HTS, "ecfr-746")
    assert shown(found) == [("code", "854231", "Processors and controllers"), ("code", "854232", "Memories")]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (ANNEX, ["3A002", "3A002.d", "3A002.d.1", "3A002.d.6", "3A002.e", "3A003"]),
        (GRID, ["4A001", "4A001.a", "4A001.a.1"]),
    ],
)
def test_the_european_list_in_both_layouts(tmp_path, text, paths):
    found = read(tmp_path, "annex.xhtml", text, "eurlex-annex-i")
    assert [one.path for one in found if one.kind in ("heading", "item")] == paths


def test_a_note_of_the_european_list_is_a_note(tmp_path):
    found = read(tmp_path, "annex.xhtml", ANNEX, "eurlex-annex-i")
    assert [(one.path, one.effect) for one in found if one.kind == "note"] == [("3A002.d.6", "narrows")]


def test_european_codes_keep_their_ex(tmp_path):
    found = read(tmp_path, "833.xhtml", CN, "eurlex-cn")
    assert shown(found) == [("code", "85423110", "Processors"), ("code", "854370", "ex Machines")]


def test_sheets_of_codes_and_of_items(tmp_path):
    assert shown(read(tmp_path, "shtc.ods", packed(content_xml=ODS), "code-sheet")) == [
        ("code", "845710", "綜合加工機")
    ]
    assert shown(read(tmp_path, "shtc.csv", "code,name\n8457.10,Machining centres\n", "code-sheet")) == [
        ("code", "845710", "Machining centres")
    ]
    book = packed(xl__sharedStrings_xml=XLSX_STRINGS, xl__worksheets__sheet1_xml=XLSX_SHEET)
    assert shown(read(tmp_path, "matrix.xlsx", book, "item-matrix")) == [
        ("item", "7.1", "集積回路"), ("note", "7.1", "解釈"),
    ]  # fmt: skip


@pytest.mark.parametrize("form", sorted(FORMS))
def test_what_is_not_in_the_form_is_refused(tmp_path, form):
    name = "list.csv" if "sheet" in form or "matrix" in form else "list.xml"
    with pytest.raises(ListError, match="holds nothing in the form"):
        read(tmp_path, name, "<a>none</a>", form)
    assert set(READERS) == set(FORMS)


def test_broken_files_and_unknown_forms_are_refused(tmp_path):
    with pytest.raises(ListError, match="is no XML"):
        read(tmp_path, "x.xml", "<a>", "ecfr-774")
    with pytest.raises(ListError, match="neither ODS"):
        read(tmp_path, "x.ods", b"not a zip", "code-sheet")
    with pytest.raises(ListError, match="is no form"):
        read(tmp_path, "x.xml", "<a/>", "pdf")
