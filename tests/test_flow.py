"""Does the main job hold together: rows in, ranked leads out, the same bytes twice, nothing lost in silence?"""

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from landwaiter.errors import EngineError, InputError
from landwaiter.fetch import read_lists
from landwaiter.flow import Inputs, run
from landwaiter.record import Options
from landwaiter.screen.standing import stand
from landwaiter.simulate.world import make_world
from landwaiter.tables import TABLES

OPTIONS = Options(as_of=date(2024, 1, 1), memory_mb=1024, threads=2)


class Listener:
    """A progress that remembers what it was told."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.steps: list[str] = []

    def begin(self, step: str) -> None:
        self.steps.append(step)

    def end(self, step: str, rows: int) -> None:
        assert rows >= 0

    def say(self, line: str) -> None:
        self.lines.append(line)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return make_world(3000, 1, tmp_path_factory.mktemp("world") / "w").paths


@pytest.fixture(scope="module")
def inputs(world):
    files = {name: [world[name]] for name in ("companies", "ownership", "components")} | {
        "declarations": [world["shipments"]]
    }
    files |= {"trade_flows": [world["trade_flows"]], "end_use_statements": [world["statements"]]}
    return Inputs(files=files, lists=world["listings"])


@pytest.fixture(scope="module")
def result(inputs, tmp_path_factory):
    out = tmp_path_factory.mktemp("result") / "out"
    listener = Listener()
    record = run(inputs, out, OPTIONS, listener)
    return out, record, listener


def table(out: Path, name: str):
    return pq.read_table(out / f"{name}.parquet")


def digests(out: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.glob("*.parquet"))}


def test_every_public_table_is_written_with_its_contract(result):
    out, record, _ = result
    public = {name for name, contract in TABLES.items() if contract.public}
    assert {path.stem for path in out.glob("*.parquet")} == public
    for name in public:
        assert table(out, name).schema.remove_metadata() == TABLES[name].schema
        assert table(out, name).num_rows == record.counts[name]


def test_rows_in_are_rows_loaded_and_rows_rejected(result):
    _, record, listener = result
    assert listener.lines[0] == "shipments.csv: 3000 rows = 3000 loaded + 0 rejected"
    for one in record.inputs:
        assert one["rows"] == one["loaded"] + one["rejected"]


def test_everything_points_at_what_is_there(result):
    out, _, _ = result
    rows = set(table(out, "shipments")["row_id"].to_pylist())
    parties = set(table(out, "parties")["party_id"].to_pylist())
    findings = set(table(out, "findings")["finding_id"].to_pylist())
    hops = table(out, "hops")
    assert set(hops["in_row"].to_pylist()) | set(hops["out_row"].to_pylist()) <= rows
    assert set(table(out, "chains")["row_id"].to_pylist()) <= rows
    for column in ("exporter_party", "consignee_party"):
        assert set(table(out, "shipments")[column].drop_null().to_pylist()) <= parties
    for lead in table(out, "assessments").to_pylist():
        assert set(lead["reasons"]) <= findings
        assert lead["innocent"]
        assert 0 < lead["score"] < 1


def test_no_lot_gives_more_than_it_has(result):
    out, _, _ = result
    quantity = dict(zip(*table(out, "shipments").select(["row_id", "quantity_base"]).to_pydict().values(), strict=True))
    for side in ("in_row", "out_row"):
        taken: dict[str, float] = {}
        for hop in table(out, "hops").to_pylist():
            taken[hop[side]] = taken.get(hop[side], 0) + hop["quantity"]
        over = [row for row, amount in taken.items() if quantity[row] is not None and amount > quantity[row] + 1e-6]
        assert over == []


def test_planted_schemes_lead_the_queue(result):
    out, _, _ = result
    leads = table(out, "assessments").to_pylist()
    first = min(leads, key=lambda lead: lead["rank"])
    assert first["subject_kind"] == "party"
    assert first["score"] > 0.5


def test_the_same_input_gives_the_same_bytes(result, inputs, tmp_path):
    out, _, _ = result
    run(inputs, tmp_path / "again", replace(OPTIONS, threads=1), Listener())
    assert digests(tmp_path / "again") == digests(out)


def test_the_order_of_rows_changes_no_finding(result, world, inputs, tmp_path):
    out, _, _ = result
    header, *lines = world["shipments"].read_text(encoding="utf-8").splitlines(keepends=True)
    backwards = tmp_path / "shipments.csv"
    backwards.write_text(header + "".join(reversed(lines)), encoding="utf-8")
    files = {**inputs.files, "declarations": [backwards]}
    run(replace(inputs, files=files), tmp_path / "out", OPTIONS, Listener())

    def told(folder):
        findings = table(folder, "findings").to_pylist()
        return sorted((f["flag"], f["subject_kind"], f["strength"], f["reason"]) for f in findings)

    assert told(tmp_path / "out") == told(out)


def test_run_json_says_what_ran_on_what_and_what_did_not(result, world):
    out, _, _ = result
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert record["as_of"] == "2024-01-01"
    assert record["inputs"][0]["sha256"] == hashlib.sha256(world["shipments"].read_bytes()).hexdigest()
    assert {step["name"] for step in record["steps"]} >= {"load", "resolve", "screen", "trace", "mirror", "assess"}
    assert record["lists"][0]["rows"] > 0
    assert record["not_run"] == [] or all(one["name"] and one["reason"] for one in record["not_run"])


def test_without_lists_screening_is_named_as_not_run(inputs, tmp_path):
    record = run(replace(inputs, lists=None, files=_only_shipments(inputs)), tmp_path / "out", OPTIONS, Listener())
    skipped = {one["name"]: one["reason"] for one in record.not_run}
    assert "--lists" in skipped["screen"]
    assert "--flows" in skipped["mirror"]
    assert "matches" in skipped["flag listed"]
    assert not (tmp_path / "out" / "matches.parquet").exists()
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "--lists" in page


def test_an_index_that_was_kept_changes_no_byte(result, inputs, tmp_path):
    out, _, _ = result
    lists = read_lists(inputs.lists, as_of=OPTIONS.as_of)
    kept = stand(lists.listings, lists.listing_names, as_of=OPTIONS.as_of)
    run(replace(inputs, standing=kept), tmp_path / "out", OPTIONS, Listener())
    for name in ("matches", "findings", "assessments", "listings_matched"):
        assert (tmp_path / "out" / f"{name}.parquet").read_bytes() == (out / f"{name}.parquet").read_bytes()


def _only_shipments(inputs):
    return {"declarations": inputs.files["declarations"]}


def test_a_refused_file_leaves_nothing(inputs, tmp_path):
    broken = tmp_path / "broken.csv"
    broken.write_text("no,such,columns\n1,2,3\n")
    files = {**inputs.files, "declarations": [broken]}
    with pytest.raises(InputError, match=r"broken\.csv"):
        run(replace(inputs, files=files), tmp_path / "out", OPTIONS, Listener())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.csv"]


def test_a_file_given_twice_is_refused(inputs, tmp_path):
    files = {**inputs.files, "declarations": [*inputs.files["declarations"], *inputs.files["declarations"]]}
    with pytest.raises(InputError, match="same content"):
        run(replace(inputs, files=files), tmp_path / "out", OPTIONS, Listener())


def test_records_of_a_list_that_cannot_be_read_are_rejects_too(inputs, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("listing_id,name,kind,country\na,Nobody Ltd,organisation,ZZ\n,,person,RU\n,,person,RU\n")
    run(replace(inputs, lists=own, files=_only_shipments(inputs)), tmp_path / "out", OPTIONS, Listener())
    rejects = table(tmp_path / "out", "rejects").to_pylist()
    assert {row["file"] for row in rejects} == {"own.csv"}
    assert len([row for row in rejects if row["line"] > 2]) == 2


def test_lists_of_which_not_one_can_be_read_stop_the_run(inputs, tmp_path):
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "poem.txt").write_text("not a list at all")
    with pytest.raises(EngineError, match="not one list"):
        run(replace(inputs, lists=tmp_path / "lists"), tmp_path / "out", OPTIONS, Listener())
