"""Are the probabilities of inferred links what they say? Made worlds of which only both ends are seen (view b).

The truth of a departure is the trade that it belongs to: the arrivals of that trade at the same hub. Asked is, for each
departure that no book of its hub shows, how likely its goods came by each of the trades that could have sent them, the
probabilities of the arrivals of one trade being added. The seeds of `--fit` say how often it was so by tenths of
probability; those of `--seeds` judge: Brier score, expected calibration error, and how often the likeliest was right.
Before that it says of how many bridges (a firm that only sells taken for one that only buys) both sides are one firm.

Run with: ./run bench quality/links --rows 60000 --fit 41 42 43 --seeds 51 52 53
"""

import argparse
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
from diversions import firms_of_parties

from landwaiter.flow import Inputs, run
from landwaiter.record import Options
from landwaiter.simulate.chunk import make_chunk
from landwaiter.simulate.plan import plan_schemes
from landwaiter.simulate.world import make_world

# How `simulate/rows.py` numbers the lines of a chunk: 65,536 lots of up to four entries, scrambled.
LOTS, COPIES, STEP = 65_536, 4, 81_005
Said = list[tuple[float, bool]]


class Silent:
    """Nobody wants to hear how far the work is."""

    def begin(self, step: str) -> None:
        """Not told."""

    def end(self, step: str, rows: int) -> None:
        """Not told."""

    def say(self, line: str) -> None:
        """Not told."""


def main() -> None:
    """Make the worlds, ask for the links, and print how right they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=60_000)
    parser.add_argument("--fit", type=int, nargs="*", default=[41, 42, 43])
    parser.add_argument("--seeds", type=int, nargs="+", default=[51, 52, 53])
    options = parser.parse_args()
    for name, seeds in (("fit", options.fit), ("judged", options.seeds)):
        if not seeds:
            continue
        worlds = [links_of(options.rows, seed) for seed in seeds]
        bridges = [one for world in worlds for one in world[2]]
        print(f"{name}: {len(bridges)} bridges, {sum(bridges)} right")
        for what, at in (("by this trade", 0), ("by any that is seen", 1)):
            show(f"{name}: {what}", np.array([one for world in worlds for one in world[at]], np.float64))


def links_of(rows: int, seed: int) -> tuple[Said, Said, list[bool]]:
    """Probability and truth of each trade of each departure, and of all of its trades; and of each bridge the truth."""
    with tempfile.TemporaryDirectory() as folder:
        world = make_world(rows, seed, Path(folder) / "world", view="b")
        out = Path(folder) / "out"
        files = {"declarations": [world.paths["shipments"]]}
        run(Inputs(files=files, lists=None), out, Options(as_of=date(2024, 1, 1)), Silent())
        numbers = pq.read_table(out / "shipments.parquet", columns=["row_id", "shipment_id"]).to_pylist()
        ways = pq.read_table(out / "alternatives.parquet").to_pylist()
        firm_of, _ = firms_of_parties(world, out)
        joined = pq.read_table(out / "bridges.parquet").to_pylist()
    bridges = [firm_of.get(one["party_id"]) == firm_of.get(one["home_party"]) for one in joined]
    schemes = plan_schemes(world.parameters)
    lots = [make_chunk(world.parameters, schemes, number).lots for number in range(world.parameters.chunks)]
    place_of = {row["row_id"]: place(row["shipment_id"]) for row in numbers}
    by_departure: dict[str, dict[tuple[int, int], float]] = defaultdict(lambda: defaultdict(float))
    for way in ways:
        chunk, lot = place_of[way["in_row"]]
        by_departure[way["out_row"]][chunk, int(lots[chunk][lot]["relation"])] += way["probability"]
    by_trade: Said = []
    seen: Said = []
    for row, trades in by_departure.items():
        chunk, lot = place_of[row]
        left = lots[chunk][lot]
        truth = (chunk, int(left["relation"])) if left["is_onward"] else None
        whole = min(sum(trades.values()), 1.0)
        by_trade += [(min(likely, 1.0), trade == truth) for trade, likely in trades.items()]
        seen.append((whole, truth in trades))
    return by_trade, seen, bridges


def place(shipment_id: str) -> tuple[int, int]:
    """Chunk and lot of a line."""
    chunk, scrambled = divmod(int(shipment_id[2:]) - 1_000_000_000, LOTS * COPIES)
    return chunk, scrambled * pow(STEP, -1, LOTS * COPIES) % (LOTS * COPIES) // COPIES


def show(name: str, said: npt.NDArray[np.float64]) -> None:
    """Brier score, calibration error, and how often it was so by tenths of probability."""
    likely, truth = said[:, 0], said[:, 1]
    tenth = np.minimum((likely * 10).astype(np.int64), 9)
    gaps = [abs(float(np.sum(likely[tenth == n] - truth[tenth == n]))) for n in range(10)]
    print(f"{name:<28} {len(said):>6,} asked, {truth.mean():.3f} so, Brier {np.mean((likely - truth) ** 2):.3f}, "
          f"ECE {sum(gaps) / len(said):.3f}")  # fmt: skip
    for n in range(10):
        mine = tenth == n
        if mine.any():
            print(f"{'':>8} {n / 10:.1f} to {(n + 1) / 10:.1f}: {int(mine.sum()):>6,} asked, "
                  f"said {likely[mine].mean():.3f}, was {truth[mine].mean():.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
