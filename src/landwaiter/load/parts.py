"""What is inside an .xlsx? Opens the parts of its ZIP archive as XML that may neither expand nor point elsewhere."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO

from lxml import etree

from landwaiter.errors import InputError
from landwaiter.load.limits import Limits
from landwaiter.load.opening import refuse_a_bomb
from landwaiter.load.serials import DATE_FORMATS, shows_a_day

PARTS = 10_000
REPAIR = "open and save it in a spreadsheet, or save it as CSV"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


class Parts:
    """The archive of a workbook."""

    def __init__(self, file: BinaryIO, where: str, limits: Limits) -> None:
        self._where = where
        self._limits = limits
        try:
            self._archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise InputError(where, f"is no whole .xlsx: {error}", "fetch it again") from error
        infos = self._archive.infolist()
        if len(infos) > PARTS:
            raise InputError(where, f"has {len(infos):,} parts, as no workbook has", REPAIR)
        self._names = {info.filename for info in infos}
        if len(self._names) < len(infos):
            raise InputError(where, "has two parts of the same name", REPAIR)
        if "xl/workbook.xml" not in self._names:
            what = "is a ZIP archive, but no .xlsx workbook"
            raise InputError(where, what, "unpack it; save an .xlsb or .ods as .xlsx")
        self.is_1904 = False

    def sheets(self) -> dict[str, str]:
        """Name and part of each sheet of cells, in the order of the workbook."""
        targets = {}
        for relation in self.elements("xl/_rels/workbook.xml.rels", "{*}Relationship"):
            if relation.get("Type", "").endswith("/worksheet") and relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
                targets[relation.get("Id")] = path
        sheets: dict[str, str] = {}
        for element in self.elements("xl/workbook.xml", "{*}sheet", "{*}workbookPr"):
            if element.tag.endswith("}workbookPr"):
                self.is_1904 = element.get("date1904", "0") in ("1", "true")
            part = targets.get(element.get(RELATION) or element.get(STRICT_RELATION))
            if part in self._names and part is not None:
                sheets[element.get("name", part)] = part
        if not sheets:
            raise InputError(self._where, "has no sheet of cells", REPAIR)
        return sheets

    def strings(self) -> list[str]:
        """The texts that cells point to."""
        texts: list[str] = []
        size = 0
        if "xl/sharedStrings.xml" not in self._names:
            return texts
        for element in self.elements("xl/sharedStrings.xml", "{*}si"):
            texts.append(run_text(element))
            size += len(texts[-1]) + 64
            if size > self._limits.max_strings_bytes:
                what = f"holds more than {self._limits.max_strings_bytes:,} bytes of text"
                raise InputError(self._where, what, "save it as CSV, or split it")
        return texts

    def date_styles(self) -> frozenset[int]:
        """Which cell styles show a number as a day."""
        if "xl/styles.xml" not in self._names:
            return frozenset()
        own: dict[str, bool] = {}
        styles: list[bool] = []
        for element in self.elements("xl/styles.xml", "{*}numFmt", "{*}cellXfs"):
            if element.tag.endswith("}numFmt"):
                own[element.get("numFmtId", "")] = shows_a_day(element.get("formatCode", ""))
            else:
                for style in element.iterfind("{*}xf"):
                    number = style.get("numFmtId", "0")
                    styles.append(own.get(number, number.isdecimal() and int(number) in DATE_FORMATS))
        return frozenset(place for place, is_day in enumerate(styles) if is_day)

    def elements(self, part: str, *tags: str) -> Iterator[etree._Element]:
        """The elements of some tags in their order, each forgotten when the next one is asked for."""
        if part not in self._names:
            raise InputError(self._where, f"lacks its part {part}", REPAIR)
        try:
            self._refuse_declarations(part)
            with self._archive.open(part) as stream:
                counted = _Counted(stream, self._archive.getinfo(part).compress_size, self._where, self._limits)
                walk = etree.iterparse(counted, events=("end",), tag=(*tags, "{*}sheetData"), **SAFE)
                yield from _forgetting(walk)
        except etree.XMLSyntaxError as error:
            what = f"has a part {part} that is no sound XML, or a cell too long for it: {str(error.msg)[:120]}"
            raise InputError(self._where, what, REPAIR) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError) as error:
            raise InputError(self._where, f"is cut off or damaged in {part}: {error}", "fetch it again") from error

    def _refuse_declarations(self, part: str) -> None:
        """A workbook declares no document type and no entities; who does wants them expanded."""
        parser = etree.XMLPullParser(events=("start",), **SAFE)
        with self._archive.open(part) as stream:
            while piece := stream.read(2**14):
                parser.feed(piece)
                for _, root in parser.read_events():
                    if root.getroottree().docinfo.internalDTD is not None:
                        what = f"declares a document type in {part}, as an attack would"
                        raise InputError(self._where, what, REPAIR)
                    return


# Nothing is expanded, loaded or fetched; libxml2's own limits on depth, text and names stay on.
SAFE = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def _forgetting(walk: "etree.iterparse") -> Iterator[etree._Element]:
    """Each element, up to the end of the cells; what was given before is taken out of the tree."""
    for _, element in walk:
        if element.tag.endswith("}sheetData"):
            return
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


class _Counted:
    """A part that is being unpacked; stops where it turns out to be a bomb."""

    def __init__(self, stream: IO[bytes], packed: int, where: str, limits: Limits) -> None:
        self._stream = stream
        self._packed = packed
        self._where = where
        self._limits = limits
        self._unpacked = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        piece = self._stream.read(size)
        self._unpacked += len(piece)
        refuse_a_bomb(self._where, self._unpacked, self._packed, self._limits)
        return piece


def run_text(element: etree._Element) -> str:
    """The text of a string with runs of several styles; phonetic hints are not part of it."""
    texts = []
    for child in element:
        if child.tag.endswith("}t"):
            texts.append(child.text or "")
        elif child.tag.endswith("}r"):
            texts.append(child.findtext("{*}t") or "")
    return "".join(texts)
