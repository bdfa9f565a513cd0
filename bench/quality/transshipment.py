"""How well are diversions found in hard worlds, view by view, and what do simple methods find there?

Run with: ./run bench quality/transshipment [--rows 1000000] [--flags-to src/landwaiter/flags/measured.csv]
"""

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import NamedTuple

from diversions import Judged, against_truth, run_world
from simple_methods import Ranking, simple_rankings

from landwaiter.flags.judge import find_flags

FIRST = (50, 100, 250)
# For the run itself: so a world of a million legs, its truth and the simple methods stay about 4 GB.
MEMORY_MB = 2500
MEANS = {"a": "exports of the countries of origin", "b": "and imports of the targets", "c": "the books of both sides"}
# What a hard world lets the plain ledger reach, and what a good system shall reach there.
MOST_EXACT = {"b": 0.15, "c": 0.35}
GOALS = {"b": 0.60, "c": 0.85}
EXACT = "FIFO taint, names joined exactly"


class Seen(NamedTuple):
    """One world as the whole flow judged it, and as simple methods rank its firms."""

    judged: Judged
    simple: dict[str, Ranking]


def seen_world(rows: int, seed: int, view: str, *, null: bool = False) -> Seen:
    """Make a world, run the whole flow on what the view shows, then the simple methods on the same lines."""
    with tempfile.TemporaryDirectory() as name:
        world, result = run_world(rows, seed, view, Path(name), null=null, memory_mb=MEMORY_MB)
        return Seen(against_truth(world, result), {} if null else simple_rankings(world, result))


def ranking_of(seen: Seen, method: str) -> list[tuple[float, bool]]:
    """Score and guilt of every firm that a method names, first one first; buyers of schemes count neither way."""
    truth = seen.judged.truth
    if method == "landwaiter":
        return [(one.score, one.is_guilty) for one in seen.judged.parties()]
    ranked = sorted(seen.simple[method].items(), key=lambda one: (-one[1], one[0]))
    return [(score, firm in truth.typology) for firm, score in ranked if firm not in truth.aside]


def average_precision(ranked: list[tuple[float, bool]], guilty: int) -> float:
    """Area under precision and recall; who was never ranked counts as missed."""
    found, total = 0, 0.0
    for place, (_, is_guilty) in enumerate(ranked, start=1):
        found += is_guilty
        total += found / place if is_guilty else 0.0
    return total / guilty if guilty else float("nan")


def show(view: str, worlds: list[Seen]) -> None:
    """One block of the table."""
    judged = [one.judged for one in worlds]
    guilty = sum(len(one.truth.typology) for one in judged)
    twins = sum(len(set().union(*one.truth.twins.values())) for one in judged)
    lines = sum(one.lines for one in judged)
    print(
        f"\nview ({view}), {MEANS[view]}: {len(worlds)} worlds, {lines:,} lines, {guilty} guilty firms, {twins} twins"
    )
    heads = "".join(f"{f'P@{k}':>7}" for k in FIRST)
    print(f"{'method':<36}{'AP':>7}{heads}{'R@250':>7}   (P and R: one queue over all these worlds)")
    precision = {}
    for method in ("landwaiter", *worlds[0].simple):
        rankings = [ranking_of(seen, method) for seen in worlds]
        each = [average_precision(r, len(s.judged.truth.typology)) for r, s in zip(rankings, worlds, strict=True)]
        precision[method] = sum(each) / len(each)
        queue = sorted((one for ranking in rankings for one in ranking), key=lambda one: (-one[0], one[1]))
        shares = "".join(f"{sum(g for _, g in queue[:k]) / max(1, min(k, len(queue))):>7.2f}" for k in FIRST)
        recall = sum(is_guilty for _, is_guilty in queue[:250]) / max(1, guilty)
        print(f"{method:<36}{precision[method]:>7.3f}{shares}{recall:>7.2f}")
    if view in GOALS:
        hard = "yes" if precision[EXACT] <= MOST_EXACT[view] else "no"
        met = "met" if precision["landwaiter"] >= GOALS[view] else "short"
        print(f"goal AP >= {GOALS[view]:.2f}: {met}; hard (exact names at most {MOST_EXACT[view]:.2f}): {hard}")
    show_calibration(judged, lines)
    show_typologies(judged)


def show_calibration(judged: list[Judged], lines: int) -> None:
    """High alerts on the innocent, and how far the scores are from shares of the guilty."""
    ours = [one for world in judged for one in world.parties()]
    alike = [set().union(*world.truth.twins.values()) for world in judged]
    high = [(one, one.name in twins) for world, twins in zip(judged, alike, strict=True)
            for one in world.parties() if one.score > 0.5 and not one.is_guilty]  # fmt: skip
    at_twins = sum(is_twin for _, is_twin in high)
    per_million = 1e6 / max(1, lines)
    print(
        f"high alerts (score > .5) on the innocent: {len(high)}, {len(high) * per_million:.1f} per 1M lines, "
        f"of them on planted twins {at_twins}, on others {(len(high) - at_twins) * per_million:.1f} per 1M lines"
    )
    bins: dict[int, list[float]] = defaultdict(list)
    for one in ours:
        bins[min(9, int(one.score * 10))].append(one.score - one.is_guilty)
    error = sum(abs(sum(each)) for each in bins.values()) / max(1, len(ours))
    brier = sum((one.score - one.is_guilty) ** 2 for one in ours) / max(1, len(ours))
    print(f"parties scored {len(ours):,}, ECE {error:.3f} (goal .05), Brier {brier:.3f}")
    days = sorted(day for world in judged for day in world.days.values())
    if days:
        print(
            f"days from its first row to the first complete finding: median {days[len(days) // 2]} of {len(days)} firms"
        )


