"""Is the encoding of a text told by its bytes, and asked for where they allow several?"""

import io
from pathlib import Path

import pytest
from read_here import put, read

from landwaiter.errors import InputError
from landwaiter.load.encodings import MARK, Survey, normal_name, utf8_pieces
from landwaiter.load.limits import Limits
from landwaiter.load.mapping import Mapping

RUSSIAN = "Общество с ограниченной ответственностью «Ромашка», поставка микросхем и электронных компонентов"
PLAIN_RUSSIAN = RUSSIAN.replace("«", "").replace("»", "").replace(",", "")
UKRAINIAN = "Товариство з обмеженою відповідальністю «Київські прилади», постачання мікросхем її"
TRADITIONAL = "臺灣積體電路製造股份有限公司，新竹科學園區力行六路，積體電路及電子零組件"
SIMPLIFIED = "深圳市华强北电子有限公司，广东省深圳市福田区，集成电路和电子元器件的进出口贸易"


def told(text: bytes) -> str:
    survey = Survey()
    for at in range(0, len(text), 37):
        survey.feed(text[at : at + 37])
    survey.close()
    return survey.encoding("books.csv")


def table(cell: str) -> str:
    return "".join(f"2024-01-0{n},TW,export,{cell},{cell} {n}\n" for n in range(1, 4))


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("plain", "ascii", "utf-8"),
        (RUSSIAN, "utf-8", "utf-8"),
        (TRADITIONAL, "utf-8-sig", "utf-8"),
        (RUSSIAN, "utf-16", "utf-16-le"),
        ("\ufeff" + RUSSIAN, "utf-16-be", "utf-16-be"),
        ("a,b,c\n" + RUSSIAN[:4], "utf-16-le", "utf-16-le"),
        ("a,b,c\n" + RUSSIAN[:4], "utf-16-be", "utf-16-be"),
        (RUSSIAN, "cp1251", "cp1251"),
        (UKRAINIAN, "cp1251", "cp1251"),
        (RUSSIAN.upper(), "cp1251", "cp1251"),
        (TRADITIONAL, "big5", "cp950"),
        (SIMPLIFIED, "gb18030", "gb18030"),
    ],
)
def test_the_encoding_is_told(text: str, encoding: str, found: str):
    assert told((table(text) if "utf-16" not in encoding else text).encode(encoding)) == found


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Société Générale à Genève, où l'été, Nestlé, Citroën, Hervé", "latin-1"),
        ("Müller Straße Köln Düsseldorf Österreich Größe", "cp1252"),
        (PLAIN_RUSSIAN, "koi8-r"),
        (PLAIN_RUSSIAN, "cp866"),
        ("電", "big5"),
        ("日本語の文字列です。カタカナもあります。", "shift_jis"),
        ("대한민국 서울특별시 전자부품 주식회사", "euc-kr"),
    ],
)
def test_what_is_not_certain_is_asked_for(text: str, encoding: str):
    with pytest.raises(InputError, match="encoding ="):
        told(table(text).encode(encoding) if len(text) > 1 else f"{text}\n".encode(encoding))


def test_a_named_encoding_is_taken_at_its_word(tmp_path: Path):
    header = "declared_on,reporter,flow,exporter_name,description\n"
    source = put(tmp_path / "books.csv", (header + table(PLAIN_RUSSIAN)).encode("koi8-r"))
    rows, rejects = read(source, Mapping(encoding="koi8-r"))
    assert ([row["exporter_name"] for row in rows], rejects) == ([PLAIN_RUSSIAN] * 3, [])


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("big5", TRADITIONAL), ("gb18030", SIMPLIFIED), ("windows-1251", UKRAINIAN), ("utf-16", TRADITIONAL)],
)
def test_rows_of_every_encoding_are_read(tmp_path: Path, encoding: str, name: str):
    plain = name.replace(",", " ")
    text = "declared_on,reporter,flow,exporter_name\n" + f"2024-01-05,TW,export,{plain}\n" * 3
    source = put(tmp_path / "books.csv", text.encode(encoding))
    for mapping in (Mapping(), Mapping(encoding=encoding)):
        rows, rejects = read(source, mapping)
        assert ([row["exporter_name"] for row in rows], rejects) == ([plain] * 3, [])


def test_bytes_that_are_not_of_the_encoding_reject_their_row_only(tmp_path: Path):
    header = b"declared_on,reporter,flow,exporter_name\n"
    good = "2024-01-05,TW,export,電子\n".encode()
    source = put(tmp_path / "books.csv", header + good + b"2024-01-05,TW,export,\xff\xfe\n" + good)
    rows, rejects = read(source, Mapping(encoding="utf-8"), Limits(block_bytes=64))
    assert [row["line"] for row in rows] == [2, 4]
    assert [(row["line"], row["reason"]) for row in rejects] == [(3, "holds bytes that are not of the file's encoding")]


def test_characters_are_not_broken_where_pieces_meet():
    for encoding, text in (("cp950", TRADITIONAL), ("gb18030", SIMPLIFIED), ("utf-16-le", TRADITIONAL)):
        for size in range(1, 9):
            pieces = utf8_pieces(io.BytesIO(text.encode(encoding)), encoding, size, trusted=False)
            assert b"".join(pieces).decode() == text


def test_a_broken_character_is_marked():
    pieces = utf8_pieces(io.BytesIO(b"a\xffb"), "utf-8", 10, trusted=False)
    assert b"".join(pieces).decode() == f"a{MARK}b"


def test_encodings_have_the_names_that_people_use():
    assert [normal_name(name, "") for name in ("UTF8", "Big5", "GBK", "windows-1251")] == [
        "utf-8",
        "cp950",
        "gb18030",
        "cp1251",
    ]
    for name in ("hex", "nonsense", "rot13"):
        with pytest.raises(InputError, match="is no encoding"):
            normal_name(name, "books.csv")
