"""Is a planted scheme told on the day, with nothing later in the answer, and is what did not run said?"""

import csv
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from landwaiter.backtest.hindsight import ANSWERS, NO_LISTS, NO_ROWS, Given, look_back
from landwaiter.backtest.stories import Actor, Listed, Story, read_span
from landwaiter.fetch import read_lists
from landwaiter.load.loading import load
from landwaiter.record import Options
from landwaiter.simulate.world import make_world

ON = date(2023, 10, 31)
# What only the future can say, and since when, which takes more runs.
OPEN = {"listed_later", "lead_days", "reason", "undated_lists", "first_flagged_on"}


class Silent:
    """A progress that nobody listens to."""

    def begin(self, step: str) -> None:
        """Nothing is shown."""

    def end(self, step: str, rows: int) -> None:
        """Nothing is shown."""

    def say(self, line: str) -> None:
        """Nothing is shown."""


def told(stories, given, work):
    work.mkdir()
    rows = [row for _, rows, _ in look_back(stories, given, work, Silent()) for row in rows]
    return pa.Table.from_pylist(rows, schema=ANSWERS).to_pylist()


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return make_world(3000, 1, tmp_path_factory.mktemp("world") / "w").paths


def rows_of(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def story(world):
    """The hub of the first planted pass-through, a firm of the world that did nothing, and one that is in no book."""
    scheme = next(row for row in rows_of(world["truth"]) if row["label"] == "1" and row["typology"] == "T01")
    ids = set(scheme["shipment_ids"].split(";"))
    legs = [row for row in rows_of(world["shipments"]) if row["shipment_id"] in ids]
    hub = next(row for row in legs if row["destination_country"] == "RU")
    actors = [(hub["exporter_name"], hub["exporter_country"]), ("Zyxwvut Quarry Holding", "IS")]
    return Story(
        "planted",
        "A planted pass-through",
        ON,
        "",
        ("T01",),
        tuple(Actor((name,), country, "", ()) for name, country in actors),
    )


def given(world, tmp_path, *, shipments=None, listings=None, every=0):
    tmp_path.mkdir(exist_ok=True)
    loads = {}
    for kind, file in (("declarations", shipments or world["shipments"]), ("companies", world["companies"])):
        (tmp_path / kind).mkdir()
        loads[kind] = [load(kind, file, tmp_path / kind)]
    lists = read_lists(listings or world["listings"], as_of=ON)
    return Given(lists, loads, Options(as_of=ON, memory_mb=1024, threads=2), every)


@pytest.fixture(scope="module")
def answers(world, story, tmp_path_factory):
    folder = tmp_path_factory.mktemp("told")
    return told([story], given(world, folder / "in", every=700), folder / "work"), folder


def test_the_planted_hub_is_flagged_on_the_day_and_a_stranger_is_not_in_the_rows(answers):
    hub, stranger = answers[0]
    assert hub["flagged"] == "yes"
    assert hub["rank"] <= hub["of"]
    assert "T01" in hub["typologies_hit"]
    # Seven hundred days before the hub did not trade yet.
    assert hub["first_flagged_on"] == ON
    assert (answers[1] / "work" / "planted" / "2021-11-30" / "result").is_dir()
    assert (stranger["flagged"], stranger["flags"]) == ("not in the rows", "")
    assert "rows: not in the rows" in stranger["reason"]


def test_the_run_saw_no_row_after_the_day(answers):
    result = answers[1] / "work" / "planted" / f"{ON}" / "result"
    assert max(pq.read_table(result / "shipments.parquet").column("declared_on").to_pylist()) <= ON
    days = pq.read_table(result / "listings_matched.parquet").column("listed_on").to_pylist()
    assert all(day <= ON for day in days)


def test_later_rows_and_listings_change_no_answer(world, story, answers, tmp_path):
    """The whole law, on whole runs: the future may say anything."""
    later = tmp_path / "shipments.csv"
    lines = Path(world["shipments"]).read_text(encoding="utf-8").splitlines()
    days = [line.split(",", 2)[1] for line in lines]
    cut = [line for line, day in zip(lines, days, strict=True) if day <= f"{ON}" or day == "declared_on"]
    assert len(cut) < len(lines)
    later.write_text("\n".join(cut) + "\n", encoding="utf-8")
    listings = tmp_path / "listings.csv"
    hub = story.actors[0]
    new = {"listing_id": "x:1", "list": "made", "name": hub.names[0], "kind": "organisation", "country": hub.country}
    new |= {"listed_on": "2023-11-01", "reason": "taken up the day after"}
    listed = rows_of(world["listings"])
    with listings.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]), restval="")
        writer.writeheader()
        writer.writerows([*listed, new])
    again = told([story], given(world, tmp_path / "in", shipments=later, listings=listings), tmp_path / "work")
    for one, other in zip(answers[0], again, strict=True):
        assert {key: one[key] for key in one.keys() - OPEN} == {key: other[key] for key in other.keys() - OPEN}
    assert again[0]["lead_days"] == 1
    assert "made 2023-11-01" in again[0]["listed_later"]


def test_without_rows_and_lists_each_part_says_that_it_did_not_run(tmp_path):
    listed = Listed("EU", read_span("2024-01"))
    ash = Listed("EL", read_span("2021-07"))
    actors = (Actor(("Phoenix",), "RU", "", (listed,)), Actor(("Ash",), "RU", "", (ash,)))
    story = Story("p", "", ON, "", (), actors)
    phoenix, ashes = told([story], Given(None, {}, Options(as_of=ON)), tmp_path / "work")
    assert (phoenix["flagged"], phoenix["on_lists"]) == (NO_ROWS, NO_LISTS)
    assert (phoenix["others_listed"], phoenix["lead_days"]) == ("Ash", 62)
    assert (ashes["on_lists"], ashes["others_listed"]) == ("EL (case file)", "")
