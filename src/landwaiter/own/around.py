"""What do registers and papers say of the parties that trade, and with whom do they share it?"""

from pathlib import Path

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import read_step
from landwaiter.own.papers import read_papers
from landwaiter.own.shared import share_attributes

COMPANY_PARTIES = read_step(Path(__file__).parent / "company_parties.sql")


def look_around(corridor: Corridor, *, has_register: bool) -> list[tuple[str, str]]:
    """Put what can be said of the parties' papers and neighbours; give what could not be looked at, and why."""
    if has_register:
        corridor.run(COMPANY_PARTIES, {})
        share_attributes(corridor)
    read_papers(corridor)
    return [] if has_register else [("shared attributes", "no register of companies was given: --companies")]
