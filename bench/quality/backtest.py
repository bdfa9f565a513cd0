"""Would lists alone have stopped the known cases on the day before they were known, and how much later did they?

    python bench/quality/backtest.py [--cases ../shared/data/cases/cases.yaml] [--lists ../shared/data/lists]

No customs rows of these cases are public, so the part that rows would answer did not run, and is shown as such. Lists
without days cannot be frozen. Two of the copies at hand hold days that our readers do not take from these forms: the EU
annexes (startDate), and the US list, where the volume of the Federal Register gives a year. Its last day is taken, so
that nothing counts as known too early.
"""

import argparse
import csv
import gzip
import json
import re
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from landwaiter.backtest.hindsight import Given, Row, look_back
from landwaiter.backtest.stories import Story, read_stories
from landwaiter.fetch import read_lists
from landwaiter.record import Options

SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"
DATED_AS_THEY_ARE = ("ca_sema", "un_sc")
HEADER = ("listing_id", "list", "name", "kind", "country", "other_names", "weak_names", "listed_on")
NOTICE = re.compile(r"\b(\d{2}) FR \d+")
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})|(\d{1,2})\.(\d{1,2})\.(\d{4})")
KINDS = {"Person": "person", "Organization": "organisation", "Company": "organisation", "Vessel": "vessel"}


class Silent:
    """Nobody listens."""

    def begin(self, step: str) -> None:
        """Nothing is shown."""

    def end(self, step: str, rows: int) -> None:
        """Nothing is shown."""

    def say(self, line: str) -> None:
        """Nothing is shown."""


def first_day(text: str) -> str:
    """The earliest day in a cell of the EU annexes; empty where there is none."""
    days = []
    for iso, day, month, year in DAY.findall(text):
        try:
            days.append(date.fromisoformat(iso) if iso else date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return min(days).isoformat() if days else ""


def eu_rows(file: Path) -> list[tuple[str, ...]]:
    """Parties of the EU annexes with their first day, in the form of a user's own list."""
    rows = []
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            kind, ident = KINDS.get(line["schema"], "unknown"), f"eu:{len(rows)}"
            names = [line["name"], line["alias"], line["weakAlias"], line["country"][:2].upper()]
            if names[0].strip():
                rows.append((ident, "eu_oj", names[0], kind, "", names[1], names[2], first_day(line["startDate"])))
    return rows


def us_rows(file: Path) -> list[tuple[str, ...]]:
    """Parties of the US list; the last day of the year of the latest notice named, else no day."""
    whole = json.loads(gzip.decompress(file.read_bytes()))
    sources = whole["tables"]["sources"]
    rows = []
    for entry in whole["entries"]:
        years = [1935 + int(volume) for volume in NOTICE.findall(entry.get("fr") or "")]
        listed_on = f"{min(years)}-12-31" if years else ""
        name = re.sub(r".*\((\w+)\).*", r"us_\1", sources[entry["s"]])
        country = (entry.get("c") or [""])[0]
        other = ";".join(alias.replace(";", ",") for alias in entry.get("a") or [])
        rows.append((f"us:{len(rows)}", name, entry["n"], "unknown", country, other, "", listed_on))
    return rows


def make_lists(shared: Path, folder: Path) -> None:
    """A folder of lists with days, as far as they have any."""
    for name in DATED_AS_THEY_ARE:
        for file in (shared / name).iterdir():
            (folder / file.name).write_bytes(file.read_bytes())
    made = {
        "eu_oj": eu_rows(shared / "eu_oj" / "consolidated.csv.gz"),
        "us_csl": us_rows(shared / "us_csl" / "screening-list.json.gz"),
    }
    for name, rows in made.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows])


def show(story: Story, rows: list[Row], notes: list[str]) -> None:
    """One case: what was expected of the rows, and each actor by the lists."""
    print(f"\n{story.id} as of {story.as_of} ({', '.join(story.typologies)}); {notes[0] if notes else 'no lists'}")
    for row in rows:
        lead = "-" if row["lead_days"] is None else f"{row['lead_days']} d"
        then = str(row["on_lists"]) or "none"
        also = f"; others: {row['others_listed']}" if row["others_listed"] else ""
        undated = f"; without a day: {row['undated_lists']}" if row["undated_lists"] else ""
        print(
            f"  {str(row['actor'])[:44]:44s} then: {then:32s} later: {lead:>6s}   rows: {row['flagged']}{also}{undated}"
        )
    print(f"  the rows should have shown: {story.expect}")


def main() -> None:
    """Print every case, and the counts."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cases", type=Path, default=SHARED / "cases" / "cases.yaml")
    options.add_argument("--lists", type=Path, default=SHARED / "lists")
    chosen = options.parse_args()
    stories = read_stories(chosen.cases)
    answers: list[Row] = []
    by_case: dict[str, bool] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "lists").mkdir()
        (folder / "work").mkdir()
        make_lists(chosen.lists, folder / "lists")
        lists = read_lists(folder / "lists", as_of=max(one.as_of for one in stories))
        for one in lists.lists:
            held = lists.listings.filter([name == one.list for name in lists.listings.column("list").to_pylist()])
            print(
                f"{one.list}: {one.rows:,} listings, {held.num_rows - held.column('listed_on').null_count:,} with a day"
            )
        for failure in lists.failures:
            print(f"not read: {failure.name}: {failure.reason}")
        given = Given(lists, {}, Options(as_of=stories[0].as_of))
        for story, rows, notes in look_back(stories, given, folder / "work", Silent()):
            show(story, rows, notes)
            answers += rows
            by_case[story.id] = any(row["on_lists"] for row in rows)
    leads = sorted(int(str(row["lead_days"])) for row in answers if row["lead_days"] is not None)
    listed = sum(bool(row["on_lists"]) for row in answers)
    print(f"\n{len(stories)} cases, {len(answers)} actors")
    print(f"  on a list on the day: {listed} actors; an actor in {sum(by_case.values())} cases")
    half = leads[len(leads) // 2]
    print(f"  listed later with a day: {len(leads)} actors, after {leads[0]} to {leads[-1]} days, half within {half}")
    print(f"  by rows: {dict(Counter(str(row['flagged']) for row in answers))}")


if __name__ == "__main__":
    main()
