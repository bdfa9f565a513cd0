"""Do the dated facts of this room agree with each other and with the real series?"""

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from landwaiter.mirror.unions import unions_on
from landwaiter.ref.facts import read_facts

REVISIONS = read_facts("hs_revisions").to_pylist()


def codes(*changes: str) -> set[str]:
    return {row["hs6"] for row in REVISIONS if row["change"] in changes}


def test_a_code_has_one_change_on_one_side_of_the_revision() -> None:
    assert not codes("new") & codes("gained", "lost", "ended")
    assert not codes("ended") & codes("gained", "lost")
    assert all(len(row["hs6"]) == 6 and row["hs6"].isdigit() for row in REVISIONS)
    assert len(codes("new")) == 363
    assert len(codes("ended")) == 147


def test_both_ends_of_every_move_of_goods_are_told() -> None:
    came, went = set(), set()
    for row in REVISIONS:
        for other in row["related"].split(";"):
            if row["change"] in ("new", "gained"):
                came.add((other, row["hs6"]))
            else:
                went.add((row["hs6"], other))
    assert came == went


def test_known_new_codes_have_their_predecessors() -> None:
    related = {row["hs6"]: row["related"] for row in REVISIONS if row["change"] == "new"}
    assert related["851713"] == "851712"  # smartphones
    assert related["854143"] == "854140"  # photovoltaic cells in modules
    assert related["854151"] == "854150"  # semiconductor-based transducers


def test_no_new_code_is_traded_before_and_no_ended_one_after(eu_exports: pa.Table) -> None:
    hs6 = pc.utf8_slice_codeunits(eu_exports.column("hs_code"), 0, 6)
    early = pc.less(eu_exports.column("period"), "2022-01")
    before = set(pc.unique(hs6.filter(early)).to_pylist())
    after = set(pc.unique(hs6.filter(pc.invert(early))).to_pylist())
    assert len(codes("new") & after) == 15
    assert not codes("new") & before
    assert not codes("ended") & after


def test_control_dates_are_days_with_a_source() -> None:
    rows = read_facts("control_dates").to_pylist()
    assert all(date(2022, 2, 24) <= date.fromisoformat(row["on"]) and row["source"] for row in rows)
    first = {(row["authority"], row["target"]): row["on"] for row in reversed(rows)}
    assert first["EU", "RU"] == "2022-02-26"
    assert first["TW", "RU"] == "2022-04-06"


def test_the_union_has_27_members_today() -> None:
    assert len(unions_on(date(2024, 1, 1))["EU"]) == 27
    assert len(unions_on(date(2013, 7, 1))["EU"]) == 28
