"""Is a world complete, reproducible, bounded, and never half written?"""

import csv
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from landwaiter.errors import InputError, RefusedError
from landwaiter.simulate.chunk import make_chunk
from landwaiter.simulate.plan import TYPOLOGIES, Parameters, draw_parameters, plan_schemes
from landwaiter.simulate.rows import LINE_COLUMNS, write_book
from landwaiter.simulate.world import World, make_world


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_file_has_the_rows_it_is_said_to_have(world: World) -> None:
    for name, path in world.paths.items():
        assert len(read(path)) == world.counts[name], name
    assert world.counts["shipments"] == 8_000
    assert list(read(world.paths["shipments"])[0]) == list(LINE_COLUMNS)


def test_a_small_world_holds_one_of_each_typology_and_two_twins_for_it(world: World) -> None:
    truth = read(world.paths["truth"])
    for typology in TYPOLOGIES:
        labels = [row["label"] for row in truth if row["typology"] == typology]
        assert labels.count("1") == 1
        assert labels.count("0") == 2


def test_the_smallest_world_can_be_made(tmp_path: Path) -> None:
    for seed in range(5):
        world = make_world(3_000, seed, tmp_path / "w")
        assert world.counts["shipments"] == 3_000
        assert world.counts["schemes"] == len(TYPOLOGIES) == 20


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        make_world(70_000, seed, tmp_path / name, file_format="parquet")
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert len(files) == 10
    for name in files:
        first, again = ((tmp_path / folder / name).read_bytes() for folder in "ab")
        assert first == again, name
        assert first != (tmp_path / "c" / name).read_bytes(), name


def test_a_piece_made_alone_is_the_piece_of_the_whole(tmp_path: Path, parameters: Parameters) -> None:
    whole = make_world(150_000, 4, tmp_path / "w", file_format="parquet")
    lines = pq.read_table(whole.paths["shipments"])
    alone = write_book(parameters, make_chunk(parameters, plan_schemes(parameters), 1)).lines
    assert alone.num_rows == 65_536
    assert lines.slice(65_536, 65_536).to_pylist() == alone.cast(lines.schema).to_pylist()


@pytest.mark.parametrize("view", ["b", "c"])
def test_a_piece_of_books_with_faults_is_the_same_alone_and_after_others(view: str) -> None:
    parameters = draw_parameters(140_000, 5, start=date(2021, 1, 1), months=36, null=False, view=view, prevalence=1e-3)
    schemes = plan_schemes(parameters)
    later = [write_book(parameters, make_chunk(parameters, schemes, number)).lines for number in range(3)]
    alone = write_book(parameters, make_chunk(parameters, schemes, 2)).lines
    assert alone.num_rows > 500
    assert alone.to_pylist() == later[2].to_pylist()


def test_csv_and_parquet_say_the_same(tmp_path: Path) -> None:
    as_csv = make_world(5_000, 9, tmp_path / "c", file_format="csv")
    as_parquet = make_world(5_000, 9, tmp_path / "p", file_format="parquet")
    lines = pq.read_table(as_parquet.paths["shipments"]).to_pylist()
    for told, kept in zip(read(as_csv.paths["shipments"]), lines, strict=True):
        assert told["hs_code"] == kept["hs_code"]
        assert told["exporter_name"] == kept["exporter_name"]
        assert told["consignee_id"] == (kept["consignee_id"] or "")
        assert float(told["net_mass_kg"]) == kept["net_mass_kg"]
        assert date.fromisoformat(told["declared_on"]) == kept["declared_on"]


def test_shipment_ids_are_unique(dense: World) -> None:
    ids = pq.read_table(dense.paths["shipments"], columns=["shipment_id"]).column(0).to_pylist()
    assert len(set(ids)) == len(ids) == 60_000


def test_schemes_are_rare_in_a_large_world(parameters: Parameters) -> None:
    for rows in (1_000_000, 10_000_000):
        large = Parameters(**{**parameters.__dict__, "rows": rows})
        planted = sum(1 for scheme in plan_schemes(large) if not scheme.innocent)
        assert planted * 34 <= rows * 1e-3


