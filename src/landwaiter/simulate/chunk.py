"""What happens in one chunk of the world? Traders, some of them in schemes, then direct trade up to the exact count."""

from dataclasses import dataclass

import numpy as np

from landwaiter.simulate.cast import Cast, assemble
from landwaiter.simulate.chance import stream
from landwaiter.simulate.facts import Bools, countries, goods
from landwaiter.simulate.lots import Lots, arrivals, departures
from landwaiter.simulate.plan import Parameters, Scheme
from landwaiter.simulate.relations import Relations, draw_direct, draw_traders
from landwaiter.simulate.schemes import plant, slots_of
from landwaiter.simulate.stage import Planted, Stage

ROWS_PER_TRADE = 24  # About how many rows a trader's relation has, in and out.
MOST_HUBS = 4  # One after the other.


@dataclass(frozen=True)
class Chunk:
    """Lots by day, the relations and firms that they point at, and what was planted."""

    number: int
    lots: Lots
    relations: Relations
    cast: Cast
    planted: list[Planted]


def make_chunk(parameters: Parameters, schemes: list[Scheme], number: int) -> Chunk:
    """Make one chunk from the seed alone; no other chunk is needed."""
    rng = stream(parameters.seed, number + 1)
    cast = assemble(parameters, number, rng)
    reserved = _reserved(schemes)
    rows = parameters.chunk_rows(number)
    trade, planted = _traders_with_schemes(parameters, [s for s in schemes if s.chunk == number], rng, cast, reserved)
    lots = _moved(rng, trade, parameters)
    trade, lots = _within(trade, lots, rows)
    direct, filling = _direct(parameters, rng, cast, reserved, rows - len(lots))
    filling["relation"] += len(trade)
    lots = np.concatenate([lots, filling])
    order = np.argsort(lots["day"] + rng.random(len(lots)))
    return Chunk(number, lots[order], np.concatenate([trade, direct]), cast, planted)


def _moved(rng: np.random.Generator, trade: Relations, parameters: Parameters) -> Lots:
    """All lots of the traders, from hub to hub; what came before the first day is stock that no book shows."""
    lots = arrivals(rng, trade)
    moved = [lots]
    for _ in range(MOST_HUBS):
        lots = departures(rng, trade, lots, parameters.last_day)
        moved.append(lots)
        following = trade["onto"][lots["relation"]]
        next_relation = lots["relation"] + following
        goes_on = (following > 0) & (trade["buyer"][next_relation] == lots["buyer"])
        lots, lots_of = np.array(lots[goes_on]), next_relation[goes_on]
        if not len(lots):
            break
        lots["relation"] = lots_of
        lots = lots[np.lexsort((lots["quantity"], lots["day"], lots["relation"]))]
    every = np.concatenate(moved)
    return np.asarray(every[every["day"] >= parameters.first_day])


def _traders_with_schemes(
    parameters: Parameters, schemes: list[Scheme], rng: np.random.Generator, cast: Cast, reserved: Bools
) -> tuple[Relations, list[Planted]]:
    """Draw traders as if all were honest, then change a few of them; the changed ones come first."""
    slots = sum(slots_of(scheme) for scheme in schemes)
    honest = int(parameters.chunk_rows(schemes[0].chunk if schemes else 0) * parameters.trader_share / ROWS_PER_TRADE)
    trade = draw_traders(rng, cast, parameters, slots + honest, reserved)
    stage = Stage(rng, cast, parameters, reserved)
    planted, at = [], 0
    for scheme in schemes:
        many = slots_of(scheme)
        planted.append(plant(stage, scheme, trade[at : at + many]))
        at += many
    return trade, planted


def _within(trade: Relations, lots: Lots, rows: int) -> tuple[Relations, Lots]:
    """Leave out the last honest relations where there is no room for them in a small world."""
    kept = int(rows * 0.85)
    if len(lots) > kept:
        size = np.cumsum(np.bincount(lots["relation"], minlength=len(trade)))
        fits = size <= kept
        many = max(int(fits.sum()), int(np.flatnonzero(trade["scheme"] >= 0).max(initial=-1)) + 1)
        trade, lots = trade[:many], lots[lots["relation"] < many]
    assert len(lots) <= rows, "the schemes need more rows than the chunk has"
    return trade, lots


def _direct(
    parameters: Parameters, rng: np.random.Generator, cast: Cast, reserved: Bools, rows: int
) -> tuple[Relations, Lots]:
    """Direct trade of exactly so many rows."""
    direct = draw_direct(rng, cast, parameters, rows // 10 + 50, reserved)
    while direct["lots"].sum() < rows:
        direct = np.concatenate([direct, draw_direct(rng, cast, parameters, rows // 10 + 50, reserved)])
    running = np.cumsum(direct["lots"])
    many = int(np.searchsorted(running, rows)) + 1
    direct = direct[:many]
    direct["lots"][-1] -= running[many - 1] - rows
    return direct, arrivals(rng, direct)


def _reserved(schemes: list[Scheme]) -> Bools:
    taken = np.zeros((len(goods().hs6), len(countries().code)), dtype=np.bool_)
    for scheme in schemes:
        if scheme.good >= 0:
            taken[scheme.good, scheme.origin] = True
    return taken
