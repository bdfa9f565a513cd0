"""What does a run say of a made world, and what is true of it? Brings every finding and score back to true firms."""

import csv
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from landwaiter.flow import Inputs, run
from landwaiter.record import Options
from landwaiter.simulate.world import World, make_world

AS_OF = date(2024, 1, 1)


class Quiet:
    """A progress that says nothing."""

    def begin(self, step: str) -> None:
        """Nothing."""

    def end(self, step: str, rows: int) -> None:
        """Nothing."""

    def say(self, line: str) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Truth:
    """Who is guilty in a world.

    Args:
        typology: of each guilty firm, the typologies of its schemes: the subject, and who passes the goods on.
        routes: the routes of hub share jumps and of ramps.
        twins: firms of look-alikes, by the typology that they look like.
        aside: buyers of schemes: nobody says whether they know.
        rows: shipment_ids of the lines of schemes.
        signs: of each red flag of papers and registers, the guilty firms that show what it reads.
        route_typology: of each route, the typologies of its schemes.
    """

    typology: dict[str, set[str]]
    routes: set[str]
    twins: dict[str, set[str]]
    aside: set[str]
    rows: set[str]
    signs: dict[str, set[str]] = field(default_factory=dict)
    route_typology: dict[str, set[str]] = field(default_factory=dict)

    def owes(self, typology: str, flag: str = "") -> set[str]:
        """The subjects that a red flag of this typology, or of this name, is meant to find."""
        firms = {firm for firm, kinds in self.typology.items() if typology in kinds}
        routes = {route for route, kinds in self.route_typology.items() if typology in kinds}
        return firms | routes | self.signs.get(flag, set())


@dataclass(frozen=True)
class Subject:
    """A party, chain or route that was assessed; name is the true firm, or the id; strengths are by red flag."""

    kind: str
    id: str
    name: str
    score: float
    strengths: dict[str, float]
    is_guilty: bool
    hubs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """One world in one view: its truth and what the run said of it.

    Args:
        flags: the true firms, or routes, that each red flag pointed at.
        days: of each guilty firm found, the days from its first row in evidence to the last row of its first finding.
        resolution: how well the mentions of firms were put together.
    """

    view: str
    lines: int
    legs: int
    truth: Truth
    subjects: list[Subject]
    flags: dict[str, set[str]]
    days: dict[str, int]
    resolution: Counter[str] = field(default_factory=Counter)

    def parties(self) -> list[Subject]:
        """Every true firm once, by its most suspicious party; buyers of schemes are left out."""
        best: dict[str, Subject] = {}
        for one in self.subjects:
            known = one.kind == "party" and one.name not in self.truth.aside
            if known and (one.name not in best or one.score > best[one.name].score):
                best[one.name] = one
        return sorted(best.values(), key=lambda one: (-one.score, one.name))


