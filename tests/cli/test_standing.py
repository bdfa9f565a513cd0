import pytest

from landwaiter.cli import standing
from landwaiter.cli.screen import screen

LIST = "listing_id,list,name,country,identifiers\n" + "".join(
    f"us-{place},us,Kupol {chr(97 + place % 26) * 5}{place},RU,\n" for place in range(40)
)


@pytest.fixture
def lists(tmp_path, monkeypatch):
    monkeypatch.setenv("LANDWAITER_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(standing, "_WORTH_KEEPING", 10)
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "mine.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "lists" / "broken.xml").write_text("<no list")
    return tmp_path / "lists"


def answer(lists, capsys):
    screen("Kupol bbbbb1", lists=lists, json_=True)
    return capsys.readouterr()


def test_the_second_answer_is_the_first_and_reads_no_list(lists, capsys, monkeypatch):
    first = answer(lists, capsys)
    assert first.out.count('us-1"') == 1
    assert "not read: broken.xml" in first.err
    monkeypatch.setattr(standing, "read_lists", None)
    assert answer(lists, capsys) == first


@pytest.mark.parametrize("damage", [b"", b"PK no archive", b"\0" * 1000])
def test_a_damaged_snapshot_is_made_again(lists, capsys, tmp_path, damage):
    first = answer(lists, capsys)
    (snapshot,) = (tmp_path / "home" / "snapshots").iterdir()
    snapshot.write_bytes(damage)
    assert answer(lists, capsys) == first
    assert snapshot.stat().st_size > 1000


def test_a_changed_list_is_read_again(lists, capsys):
    answer(lists, capsys)
    (lists / "mine.csv").write_text(LIST.replace("Kupol bbbbb1,", "Zenith ooo,"), encoding="utf-8")
    assert 'bbbbb1"' not in answer(lists, capsys).out


def test_a_home_that_cannot_be_written_costs_time_and_no_answer(lists, capsys, tmp_path):
    (tmp_path / "home").write_text("a file where the folder should be")
    said = answer(lists, capsys)
    assert "us-1" in said.out
    assert "only costs time" in said.err
