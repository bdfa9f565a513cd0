import zipfile
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from landwaiter.screen import snapshot
from landwaiter.screen.index import Asked, NameIndex
from landwaiter.screen.listed import days_in_force
from landwaiter.screen.snapshot import Card, key_of, read_snapshot, write_snapshot
from landwaiter.screen.standing import stand
from landwaiter.tables import TABLES

DAY = date(2026, 1, 1)
NAMES = ["賴清德", "АО «Купол»", "Sea Star", "Ayman al-Zawahiri", "أيمن الظواهري", "Kupol \udcff"[:5], ""]
CARD = Card(key_of("lists"), date(2025, 1, 1), date(2026, 6, 30), [["broken.xml", "no list"]], 7, 2)


@pytest.fixture
def kept(tmp_path):
    rows = [
        {"listing_id": f"us:{place}", "list": "us", "kind": "unknown", "name": name, "countries": ["RU"],
         "birth_dates": [], "addresses": [], "identifiers": ["imo:9187629"], "programmes": []}
        for place, name in enumerate(NAMES)
    ]  # fmt: skip
    names = [{"listing_id": row["listing_id"], "position": 0, "name": row["name"], "is_weak": False} for row in rows]
    standing = stand(
        pa.Table.from_pylist(rows, schema=TABLES["listings"].schema),
        pa.Table.from_pylist(names, schema=TABLES["listing_names"].schema),
        as_of=DAY,
    )
    write_snapshot(tmp_path / "home" / "index.zip", standing, CARD)
    return tmp_path / "home" / "index.zip", standing


def test_what_was_kept_answers_as_what_was_built(kept):
    path, standing = kept
    read, card = read_snapshot(path, CARD.key, DAY)
    assert card == CARD
    asked = [Asked([name], identifiers=numbers) for name in NAMES for numbers in ([], ["imo:9187629"])]
    assert NameIndex.of(read).screen(asked) == NameIndex.of(standing).screen(asked)
    assert read.records.spellings == standing.records.spellings
    assert [path.name for path in path.parent.iterdir()] == ["index.zip"]


def test_of_other_lists_or_another_day_it_is_not_there(kept):
    path, _ = kept
    assert read_snapshot(path, key_of("other lists"), DAY) is None
    assert read_snapshot(path, CARD.key, CARD.last_on) is not None
    assert read_snapshot(path, CARD.key, CARD.last_on + timedelta(1)) is None
    assert read_snapshot(path, CARD.key, CARD.first_on - timedelta(1)) is None
    assert read_snapshot(path.with_name("none.zip"), CARD.key, DAY) is None


def test_another_version_or_other_rules_have_another_key(monkeypatch):
    before = key_of("lists")
    monkeypatch.setattr(snapshot, "__version__", "another")
    assert key_of("lists") != before


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9, 0.99])
def test_a_snapshot_that_is_cut_off_is_not_trusted(kept, share):
    path, _ = kept
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert read_snapshot(path, CARD.key, DAY) is None


def test_a_changed_byte_is_seen_wherever_it_matters(kept):
    path, standing = kept
    data = path.read_bytes()
    seen = 0
    for place in range(0, len(data), 997):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x20]) + data[place + 1 :])
        read = read_snapshot(path, CARD.key, DAY)
        seen += read is None
        # Bytes between the members, such as a member's own time, say nothing about the index.
        assert read is None or np.array_equal(read[0].postings.keys, standing.postings.keys)
    assert seen > 10


def test_an_array_of_objects_is_refused(kept):
    path, _ = kept
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            if name == "postings.keys.npy":
                with archive.open(name, "w") as member:
                    np.lib.format.write_array(member, np.array([{}], object), allow_pickle=True)
            else:
                archive.writestr(name, data)
    assert read_snapshot(path, CARD.key, DAY) is None


def test_what_cannot_be_written_leaves_nothing_behind(kept, monkeypatch):
    path, standing = kept
    before = path.read_bytes()
    monkeypatch.setattr(snapshot.json, "dumps", lambda said: (_ for _ in ()).throw(OSError("the disk is full")))
    with pytest.raises(OSError, match="full"):
        write_snapshot(path, standing, CARD)
    assert path.read_bytes() == before
    assert [path.name for path in path.parent.iterdir()] == ["index.zip"]


def test_the_days_of_a_snapshot_are_those_on_which_nothing_begins_or_ends():
    listings = pa.table({
        "listed_on": pa.array([date(2024, 1, 1), None, date(2026, 3, 1)], pa.date32()),
        "delisted_on": pa.array([None, date(2025, 6, 30), None], pa.date32()),
    })  # fmt: skip
    assert days_in_force(listings, DAY) == (date(2025, 7, 1), date(2026, 2, 28))
    assert days_in_force(listings, date(2025, 6, 30)) == (date(2024, 1, 1), date(2025, 6, 30))
    assert days_in_force(listings.slice(0, 0), DAY) == (date.min, date.max)
