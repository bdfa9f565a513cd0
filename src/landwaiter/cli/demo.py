"""`landwaiter demo`: a small made world, the whole flow on it, and the report: the first thing to run."""

import sys
from datetime import date
from pathlib import Path

from landwaiter.cli.progress import shown
from landwaiter.cli.run import summary
from landwaiter.flow import Inputs
from landwaiter.flow import run as run_flow
from landwaiter.record import Options
from landwaiter.settings import read_settings
from landwaiter.simulate.world import make_world

# The day after the last row of the made world: a demo gives the same result on every day.
AS_OF = date(2024, 1, 1)


def demo(folder: Path = Path("demo"), /, *, rows: int = 6000, seed: int = 1) -> int:
    """Make a small world with planted schemes, run the whole flow on it and write the report; no data, no network.

    Args:
        folder: where the world (world/) and the result (result/) go; the same call again replaces both.
        rows: how many shipments the world has.
        seed: another number makes another world.
    """
    settings = read_settings()
    with shown(quiet=False) as progress:
        progress.begin("simulate")
        world = make_world(rows, seed, folder / "world")
        progress.end("simulate", rows)
        paths = world.paths
        inputs = Inputs(
            files={
                "declarations": [paths["shipments"]],
                "companies": [paths["companies"]],
                "ownership": [paths["ownership"]],
                "end_use_statements": [paths["statements"]],
                "trade_flows": [paths["trade_flows"]],
                "components": [paths["components"]],
            },
            lists=paths["listings"],
        )
        options = Options(as_of=AS_OF, memory_mb=settings.memory_mb, threads=settings.threads)
        record = run_flow(inputs, folder / "result", options, progress)
    sys.stdout.write(summary(record, folder / "result"))
    sys.stdout.write(f"the world is made: its planted schemes are in {paths['truth']}\n")
    found = f"landwaiter trace --component C-1 --out {folder / 'result'}"
    sys.stdout.write(f"parts of it were found in a made-up drone ({paths['components']}): try {found}\n")
    return 0
