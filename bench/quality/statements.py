"""Are faulty end-user statements found, and honest ones that look like them left alone? Red flag by red flag, by view.

    python bench/quality/statements.py [--rows 20000] [--seeds 31 32] [--each 40]

A made world has no papers. This writes one statement for each of some hundred lots of its books, most of them honest,
and into EACH of every kind puts a fault or an innocent likeness of that fault. The whole flow reads lots and papers.
`found` counts faults, `false` findings on what is no such fault; the likenesses that were pointed at are named.
"""

import argparse
import csv
import hashlib
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
from diversions import Quiet

from landwaiter.flow import Inputs, run
from landwaiter.record import Options
from landwaiter.simulate.world import make_world

DAY = date(2024, 1, 1)
FIELDS = ("statement_id", "issued_on", "valid_until", "end_user_name", "end_user_country", "signatory_name", "stamp",
          "exporter_name", "shipment_ids", "hs_code", "quantity", "quantity_unit", "stated_end_use")  # fmt: skip
USES = ("Control boards of {} for our own assembly line, hall {}", "Service parts of {} kept in our store, shelf {}",
        "Test benches of {} in the laboratory of our works, room {}")  # fmt: skip
OTHER_GOODS, NEIGHBOUR = "732393", "854239"

Row = dict[str, str]
Counts = tuple[Counter[str], Counter[str], Counter[str], Counter[str]]


def main() -> None:
    """Print a table for each view."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=20_000)
    options.add_argument("--seeds", type=int, nargs="+", default=[31, 32])
    options.add_argument("--each", type=int, default=40)
    given = options.parse_args()
    for view in ("a", "b", "c"):
        totals = [Counter[str]() for _ in range(4)]
        for seed in given.seeds:
            for total, counted in zip(totals, measure(given.rows, seed, view, given.each), strict=True):
                total.update(counted)
        planted, found, false, likes = totals
        print(f"view {view}: worlds of {given.rows:,} legs, seeds {given.seeds}")
        for flag in sorted(planted):
            pointed = found[flag] + false[flag]
            right = f"{found[flag] / pointed:.2f}" if pointed else "-"
            print(f"  {flag:<26} found {found[flag]:>4} of {planted[flag]:<4} recall {found[flag] / planted[flag]:.2f}"
                  f"   false findings {false[flag]:>3}, precision {right}")  # fmt: skip
        for said, count in likes.most_common(8):
            print(f"    wrongly pointed at, {said}: {count}")


@dataclass
class Papers:
    """Statements and what is known of each: the flag that must point at it, or the likeness that it is."""

    chance: random.Random
    lines: list[Row] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)
    likenesses: dict[int, str] = field(default_factory=dict)

    def add(self, lot: Row, *, fault: str = "", like: str = "", **other: str) -> None:
        """A statement of the consignee for one lot, honest but for what `other` says."""
        number, day = len(self.lines), date.fromisoformat(lot["declared_on"])
        said = {
            "statement_id": f"EUS/{self.chance.randrange(10**7, 10**8)}/{number}",
            "issued_on": str(day - timedelta(days=60)),
            "valid_until": str(day + timedelta(days=300)),
            "end_user_name": lot["consignee_name"],
            "end_user_country": lot["consignee_country"],
            "stamp": f"{lot['consignee_name']} {self.chance.randrange(10**6)}",
            "exporter_name": lot["exporter_name"],
            "shipment_ids": lot["shipment_id"],
            "hs_code": lot["hs_code"],
            "quantity": lot["quantity"],
            "quantity_unit": lot["quantity_unit"],
            "stated_end_use": self.chance.choice(USES).format(lot["consignee_name"], number),
        }
        self.lines.append(dict.fromkeys(FIELDS, "") | said | other)
        if fault:
            self.faults[number + 2] = fault
        elif like:
            self.likenesses[number + 2] = like


def plant(papers: Papers, take: Callable[[], Row], officers: dict[str, list[str]]) -> None:
    """One of each fault and of each likeness, each on a lot of its own."""
    lot = take()
    day = date.fromisoformat(lot["declared_on"])
    papers.add(lot, fault="statement_out_of_time", issued_on=str(day + timedelta(days=9)))
    papers.add(take(), fault="statement_out_of_time", valid_until=str(date(2020, 12, 31)), issued_on="2020-01-01")
    papers.add(lot := take(), like="signed on the day", issued_on=lot["declared_on"])
    papers.add(lot := take(), like="renewed", issued_on="2019-01-01", valid_until="2019-12-31")
    papers.add(lot)
    papers.add(lot := take(), fault="statement_over_quantity", quantity=str(float(lot["quantity"]) / 3))
    papers.add(lot := take(), like="a tolerance of 5 %", quantity=str(float(lot["quantity"]) / 1.05))
    papers.add(take(), fault="statement_other_goods", hs_code=OTHER_GOODS)
    papers.add(take(), like="a neighbouring heading", hs_code=NEIGHBOUR)
    papers.add(lot := take(), like="a paper of two lines", statement_id=(ident := f"EUS/{len(papers.lines)}/2L"))
    papers.add(lot, like="a paper of two lines", statement_id=ident, hs_code=OTHER_GOODS)
    one, other = take(), take()
    number = f"EUS-{papers.chance.randrange(10**6)}-R{len(papers.lines)}"
    papers.add(one, fault="statement_reused", statement_id=number)
    papers.add(other, fault="statement_reused", statement_id=number.replace("-", " ").lower())
    papers.add(take(), like="a serial number", statement_id=f"EUS/900{len(papers.lines):05}")
    papers.add(take(), like="a serial number", statement_id=f"EUS/900{len(papers.lines):05}")
    form = "We will use the goods ourselves and will not pass them on to anybody else"
    papers.add(take(), like="a form of an authority", stated_end_use=form)
    sign(papers, take, officers)


def sign(papers: Papers, take: Callable[[], Row], officers: dict[str, list[str]]) -> None:
    """Signed by an own officer, by another firm's, and by nobody whom a register names."""
    single = Counter(name for names in officers.values() for name in names)
    for _ in range(60):
        lot = take()
        own = officers.get(lot["consignee_name"])
        others = [
            names[0] for firm, names in officers.items() if firm != lot["consignee_name"] and single[names[0]] == 1
        ]
        if own and others:
            papers.add(
                lot, fault="signatory_elsewhere", signatory_name=papers.chance.choice(sorted(set(others) - set(own)))
            )
            break
    for _ in range(60):
        lot = take()
        if own := officers.get(lot["consignee_name"]):
            words = own[0].split()
            papers.add(lot, like="the family name first", signatory_name=" ".join(reversed(words)))
            break