def test_a_null_world_has_the_look_alikes_alone(tmp_path: Path) -> None:
    world = make_world(8_000, 2, tmp_path / "n", null=True)
    same = make_world(8_000, 2, tmp_path / "w")
    assert world.counts["shipments"] == 8_000
    assert world.counts["schemes"] == 0
    assert world.counts["look_alikes"] == same.counts["look_alikes"] == world.counts["truth"] > 30
    twins = {(row["typology"], row["innocent"], row["label"]) for row in read(world.paths["truth"])}
    assert twins == {
        (row["typology"], row["innocent"], row["label"]) for row in read(same.paths["truth"]) if row["label"] == "0"
    }
    # A list may name owners that a twin had long ago; it names no importer that gave up.
    assert not any(row["listing_id"].startswith("made:m-") for row in read(world.paths["listings"]))


def test_a_null_world_before_the_controls_has_no_look_alikes(tmp_path: Path) -> None:
    world = make_world(3_000, 2, tmp_path / "w", null=True, start=date(2018, 1, 1))
    assert world.counts["truth"] == world.counts["ownership"] == 0
    assert all(row["listing_id"].startswith("made:u-") for row in read(world.paths["listings"]))


@pytest.mark.parametrize(
    ("view", "reporters"),
    [
        ("a", {"TW", "JP", "US", "DE", "KR", "NL"}),
        ("b", {"TW", "JP", "US", "DE", "KR", "NL", "RU", "BY"}),
    ],
)
def test_a_view_keeps_only_the_books_it_sees(tmp_path: Path, view: str, reporters: set[str]) -> None:
    world = make_world(6_000, 2, tmp_path / "w", view=view)
    lines = read(world.paths["shipments"])
    assert {line["reporter"] for line in lines} == reporters
    ids = {line["shipment_id"] for line in lines}
    for row in read(world.paths["truth"]):
        seen = [each for each in row["shipment_ids"].split(";") if each]
        assert set(seen) <= ids
        assert len(seen) >= int(row["legs_seen"])
        assert int(row["legs_seen"]) <= int(row["legs"])


def test_targets_books_tell_what_reaches_them_in_their_own_spelling(tmp_path: Path) -> None:
    world = make_world(6_000, 2, tmp_path / "w", view="b")
    arrivals = [line for line in read(world.paths["shipments"]) if line["flow"] == "import"]
    assert arrivals
    for line in arrivals:
        assert line["reporter"] == line["destination_country"] == line["consignee_country"]
    assert any("а" <= letter <= "я" for line in arrivals for letter in line["consignee_name"].lower())


def test_a_folder_that_is_not_a_world_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(RefusedError, match="not empty"):
        make_world(3_000, 1, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_world_with_somebody_elses_file_in_it_is_left_alone(tmp_path: Path) -> None:
    make_world(3_000, 1, tmp_path / "w")
    (tmp_path / "w" / "notes.txt").write_text("mine")
    with pytest.raises(RefusedError, match="not empty"):
        make_world(3_000, 1, tmp_path / "w")


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "w").write_text("mine")
    with pytest.raises(RefusedError, match="is a file"):
        make_world(3_000, 1, tmp_path / "w")


def test_what_a_killed_run_left_does_not_matter(tmp_path: Path) -> None:
    aside = tmp_path / ".w.partial"
    aside.mkdir()
    (aside / "shipments.csv").write_text("half")
    world = make_world(3_000, 1, tmp_path / "w")
    assert world.counts["shipments"] == len(read(world.paths["shipments"]))
    assert not aside.exists()


def test_an_earlier_world_gives_way_whole(tmp_path: Path) -> None:
    make_world(3_000, 1, tmp_path / "w", file_format="parquet")
    make_world(3_000, 2, tmp_path / "w", file_format="csv")
    told = json.loads((tmp_path / "w" / "world.json").read_text())
    assert told["parameters"]["seed"] == 2
    assert not (tmp_path / "w" / "shipments.parquet").exists()


@pytest.mark.parametrize(("start", "months"), [(date(2015, 3, 1), 12), (date(2023, 1, 1), 3), (date(2019, 1, 1), 120)])
def test_a_null_world_can_lie_in_any_time(tmp_path: Path, start: date, months: int) -> None:
    world = make_world(3_000, 6, tmp_path / "w", null=True, start=start, months=months)
    days = [date.fromisoformat(line["declared_on"]) for line in read(world.paths["shipments"])]
    assert len(days) == 3_000
    assert start <= min(days)
    assert (max(days).year * 12 + max(days).month) - (start.year * 12 + start.month) < months


