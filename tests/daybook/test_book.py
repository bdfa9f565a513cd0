"""Does a book in a folder take a file whole or not at all, and only once?"""

from datetime import date

import pyarrow.parquet as pq
import pytest

from landwaiter.daybook.book import Day, add_files, keep_book
from landwaiter.engine.duck import open_duck
from landwaiter.errors import InputError
from landwaiter.record import Options
from worlds.days import declared, run_whole

HEADER = (
    "shipment_id,declared_on,reporter,flow,exporter_name,exporter_country,consignee_name,consignee_country,"
    "dispatch_country,destination_country,hs_code,quantity,quantity_unit,net_mass_kg,value_usd"
)
LINE = "N2,2022-05-20,TR,export,Nova Elektronik,TR,Volga,RU,TR,RU,854231,500,C62,5,12000"
IN = {"day": "2022-05-01", "hs6": "854231", "pieces": "500", "kg": "5", "usd": "9000", "number": "N1"}
IN |= {"from": "TW", "seller": "Island Chips", "to": "TR", "buyer": "Nova Elektronik"}


@pytest.fixture
def book(tmp_path):
    (tmp_path / "engine").mkdir()
    with open_duck(tmp_path / "engine", memory_mb=400, threads=1) as corridor:
        run_whole(corridor, declared([IN]))
        keep_book(corridor, tmp_path / "book", Options(as_of=date(2024, 6, 1), window_days=60), [])
    return tmp_path / "book"


def add(book, name, text):
    file = book.parent / name
    file.write_text(f"{HEADER}\n{text}\n", encoding="utf-8")
    return add_files(book, Day([file], None, book.parent / f"{name}.out"), memory_mb=1000, threads=1)


def test_a_file_joins_and_its_hop_is_written(book):
    report = add(book, "day.csv", LINE)
    assert (report.rows, report.book_rows, report.counts["hops"], report.chains) == (1, 2, 1, 1)
    assert pq.read_table(book.parent / "day.csv.out" / "shipments.parquet").num_rows == 2


def test_the_same_file_is_refused_and_the_book_and_result_stay_as_they_were(book):
    add(book, "day.csv", LINE)
    with pytest.raises(InputError, match="has the same content as day"):
        add(book, "again.csv", LINE)
    assert not (book.parent / "again.csv.out").exists()
    assert add(book, "next.csv", LINE.replace("N2", "N3").replace("05-20", "05-21")).book_rows == 3


def test_a_file_of_rejects_alone_adds_nothing(book):
    report = add(book, "bad.csv", LINE.replace("2022-05-20", "no day"))
    assert (report.rows, report.rejected, report.book_rows, report.counts["hops"]) == (0, 1, 1, 0)
