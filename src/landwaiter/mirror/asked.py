"""What was asked of the books, and on which terms are they compared?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from landwaiter.engine.corridor import Corridor, Parameter
from landwaiter.engine.step import read_step
from landwaiter.mirror.dates import control_days
from landwaiter.mirror.unions import neighbours_on

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Terms:
    """On which terms books are compared; every reason repeats those it leans on.

    Args:
        money: the money that column value_usd holds; other than USD where a mapping put another currency there.
        freight_bp: what freight and insurance add to exports (FOB) until they are imports (CIF), in basis points.
        benign_bp: gap that honest books show; see `mirror_excesses.sql` for how a pair's own history is added to it.
        nominal_bp: share of placebo dates that may look like a break.
        least_cents: amount under which nothing is reported.
        least_ratio_bp: substitution under which a code is not reported; the total always is.
    """

    money: str = "USD"
    freight_bp: int = 600
    benign_bp: int = 2000
    nominal_bp: int = 100
    least_cents: int = 5_000_000
    least_ratio_bp: int = 1000


@dataclass(frozen=True)
class Asked:
    """One question to the books; empty fields mean the project's own facts. `compare_books` says what each holds."""

    as_of: date
    targets: Sequence[str]
    neighbours: Sequence[str]
    windows: Sequence[tuple[int, int]]
    controls: Sequence[date]
    treated: Sequence[str]
    terms: Terms

    def days_of(self, origin: str, targets: Sequence[str]) -> list[date]:
        """Days on which an origin's controls on the targets began, none after `as_of`."""
        if self.controls:
            return sorted(day for day in self.controls if day <= self.as_of)
        return control_days(origin, targets, as_of=self.as_of)

    def ways_round(self) -> dict[str, list[str]]:
        """For each target the countries through which goods could go instead."""
        if self.neighbours:
            return {target: sorted(set(self.neighbours) - {target}) for target in self.targets}
        return neighbours_on(self.as_of, self.targets)

    def run(self, corridor: Corridor, names: str) -> None:
        """Run steps of this room one after the other, on these terms."""
        bound: dict[str, Parameter] = {
            "freight_bp": self.terms.freight_bp,
            "benign_bp": self.terms.benign_bp,
            "nominal_bp": self.terms.nominal_bp,
            "least_cents": self.terms.least_cents,
        }
        for name in names.split():
            corridor.run(read_step(HERE / f"{name}.sql"), bound)