def test_a_full_disk_is_said_and_leaves_the_earlier_world(tmp_path: Path) -> None:
    make_world(3_000, 1, tmp_path / "w")
    before = (tmp_path / "w" / "shipments.csv").read_bytes()
    script = (
        "import resource, sys; from pathlib import Path; from landwaiter.simulate.world import make_world\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"  # As small a disk as one can have here.
        "make_world(9_000, 2, Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "w")]
    failed = subprocess.run(command, check=False, capture_output=True, text=True)
    assert failed.returncode == 1
    assert "RefusedError" in failed.stderr.splitlines()[-1]
    assert (tmp_path / "w" / "shipments.csv").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["w"]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"rows": 10}, "not between"),
        ({"seed": -1}, "not between"),
        ({"view": "moon"}, "not one of"),
        ({"file_format": "xml"}, "neither"),
        ({"start": date(2023, 1, 1)}, "must begin"),
    ],
)
def test_what_cannot_be_made_is_said(tmp_path: Path, wrong: dict[str, object], why: str) -> None:
    with pytest.raises(InputError, match=why):
        make_world(**{"rows": 3_000, "seed": 1, "into": tmp_path / "w", **wrong})
    assert list(tmp_path.iterdir()) == []


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path; from landwaiter.simulate.world import make_world\n"
        "make_world(int(sys.argv[1]), 1, Path(sys.argv[2]), file_format='parquet')\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    peaks = []
    for rows in (70_000, 270_000):
        command = [sys.executable, "-c", script, str(rows), str(tmp_path / str(rows))]
        peaks.append(int(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    assert peaks[1] < peaks[0] + 150, peaks


def test_in_the_books_of_both_sides_most_legs_stand_twice_and_faults_occur(tmp_path: Path) -> None:
    world = make_world(8_000, 2, tmp_path / "w", view="c")
    lines = read(world.paths["shipments"])
    imports = [line for line in lines if line["flow"] == "import"]
    exports = [line for line in lines if line["flow"] != "import"]
    assert 7_500 < len(exports) < 8_200
    assert 7_400 < len(imports) < 8_200
    assert len({line["shipment_id"] for line in lines}) == len(lines)
    assert {line["reporter"] for line in imports} > {"RU", "TR", "HK", "DE"}
    assert all(line["reporter"] == line["consignee_country"] for line in imports)
    assert all(line["reporter"] == line["exporter_country"] for line in exports)
    units = {line["quantity_unit"] for line in imports}
    assert units >= {"C62", "KGM", "MIL"}
    assert len({line["document_id"] for line in lines}) < len(lines) - 200  # What was entered again.


def test_a_leg_in_two_books_has_other_days_codes_values_and_names(tmp_path: Path) -> None:
    parameters = draw_parameters(8_000, 2, start=date(2021, 1, 1), months=36, null=True, view="c", prevalence=1e-3)
    chunk = make_chunk(parameters, [], 0)
    book = write_book(parameters, chunk)
    lines = book.lines.to_pylist()
    by_lot: dict[int, dict[bool, dict[str, object]]] = {}
    for lot, line in zip(book.kept.tolist(), lines, strict=True):
        by_lot.setdefault(lot, {})[line["flow"] == "import"] = line
    pairs = [both for both in by_lot.values() if len(both) == 2]
    assert len(pairs) > 7_000
    assert all(both[True]["declared_on"] > both[False]["declared_on"] for both in pairs)
    for name, least, most in (
        ("hs_code", 0.03, 0.25),
        ("consignee_name", 0.3, 1.0),
        ("quantity_unit", 0.1, 0.5),
        ("currency", 0.1, 0.8),
        ("consignee_id", 0.2, 1.0),
    ):
        other = sum(both[True][name] != both[False][name] for both in pairs) / len(pairs)
        assert least < other < most, (name, other)
    dearer = sorted(
        float(both[True]["value_usd"]) / float(both[False]["value_usd"])
        for both in pairs
        if both[True]["value_usd"] and both[False]["value_usd"]
    )
    assert 1.02 < dearer[len(dearer) // 2] < 1.15


def test_the_aggregate_view_has_statistics_and_no_lines(tmp_path: Path) -> None:
    world = make_world(3_000, 2, tmp_path / "w", view="d")
    assert world.counts["shipments"] == 0
    assert world.counts["trade_flows"] > 1_000
