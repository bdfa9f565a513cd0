"""Does hostile or changed XML stop the reading with a sentence, and never expand or reach out?"""

import pytest

from landwaiter.errors import ListError
from landwaiter.sources.elements import joined, text, texts, tree_of
from landwaiter.sources.reading import ListFile

SHAPE = {"list": "entry", "entry": "@id name note"}


def tree(body: str, head: str = "") -> object:
    return tree_of(ListFile("list.xml", f"{head}<list>{body}</list>".encode()), SHAPE)


def test_known_elements_are_read_without_their_namespace() -> None:
    data = b'<l:list xmlns:l="urn:x"><l:entry id="1"><l:name> A </l:name><l:name>B</l:name><l:note/></l:entry></l:list>'
    (entry,) = tree_of(ListFile("list.xml", data), SHAPE).iterfind("entry")
    assert text(entry, "name") == "A"
    assert texts(entry, "name") == ["A", "B"]
    assert texts(entry, "note") == []
    assert joined(entry, "name note name", "/") == "A/A"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<entry><alias/></entry>", "unknown 'alias' in 'entry'"),
        ("<entry><name><b>A</b></name></entry>", "unknown 'b' in 'name'"),
        ('<entry colour="red"/>', "unknown '@colour' in 'entry'"),
        ("<entry><name>A</entry>", "not well-formed"),
    ],
)
def test_unknown_element_or_attribute_stops_the_reading(body: str, said: str) -> None:
    with pytest.raises(ListError, match=said):
        tree(body)


BOMB = '<!DOCTYPE list [<!ENTITY a "' + "ha" * 1000 + '">' + "".join(
    f'<!ENTITY a{level} "{("&a" + (str(level - 1) if level else "") + ";") * 10}">' for level in range(9)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [
        BOMB,
        '<!DOCTYPE list [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE list [<!ENTITY a "one">]>',
        '<!DOCTYPE list SYSTEM "http://127.0.0.1:9/list.dtd">',
    ],
)
def test_document_type_is_refused_and_nothing_is_expanded(head: str) -> None:
    with pytest.raises(ListError):
        tree("<entry><name>&a;</name></entry>" if "ENTITY" in head else "<entry/>", head)


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(ListError):
        tree("<entry>" * 5000 + "</entry>" * 5000)
