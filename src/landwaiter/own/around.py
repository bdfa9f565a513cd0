"""What do registers, statements and papers say of the parties that trade, and with whom do they share it?"""

from pathlib import Path

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import read_step
from landwaiter.own.end_uses import read_end_uses
from landwaiter.own.papers import read_papers
from landwaiter.own.phoenix import name_phoenixes
from landwaiter.own.shared import share_attributes
from landwaiter.own.statement_signs import ask_officers, mark_reuse
from landwaiter.own.statements import cover_shipments
from landwaiter.own.ways import measure_ways

STATEMENT_PARTIES = read_step(Path(__file__).parent / "statement_parties.sql")


def look_around(corridor: Corridor, *, has_register: bool, has_statements: bool) -> list[tuple[str, str]]:
    """Put what can be said of the parties' papers and neighbours; give what could not be looked at, and why.

    Of a register that was not given not even an empty table stays: a red flag that asks it must not run.
    """
    not_run = []
    if has_register:
        share_attributes(corridor)
        name_phoenixes(corridor)
    else:
        corridor.drop("company_parties")
        not_run.append(("shared attributes", "no register of companies was given: --companies"))
    if has_statements:
        corridor.run(STATEMENT_PARTIES, {})
        cover_shipments(corridor)
        mark_reuse(corridor)
        if has_register:
            ask_officers(corridor)
    else:
        corridor.drop("end_use_statements")
        not_run.append(("end-user statements", "none were given: --statements"))
    read_papers(corridor)
    read_end_uses(corridor)
    measure_ways(corridor)
    return not_run
