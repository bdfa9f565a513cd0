"""Does every red flag fire on its story, and stay silent when the story differs in one innocent way?"""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from landwaiter.engine.duck import open_duck
from landwaiter.flags.judge import find_flags, judge
from worlds.small import party_id, put_world, read_worlds

HERE = Path(__file__).parent
FLAGS = {flag.name: flag for flag in find_flags()}


@cache
def told_findings(name, heading):
    """What a flag finds in one of its stories: several tests ask."""
    with TemporaryDirectory() as folder:
        return findings_of(name, read_worlds(HERE / f"{name}.md")[heading], Path(folder))


def findings_of(name, world, folder):
    with open_duck(folder, memory_mb=500, threads=1) as corridor:
        put_world(corridor, world)
        assert judge(corridor, [FLAGS[name]]) == []
        return corridor.get("findings").to_pylist()


def test_every_flag_has_its_worlds_and_every_world_its_flag():
    assert sorted(path.stem for path in HERE.glob("*.md")) == sorted(FLAGS)


@pytest.mark.parametrize("name", sorted(FLAGS))
def test_it_fires(name):
    world = read_worlds(HERE / f"{name}.md")["fires"]
    findings = told_findings(name, "fires")
    assert findings, world.story
    known = {f"w-{number}" for number in range(len(world.shipments))}
    known |= {match["listing"] for match in world.matches}
    known |= {party_id(row[side]) for row in world.shipments for side in ("seller", "buyer")}
    known |= {party_id(row[side]) for row in world.holdings for side in ("owner", "owned")}
    known |= {f"s-{number + 2}" for number in range(len(world.statements))}
    known |= {party_id(row["company"]) for row in world.companies}
    known |= {party_id(row["end user"]) for row in world.statements}
    for finding in findings:
        assert finding["flag"] == name
        assert 0 < finding["strength"] <= 1
        assert finding["evidence"]
        assert set(finding["evidence"]) <= known
        assert finding["first_on"] <= finding["last_on"]
        assert "{" not in finding["reason"]


@pytest.mark.parametrize("name", sorted(FLAGS))
def test_it_fires_in_every_way_that_is_told_and_in_no_other(name):
    worlds = read_worlds(HERE / f"{name}.md")
    assert any(not heading.startswith("fires") for heading in worlds)
    for heading in worlds:
        assert bool(told_findings(name, heading)) == heading.startswith("fires"), heading


@pytest.mark.parametrize("name", sorted(FLAGS))
def test_the_order_of_rows_does_not_matter(name, tmp_path):
    world = read_worlds(HERE / f"{name}.md")["fires"]
    told = told_findings(name, "fires")
    world.shipments.reverse()
    backwards = findings_of(name, world, tmp_path)
    say = [(finding["subject_kind"], finding["strength"], finding["reason"]) for finding in told]
    assert sorted(say) == sorted((row["subject_kind"], row["strength"], row["reason"]) for row in backwards)