def show_typologies(judged: list[Judged]) -> None:
    """Of the guilty firms of each typology, how many are pointed at, and how many score over one half."""
    of: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for world in judged:
        scores = {one.name: one.score for one in world.parties()}
        for firm, kinds in world.truth.typology.items():
            for kind in kinds:
                of[kind][0] += 1
                of[kind][1] += firm in scores
                of[kind][2] += scores.get(firm, 0.0) > 0.5
    print("firms by typology, pointed at / with a high alert / all: "
          + ", ".join(f"{kind} {some}/{high}/{every}" for kind, (every, some, high) in sorted(of.items())))  # fmt: skip


def flag_lines(views: dict[str, list[Seen]], rows: int) -> list[str]:
    """Precision and recall of every red flag by view, as the manual shows them.

    Right is whoever is guilty of anything; recall is of the firms (or routes) whose scheme has the flag's typology, or
    whose papers and registers show what the flag reads.
    """
    many = ", ".join(f"{len(worlds)} in view {view}" for view, worlds in views.items())
    lines = [
        "# How often each red flag is right, and how much of its own typology it finds, on made worlds.",
        f"# By bench/quality/transshipment.py, worlds of {rows:,} legs: {many}; {date.today():%Y-%m-%d}.",
        "flag,view,lines,pointed_at,right,meant,found",
    ]
    for flag in find_flags():
        for view, worlds in views.items():
            pointed = right = meant = found = 0
            for seen in worlds:
                judged = seen.judged
                whom = judged.flags.get(flag.name, set()) - judged.truth.aside
                guilty = set(judged.truth.typology) | judged.truth.routes
                if "'chain'" in flag.sql:
                    chains = [one for one in judged.subjects if one.kind == "chain"]
                    pointed, right = pointed + len(chains), right + sum(one.is_guilty for one in chains)
                else:
                    pointed, right = pointed + len(whom), right + len(whom & guilty)
                owed = judged.truth.owes(flag.card["typology"], flag.name)
                owed = owed & judged.truth.routes if "'route'" in flag.sql else owed - judged.truth.routes
                reached = {hub for one in judged.subjects if one.kind == "chain" for hub in one.hubs}
                parties = {one.name for one in judged.subjects if one.kind == "party" and one.id in reached}
                meant, found = meant + len(owed), found + len(owed & (parties if "'chain'" in flag.sql else whom))
            read = sum(seen.judged.lines for seen in worlds)
            lines.append(f"{flag.name},{view},{read},{pointed},{right},{meant},{found}")
    return lines


def main() -> None:
    """Judge worlds of seeds on which nothing was built or fitted (those of calibration are 1 to 12)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000, help="legs of each world")
    parser.add_argument("--seeds", type=int, nargs="+", default=[201, 202, 203, 204, 205])
    parser.add_argument("--views", nargs="+", choices=sorted(MEANS), default=["a", "b", "c"])
    parser.add_argument("--null", type=int, default=2, help="how many of the seeds also make a world without schemes")
    parser.add_argument("--flags-to", type=Path, help="write the figures of the red flags here")
    options = parser.parse_args()
    print(f"made worlds of {options.rows:,} legs, seeds {', '.join(map(str, options.seeds))}", flush=True)
    views: dict[str, list[Seen]] = {}
    for view in options.views:
        views[view] = [timed_world(options.rows, seed, view) for seed in options.seeds]
        # Each view is told as soon as its worlds are done: who stops a long run keeps what it has.
        show(view, views[view])
        sys.stdout.flush()
    show_null([timed_world(options.rows, seed, "c", null=True) for seed in options.seeds[: options.null]])
    if options.flags_to is not None:
        options.flags_to.write_text("\n".join(flag_lines(views, options.rows)) + "\n", encoding="utf-8")


def timed_world(rows: int, seed: int, view: str, *, null: bool = False) -> Seen:
    """One world after the other, each with a line that says how long it took; the largest is the one at work."""
    begun = time.monotonic()
    seen = seen_world(rows, seed, view, null=null)
    kind = "without schemes, " if null else ""
    print(f"{kind}view {view}, seed {seed}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    return seen


def show_null(worlds: list[Seen]) -> None:
    """Where nothing is planted every alert is false."""
    if not worlds:
        return
    high = sum(one.score > 0.5 for seen in worlds for one in seen.judged.parties())
    lines = sum(seen.judged.lines for seen in worlds)
    print(f"\nworlds without schemes, view (c): {high} high alerts in {lines:,} lines, {1e6 * high / lines:.1f} per 1M")


if __name__ == "__main__":
    main()
