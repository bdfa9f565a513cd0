"""How many markings are read to the right maker's house, and how often is an answer right?

    python bench/quality/markings.py [--data ../shared/data/weapon-components] [--errors 20] [--peers-python PYTHON]

Judged on components found in weapons with the maker that the finder names; those rows are for evaluation only and no
table was made from them. An answer is right where the house is that of the maker named, or of the successor in
brackets. chipnum (MIT, knows part numbers of some makers) stands beside it where it can be installed.
"""

import argparse
import csv
import gzip
import re
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from peer_goods import answers_of
from peers import install_peers

from landwaiter.classify.marking import MarkingAnswer, read_markings
from landwaiter.classify.marking_makers import makers, named_makers
from landwaiter.classify.marking_text import read_text

AS_OF = date(2026, 6, 13)
GOAL = 0.95
LEGAL = re.compile(
    r"\b(inc|corp|corporation|ltd|co|llc|gmbh|ag|plc|company|limited|jsc|technologies|technology)\b\.?", re.I
)


@dataclass(frozen=True)
class Case:
    """A marking, and the houses that its finder names."""

    text: str
    maker: str
    houses: frozenset[str]


def house_of(name: str) -> set[str]:
    """The house and maker of a name as a finder writes it; the name itself where our table has none."""
    found = {one.maker for one in named_makers(read_text(name).words)}
    plain = " ".join(LEGAL.sub(" ", name).replace(",", " ").split()).lower()
    return {one.casefold() for one in {makers()[one].house(AS_OF) for one in found} | found | {plain}}


def cases(data: Path) -> list[Case]:
    """The components with a digit on them and a named maker."""
    with gzip.open(data / "gur_components_dev.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = []
    for row in rows:
        maker = row["manufacturer"]
        if re.search(r"\d", row["name_marking"]) and maker and maker != "Not identified":
            names = [maker.split("(")[0], *re.findall(r"\(([^)]*)\)", maker)]
            found.append(Case(row["name_marking"], maker, frozenset().union(*(house_of(name) for name in names))))
    return found


def is_right(case: Case, answer: MarkingAnswer) -> bool:
    """Whether the house of the answer, or its maker, is one that the finder names."""
    return bool({answer.maker_family.casefold(), answer.maker.casefold()} & case.houses)


def curve(judged: list[tuple[float, bool]], total: int) -> None:
    """Precision and recall at several least probabilities, and the recall at the goal's precision."""
    print("\nleast probability   answered   precision   recall")
    for least in (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        kept = [right for chance, right in judged if chance >= least]
        print(f"{least:17.2f}   {len(kept):8d}   {sum(kept) / max(1, len(kept)):9.3f}   {sum(kept) / total:6.3f}")
    best = 0.0
    for least in sorted({chance for chance, _ in judged}):
        kept = [right for chance, right in judged if chance >= least]
        if kept and sum(kept) / len(kept) >= GOAL:
            best = max(best, sum(kept) / total)
    print(f"recall at a precision of {GOAL:.0%}: {best:.1%} (goal 65 %)")
    error, bins = 0.0, 10
    print("\nprobability said   items   right")
    for number in range(bins):
        inside = [(c, r) for c, r in judged if number / bins <= c < (number + 1) / bins or (number == 9 and c == 1)]
        if inside:
            said, right = (sum(one[i] for one in inside) / len(inside) for i in (0, 1))
            error += abs(said - right) * len(inside) / len(judged)
            print(f"{said:16.2f}   {len(inside):5d}   {right:5.2f}")
    print(f"calibration error {error:.3f} (goal 0.05)")


def by_house(found: list[tuple[Case, MarkingAnswer]]) -> None:
    """Recall and precision of the makers that occur most."""
    total = Counter(case.maker for case, _ in found)
    right = Counter(case.maker for case, one in found if one.probability >= 0.5 and is_right(case, one))
    wrong = Counter(one.maker_family for case, one in found if one.probability >= 0.5 and not is_right(case, one))
    print("\nmaker as named by the finder                          items   recall at 0.5")
    for maker, count in total.most_common(30):
        print(f"{maker[:52]:52s}  {count:5d}   {right[maker] / count:.2f}")
    rest = [maker for maker, count in total.items() if count == 1]
    print(f"{'makers with one item':52s}  {len(rest):5d}   {sum(right[one] for one in rest) / max(1, len(rest)):.2f}")
    print("houses answered wrongly most:", ", ".join(f"{house} {count}" for house, count in wrong.most_common(12)))


def peer(found: list[Case], python: Path | None) -> None:
    """chipnum's recall, precision and speed, or why it is not here."""
    if python is None:
        print("\nchipnum: not installed, so it is left out (measured elsewhere: recall 25 % at precision 76 %)")
        return
    answers, seconds = answers_of(python, "chipnum", [case.text for case in found])
    answered = right = 0
    for case, vendors in zip(found, answers, strict=True):
        answered += bool(vendors)
        right += bool(vendors) and bool(house_of(vendors[0]) & case.houses)
    print(f"\nchipnum: recall {right / len(found):.1%}, precision {right / max(1, answered):.1%}, "
          f"{len(found) / max(seconds, 1e-9):,.0f}/s")  # fmt: skip


def main() -> None:
    """Print every table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, default=Path("../shared/data/weapon-components"))
    options.add_argument("--peers-python", type=Path, help="a Python that has chipnum, instead of installing it")
    options.add_argument("--errors", type=int, default=15)
    given = options.parse_args()
    if not given.data.is_dir():
        print(f"{given.data} is not there: nothing was measured")
        return
    wanted = cases(given.data)
    begun = time.process_time()
    answers = read_markings([case.text for case in wanted], as_of=AS_OF)
    seconds = time.process_time() - begun
    found = [(case, one[0]) for case, one in zip(wanted, answers, strict=True)]
    judged = [(one.probability, is_right(case, one)) for case, one in found if one.maker_family]
    print(f"{len(wanted)} marked components, {len(wanted) / seconds:,.0f} a second of one core's time")
    curve(judged, len(wanted))
    by_house(found)
    wrong = sorted((c for c in found if not is_right(*c) and c[1].maker_family), key=lambda c: -c[1].probability)
    print("\nworst errors: the surest that are wrong")
    for case, one in wrong[: given.errors]:
        print(f"  {one.probability:.2f}  {case.text[:70]!r}: {one.maker_family} ({one.part}), found to be {case.maker}")
    dated = Counter(bool(one.date_code) for _, one in found)
    print(f"\na date code was read on {dated[True]}; a country of assembly on "
          f"{sum(bool(one.assembled_in) for _, one in found)}")  # fmt: skip
    peer(wanted, given.peers_python or install_peers("goods-peers"))


if __name__ == "__main__":
    main()
