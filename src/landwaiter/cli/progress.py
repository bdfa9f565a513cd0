"""How far is it? A bar on a terminal, nothing in a pipe; lines for the person go to standard output either way."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress as Bars
from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn


class Shown:
    """Shows each step of a run while it lasts."""

    def __init__(self, bars: Bars, out: Console) -> None:
        self._bars = bars
        self._out = out
        self._task = bars.add_task("starting", total=None)

    def begin(self, step: str) -> None:
        """A step begins."""
        self._bars.update(self._task, description=step)

    def end(self, step: str, rows: int) -> None:
        """It has ended, and made so many rows."""
        self._bars.update(self._task, description=f"{step}: {rows:,} rows")

    def say(self, line: str) -> None:
        """A line for the person who started the run."""
        self._out.print(line, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def shown(*, quiet: bool) -> Iterator[Shown]:
    """A bar on standard error where that is a terminal; with `quiet` the lines go nowhere."""
    errors = Console(stderr=True)
    out = Console(quiet=quiet)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bars(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bars:
        yield Shown(bars, out)
