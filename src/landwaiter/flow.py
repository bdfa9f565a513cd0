"""In which order is the work done? Files and lists in, tables, run.json and the report out."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

import pyarrow as pa

from landwaiter.assess.checklist import write_checklist
from landwaiter.assess.fuse import assess
from landwaiter.classify.components import link_components
from landwaiter.classify.priority import classify
from landwaiter.daybook.book import keep_book
from landwaiter.engine.choose import open_engine
from landwaiter.engine.corridor import Corridor
from landwaiter.engine.folder import MARK, new_folder
from landwaiter.engine.step import Step, read_step
from landwaiter.errors import EngineError, InputError
from landwaiter.fetch import ListsRead, read_lists
from landwaiter.flags.judge import find_flags, judge
from landwaiter.load.earlier import read_earlier
from landwaiter.load.loading import Loaded, load
from landwaiter.load.mapping import Mapping as FileMapping
from landwaiter.mirror.gaps import compare_books
from landwaiter.own.around import look_around
from landwaiter.own.control import control
from landwaiter.own.owner_facts import tell_owner_facts
from landwaiter.record import Options, Record
from landwaiter.ref.concern import origins, targets
from landwaiter.report.page import write_report
from landwaiter.resolve.parties import link
from landwaiter.screen.decisions import Decisions, read_decisions
from landwaiter.screen.match import screen, set_aside
from landwaiter.screen.standing import Standing
from landwaiter.tables import TABLES
from landwaiter.text.evidence import DEFAULT_THRESHOLD
from landwaiter.trace.chains import trace
from landwaiter.trace.views import view_of_run

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Inputs:
    """The files of one run, by the table that they fill, how their headers map, and what officers have decided.

    Args:
        files: by table.
        lists: of parties, a folder or a file, or read already.
        decisions: what officers have said of pairs.
        standing: an index of the lists kept from an earlier time; it saves time and decides nothing.
        mappings: by table.
        earlier: a result to whose customs rows those of `files` are added.
        book: where to found a book to which `landwaiter day` can add; None for none.
    """

    files: Mapping[str, Sequence[Path]]
    lists: Path | ListsRead | None
    decisions: Path | None = None
    standing: Standing | None = None
    mappings: Mapping[str, FileMapping] = field(default_factory=dict)
    earlier: Path | None = None
    book: Path | None = None


class Progress(Protocol):
    """Who wants to hear how far the work is."""

    def begin(self, step: str) -> None:
        """A step begins."""

    def end(self, step: str, rows: int) -> None:
        """It has ended, and made so many rows."""

    def say(self, line: str) -> None:
        """A line for the person who started the run."""


class Concern(NamedTuple):
    """Destinations of concern and controlled origins, each with its first day."""

    targets: pa.Table
    origins: pa.Table


@dataclass
class _Run:
    """One run under way: its corridor, its record and its folders."""

    corridor: Corridor
    inputs: Inputs
    options: Options
    concern: Concern
    record: Record
    progress: Progress
    work: Path

    @contextmanager
    def step(self, name: str, makes: str) -> Iterator[None]:
        """Time a step and count the table it makes."""
        self.progress.begin(name)
        begun = time.monotonic()
        yield
        rows = self.corridor.count(makes) if self.corridor.has(makes) else 0
        self.record.steps.append({"name": name, "seconds": round(time.monotonic() - begun, 3), "rows": rows})
        self.progress.end(name, rows)

    def skip_without_shipments(self, name: str) -> bool:
        """Whether a part has nothing to work on; then the record says so."""
        if self.inputs.files.get("declarations"):
            return False
        self.record.skip(name, "no customs rows were given: --shipments")
        return True


def run(inputs: Inputs, out: Path, options: Options, progress: Progress) -> Record:
    """Run every engine and red flag on the files and lists, and write the tables, run.json and report.html to `out`.

    `out` is replaced only when everything is written. Raises a LandwaiterError, with `out` as it was, when that fails.
    """
    record = Record(options)
    if not any(inputs.files.values()):
        raise InputError("--shipments", "no file was given", "give customs rows, or --flows")
    # Asked for here, so that a wrong option is refused before an hour of loading.
    concern = Concern(targets(options.targets), origins(options.origins))
    with new_folder(out) as folder:
        work = folder / "work"
        (work / "engine").mkdir(parents=True)
        with open_engine(
            options.engine,
            work / "engine",
            memory_mb=options.memory_mb * 3 // 5,
            threads=options.threads,
            url=options.spark_url,
        ) as corridor:
            under_way = _Run(corridor, inputs, options, concern, record, progress, work)
            for part in PARTS:
                part(under_way)
            _write(under_way, folder)
            _keep_book(under_way)
        _remove(work)
        (folder / MARK).write_text(record.as_json(), encoding="utf-8")
        progress.begin("report")
        write_report(folder)
        progress.end("report", record.counts.get("assessments", 0))
    return record


# ---- The parts, in order -------------------------------------------------------------------------------------------


def _load(this: _Run) -> None:
    """Every file to its table; what cannot be read goes to rejects."""
    loads: list[tuple[str, Loaded]] = []
    given = [kind for kind, files in this.inputs.files.items() if files]
    earlier = read_earlier(this.inputs.earlier, this.work, given) if this.inputs.earlier else None
    known = {str(one["sha256"]): str(one["file"]) for one in earlier.inputs} if earlier else {}
    paths: list[Path] = []
    with this.step("load", "declarations"):
        for kind in ("declarations", "companies", "ownership", "end_use_statements", "trade_flows", "components"):
            of_kind: list[Loaded] = []
            kept = earlier if kind == "declarations" else None
            for file in this.inputs.files.get(kind, ()):
                first = sum(one.loaded for one in of_kind) + (kept.rows if kept else 0)
                loaded = load(
                    kind,
                    file,
                    this.work,
                    mapping=this.inputs.mappings.get(kind),
                    first_row_no=first,
                )
                this.progress.say(loaded.line)
                _refuse_twice(loaded, known | {other.sha256: other.file for other in of_kind})
                of_kind.append(loaded)
            _put(this, kind, [*([kept.declarations] if kept else []), *(one.paths[0] for one in of_kind)])
            loads += [(kind, loaded) for loaded in of_kind]
            paths += this.inputs.files.get(kind, ())
    this.corridor.put_parquet("rejects", [loaded.paths[1] for _, loaded in loads])
    if earlier:
        this.corridor.put("rejects", pa.concat_tables([earlier.rejects, this.corridor.get("rejects")]))
    this.record.inputs = (earlier.inputs if earlier else []) + [
        {
            "file": loaded.file,
            "path": str(path.resolve()),
            "kind": kind,
            "sha256": loaded.sha256,
            "rows": loaded.rows,
            "loaded": loaded.loaded,
            "rejected": loaded.rejected,
            "form": loaded.form,
            "encoding": loaded.encoding,
            "ignored_columns": loaded.ignored_columns,
            "notes": loaded.notes,
            "mapping": asdict(mapping) if (mapping := this.inputs.mappings.get(kind)) else None,
        }
        for (kind, loaded), path in zip(loads, paths, strict=True)
    ]


def _refuse_twice(loaded: Loaded, known: Mapping[str, str]) -> None:
    """The same rows counted twice would double every quantity; `known` are the digests of the files before."""
    if loaded.sha256 in known:
        raise InputError(loaded.file, f"has the same content as {known[loaded.sha256]}", "give every file once")


def _put(this: _Run, kind: str, paths: list[Path]) -> None:
    if paths:
        this.corridor.put_parquet(kind, paths)
    else:
        this.corridor.put(kind, TABLES[kind].schema.empty_table())


def _resolve(this: _Run) -> None:
    """Spellings, scripts and ids to parties."""
    if this.skip_without_shipments("resolve"):
        return
    with this.step("resolve", "shipments"):
        this.corridor.run(_step("resolve/mentions"), {})
        link(this.corridor, threads=this.options.threads)
        this.corridor.run(_step("resolve/shipments"), {})
        this.corridor.run(_step("resolve/company_parties"), {})
        this.corridor.run(_step("resolve/party_companies"), {})
        this.corridor.drop("declarations")


def _classify(this: _Run) -> None:
    """Goods to control lists."""
    if this.skip_without_shipments("classify"):
        return
    with this.step("classify", "controls"):
        this.record.notes += classify(this.corridor, as_of=this.options.as_of)


def _link_components(this: _Run) -> None:
    """Components found in weapons to the shipments that could have carried them."""
    if not this.inputs.files.get("components") or this.skip_without_shipments("components"):
        return
    with this.step("components", "component_links"):
        this.record.notes += link_components(this.corridor, as_of=this.options.as_of)


def _screen(this: _Run) -> None:
    """Parties to listings."""
    if this.skip_without_shipments("screen"):
        return
    if this.inputs.lists is None:
        this.record.skip("screen", "no list of parties was given or kept: run `landwaiter update`, or give --lists")
        return
    with this.step("screen", "matches"):
        given = this.inputs.lists
        if isinstance(given, Path):
            this.record.lists_from = str(given.resolve())
        lists = given if isinstance(given, ListsRead) else read_lists(given, as_of=this.options.as_of)
        _remember_lists(this.record, lists)
        this.corridor.put("listings", lists.listings)
        this.corridor.put("listing_names", lists.listing_names)
        this.corridor.put("rejects", pa.concat_tables([this.corridor.get("rejects"), lists.rejects]))
        screen(
            this.corridor,
            as_of=this.options.as_of,
            threshold=DEFAULT_THRESHOLD if this.options.threshold is None else this.options.threshold,
            threads=this.options.threads,
            decisions=_decisions(this),
            standing=this.inputs.standing,
        )
        this.record.notes += set_aside(this.corridor.get("matches"))
        this.corridor.run(_step("screen/listings_matched"), {})


def _decisions(this: _Run) -> Decisions:
    """What officers have said of pairs; the file is an input like any other."""
    path = this.inputs.decisions
    if path is None or not path.is_file():
        return Decisions(())
    decisions = read_decisions(path)
    digest, rejected = hashlib.sha256(path.read_bytes()).hexdigest(), len(decisions.unread)
    this.record.inputs.append(
        {"file": path.name, "path": str(path.resolve()), "kind": "decisions", "sha256": digest, "rows": decisions.lines,
         "loaded": decisions.lines - rejected, "rejected": rejected}
    )  # fmt: skip
    if rejected:
        lines = ", ".join(map(str, decisions.unread[:10]))
        this.record.notes.append(f"screen: {path.name}: not read, so their pairs are open: lines {lines}")
    return decisions


def _remember_lists(record: Record, lists: ListsRead) -> None:
    for one in lists.lists:
        record.lists.append(
            {
                "list": one.list,
                "title": one.title,
                "publisher": one.publisher,
                "as_of": one.as_of.isoformat() if one.as_of else None,
                "age_days": one.age_days,
                "rows": one.rows,
                "set_aside": one.set_aside,
                "sha256": one.sha256,
                "files": one.files,
                "note": one.note,
            }
        )
    for failure in lists.failures:
        record.skip(f"list {failure.name}", failure.reason)
    if not lists.lists:
        raise EngineError("lists", "not one list could be read", "; ".join(f.reason for f in lists.failures)[:500])


def _own(this: _Run) -> None:
    """Holdings to those who stand behind our parties."""
    if not this.inputs.files.get("ownership"):
        this.record.skip("own", "no ownership was given: --ownership")
        return
    if not this.corridor.has("matches"):
        this.record.skip("own", "needs parties that were screened against lists")
        return
    with this.step("own", "control_of"):
        this.corridor.run(_step("own/holders"), {})
        control(this.corridor, as_of=this.options.as_of)
        tell_owner_facts(this.corridor, as_of=this.options.as_of)


def _neighbours(this: _Run) -> None:
    """What registers and papers say of the parties that trade, and with whom they share it."""
    if this.skip_without_shipments("neighbours"):
        return
    with this.step("neighbours", "shared_attributes"):
        given = {kind: bool(this.inputs.files.get(kind)) for kind in ("companies", "end_use_statements")}
        for name, reason in look_around(
            this.corridor, has_register=given["companies"], has_statements=given["end_use_statements"]
        ):
            this.record.skip(name, reason)


def _trace(this: _Run) -> None:
    """Shipments to hops and chains."""
    if this.skip_without_shipments("trace"):
        return
    with this.step("trace", "hops"):
        this.corridor.put("targets", this.concern.targets)
        this.corridor.put("origins", this.concern.origins)
        options = this.options
        this.record.notes += trace(
            this.corridor, window_days=options.window_days, max_hops=options.max_hops, threads=options.threads
        )
        view = view_of_run(this.corridor)
        this.record.view = view
        this.record.notes.append(f"view ({view['view']}): {view['means']}")
        counted = this.corridor.count("lots") + this.corridor.count("legs")
        left_out = this.corridor.count("shipments") - counted
        if left_out:
            reason = "have no quantity or mass, or no seller or buyer, or both are one party"
            this.record.notes.append(f"trace: {left_out} rows {reason}: they are in no ledger")


def _mirror(this: _Run) -> None:
    """Aggregate flows to gaps, breaks and substitution."""
    if not this.inputs.files.get("trade_flows"):
        this.record.skip("mirror", "no aggregate trade statistics were given: --flows")
        return
    with this.step("mirror", "gaps"):
        for name, reason in compare_books(this.corridor, as_of=this.options.as_of, targets=this.options.targets):
            this.record.skip(f"mirror {name}", reason)


def _judge(this: _Run) -> None:
    """Tables to findings."""
    flags = find_flags()
    this.record.flags = {flag.name: dict(flag.card) for flag in flags}
    with this.step("flags", "findings"):
        for name, reason in judge(this.corridor, flags):
            this.record.skip(f"flag {name}", reason)


def _assess(this: _Run) -> None:
    """Findings to a ranked list."""
    if this.skip_without_shipments("assess"):
        return
    with this.step("assess", "assessments"):
        cards = this.record.flags
        context = [name for name, card in cards.items() if card["kind"] == "context"]
        innocent = {name: card["innocent"] for name, card in cards.items()}
        assess(this.corridor, innocent=innocent, context=context, view=this.record.view["view"])
        reasons = {one["name"].removeprefix("flag "): one["reason"] for one in this.record.not_run}
        write_checklist(this.corridor, cards, reasons, private_lists=_private(this.record))


def _private(record: Record) -> list[str]:
    """The lists that are the user's own."""
    return [str(one["list"]) for one in record.lists if one["publisher"] == "the user"]


PARTS: tuple[Callable[[_Run], None], ...] = (
    _load,
    _resolve,
    _classify,
    _link_components,
    _screen,
    _own,
    _neighbours,
    _trace,
    _mirror,
    _judge,
    _assess,
)


def _write(this: _Run, folder: Path) -> None:
    """Every public table that was made, in the order of its key."""
    this.progress.begin("write")
    begun = time.monotonic()
    for table in TABLES.values():
        if table.public and this.corridor.has(table.name):
            this.record.counts[table.name] = this.corridor.write(table.name, folder / f"{table.name}.parquet")
    rows = sum(this.record.counts.values())
    this.record.steps.append({"name": "write", "seconds": round(time.monotonic() - begun, 3), "rows": rows})
    this.progress.end("write", rows)


def _keep_book(this: _Run) -> None:
    """The tables to which days can be added, where a book was asked for."""
    if this.inputs.book is None or this.skip_without_shipments("book"):
        return
    with this.step("book", "shipments"):
        keep_book(this.corridor, this.inputs.book, this.options, this.record.inputs)


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


def _step(path: str) -> Step:
    return read_step(HERE / f"{path}.sql")
