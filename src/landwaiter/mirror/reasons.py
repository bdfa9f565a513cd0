"""What was compared with what? Rows of `gaps` with one sentence each, from the figures of the steps."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from landwaiter.mirror.dates import Comparison, month_text

Row = dict[str, str | float]


def breaks(found: pa.Table, tests: Mapping[int, Comparison], money: str, nominal_bp: int) -> list[Row]:
    """Series that grew beyond the placebo dates; the score is the share of what was seen that they do not explain."""
    rows = []
    for line in found.to_pylist():
        test = tests[line["test_no"]]
        seen, expected = line["level_after"], line["expected"]
        reason = (
            f"{_goods(line)}: {_amount(seen, money)} in {test.period} against {_amount(line['level_before'], money)} "
            f"in {test.period_before}; dates when nothing happened explain up to {_amount(expected, money)} "
            f"(beyond go {_percent(nominal_bp)} of {line['series']} series as large; "
            f"its own highest half-year before was {_amount(line['highest'], money)})"
        )
        row = _row(line["origin"], line, test.period, "break", (expected / 100, seen / 100), reason=reason)
        rows.append(row | {"score": _share(seen - expected, seen)})
    return rows


def hub_shares(found: pa.Table, tests: Mapping[int, Comparison], nominal_bp: int) -> list[Row]:
    """Jumps of a partner's share beyond the placebo dates; expected and seen are shares from 0 to 1."""
    rows = []
    for line in found.to_pylist():
        test = tests[line["test_no"]]
        seen, expected = line["level_after"], line["expected"]
        reason = (
            f"{_goods(line)}: {_percent(seen)} of what {line['origin']} sold to all but the targets in {test.period} "
            f"against {_percent(line['level_before'])} in {test.period_before}; at dates when nothing happened "
            f"{_percent(nominal_bp)} of {line['series']} shares jump by more than {_percent(line['most_change'])}, "
            f"and its own was never above {_percent(line['highest'])}"
        )
        row = _row(line["origin"], line, test.period, "hub_share", (expected / 10000, seen / 10000), reason=reason)
        rows.append(row | {"score": _share(seen - expected, 10000 - expected)})
    return rows


def substitutions(
    found: pa.Table,
    tests: Mapping[int, Comparison],
    neighbours: Mapping[str, Sequence[str]],
    money: str,
    least: tuple[int, int],
) -> list[Row]:
    """What neighbours gained of what a target lost: expected is the loss, seen the gain, the score their ratio up to 1.

    Args:
        least: cents lost and ratio in basis points under which a code, not the total, stays out.
    """
    rows = []
    for line in found.to_pylist():
        test = tests[line["test_no"]]
        lost, gained, is_total = line["lost_cents"], line["gained_cents"], line["unit"] == "TOTAL"
        if lost <= 0 or gained <= 0:
            continue
        if not is_total and (lost < least[0] or gained * 10000 < lost * least[1]):
            continue
        what = f"all {line['codes']} comparable codes" if is_total else line["unit"]
        reason = (
            f"{test.origin} exports of {what} in {test.period} against {test.period_before}: "
            f"{_amount(gained, money)} more to {', '.join(neighbours[test.target])}, "
            f"{_amount(lost, money)} less to {test.target}: {100 * gained / lost:.1f} %"
        )
        shown = {"partner": test.target, "unit": line["unit"]}
        row = _row(test.origin, shown, test.period, "substitution", (lost / 100, gained / 100), reason=reason)
        rows.append(row | {"score": min(1.0, round(gained / lost, 4))})
    return rows


def mirror_gaps(found: pa.Table, money: str, freight_bp: int) -> list[Row]:
    """Exports that did not arrive in the partner's books; the score is the excess over what is usual and benign."""
    rows = []
    for line in found.to_pylist():
        gap, allowed, importer = line["gap_bp"], line["allowed_bp"], line["importer"]
        history = "no other year before the controls is known"
        if line["other_years"]:
            history = f"{_percent(line['usual_bp'])} is usual in {line['other_years']} other years before the controls"
        reason = (
            f"{line['exporter']} exports of {line['hs6']} to {importer}: {_amount(line['landed_cents'], money)} with "
            f"{_percent(freight_bp)} for freight and insurance, and {importer} books "
            f"{_amount(line['imports_cents'], money)}: {_percent(gap)} is missing, where {history} "
            f"and up to {_percent(allowed)} would be benign"
        )
        amounts = (line["landed_cents"] / 100, line["imports_cents"] / 100)
        shown = {"partner": importer, "unit": line["hs6"]}
        row = _row(line["exporter"], shown, _year_text(line), "mirror_gap", amounts, reason=reason)
        rows.append(row | {"score": _share(gap - allowed, 10000 - allowed)})
    return rows


def partial_books(line: Mapping[str, int | str]) -> tuple[str, str]:
    """Why an importer's year was left out: its books look as if only a part of the year were in them."""
    share = 100 * int(line["imports_cents"]) // int(line["imports_before"])
    return (
        f"mirror_gap of {line['importer']} in {line['year']}",
        f"its imports are {share} % of the year before, exports to it did not halve: books look incomplete",
    )


def revision(counts: Mapping[str, int], headings: Sequence[str]) -> str:
    """Which codes could not be compared as such, and what was done instead."""
    parts = [
        ("revised", "are new, ended or wider since an HS revision"),
        ("unseen", "were bought by no partner at all before"),
        ("gone", "ended with a year for all partners"),
    ]
    said = ", ".join(f"{counts[status]} {words}" for status, words in parts if status in counts)
    whole = (
        f"; headings {', '.join(headings)} are compared as a whole" if headings else "; no heading holds all of them"
    )
    return f"of {sum(counts.values())} published codes {said}: not compared{whole}"


def _row(
    reporter: str, line: Mapping[str, str], period: str, kind: str, amounts: tuple[float, float], *, reason: str
) -> Row:
    return {
        "reporter": reporter,
        "partner": line["partner"],
        "hs_code": line["unit"],
        "period": period,
        "kind": kind,
        "expected": amounts[0],
        "seen": amounts[1],
        "reason": reason,
    }


def _goods(line: Mapping[str, str | int]) -> str:
    what = f"{line['origin']} exports of {line['unit']} to {line['partner']}"
    return f"{what} (the heading, since codes in it were revised)" if line["is_heading"] else what


def _year_text(line: Mapping[str, int]) -> str:
    if line["is_yearly"] or line["last_month"] - line["first_month"] == 11:
        return f"{line['year']:04d}"
    return f"{month_text(line['first_month'])}..{month_text(line['last_month'])}"


def _share(part: int, whole: int) -> float:
    return round(max(0.0, min(1.0, part / whole)), 4)


def _percent(basis_points: int) -> str:
    return f"{basis_points / 100:g} %"


def _amount(cents: int, money: str) -> str:
    return f"{money} {cents // 100:,}"
