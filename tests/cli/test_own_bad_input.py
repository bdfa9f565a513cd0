"""Ownership as it should not be, from the user's command: the right answer, or a reject that says what is wrong."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from landwaiter.cli.own import own
from landwaiter.errors import InputError

HEADER = "owner_id,owned_id,interest,share_min,share_max,valid_from,valid_to,source\n"
DAY = date(2026, 1, 15)


def ask(folder: Path, holdings: str, regime: str = "us_50", listed: str = "X") -> dict[str, tuple[str, str]]:
    """Answer and flags of each party, as the command writes them."""
    ownership, names, out = folder / "ownership.csv", folder / "listed.csv", folder / "out.csv"
    ownership.write_text(HEADER + holdings)
    names.write_text("id\n" + "\n".join(listed.split()) + "\n")
    own(ownership=ownership, listed=names, regime=regime, as_of=DAY, out=out)
    return {row["party_id"]: (row["answer"], row["flags"] or "") for row in pa_csv.read_csv(out).to_pylist()}


def test_a_circle_does_not_lift_itself(tmp_path):
    found = ask(tmp_path, "X,A,shares,30,30,,,\nB,A,shares,40,40,,,\nA,B,shares,60,60,,,\n")
    assert found["A"][0] == "no" and "circular" in found["A"][1]
    assert found["B"][0] == "no"


def test_what_it_holds_of_itself_leaves_the_base_and_owns_nobody(tmp_path):
    assert ask(tmp_path, "X,A,shares,40,40,,,\nA,A,shares,20,20,,,\n")["A"][0] == "possible"
    (tmp_path / "alone").mkdir()
    assert ask(tmp_path / "alone", "X,A,shares,10,10,,,\nA,A,shares,60,60,,,\n")["A"][0] != "yes"


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("X,A,shares,150,150,,,", "share_min", "100"),
        ("X,A,shares,-5,10,,,", "share_min", ""),
        ("X,A,shares,60,40,,,", "share_min", "is more than share_max"),
        ("X,A,shares,60,60,2024-01-01,2020-01-01,", "valid_from", "is after valid_to"),
        ("X,A,shares,sixty,,,,", "share_min", ""),
        (",A,shares,60,60,,,", "owner_id", "is empty"),
    ],
)
def test_a_line_that_cannot_be_is_set_aside_and_named(tmp_path, capsys, line, column, reason):
    assert ask(tmp_path, f"X,B,shares,60,60,,,\n{line}\n") == {"B": ("yes", "")}
    printed = capsys.readouterr()
    assert "2 rows = 1 loaded + 1 rejected" in printed.out
    assert f"line 3: {column}" in printed.err and reason in printed.err


def test_a_file_of_nothing_but_rejects_is_refused(tmp_path):
    with pytest.raises(InputError, match="no interest that could be read"):
        ask(tmp_path, "X,A,shares,150,150,,,\n")


def test_shares_that_sum_to_more_than_the_whole_are_flagged(tmp_path):
    found = ask(tmp_path, "X,A,shares,45,45,,,\nY,A,shares,80,80,,,\n")
    assert "over_100" in found["A"][1]


def test_the_same_statement_again_counts_once(tmp_path):
    twice = "X,A,shares,30,30,,,register\nX,A,shares,30,30,,,register\nX,A,shares,30,30,,,leak\n"
    assert ask(tmp_path, twice)["A"][0] == "no"


def test_sources_that_exclude_each_other_leave_it_open(tmp_path):
    found = ask(tmp_path, "X,A,shares,30,30,,,register\nX,A,shares,60,60,,,leak\n")
    assert found["A"][0] == "possible" and "contradicted" in found["A"][1]


def test_holdings_of_another_time_do_not_count(tmp_path):
    found = ask(tmp_path, "X,A,shares,60,60,2020-01-01,2021-01-01,\nX,B,shares,60,60,2030-01-01,,\n")
    assert found["A"] == ("no", "former_owner") and "B" not in found


def test_a_chain_of_100_000_is_decided_to_its_end(tmp_path):
    chain = "".join(f"N{place},N{place + 1},shares,51,51,,,\n" for place in range(100_000))
    found = ask(tmp_path, chain, listed="N0")
    assert len(found) == 100_000 and found["N100000"][0] == "yes"


@pytest.mark.slow
def test_a_million_owners_of_one_company(tmp_path):
    count, out = 1_000_000, tmp_path / "out.parquet"
    names = pa.array([f"P{place}" for place in range(count)])
    shares = pa.array(["0.0001"]).take(pa.array([0] * count))
    pq.write_table(
        pa.table({"owner_id": names, "owned_id": pa.array(["A"]).take(pa.array([0] * count)), "share_min": shares}),
        tmp_path / "ownership.parquet",
    )
    listed = tmp_path / "listed.csv"
    for half, answer in ((count // 2, "yes"), (count // 2 - 1, "no")):
        listed.write_text("id\n" + "\n".join(f"P{place}" for place in range(half)) + "\n")
        own(ownership=tmp_path / "ownership.parquet", listed=listed, regime="us_50", as_of=DAY, out=out)
        (row,) = pq.read_table(out).to_pylist()
        assert (row["party_id"], row["answer"]) == ("A", answer)
        assert len(row["edges"]) == (half if answer == "yes" else len(row["edges"]))
