"""Are lists fetched, kept, refused and read back as promised? A real server on loopback, real files, a real kill."""

import gzip
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import zstandard

from landwaiter.errors import InputError
from landwaiter.fetch import read_lists, update
from landwaiter.sources.source import HERE, Source, find_sources
from landwaiter.tables import check

SHARED = Path(__file__).parents[1] / ".." / "shared" / "data" / "lists"
TODAY = date(2026, 3, 1)
UN_SAMPLE = (HERE / "un_sc" / "sample" / "xml" / "consolidated.xml").read_bytes()
OWN = "listing_id,list,name,kind,country\nW-1,watch,Ostrov Trading,organisation,AE\nW-2,watch,Petrov,person,RU\n"


@dataclass
class Publisher:
    """A server that gives one body, and remembers what it was asked."""

    body: bytes = UN_SAMPLE
    etag: str = '"1"'
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    asked: list[dict[str, str]] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    said = Publisher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said.asked.append(dict(self.headers))
            if said.status == 200 and self.headers.get("If-None-Match") == said.etag:
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("ETag", said.etag)
            self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            self.wfile.write(said.body[: len(said.body) - said.cut])

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    said.address = f"http://127.0.0.1:{server.server_port}/consolidated.xml"
    yield said
    server.shutdown()
    thread.join()
    server.server_close()


def un_at(address: str, *, rows: tuple[int, int] = (1, 10)) -> list[Source]:
    """The UN list as if published at this address, with another expected range."""
    un = next(source for source in find_sources() if source.name == "un_sc")
    kinds = tuple(replace(kind, address=address) for kind in un.files)
    return [replace(un, files=kinds, rows_min=rows[0], rows_max=rows[1])]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_fetches_keeps_and_asks_the_second_time_only_whether_it_changed(tmp_path: Path, publisher: Publisher) -> None:
    sources = un_at(publisher.address)
    publisher.headers = {"Last-Modified": "Fri, 27 Feb 2026 01:00:00 GMT"}
    (first,) = update(tmp_path, today=TODAY, sources=sources)
    assert (first.done, first.state, first.rows, first.as_of, first.age_days) == (True, "new", 2, date(2026, 2, 27), 2)
    (kept,) = tmp_path.glob("un_sc/*.xml")
    assert kept.stem == first.sha256
    assert kept.read_bytes() == UN_SAMPLE
    (second,) = update(tmp_path, today=date(2026, 3, 4), sources=sources)
    assert (second.done, second.state, second.age_days) == (True, "unchanged", 5)
    assert publisher.asked[1]["If-None-Match"] == '"1"'
    assert publisher.asked[1]["If-Modified-Since"] == "Fri, 27 Feb 2026 01:00:00 GMT"
    said = json.loads((tmp_path / "manifest.json").read_text())["lists"]["un_sc"]
    assert (said["kept_on"], said["checked_on"]) == ("2026-03-01", "2026-03-04")


def test_renewed_list_replaces_the_kept_one_whose_bytes_stay(tmp_path: Path, publisher: Publisher) -> None:
    sources = un_at(publisher.address)
    update(tmp_path, today=TODAY, sources=sources)
    publisher.body, publisher.etag = UN_SAMPLE.replace(b"2026-02-27", b"2026-03-01"), '"2"'
    (outcome,) = update(tmp_path, today=TODAY, sources=sources)
    assert (outcome.state, outcome.as_of) == ("renewed", date(2026, 3, 1))
    assert len(list(tmp_path.glob("un_sc/*.xml"))) == 2
    assert read_lists(tmp_path, as_of=TODAY).lists[0].sha256 == outcome.sha256


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"body": UN_SAMPLE.replace(b"INDIVIDUAL_ALIAS", b"NICKNAME")}, "unknown 'NICKNAME'"),
        ({"body": b"<html><body>Maintenance</body></html>"}, "not recognised"),
        ({"body": UN_SAMPLE[:900]}, "well-formed"),
        ({"body": b""}, "not recognised"),
        ({"body": UN_SAMPLE.replace(b"2026-02-27", b"2025-01-01")}, "older than the kept one of 2026-02-27"),
        ({"status": 503}, "503"),
        ({"status": 302, "headers": {"Location": "ftp://127.0.0.1/consolidated.xml"}}, "https only"),
        ({"status": 302, "headers": {"Location": "file:///etc/hostname"}}, "is not allowed"),
        ({"cut": 100}, "cut off"),
    ],
)
def test_what_is_not_the_list_is_refused_and_the_kept_one_stays(
    tmp_path: Path, publisher: Publisher, change: dict[str, object], said: str
) -> None:
    sources = un_at(publisher.address)
    update(tmp_path, today=TODAY, sources=sources)
    before = bytes_of(tmp_path)
    publisher.etag = '"2"'
    for name, value in change.items():
        setattr(publisher, name, value)
    (outcome,) = update(tmp_path, today=TODAY, sources=sources)
    assert not outcome.done
    assert said in outcome.state
    assert (outcome.rows, outcome.as_of) == (2, date(2026, 2, 27))
    assert bytes_of(tmp_path) == before


