"""What do the annexes of EU regulations say in the XHTML of EUR-Lex: paragraphs of Annex I, CN codes of others?"""

import re
from collections.abc import Iterator

from lxml import etree

from landwaiter.ref.paragraphs import Line
from landwaiter.sources.controls.ecfr import root_of, words_of
from landwaiter.sources.controls.markers import Marked, grow

ENTRY = re.compile(r"^(\d[A-E]\d{3})\.?$")
INLINE = re.compile(r"^(\d[A-E]\d{3})\s*(?=[A-Z\"“‘'])(.+)", re.DOTALL)
MARKER = re.compile(r"^(?:[a-z]{1,2}|\d{1,2})\.$")
NOTE = re.compile(r"^(?:Technical Notes?|N\.?B|Notes?)\b", re.IGNORECASE)
CN_CODE = re.compile(r"^(?:ex\s*)?(\d{4}(?:[ .]?\d{2}){0,3})$", re.IGNORECASE)


def read_annex_i(name: str, data: bytes) -> list[Line]:
    """Lines of every entry, from rows of a marker and a text, tables within tables or blocks of two columns."""
    lines: list[Line] = []
    entry, base = "", 0
    rows: list[Marked] = []
    for depth, marker, text in _rows(root_of(name, data)):
        code = ENTRY.match(marker)
        inline = INLINE.match(text) if not marker and not NOTE.match(text) else None
        if code or inline:
            lines += grow(entry, rows) if entry else []
            base = depth if code else depth - 1
            entry = code[1] if code else inline[1] if inline else ""
            rows = [Marked(1, entry, text if code else inline[2] if inline else text)]
        elif entry:
            rows.append(Marked(depth - base + 1, marker, text))
    return lines + (grow(entry, rows) if entry else [])


def _rows(root: etree._Element) -> Iterator[tuple[int, str, str]]:
    """Depth, marker and text of each row; a paragraph without a marker beside it stands alone."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        tag = etree.QName(element).localname
        cells = _cells(element, tag)
        if len(cells) == 2 and (MARKER.match(words_of(cells[0])) or ENTRY.match(words_of(cells[0]))):
            depth = sum(1 for parent in element.iterancestors() if _is_row(parent)) + 1
            yield depth, words_of(cells[0]), _own_words(cells[1])
        elif tag == "p" and not _is_first_of_row(element) and words_of(element):
            depth = sum(1 for parent in element.iterancestors() if _is_row(parent)) + 1
            yield depth, "", words_of(element)


def _cells(element: etree._Element, tag: str) -> list[etree._Element]:
    if tag == "tr":
        return [cell for cell in element if etree.QName(cell).localname == "td"]
    if tag == "div" and "grid-container" in (element.get("class") or ""):
        return [cell for cell in element if "grid-list-column" in (cell.get("class") or "")]
    return []


def _is_row(element: etree._Element) -> bool:
    return len(_cells(element, etree.QName(element).localname)) == 2


def _own_words(cell: etree._Element) -> str:
    """The text of a cell up to its first table or block of rows."""
    blocks = [child for child in cell if isinstance(child.tag, str)]
    first = next((child for child in blocks if etree.QName(child).localname == "p"), None)
    if first is not None:
        return words_of(first)
    said = [cell.text or ""]
    for child in blocks:
        if etree.QName(child).localname in ("table", "div"):
            break
        said += ["".join(child.itertext()), child.tail or ""]
    return " ".join("".join(said).split())


def _is_first_of_row(element: etree._Element) -> bool:
    """Whether a paragraph is the marker or the first text of a row, which the row itself gives."""
    parent = element.getparent()
    if parent is None or parent.getparent() is None or not _is_row(parent.getparent()):
        return False
    return next((child for child in parent if etree.QName(child).localname == "p"), None) is element


def read_cn_tables(name: str, data: bytes) -> list[Line]:
    """CN codes of every table that has them in its first or second column, with the name beside each."""
    lines: list[Line] = []
    seen: set[str] = set()
    for row in root_of(name, data).iter("{*}tr"):
        cells = [words_of(cell) for cell in row if etree.QName(cell).localname in ("td", "th")]
        found = next((match for cell in cells[:2] if (match := CN_CODE.match(cell))), None)
        code = re.sub(r"\D", "", found[1]) if found else ""
        if found and code not in seen:
            seen.add(code)
            words = max((cell for cell in cells if not CN_CODE.match(cell)), key=len, default=code)
            lines.append(Line(code, "code", f"ex {words}" if found.group().lower().startswith("ex") else words))
    return lines
