"""What do the US lists say in the XML of the eCFR: paragraphs of 15 CFR 774, customs codes of 15 CFR 746?"""

import re
from collections.abc import Iterator

from lxml import etree

from landwaiter.errors import ListError
from landwaiter.ref.legal import tidy
from landwaiter.ref.paragraphs import Line
from landwaiter.sources.controls.labels import Printed, settle, split_label

HEADING = re.compile(r"^(\d[A-E]\d{3})\b[.\s]*(.+)", re.DOTALL)
BLOCKS = ("P", "FP", "FP-1", "FP-2", "HD1", "HD2", "HD3", "HED", "FRP")
NOTES = ("NOTE", "NOTES", "EXTRACT")
CODE = re.compile(r"^\d{4}(?:[.\s]?\d{2}){0,3}$")


def root_of(name: str, data: bytes) -> etree._Element:
    """The root of an XML or XHTML file; no entity is followed and nothing is fetched."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, huge_tree=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ListError(name, f"is no XML: {error.msg}", "save it again from the publisher") from error


def words_of(element: etree._Element) -> str:
    """All text of an element in one line; a raised number keeps apart from the number before it (10 3, not 103)."""
    return tidy(_inside(element))


def _inside(element: etree._Element) -> str:
    said: str = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            name, inner = etree.QName(child).localname.lower(), _inside(child)
            raised = name in ("sup", "su") and said[-1:].isdigit() and re.match(r"[-−]?\d", inner)
            said += f" {inner}" if raised or name in ("p", "td", "li") else inner
        said += child.tail or ""
    return said


def read_ccl(name: str, data: bytes) -> list[Line]:
    """Lines of every entry. An entry begins at a bold heading with its number, its paragraphs after `Items:`."""
    lines: list[Line] = []
    entry, heading, listed = "", "", False
    printed: list[Printed] = []
    for text, in_note, bold in _blocks(root_of(name, data)):
        found = HEADING.match(text) if bold and not in_note else None
        if found:
            lines += settle(entry, heading, printed) if entry else []
            entry, heading, printed, listed = found[1], found[2], [], False
        elif entry and re.match(r"Items:", text):
            listed = True
            rest = tidy(text[len("Items:") :])
            printed += [Printed(*split_label(rest, entry))] if rest else []
        elif listed:
            label, rest = split_label(text, entry)
            printed.append(Printed(label, rest if label else text, in_note))
    return lines + (settle(entry, heading, printed) if entry else [])


def _blocks(root: etree._Element) -> Iterator[tuple[str, bool, bool]]:
    """Text of every block in its order, whether it stands in a note, and whether it begins in bold."""
    for block in root.iter(*BLOCKS):
        text = words_of(block)
        if not text or any(child.tag in BLOCKS for child in block):
            continue
        in_note = any(parent.tag in NOTES for parent in block.iterancestors())
        first = next((child for child in block.iter("B", "STRONG", "E")), None)
        bold = (
            first is not None and text.startswith(words_of(first)[:5]) and (first.tag != "E" or first.get("T") == "04")
        )
        yield text, in_note, bold


def read_hts_supplements(name: str, data: bytes) -> list[Line]:
    """Customs codes of the tables of every supplement, with the description beside each."""
    lines: list[Line] = []
    seen: set[str] = set()
    for row in root_of(name, data).iter("TR", "ROW"):
        cells = [words_of(cell) for cell in row if cell.tag in ("TD", "TH", "ENT")]
        codes = [re.sub(r"\D", "", cell) for cell in cells if CODE.match(cell)]
        words = max((cell for cell in cells if not CODE.match(cell)), key=len, default="")
        for code in codes[:1]:
            if code not in seen:
                seen.add(code)
                lines.append(Line(code, "code", words or code))
    return lines
