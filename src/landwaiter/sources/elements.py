"""How is an XML file read? Without entities, DTD or network, every element known, names without their namespace."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from lxml import etree

from landwaiter.errors import ListError
from landwaiter.sources.reading import ListFile
from landwaiter.sources.values import tidy


class Element(Protocol):
    """What readers use of an element of lxml."""

    tag: str
    text: str | None
    sourceline: int
    attrib: Mapping[str, str]

    def get(self, name: str, default: str = "") -> str: ...
    def find(self, path: str) -> "Element | None": ...
    def findtext(self, path: str) -> str | None: ...
    def iterfind(self, path: str) -> Iterator["Element"]: ...
    def __iter__(self) -> Iterator["Element"]: ...
    def __len__(self) -> int: ...


# The elements (and, as @name, attributes) that may stand in an element; `*` where a part is not looked into.
# An element that is not named here holds text only. Attributes are checked where at least one is named.
Shape = Mapping[str, str]


def tree_of(file: ListFile, shape: Shape) -> Element:
    """The root element, checked against its shape; ListError where it is not XML or holds what is not in the shape."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(file.data, parser)
    except etree.XMLSyntaxError as error:
        raise ListError(file.name, f"it is not well-formed XML: {error}", "is the download complete?") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ListError(file.name, "it declares a document type, which no publisher does", "do not trust this file")
    for element in root.iter():
        if not isinstance(element.tag, str):
            raise ListError(file.name, f"line {element.sourceline}: it refers to an entity", "do not trust this file")
        element.tag = element.tag.rpartition("}")[2]
    checked: Element = root
    _check(file.name, checked, {parent: frozenset(children.split()) for parent, children in shape.items()})
    return checked


def _check(file: str, element: Element, shape: Mapping[str, frozenset[str]]) -> None:
    waiting = [element]
    while waiting:
        parent = waiting.pop()
        known = shape.get(parent.tag, frozenset())
        if "*" in known:
            continue
        strange = [child.tag for child in parent if child.tag not in known]
        if any(name.startswith("@") for name in known):
            strange += [f"@{name}" for name in parent.attrib if f"@{name}" not in known and not name.startswith("{")]
        if strange:
            what = f"line {parent.sourceline}: unknown '{strange[0]}' in '{parent.tag}'"
            raise ListError(file, what, "the publisher changed the form: the reader must learn it")
        waiting.extend(child for child in parent if len(child) or child.attrib or child.tag in shape)


def text(element: Element, path: str) -> str:
    """Text of the first element at a path, in `tidy` form; empty where there is none."""
    return tidy(element.findtext(path) or "")


def texts(element: Element, path: str) -> list[str]:
    """Texts of all elements at a path, in `tidy` form, without the empty ones."""
    return [found for child in element.iterfind(path) if (found := tidy(child.text or ""))]


def joined(element: Element, names: str, separator: str = " ") -> str:
    """Texts of the children of these names, in this order, without the empty ones."""
    return separator.join(filter(None, (text(element, name) for name in names.split())))