def test_row_count_outside_of_the_expected_range_is_refused(tmp_path: Path, publisher: Publisher) -> None:
    (outcome,) = update(tmp_path, today=TODAY, sources=un_at(publisher.address, rows=(700, 3000)))
    assert not outcome.done
    assert outcome.state == "refused: 2 records, 700 to 3,000 expected"
    assert bytes_of(tmp_path) == {}


def test_plain_http_is_not_asked_but_on_loopback(tmp_path: Path) -> None:
    (outcome,) = update(tmp_path, today=TODAY, sources=un_at("http://example.invalid/list.xml"))
    assert "https only" in outcome.state


def test_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    (outcome,) = update(tmp_path, today=TODAY, sources=un_at("http://127.0.0.1:9/list.xml"))
    assert not outcome.done
    assert "could not be asked" in outcome.state


def test_one_list_failing_leaves_the_others(tmp_path: Path, publisher: Publisher) -> None:
    ca = next(source for source in find_sources() if source.name == "ca_sema")
    gone = replace(ca, files=tuple(replace(kind, address="http://127.0.0.1:9/x.xml") for kind in ca.files))
    outcomes = update(tmp_path, today=TODAY, sources=[gone, *un_at(publisher.address)])
    assert [(outcome.list, outcome.done) for outcome in outcomes] == [("ca_sema", False), ("un_sc", True)]


def test_only_names_must_be_lists(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no list named 'un_cs'"):
        update(tmp_path, today=TODAY, only=["un_cs"])


@pytest.mark.parametrize(
    "pack", [bytes, gzip.compress, zstandard.ZstdCompressor().compress], ids=["plain", "gz", "zst"]
)
def test_takes_files_by_what_they_hold_not_by_their_name(tmp_path: Path, pack: object) -> None:
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "x.bin").write_bytes(pack(OWN.encode()))
    (drop / "notes.xml").write_text("<notes/>")
    outcomes = {outcome.list: outcome for outcome in update(tmp_path / "kept", today=TODAY, from_path=drop)}
    assert (outcomes["x"].done, outcomes["x"].rows) == (True, 2)
    assert not outcomes["notes.xml"].done
    assert "not recognised" in outcomes["notes.xml"].state
    read = read_lists(tmp_path / "kept", as_of=TODAY)
    assert read.listings["listing_id"].to_pylist() == ["W-1", "W-2"]
    assert read.listings["list"].to_pylist() == ["watch", "watch"]


def test_damaged_kept_bytes_are_named_and_not_read(tmp_path: Path) -> None:
    drop = tmp_path / "own.csv"
    drop.write_text(OWN)
    update(tmp_path / "kept", today=TODAY, from_path=drop)
    (kept,) = (tmp_path / "kept" / "own").iterdir()
    kept.write_text(OWN.replace("Petrov", "Ivanov"))
    read = read_lists(tmp_path / "kept", as_of=TODAY)
    assert read.listings.num_rows == 0
    assert [failure.name for failure in read.failures] == ["own"]
    assert "not those that were kept" in read.failures[0].reason


