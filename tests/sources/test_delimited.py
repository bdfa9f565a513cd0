"""Is every cell of a delimited file read as text, and every broken row or column named?"""

import pytest

from landwaiter.errors import ListError
from landwaiter.sources.delimited import cells_of, records_of, text_of
from landwaiter.sources.reading import ListFile, Reject


def file(data: str | bytes) -> ListFile:
    return ListFile("list.csv", data.encode() if isinstance(data, str) else data)


def test_rows_below_the_header_with_their_lines() -> None:
    rejects: list[Reject] = []
    rows = list(records_of(file('\ufeffid,name\n01,"A\nB"\n\n02,C\n'), ["id", "name"], rejects))
    assert rows == [(3, {"id": "01", "name": "A\nB"}), (5, {"id": "02", "name": "C"})]
    assert rejects == []


def test_ragged_row_is_set_aside() -> None:
    rejects: list[Reject] = []
    assert list(records_of(file("id,name\n1\n2,B,extra\n3,C\n"), ["id", "name"], rejects)) == [
        (4, {"id": "3", "name": "C"})
    ]
    assert [(reject.line, reject.value, reject.reason) for reject in rejects] == [
        (2, "1", "it has 1 cells, the header 2"),
        (3, "2,B,extra", "it has 3 cells, the header 2"),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("id,colour\n1,red\n", "unknown column 'colour'"),
        ("name\nA\n", "column 'id' is missing"),
        ("id,id\n1,2\n", "twice"),
        (b"id,name\n1,\xff\n", "byte 10 is not utf-8"),
        ("id,name\n1,A\0B\n", "NUL"),
        ('id,name\n1,"A\n', "line 2"),
        ("id,name\n1," + "x" * 1_100_000 + "\n", "field larger"),
        ("", "column 'id' is missing"),
    ],
)
def test_file_that_is_not_as_known_stops_the_reading(data: str | bytes, said: str) -> None:
    with pytest.raises(ListError, match=said):
        list(records_of(file(data), ["id", "name"], [], required=["id"]))


def test_utf_16_with_its_mark_and_the_end_mark_of_dos() -> None:
    assert text_of(file("ид\n".encode("utf-16"))) == "ид\n"
    assert list(cells_of(file('1,"A"\r\n\x1a'))) == [(1, ["1", "A"])]


def test_formula_cells_stay_text() -> None:
    assert list(cells_of(file("=1+1,@SUM(A1)\n"))) == [(1, ["=1+1", "@SUM(A1)"])]