def judged_world(rows: int, seed: int, view: str, *, null: bool = False, memory_mb: int = 4096) -> Judged:
    """Make a world, run the whole flow on what the view shows, and bring the answer back to the true firms."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world, result = run_world(rows, seed, view, folder, null=null, memory_mb=memory_mb)
        return against_truth(world, result)


def run_world(
    rows: int, seed: int, view: str, folder: Path, *, null: bool = False, memory_mb: int = 4096
) -> tuple[World, Path]:
    """Make a world and run the whole flow on it with all that it has."""
    world = make_world(rows, seed, folder / "world", view=view, null=null, file_format="parquet")
    files = {"declarations": [world.paths["shipments"]]}
    files |= {kind: [world.paths[kind]] for kind in ("companies", "ownership")}
    files |= {"end_use_statements": [world.paths["statements"]]}
    inputs = Inputs(files=files, lists=world.paths["listings"])
    run(inputs, folder / "result", Options(as_of=AS_OF, memory_mb=memory_mb), Quiet())
    return world, folder / "result"


def read_truth(world: World) -> Truth:
    """The truth table of a world as sets of firms."""
    typology: dict[str, set[str]] = defaultdict(set)
    twins: dict[str, set[str]] = defaultdict(set)
    signs: dict[str, set[str]] = defaultdict(set)
    route_typology: dict[str, set[str]] = defaultdict(set)
    routes: set[str] = set()
    aside: set[str] = set()
    rows: set[str] = set()
    with world.paths["truth"].open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            roles = [one.rsplit(":", 1) for one in row["roles"].split(";") if one]
            firms = {firm for firm, role in roles if role == "hub"}
            firms |= {row["subject_id"]} if row["subject_kind"] == "party" else set()
            if row["label"] == "0":
                twins[row["typology"]] |= firms | ({row["subject_id"]} if row["subject_kind"] == "route" else set())
                continue
            if row["subject_kind"] == "route":
                routes.add(row["subject_id"])
                route_typology[row["subject_id"]].add(row["typology"])
            aside |= {firm for firm, role in roles if role == "buyer"}
            rows |= set(row["shipment_ids"].split(";"))
            for firm in firms:
                typology[firm].add(row["typology"])
            for sign in filter(None, row["signs"].split(";")):
                signs[sign] |= {row["subject_id"]} if row["subject_kind"] == "party" else firms
    return Truth(dict(typology), routes, dict(twins), aside - set(typology), rows, dict(signs), dict(route_typology))


def against_truth(world: World, result: Path) -> Judged:
    """The findings and assessments of a run, each with the true firm behind its party."""
    truth = read_truth(world)
    firm_of, resolution = firms_of_parties(world, result)
    flags: dict[str, set[str]] = defaultdict(set)
    strengths: dict[str, dict[str, float]] = defaultdict(dict)
    spans: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for row in pq.read_table(result / "findings.parquet").to_pylist():
        subject, flag = row["subject_id"], row["flag"]
        firm = firm_of.get(subject, subject)
        flags[flag].add(firm)
        strengths[subject][flag] = max(strengths[subject].get(flag, 0.0), row["strength"])
        if firm in truth.typology and row["first_on"] is not None:
            spans[firm].append((row["first_on"], row["last_on"]))
    days = {
        firm: (min(last for _, last in all_) - min(first for first, _ in all_)).days for firm, all_ in spans.items()
    }
    legs = _legs_of_chains(result)
    subjects = []
    for lead in pq.read_table(result / "assessments.parquet").to_pylist():
        kind, subject = lead["subject_kind"], lead["subject_id"]
        name = firm_of.get(subject, subject)
        hubs: tuple[str, ...] = ()
        guilty = name in truth.typology or name in truth.routes
        if kind == "chain":
            guilty = all(shipment in truth.rows for shipment, _ in legs[subject])
            hubs = tuple(buyer for _, buyer in legs[subject][:-1])
        subjects.append(Subject(kind, subject, name, lead["score"], dict(strengths[subject]), guilty, hubs))
    lines = pq.read_metadata(result / "shipments.parquet").num_rows
    view = world.parameters.view
    return Judged(view, lines, world.parameters.rows, truth, subjects, dict(flags), days, resolution)


def _legs_of_chains(result: Path) -> dict[str, list[tuple[str, str]]]:
    """The shipment_id and the buyer of every leg of every chain, in order; only these rows are read whole."""
    legs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    query = """SELECT chain_id, shipment_id, consignee_party FROM read_parquet($chains)
        JOIN read_parquet($shipments) USING (row_id) ORDER BY chain_id, position"""
    files = {name: str(result / f"{name}.parquet") for name in ("chains", "shipments")}
    with duckdb.connect() as con:
        for chain, number, buyer in con.execute(query, files).fetchall():
            legs[chain].append((number, buyer))
    return legs


def true_firms(world: World, lines: pa.Table, role: str) -> list[str | None]:
    """The true firm of one role of every line; None where the world does not tell."""
    with world.paths["firms"].open(encoding="utf-8", newline="") as file:
        known = {(row["reporter"], row["name"], row["id"]): row["firm_id"] for row in csv.DictReader(file)}
    # A line may have lost its number: then the spelling decides, where it is one firm's alone.
    by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (reporter, name, _), firm in known.items():
        by_name[reporter, name].add(firm)
    alone = {key: min(firms) for key, firms in by_name.items() if len(firms) == 1}
    columns = [lines.column(name).to_pylist() for name in ("reporter", f"{role}_name", f"{role}_id")]
    return [
        known.get((reporter, name, number or "")) or alone.get((reporter, name))
        for reporter, name, number in zip(*columns, strict=True)
    ]


def firms_of_parties(world: World, result: Path) -> tuple[dict[str, str], Counter[str]]:
    """The true firm that most lines of each party are, and how well mentions were put together."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for role in ("exporter", "consignee"):
        columns = ", ".join(("reporter", f"{role}_name", f"{role}_id", f"{role}_party"))
        query = f"SELECT {columns}, COUNT(*) AS lines FROM read_parquet($file) GROUP BY ALL ORDER BY ALL"
        with duckdb.connect() as con:
            lines = con.sql(query, params={"file": str(result / "shipments.parquet")}).to_arrow_table()
        told = zip(
            true_firms(world, lines, role), *(lines.column(name).to_pylist() for name in (f"{role}_party", "lines")),
            strict=True,
        )  # fmt: skip
        for firm, party, many in told:
            if party is not None and firm is not None:
                votes[party][firm] += many
    firms = {party: max(sorted(each), key=each.__getitem__) for party, each in votes.items()}
    parties_of_firm = Counter(firms.values())
    counts = Counter(
        {
            "parties": len(firms),
            "parties that mix firms": sum(len(each) > 1 for each in votes.values()),
            "firms": len(parties_of_firm),
            "firms in one party": sum(number == 1 for number in parties_of_firm.values()),
        }
    )
    return firms, counts
