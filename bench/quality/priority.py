"""Would statistics to November 2022 have named the priority goods of 2023, and what does a peer say of the gaps?

    python bench/quality/priority.py [--data ../shared/data/trade]

The forecast is judged against the Common High Priority List, of which nothing is in it: no weight is fitted. Simple
rankings stand beside it. The peer for gaps is the method of harvard-growth-lab/comtrade-mirroring, written anew from
its description: freight from distance and border, imports brought to FOB, reliability of each side by turns, one
estimate of the trade weighted by it.
"""

import argparse
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.csv as pa_csv
from mirroring_peer import ISO3, peer

from landwaiter.mirror.books import differences, freight
from mirror import EUR, compared, eu_exports, totals

WINDOW = "2022-05..2022-11"


def auc(is_listed: np.ndarray, scores: np.ndarray) -> float:
    """The chance that a listed code stands above another, ties counted half."""
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    listed = is_listed.sum()
    return float((ranks[is_listed].sum() - listed * (listed + 1) / 2) / (listed * (len(scores) - listed)))


def interval(is_listed: np.ndarray, scores: np.ndarray, times: int = 2000) -> tuple[float, float]:
    """The middle 95 % over resampled codes, listed and others apart, since the listed are few."""
    chance = np.random.default_rng(0)
    places = np.flatnonzero(is_listed), np.flatnonzero(~is_listed)
    found = []
    for _ in range(times):
        drawn = np.concatenate([chance.choice(one, len(one)) for one in places])
        found.append(auc(is_listed[drawn], scores[drawn]))
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def forecast(data: Path) -> None:
    """Print AUC with its interval for ours and for plain rankings, by tier, and the first codes."""
    listed = {row["hs6"]: row for row in pa_csv.read_csv(data / "chpl.csv", convert_options=TEXT).to_pylist()}
    with compared(eu_exports(data), as_of=date(2022, 11, 30), windows=[WINDOW]) as (tables, _, seconds):
        codes = tables.sql("SELECT * FROM mirror_wanted WHERE target = 'RU' ORDER BY rank").fetchnumpy()
    hs6 = codes["hs6"]
    is_listed = np.array([one in listed for one in hs6])
    lost, gained = (codes[name].astype(float) for name in ("lost_cents", "gained_cents"))
    print(f"Forecast of the priority list of 2023 from {WINDOW} ({seconds:.0f} s under load)")
    print(f"{len(hs6)} comparable codes, of which {is_listed.sum()} are on the list; its others of 50 are not in")
    print("this part of the data, or only new in 2022 and so not compared\n")
    rankings = {
        "by chance": np.random.default_rng(0).random(len(hs6)),
        "what neighbours gained": gained,
        "what the target lost": lost,
        "gained / lost (substitution)": np.where(lost > 0, gained / np.maximum(lost, 1), -1e9),
        "share of its purchases that the target lost": codes["lost_share"].astype(float),
        "landwaiter: share lost and surge, ranked": codes["score"].astype(float),
    }
    print(f"{'':46s}  AUC (95 %)            listed among the first 50 / 100")
    for name, scores in rankings.items():
        order = np.argsort(-scores, kind="stable")
        low, high = interval(is_listed, scores)
        first = [int(is_listed[order[:size]].sum()) for size in (50, 100)]
        print(f"{name:46s}  {auc(is_listed, scores):.3f} ({low:.3f}-{high:.3f})   {first[0]:3d} / {first[1]:3d}")
    print("\nEach listed code: rank of all, tier, what the list calls it")
    for place in np.flatnonzero(is_listed).tolist():
        row = listed[hs6[place]]
        print(f"  {place + 1:4d}  {hs6[place]}  {row['tier']:4s} {row[LABEL]}")
    print("Highest codes that the list does not have:", ", ".join(hs6[~is_listed][:8]))


LABEL = "label"
TEXT = pa_csv.ConvertOptions(column_types={"hs6": "string", "tier": "string"})


def gaps(data: Path) -> None:
    """Print the gap of each pair and year: plain, by the peer, ours; and what is learned of freight and books."""
    flows, plain = totals(data)
    with compared(flows, as_of=date(2024, 12, 31), terms=EUR) as (tables, _, _):
        pairs = tables.sql("SELECT * FROM mirror_pairs ORDER BY importer, year").to_arrow_table()
    before = pairs.filter(np.array([year < 2022 for year in pairs.column("year").to_pylist()]))
    learned = freight(before)
    said = "too few" if learned is None else f"{learned:.1%}"
    print(f"\nFreight learned from {before.num_rows} pairs and years before 2022: {said}")
    print("Books before 2022 (how far each side differs, pairs):")
    for row in differences(before, 0.06 if learned is None else learned).to_pylist():
        print(f"  {row['country']} {row['side']:8s} {row['differs']:.3f}  {row['pairs']}")
    rows = [row for row in pairs.to_pylist() if row["importer"] in ISO3]
    estimate = peer(rows, data)
    print("\nGap of all goods from the EU       plain    peer (trade that its estimate adds)   ours after 6 % freight")
    for row, (gap, tau, weight) in zip(rows, estimate, strict=True):
        head = f"  {row['importer']} {row['year']}"
        told = f"{gap:.3f} (freight {tau:.3f}, weight of exports {weight:.2f})"
        print(f"{head:32s} {plain[row['importer'], row['year']]:>7s}    {told:40s} {row['gap_bp'] / 10000:.3f}")


def main() -> None:
    """Print both tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=Path("../shared/data/trade"))
    data = options.parse_args().data
    forecast(data)
    gaps(data)


if __name__ == "__main__":
    main()
