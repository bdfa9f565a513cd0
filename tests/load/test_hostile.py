"""Does a hostile or broken file ever take the program down, or lose a row in silence?"""

import gzip
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from read_here import put, read

from landwaiter.errors import InputError
from landwaiter.load.job import Job
from landwaiter.load.limits import Limits
from landwaiter.load.loading import load
from landwaiter.load.mapping import Mapping
from landwaiter.load.work import load_here

HEADER = "declared_on,reporter,flow,exporter_name,description\n"
ROW = "2024-01-05,TW,export,Alpha,chips\n"
NAMES = HEADER.strip().split(",")


# ---- What may not be read at all -----------------------------------------------------------------------------------


def test_a_symbolic_link_is_refused_and_its_target_named(tmp_path: Path):
    target = put(tmp_path / "books.csv", HEADER + ROW)
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    with pytest.raises(InputError, match=r"symbolic link .*books\.csv"):
        read(link)


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(InputError, match="pipe or device"):
        read(tmp_path / "pipe.csv")


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused(path: str, tmp_path: Path):
    with pytest.raises(InputError, match="pipe or device"):
        load_here(Job("declarations", path, str(tmp_path), Mapping(), Limits()))


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError, match="a folder"):
        read(tmp_path / "folder.csv")
    with pytest.raises(InputError, match="cannot be opened"):
        read(tmp_path / "nothing.csv")


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("empty.csv", b"", "is empty"),
        ("empty.csv.gz", gzip.compress(b"", mtime=0), "empty once unpacked"),
        ("blank.csv", b"\n\n", "has no header|empty line"),
        ("old.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "old .xls"),
        ("book.pdf", b"%PDF-1.7\n" + bytes(100), "is a PDF"),
        ("book.xlsx", HEADER.encode(), "named .xlsx but"),
        ("book.parquet", HEADER.encode(), "named .parquet but"),
        ("book.csv.gz", HEADER.encode(), "named .gz but"),
        ("book.csv.zst", HEADER.encode(), "named .zst but"),
        ("noise.csv", bytes(range(256)) * 20, "not text|no text|no encoding"),
        ("zeros.csv", bytes(5000), "no text"),
        ("twice.csv.gz", gzip.compress(gzip.compress(HEADER.encode(), mtime=0), mtime=0), "packed twice"),
        ("array.json", b'[{"declared_on": "2024-01-05"}]', "named as JSON"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes, complaint: str):
    with pytest.raises(InputError, match=complaint):
        read(put(tmp_path / name, content))


def test_bytes_decide_where_the_name_promises_nothing(tmp_path: Path):
    packed = put(tmp_path / "books.csv", gzip.compress((HEADER + ROW).encode()))
    assert len(read(packed)[0]) == 1


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_a_packed_file_that_is_cut_off_is_refused(tmp_path: Path, pack):
    ending = {gzip.compress: "gz"}.get(pack, "zst")
    whole = pack((HEADER + "".join(f"2024-01-05,TW,export,Alpha {n},chips\n" for n in range(5000))).encode())
    source = put(tmp_path / f"books.csv.{ending}", whole)
    assert len(read(source)[0]) == 5000
    put(source, whole[: len(whole) // 2])
    with pytest.raises(InputError, match="cut off or damaged"):
        read(source)


def test_several_members_of_a_packed_file_are_all_read(tmp_path: Path):
    for ending, pack in (("gz", gzip.compress), ("zst", zstandard.ZstdCompressor().compress)):
        members = pack(HEADER.encode()) + pack(ROW.encode()) + pack(ROW.encode())
        assert len(read(put(tmp_path / f"books.csv.{ending}", members))[0]) == 2


@pytest.mark.parametrize("ending", ["gz", "zst"])
def test_a_bomb_is_refused(tmp_path: Path, ending: str):
    pack = gzip.compress if ending == "gz" else zstandard.ZstdCompressor().compress
    zeros = pack(HEADER.encode()) + pack(b"0" * 2**27)
    with pytest.raises(InputError, match="as an attack would"):
        read(put(tmp_path / f"bomb.csv.{ending}", zeros))
    with pytest.raises(InputError, match="unpacks to more than 1,000,000 bytes"):
        read(tmp_path / f"bomb.csv.{ending}", limits=Limits(max_decompressed_bytes=10**6))


def test_a_parquet_file_that_is_cut_off_or_nested_is_refused(tmp_path: Path):
    source = tmp_path / "books.parquet"
    columns = {name: ["2024-01-05" if name == "declared_on" else "TW"] * 1000 for name in NAMES}
    pq.write_table(pa.table(columns), source)
    whole = source.read_bytes()
    put(source, whole[:-100])
    with pytest.raises(InputError, match="no whole Parquet"):
        read(source)
    put(source, whole[:60] + b"\xff" * 200 + whole[260:])
    with pytest.raises(InputError, match=r"books\.parquet: (is damaged|is no whole)"):
        read(source)
    pq.write_table(pa.table({**columns, "exporter_name": [{"a": 1}] * 1000}), source)
    with pytest.raises(InputError, match="of type struct"):
        read(source)


# ---- Delimited text ------------------------------------------------------------------------------------------------


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path):
    assert read(put(tmp_path / "books.csv", HEADER)) == ([], [])
    assert read(put(tmp_path / "books.csv", HEADER.strip())) == ([], [])


def test_rows_that_are_too_short_or_too_long_are_rejects(tmp_path: Path):
    rows, rejects = read(put(tmp_path / "books.csv", HEADER + ROW + "a,b\n" + ROW.strip() + ",more\n" + ROW))
    assert [row["line"] for row in rows] == [2, 5]
    assert [(row["line"], row["value"], row["reason"]) for row in rejects] == [
        (3, "a,b", "the row has 2 cells, the header 5"),
        (4, "2024-01-05,TW,export,Alpha,chips,more", "the row has 6 cells, the header 5"),
    ]


def test_an_empty_line_within_is_a_reject_and_at_the_end_nothing(tmp_path: Path):
    rows, rejects = read(put(tmp_path / "books.csv", HEADER + ROW + "\n" + ROW + "\n\r\n\n"))
    assert [row["line"] for row in rows] == [2, 4]
    assert [(row["line"], row["reason"]) for row in rejects] == [(3, "the line is empty")]


def test_a_nul_byte_rejects_its_row_only(tmp_path: Path):
    rows, rejects = read(put(tmp_path / "books.csv", HEADER + ROW + ROW.replace("chips", "ch\0ips") + ROW))
    assert [row["line"] for row in rows] == [2, 4]
    assert [(row["line"], row["reason"]) for row in rejects] == [(3, "holds a NUL byte")]


def test_an_unclosed_quote_rejects_its_line_only(tmp_path: Path):
    broken = '2024-01-05,TW,export,"Alpha,chips\n'
    rows, rejects = read(put(tmp_path / "books.csv", HEADER + ROW + broken + ROW + '2024-01-05,TW,export,"B",x\n'))
    assert [row["line"] for row in rows] == [2, 4, 5]
    assert [(row["line"], row["reason"]) for row in rejects] == [
        (3, "a quote is opened and not closed as it should be"),
    ]
    rows, rejects = read(put(tmp_path / "books.csv", HEADER + ROW + ROW + broken))
    assert ([row["line"] for row in rows], rejects[0]["line"]) == ([2, 3], 4)


def test_a_lost_quote_does_not_swallow_the_lines_after_it(tmp_path: Path):
    """The quote of line 3 pairs with one of line 5, and the row between them would be part of a name."""
    text = HEADER + ROW + '2024-01-05,TW,export,"Alpha,chips\n' + ROW + '2024-01-05,TW,export,Beta",chips\n' + ROW
    rows, rejects = read(put(tmp_path / "books.csv", text))
    assert [row["line"] for row in rows] == [2, 4, 5, 6]
    assert [row["line"] for row in rejects] == [3]


def test_quotes_line_ends_and_delimiters_within_a_quoted_cell_are_data(tmp_path: Path):
    cells = ['He said ""no"", twice', "two\nlines", "two\r\nlines", "a,b", '""""', "5'' pipe"]
    text = HEADER + "".join(f'2024-01-05,TW,export,Alpha,"{cell}"\n' for cell in cells) + ROW
    rows, rejects = read(put(tmp_path / "books.csv", text))
    assert [row["description"] for row in rows] == [
        'He said "no", twice', "two\nlines", "two\r\nlines", "a,b", '""', "5'' pipe", "chips",
    ]  # fmt: skip
    assert [row["line"] for row in rows] == [2, 3, 5, 7, 8, 9, 10]
    assert rejects == []


def test_a_quote_within_an_unquoted_cell_is_data(tmp_path: Path):
    rows, rejects = read(put(tmp_path / "books.csv", HEADER + '2024-01-05,TW,export,Alpha,5" pipe\n' + ROW))
    assert ([row["description"] for row in rows], rejects) == (['5" pipe', "chips"], [])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one(tmp_path: Path, end: str):
    rows, _ = read(put(tmp_path / "books.csv", (HEADER + ROW + ROW).replace("\n", end)))
    assert [row["line"] for row in rows] == [2, 3]


def test_a_cell_of_ten_megabytes_rejects_its_row_only(tmp_path: Path):
    big = "x" * 10 * 2**20
    rows, rejects = read(put(tmp_path / "books.csv", HEADER + ROW + f"2024-01-05,TW,export,Alpha,{big}\n" + ROW))
    assert ([row["line"] for row in rows], [row["line"] for row in rejects]) == ([2, 4], [3])
    assert "longer than 1,048,576 bytes" in rejects[0]["reason"]
    assert len(rejects[0]["value"]) <= 200


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_row_longer_than_any_row_is_skipped_without_being_held(tmp_path: Path, quote: str):
    text = HEADER + ROW + "2024-01-05,TW,export,Alpha," + quote + "x" * 3_000_000 + quote + "\n" + ROW
    limits = Limits(max_row_bytes=500_000, max_cell_bytes=100_000, block_bytes=70_000)
    rows, rejects = read(put(tmp_path / "books.csv", text), limits=limits)
    assert [row["line"] for row in rows] == [2, 4]
    assert [row["line"] for row in rejects] == [3]


def test_a_formula_is_text_and_never_more(tmp_path: Path):
    formula = "=cmd|'/c calc'!A1"
    rows, _ = read(put(tmp_path / "books.csv", HEADER + f"2024-01-05,TW,export,Alpha,{formula}\n"))
    assert rows[0]["description"] == formula
    source = put(
        tmp_path / "books.csv", "declared_on,reporter,flow,exporter_name,quantity\n2024-01-05,TW,export,A,=1+1\n"
    )
    assert [row["column"] for row in read(source)[1]] == ["quantity"]


def test_a_header_twice_is_refused_where_it_matters(tmp_path: Path):
    twice = put(tmp_path / "books.csv", "declared_on,reporter,flow,exporter_name,Flow\n2024-01-05,TW,export,A,import\n")
    with pytest.raises(InputError, match="two columns for flow"):
        read(twice)
    unread = put(tmp_path / "books.csv", "declared_on,reporter,flow,exporter_name,x,x\n2024-01-05,TW,export,A,1,2\n")
    assert len(read(unread)[0]) == 1


def test_more_columns_than_any_table_are_refused(tmp_path: Path):
    with pytest.raises(InputError, match="3,000 columns"):
        read(put(tmp_path / "books.csv", ",".join(f"c{n}" for n in range(3000)) + "\n"))


# ---- JSON lines ----------------------------------------------------------------------------------------------------

OBJECT = '{"declared_on":"2024-01-05","reporter":"TW","flow":"export","exporter_name":"A","quantity":%s}\n'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"declared_on":"2024-01-05","declared_on":"2024-01-06"}', "the key 'declared_on' appears twice"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"a":' * 100_000, "is nested too deeply"),
        ("[1,2]", "is JSON, but no object"),
        (OBJECT.strip() % "NaN", "NaN is no JSON number"),
        (OBJECT.strip() % "-Infinity", "-Infinity is no JSON number"),
        (OBJECT.strip() % ("9" * 5000), "is not a finite number"),
        (OBJECT.strip() % "1e999", "is not a finite number"),
        (OBJECT.strip() % '{"amount": 5}', "is an object, not a value"),
        (OBJECT.strip().replace('"A"', '"A\\u0000"') % "1", "holds a NUL byte"),
        (OBJECT.strip().replace('"A"', '"\\ud800"') % "1", "lone surrogate"),
        ("{", "is no JSON object"),
        ("", "the line is empty"),
    ],
)
def test_a_line_that_is_no_plain_object_is_a_reject(tmp_path: Path, line: str, reason: str):
    rows, rejects = read(put(tmp_path / "books.jsonl", OBJECT % "1" + line + "\n" + OBJECT % "2"))
    assert [row["quantity"] for row in rows] == [1.0, 2.0]
    assert [row["line"] for row in rejects] == [2]
    assert reason in rejects[0]["reason"]


