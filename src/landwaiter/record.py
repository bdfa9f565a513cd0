"""What did a run do, on what, and what did it not do? The record that becomes run.json."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path

from landwaiter import __version__

# The packages that decide the rows, beside our own rules.
ENGINES_OF_RECORD = ("duckdb", "pyarrow", "sqlglot", "rapidfuzz", "opencc")

# What of the package decides rows beside its code: steps, red flags, tables of facts, words.
RULES = (".sql", ".csv", ".txt", ".toml")


@cache
def rules_digest() -> str:
    """Digest of every SQL step, red flag and table of facts: two runs with the same one judged by the same rules."""
    here = Path(__file__).parent
    whole = hashlib.sha256()
    for path in sorted(path for path in here.rglob("*") if path.suffix in RULES and "sample" not in path.parts):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{path.relative_to(here).as_posix()} {digest}\n".encode())
    return whole.hexdigest()


@dataclass(frozen=True)
class Options:
    """What decides the result of a run, beside its inputs, and what it may use.

    Args:
        as_of: the day for which lists and control lists are read.
        targets: destinations of concern in place of our own, as `RU` or `RU:2022-02-24`.
        origins: controlled origins in place of our own.
        window_days: how long an arrival may explain a departure.
        max_hops: chains longer than this are cut, and the record says so.
        threshold: score from which a listed party counts as a possible match.
        memory_mb: for the whole run; the engine gets three fifths of it, Python and its children the rest.
        threads: how many a step may use; the result does not depend on it.
        engine: duckdb, sail or spark.
        spark_url: of the cluster, for spark.
    """

    as_of: date
    targets: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    window_days: int = 180
    max_hops: int = 6
    threshold: float | None = None
    memory_mb: int = 4096
    threads: int = 2
    engine: str = "duckdb"
    spark_url: str | None = None


@dataclass
class Record:
    """What run.json will say."""

    options: Options
    inputs: list[dict[str, object]] = field(default_factory=list)
    lists: list[dict[str, object]] = field(default_factory=list)
    steps: list[dict[str, object]] = field(default_factory=list)
    not_run: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    flags: dict[str, dict[str, str]] = field(default_factory=dict)
    lists_from: str | None = None
    view: dict[str, object] = field(default_factory=lambda: {"view": "d", "means": "no customs rows were given"})

    def skip(self, name: str, reason: str) -> None:
        """Remember what did not run: it is never shown as nothing found."""
        self.not_run.append({"name": name, "reason": reason})

    def as_json(self) -> str:
        """The text of run.json."""
        options = self.options
        whole = {
            "program": "landwaiter",
            "versions": {"landwaiter": __version__, **{name: version(name) for name in ENGINES_OF_RECORD}},
            "rules": rules_digest(),
            "as_of": options.as_of.isoformat(),
            "options": {
                "targets": options.targets,
                "origins": options.origins,
                "window_days": options.window_days,
                "max_hops": options.max_hops,
                "threshold": options.threshold,
                "engine": options.engine,
            },
            "inputs": self.inputs,
            "lists": self.lists,
            "lists_from": self.lists_from,
            "view": self.view,
            "counts": self.counts,
            "steps": self.steps,
            "not_run": self.not_run,
            "notes": self.notes,
            "flags": self.flags,
        }
        return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
