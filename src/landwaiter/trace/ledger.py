"""Which incoming lot left in which outgoing lot? First in, first out, per party and goods, within a window of days."""

from pathlib import Path

from landwaiter.engine.corridor import Corridor
from landwaiter.engine.step import Step, read_step

HERE = Path(__file__).parent


def allocate(corridor: Corridor, *, window_days: int) -> None:
    """Put `links` (ledger_no, in_no, out_no, quantity, days) from `arrivals` and `departures`.

    Both have ledger_no, row_no, partner_no, day and quantity, all whole numbers.

    Each ledger is a queue: an arrival joins it, a departure takes the oldest units, and units older than the window
    leave it unseen (used up or sold at home). A departure with no stock takes nothing: own production, or an arrival
    that no book shows. Links never outnumber arrivals and departures; the work is linear after the sorts.

    Args:
        window_days: how many days, one or more, a unit may stay before it no longer explains a departure.
    """
    for name in ("near_arrivals", "near_departures"):
        corridor.run(_step(name), {"window_days": window_days})
    open_moves = corridor.run(_step("moves"), {"window_days": window_days})
    found = False
    # Skipping old units and waiting for new ones push a ledger's position opposite ways; each pass settles it past one
    # more such turn, so the number of passes is the number of turns of the busiest ledger, not of rows.
    while open_moves or not found:
        corridor.run(_step("settled"), {})
        open_moves = corridor.run(_step("open_moves"), {}, name="moves")
        corridor.run(_step("links"), {}, name="links" if not found else "links_now")
        if found:
            corridor.run(_step("more_links"), {}, name="links")
        found = True
    for name in ("near_arrivals", "near_departures", "moves", "settled", "links_now"):
        corridor.drop(name)


def _step(name: str) -> Step:
    return read_step(HERE / f"{name}.sql")
