"""Are records cut where a slow, obvious reader cuts them, in pieces of any size, with every line accounted for?"""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from landwaiter.load.limits import Limits
from landwaiter.load.records import Records

CELL = st.text(alphabet='ab,;"\n é中', max_size=6)


def pieces_of(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def cut(data: bytes, columns: int, size: int) -> tuple[list[tuple[int, list[str]]], list[int]]:
    """Line and cells of each record, and the lines of the faults."""
    records = Records(",", columns, Limits())
    rows, faults = [], []
    for block in records.blocks(pieces_of(data, size)):
        for start, end, line in zip(block.starts, block.ends, block.lines, strict=True):
            rows.append((int(line), records.cells(block.data[start:end])))
        faults += [fault.line for fault in block.faults]
    return rows, sorted(faults)


def written(rows: list[list[str]], end: str, quoting: int) -> bytes:
    target = io.StringIO()
    csv.writer(target, lineterminator=end, quoting=quoting).writerows(rows)
    return target.getvalue().encode()


@given(
    st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=12),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.integers(1, 40),
)
def test_what_a_csv_writer_wrote_comes_back_in_pieces_of_any_size(
    rows: list[list[str]], end: str, quoting: int, size: int
):
    found, faults = cut(written(rows, end, quoting), 3, size)
    assert [cells for _, cells in found] == rows
    assert faults == []


@given(st.text(alphabet='ab,"\n', max_size=60), st.sampled_from([1, 3, 4]), st.integers(1, 30))
def test_every_line_of_any_text_is_in_one_record_or_one_fault(text: str, columns: int, size: int):
    body = text.rstrip("\n")
    found, faults = cut(text.encode(), columns, size)
    covered = list(faults)
    for line, cells in found:
        covered += range(line, line + 1 + sum(cell.count("\n") for cell in cells))
    assert sorted(covered) == list(range(1, body.count("\n") + 2 if body else 1))


@given(st.text(alphabet='ab,"\n', max_size=60), st.sampled_from([1, 3, 4]), st.integers(1, 30), st.integers(1, 30))
def test_the_size_of_the_pieces_changes_nothing(text: str, columns: int, size: int, other: int):
    assert cut(text.encode(), columns, size) == cut(text.encode(), columns, other)


def test_lines_are_those_of_the_file():
    rows, faults = cut(b'a,b,c\n"x\ny",b,c\n\na,b,c\n', 3, 5)
    assert [line for line, _ in rows] == [1, 2, 5]
    assert faults == [4]


def test_a_block_has_no_more_rows_than_are_understood_at_once(monkeypatch):
    monkeypatch.setattr("landwaiter.load.records.ROWS_AT_ONCE", 3)
    for text in (b"a,b,c\n" * 10, b'a,b,c\n"x,b,c\n' * 5, b'a,"b",c\n' * 10):
        records = Records(",", 3, Limits())
        blocks = list(records.blocks([text]))
        assert max(block.lines.size + len(block.faults) for block in blocks) == 3
        lines = [line for block in blocks for line in [*block.lines.tolist(), *(f.line for f in block.faults)]]
        assert sorted(lines) == list(range(1, 11))
