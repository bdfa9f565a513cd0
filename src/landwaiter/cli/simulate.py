"""`landwaiter simulate`: which world shall be made, how large, and where?"""

import json
import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from landwaiter.simulate.world import World, make_world


def simulate(
    *,
    rows: int,
    seed: int,
    out: Path,
    file_format: Annotated[Literal["csv", "parquet"] | None, Parameter(name="--format")] = None,
    null: Annotated[bool, Parameter(negative=())] = False,
    view: Literal["all", "a", "b", "c", "d"] = "all",
    as_json: Annotated[bool, Parameter(name="--json", negative=())] = False,
) -> int:
    """Make a world with planted schemes and its truth table.

    Parameters
    ----------
    rows
        Legs of the world, 3,000 or more; a view holds those that it sees, c most of them twice.
    seed
        The same seed gives the same bytes.
    out
        A folder that is absent, empty, or a world made before.
    file_format
        csv or parquet for the shipments; else CSV up to 200,000 rows.
    null
        The look-alikes without the schemes: every alert is false.
    view
        Whose books are kept: all has each leg once and without fault; a has the exports of the makers, b also the
        imports of the targets, c the books of both sides of every leg, each with faults; d has statistics only.
    as_json
        Print paths and counts as JSON.
    """
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("making", total=None)
        world = make_world(
            rows,
            seed,
            out,
            null=null,
            view=view,
            file_format=file_format,
            progress=lambda made, of: bar.update(task, completed=made, total=of),
        )
    if as_json:
        told = {"paths": {name: str(path) for name, path in world.paths.items()}, "counts": world.counts}
        sys.stdout.write(json.dumps(told, indent=1) + "\n")
    else:
        _print(world)
    return 0


def _print(world: World) -> None:
    console = Console()
    table = Table("file", "rows", box=None)
    for name, path in world.paths.items():
        table.add_row(str(path), f"{world.counts[name]:,}")
    console.print(table)
    planted = f"{world.counts['schemes']} schemes and {world.counts['look_alikes']} innocent look-alikes"
    console.print(f"{planted} are planted; truth.csv names them.", soft_wrap=True)
