"""Are small files of any form and header read whole, or not at all?"""

import gzip
import hashlib
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from made_workbooks import text_row, write_workbook

from landwaiter.errors import InputError
from landwaiter.load.job import ROWS, Job
from landwaiter.load.limits import Limits
from landwaiter.load.loading import look, read_rows
from landwaiter.load.mapping import Mapping
from landwaiter.load.rows import collect_rows

SHARED = Path(__file__).parents[3] / "shared" / "data"
SAID = [{"row": "1", "name": "Alpha"}, {"row": "2", "name": "乙"}]


def test_every_form_gives_the_same_rows(tmp_path: Path):
    text = "row,name\n1,Alpha\n2,乙\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    (tmp_path / "a.tsv").write_text(text.replace(",", "\t"), encoding="utf-8")
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(text.encode()))
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps({**row, "row": int(row["row"])}) for row in SAID))
    pq.write_table(pa.table({"row": [1, 2], "name": ["Alpha", "乙"]}), tmp_path / "a.parquet")
    write_workbook(tmp_path / "a.xlsx", text_row(1, "row", "name") + text_row(2, "1", "Alpha") + text_row(3, "2", "乙"))
    for name in ("a.csv", "a.tsv", "a.csv.gz", "a.jsonl", "a.parquet", "a.xlsx"):
        assert read_rows(tmp_path / name).to_pylist() == SAID, name


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name,kind\na,b\nc\n", "line 3: the row has 1 cells, the header 2"),
        ("name,name\na,b\n", "the header 'name' twice"),
        ("name,kind\na,b\x00\n", "line 2: holds a NUL byte"),
    ],
)
def test_a_row_that_cannot_be_read_refuses_the_file(tmp_path: Path, text: str, complaint: str):
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=complaint):
        read_rows(path)


def test_a_look_gives_header_and_first_values_also_of_an_untidy_file(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text("name;name;\na;b;c\nragged\nd;;e\n", encoding="utf-8")
    seen = look(path)
    assert seen.header == ["name", "name", ""]
    assert seen.samples == [["a", "d"], ["b", ""], ["c", "e"]]
    assert "semicolon" in seen.notes[0]


def test_the_digest_of_the_file_is_said(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"name\nAlpha\n")
    done = collect_rows(Job(ROWS, str(path), str(tmp_path), Mapping(), Limits()))
    assert done.sha256 == hashlib.sha256(b"name\nAlpha\n").hexdigest()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of real data is not beside the repository")
def test_a_real_list_of_parties_is_read_whole():
    rows = read_rows(SHARED / "lists" / "all_listings.csv.gz")
    assert rows.num_rows == 41_597
    assert "name" in rows.column_names