def test_newest_copy_of_a_list_is_read_and_the_older_named(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(UN_SAMPLE)
    (tmp_path / "b.xml").write_bytes(UN_SAMPLE.replace(b"2026-02-27", b"2025-01-01").replace(b"LYi.901", b"LYi.001"))
    read = read_lists(tmp_path, as_of=TODAY)
    assert read.listings["listing_id"].to_pylist() == ["un_sc:LYi.901", "un_sc:KPe.901"]
    assert [(failure.name, failure.reason) for failure in read.failures] == [
        ("b.xml", "left aside: a.xml is a newer copy of the same")
    ]


def test_listing_id_of_two_lists_is_read_once_and_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(OWN)
    (tmp_path / "b.csv").write_text("listing_id,name\nW-2,Petrov again\nW-3,Sidorov\n")
    read = read_lists(tmp_path, as_of=TODAY)
    assert read.listings["name"].to_pylist() == ["Ostrov Trading", "Petrov", "Sidorov"]
    assert sorted(set(read.listing_names["listing_id"].to_pylist())) == ["W-1", "W-2", "W-3"]
    assert [(one["file"], one["value"]) for one in read.rejects.to_pylist()] == [("b.csv", "W-2")]


def test_links_and_pipes_are_named_and_hidden_files_passed_over(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(OWN)
    (tmp_path / "link.csv").symlink_to(tmp_path / "own.csv")
    (tmp_path / ".hidden.csv").write_text(OWN)
    os.mkfifo(tmp_path / "pipe.csv")
    read = read_lists(tmp_path, as_of=TODAY)
    assert read.listings.num_rows == 2
    assert [(one.name, one.reason) for one in read.failures] == [
        ("link.csv", "not a plain file"),
        ("pipe.csv", "not a plain file"),
    ]


def test_file_that_unpacks_to_too_much_or_is_cut_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("landwaiter.fetch._MOST_BYTES", 1000)
    (tmp_path / "bomb.csv.gz").write_bytes(gzip.compress(OWN.encode() + b"x" * 5000))
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(OWN.encode())[:-12])
    read = read_lists(tmp_path, as_of=TODAY)
    reasons = {failure.name: failure.reason for failure in read.failures}
    assert "more than 1,000 bytes" in reasons["bomb.csv.gz"]
    assert "cannot be unpacked" in reasons["cut.csv.gz"]


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        read_lists(tmp_path / "nowhere", as_of=TODAY)


def test_what_cannot_be_written_is_said_and_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    with pytest.raises(InputError, match="cannot be made"):
        update(tmp_path / "taken" / "lists", today=TODAY, from_path=tmp_path / "taken")


def test_place_that_cannot_be_written_leaves_what_was_kept(tmp_path: Path) -> None:
    kept, drop = tmp_path / "kept", tmp_path / "watch.csv"
    drop.write_text(OWN)
    update(kept, today=TODAY, from_path=drop)
    before = bytes_of(kept)
    (kept / "other").write_text("a file where a folder should be")
    (tmp_path / "other.csv").write_text(OWN.replace("W-", "X-"))
    with pytest.raises(InputError, match="cannot be made"):
        update(kept, today=TODAY, from_path=tmp_path / "other.csv")
    (kept / "other").unlink()
    assert bytes_of(kept) == before


def test_proxy_of_the_machine_is_not_asked_for_loopback(
    tmp_path: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    (outcome,) = update(tmp_path, today=TODAY, sources=un_at(publisher.address))
    assert outcome.state == "new"


KILLED_WHILE_KEEPING = """
import os, signal, sys
from datetime import date
from pathlib import Path
import landwaiter.fetch as fetch

renames = int(sys.argv[3])
replace = Path.replace

def counted(self, target):
    global renames
    renames -= 1
    if renames < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(self, target)

Path.replace = counted
fetch.update(Path(sys.argv[1]), today=date(2026, 3, 1), from_path=Path(sys.argv[2]))
"""


@pytest.mark.parametrize("renames", [0, 1])
def test_killed_while_keeping_leaves_what_was_kept(tmp_path: Path, renames: int) -> None:
    kept, drop = tmp_path / "kept", tmp_path / "own.csv"
    drop.write_text(OWN)
    update(kept, today=TODAY, from_path=drop)
    before = (kept / "manifest.json").read_bytes()
    drop.write_text(OWN + "W-3,watch,Sidorov,person,RU\n")
    command = [sys.executable, "-c", KILLED_WHILE_KEEPING, str(kept), str(drop), str(renames)]
    assert subprocess.run(command, check=False, timeout=60).returncode == -signal.SIGKILL
    assert (kept / "manifest.json").read_bytes() == before
    assert read_lists(kept, as_of=TODAY).listings.num_rows == 2
    (outcome,) = update(kept, today=TODAY, from_path=drop)
    assert (outcome.state, outcome.rows) == ("renewed", 3)
    assert read_lists(kept, as_of=TODAY).listings.num_rows == 3


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared lists are not here")
def test_reads_the_real_lists_together() -> None:
    read = read_lists(SHARED, as_of=TODAY)
    records = {record.list: record for record in read.lists}
    assert records["all_listings"].rows == 41_597
    assert records["us_ofac_sdn"].rows == 14_965
    assert (records["un_sc"].rows, records["un_sc"].as_of, records["un_sc"].age_days) == (1_003, date(2026, 2, 27), 2)
    assert (records["ca_sema"].rows, records["us_ofac_cons"].rows) == (4_759, 442)
    assert records["us_ofac_cons"].as_of == date(2025, 12, 19)
    older = [failure for failure in read.failures if failure.name == "us_ofac_cons/consolidated_20250328.xml.gz"]
    assert "left aside" in older[0].reason
    assert sum(record.rows for record in read.lists) == read.listings.num_rows
    check("listings", read.listings)
    check("listing_names", read.listing_names)
    check("rejects", read.rejects)


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        (date(2026, 3, 1), ""),
        (date(2026, 4, 27), "59 days old, renewed about every 7"),
        (date(2026, 1, 1), "it is newer than the day asked for: parties listed since are in it"),
    ],
)
def test_age_of_a_list_is_told(tmp_path: Path, as_of: date, said: str) -> None:
    (tmp_path / "consolidated.xml").write_bytes(UN_SAMPLE)
    (record,) = read_lists(tmp_path, as_of=as_of).lists
    assert record.age_days == (as_of - date(2026, 2, 27)).days
    assert record.note == "; ".join(filter(None, ["2 records, 700 to 3,000 expected", said]))