def test_a_key_that_appears_late_is_read_where_it_is_ours(tmp_path: Path):
    late = OBJECT.replace("quantity", "HS code").replace("%s", '"854231"')
    text = OBJECT % "1" * 1500 + late
    rows, _ = read(put(tmp_path / "books.jsonl", text), Mapping(columns={"quantity": "quantity"}))
    assert len(rows) == 1501


# ---- The child process ---------------------------------------------------------------------------------------------


def into_of(tmp_path: Path) -> Path:
    into = tmp_path / "into"
    into.mkdir()
    return into


def test_a_child_without_enough_memory_is_an_error_and_leaves_nothing(tmp_path: Path):
    source = put(tmp_path / "books.csv", HEADER + ROW * 400_000)
    into = into_of(tmp_path)
    with pytest.raises(InputError, match="memory"):
        load("shipments", source, into, limits=Limits(memory_mb=400))
    assert list(into.iterdir()) == []


def test_a_child_out_of_time_is_an_error_and_leaves_nothing(tmp_path: Path):
    source = put(tmp_path / "books.csv", HEADER + ROW * 2_000_000)
    into = into_of(tmp_path)
    with pytest.raises(InputError, match="within 1 seconds"):
        load("shipments", source, into, limits=Limits(seconds=1))
    assert list(into.iterdir()) == []


def test_an_error_of_the_child_comes_back_as_it_is(tmp_path: Path):
    with pytest.raises(InputError) as caught:
        load("shipments", put(tmp_path / "books.csv", ""), into_of(tmp_path))
    assert (caught.value.what, caught.value.hint) == ("is empty", "give a file with a header and rows")