def measure(rows: int, seed: int, view: str, each: int) -> Counts:
    """Faults planted, faults found, false findings by flag, and likenesses that were pointed at."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = make_world(rows, seed, folder / "world", view=view).paths
        with paths["shipments"].open(encoding="utf-8", newline="") as file:
            lots = [row for row in csv.DictReader(file) if row["flow"] == "export" and row["consignee_name"]
                    and row["shipment_id"] and row["quantity"] and row["hs_code"][:4] == "8542"]  # fmt: skip
        with paths["companies"].open(encoding="utf-8", newline="") as file:
            officers = {row["name"]: row["officers"].split(";") for row in csv.DictReader(file) if row["officers"]}
        chance.shuffle(lots)
        papers, remaining = Papers(chance), iter(lots)
        try:
            for _ in range(each):
                plant(papers, lambda: next(remaining), officers)
        except StopIteration:
            print(f"view {view}, seed {seed}: its {len(lots):,} lots were used up")
        for lot in list(remaining)[: 4 * each]:
            papers.add(lot)
        path = folder / "statements.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, FIELDS)
            writer.writeheader()
            writer.writerows(papers.lines)
        files = {"declarations": [paths["shipments"]], "companies": [paths["companies"]], "end_use_statements": [path]}
        run(Inputs(files, None), folder / "out", Options(as_of=DAY, memory_mb=2000, threads=2), Quiet())
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        return judge(papers, digest, pq.read_table(folder / "out" / "findings.parquet").to_pylist())


def judge(papers: Papers, digest: str, findings: list[dict[str, object]]) -> Counts:
    """Compare the lines of papers that findings name with what was put there."""
    flags = set(papers.faults.values())
    pointed: dict[str, set[int]] = defaultdict(set)
    false: Counter[str] = Counter()
    likes: Counter[str] = Counter()
    for one in findings:
        evidence = one["evidence"]
        assert isinstance(evidence, list)
        lines = {int(ident.rpartition("-")[2]) for ident in evidence if ident.startswith(digest)}
        if str(one["flag"]) not in flags:
            continue
        pointed[str(one["flag"])] |= lines
        if not any(papers.faults.get(line) == one["flag"] for line in lines):
            false[str(one["flag"])] += 1
            likes.update(
                f"{one['flag']}: {papers.likenesses.get(line, papers.faults.get(line, 'honest'))}" for line in lines
            )
    found = Counter(flag for line, flag in papers.faults.items() if line in pointed[flag])
    return Counter(papers.faults.values()), found, false, likes


if __name__ == "__main__":
    main()
