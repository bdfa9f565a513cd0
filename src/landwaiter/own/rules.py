"""Which arithmetic of ownership does a regime apply on a day?"""

from dataclasses import dataclass
from datetime import date

from landwaiter.errors import InputError
from landwaiter.ref.facts import read_facts

# The last two bind only the parties that they name: they have no rule, and say so.
REGIMES = ("us_50", "us_bis_affiliates", "eu", "uk", "tw", "jp")
_TITLES = {"tw": "Taiwan's entity list", "jp": "Japan's end user list"}

# Shares are counted in millionths of a per cent, as whole numbers: their sums are exact in any order.
UNIT = 1_000_000


@dataclass(frozen=True)
class Rule:
    """How one regime decided on one day.

    Args:
        threshold: in millionths of a per cent.
        strict: more than the threshold is needed, not just the threshold.
        adds_up: shares of several listed owners count together.
        counts_control: votes, a majority of the board and stated control count as ownership does.
        in_force: whether the rule applied on that day; one that did not answers `no`.
        note: what an officer must know of that time; may be empty.
        doubt: what of that time could not be confirmed, and what would follow; may be empty.
    """

    regime: str
    title: str
    threshold: int
    strict: bool
    adds_up: bool
    counts_control: bool
    in_force: bool
    note: str
    doubt: str = ""


def rule_of(regime: str, as_of: date) -> Rule:
    """The rule of a regime on a day. Raises InputError where there is no such regime."""
    if regime not in REGIMES:
        raise InputError("--regime", f"there is no regime '{regime}'", f"known are {', '.join(REGIMES)}")
    if regime in _TITLES:
        note = "no public rule of ownership: it binds the parties that it names"
        return _none(regime, _TITLES[regime], note)
    lines = [line for line in read_facts("ownership_rules").to_pylist() if line["regime"] == regime]
    for line in lines:
        if line["valid_from"] <= as_of.isoformat() <= (line["valid_to"] or "9999-12-31"):
            return Rule(
                regime,
                line["title"],
                int(line["threshold"]) * UNIT,
                line["strict"] == "yes",
                line["adds_up"] == "yes",
                line["counts_control"] == "yes",
                line["in_force"] == "yes",
                line["note"],
                line["doubt"],
            )
    first = min(line["valid_from"] for line in lines)
    return _none(regime, lines[0]["title"], f"not yet in force: it begins on {first}")


def _none(regime: str, title: str, note: str) -> Rule:
    threshold = 50 * UNIT if note.startswith("not yet") else 0
    return Rule(regime, title, threshold, strict=False, adds_up=True, counts_control=False, in_force=False, note=note)
