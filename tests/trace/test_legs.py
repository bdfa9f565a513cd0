"""Is a leg that two countries wrote down counted once, and are two legs that only look alike left apart?"""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landwaiter.engine.duck import open_duck
from worlds.small import SmallWorld, put_world

DEFAULT = {"from": "TW", "to": "TR", "seller": "Island Chips", "buyer": "Nova Elektronik", "hs6": "854231"}


def record(day, pieces="2598", kg="26", usd="51960", **cells):
    """One row of a small world, by default the export record of a lot of chips."""
    return {**DEFAULT, "day": day, "pieces": pieces, "kg": kg, "usd": usd, **cells}


def received(day, **cells):
    """The same lot in the books of the country that it came to."""
    return record(day, **{"usd": "55100", "books": "TR", **cells})


def legs_of(rows, folder):
    """The legs of a world, as kind and the two row numbers, and the lots as rows and quantities."""
    with open_duck(folder, memory_mb=500, threads=1) as corridor:
        put_world(corridor, SmallWorld("", rows))
        legs = corridor.get("legs").to_pylist()
        lots = corridor.get("lots").to_pylist()
    told = [(leg["kind"], leg["row_id"], leg["leg_id"]) for leg in legs]
    return told, {lot["row_id"]: lot for lot in lots}, legs


def test_a_leg_in_two_books_is_one_lot(tmp_path):
    told, lots, legs = legs_of([record("2022-06-01"), received("2022-06-09")], tmp_path)
    assert told == [("both books", "w-1", "w-0")]
    assert "w-1" not in lots
    assert (lots["w-0"]["is_sent_seen"], lots["w-0"]["is_received_seen"]) == (1, 1)
    assert "the same parties" in legs[0]["why_merged"]
    assert "value 1.06 times" in legs[0]["why_merged"]


def test_the_other_spelling_of_one_party_is_bridged_and_each_country_knows_its_own_firm(tmp_path):
    rows = [record("2022-06-01"), received("2022-06-09", buyer="NOVA ELEKTRONIK")]
    told, lots, legs = legs_of(rows, tmp_path)
    assert told == [("both books", "w-1", "w-0")]
    assert "'Nova Elektronik' and 'NOVA ELEKTRONIK'" in legs[0]["why_merged"]
    onward = record("2022-07-01", **{"from": "TR", "seller": "NOVA ELEKTRONIK", "to": "RU", "buyer": "Volga"})
    folder = tmp_path / "onward"
    folder.mkdir()
    _, lots, _ = legs_of([*rows, onward], folder)
    assert lots["w-0"]["buyer_no"] == lots["w-2"]["seller_no"], "the hub's own books name the firm that sells on"


def test_both_parties_may_be_written_otherwise_where_the_count_is_odd_and_the_same(tmp_path):
    both = {"buyer": "NOVA ELEKTRONIK", "seller": "ISLAND CHIPS CO LTD"}
    told, _, legs = legs_of([record("2022-06-01"), received("2022-06-09", **both)], tmp_path)
    assert told == [("both books", "w-1", "w-0")]
    assert "the seller written" in legs[0]["why_merged"]
    assert "the buyer written" in legs[0]["why_merged"]
    for name, other in (("round", {"pieces": "2600"}), ("stranger", {"buyer": "Bosphorus Dagitim"})):
        (tmp_path / name).mkdir()
        size = {"pieces": other.get("pieces", "2598")}
        rows = [record("2022-06-01", **size), received("2022-06-09", **{**both, **other})]
        assert legs_of(rows, tmp_path / name)[0] == [], name


@pytest.mark.parametrize(
    ("story", "other"),
    [
        ("another firm", {"buyer": "Bosphorus Dagitim"}),
        ("another count", {"pieces": "2700", "kg": "27"}),
        ("half of the value", {"usd": "20000"}),
        ("another kind of goods", {"hs6": "610910"}),
        ("another weight", {"kg": "40"}),
    ],
)
def test_what_differs_stays_apart(tmp_path, story, other):
    told, lots, _ = legs_of([record("2022-06-01"), received("2022-06-09", **other)], tmp_path)
    assert told == [], story
    assert {"w-0", "w-1"} <= lots.keys()


def test_too_late_and_too_early_stay_apart(tmp_path):
    rows = [record("2022-06-01"), received("2022-08-09"), received("2022-05-20", pieces="99", kg="1", usd="2100")]
    assert legs_of([*rows, record("2022-06-01", pieces="99", kg="1", usd="1980")], tmp_path)[0] == []


def test_pieces_here_and_kilograms_there_meet_by_the_usual_weight_of_a_piece(tmp_path):
    usual = [record(f"2021-0{n}-11", str(1000 * n), str(10 * n), "9", buyer=f"User {n}") for n in range(1, 8)]
    told, lots, legs = legs_of([*usual, record("2022-06-01", kg=""), received("2022-06-09", pieces="")], tmp_path)
    assert told == [("both books", "w-8", "w-7")]
    assert "usual weight of a piece" in legs[0]["why_merged"]
    assert lots["w-7"]["mass_g"] == 26_000, "what one book leaves out the other says"


def test_a_weight_that_does_not_fit_the_count_stays_apart(tmp_path):
    usual = [record(f"2021-0{n}-11", str(1000 * n), str(10 * n), "9", buyer=f"User {n}") for n in range(1, 8)]
    rows = [*usual, record("2022-06-01", kg=""), received("2022-06-09", pieces="", kg="260")]
    assert legs_of(rows, tmp_path)[0] == []


def test_each_record_finds_its_own_partner(tmp_path):
    rows = [record("2022-06-01"), record("2022-06-03", "1403", "14", "28060")]
    rows += [received("2022-06-10", pieces="1403", kg="14", usd="29700"), received("2022-06-11")]
    assert legs_of(rows, tmp_path)[0] == [("both books", "w-2", "w-1"), ("both books", "w-3", "w-0")]


def test_equal_lots_are_taken_one_for_one(tmp_path):
    rows = [record("2022-06-01"), record("2022-06-15"), received("2022-06-08")]
    told, lots, _ = legs_of(rows, tmp_path)
    assert len(told) == 1
    assert len({"w-0", "w-1", "w-2"} & lots.keys()) == 2


def test_two_partners_of_nearly_the_same_size_are_left_apart(tmp_path):
    rows = [record("2022-06-01", "10000", "100", "50000")]
    rows += [received("2022-06-08", pieces=pieces, kg="100", usd="53000") for pieces in ("10010", "9990")]
    assert legs_of(rows, tmp_path)[0] == []


def test_the_same_line_given_again_counts_once(tmp_path):
    rows = [record("2022-06-01", paper="D1"), record("2022-06-01", paper="D1"), record("2022-06-01")]
    told, lots, _ = legs_of(rows, tmp_path)
    assert told == [("repeated", "w-1", "w-0")], "a line without number or paper may be a second lot"
    assert {"w-0", "w-2"} <= lots.keys()


def test_the_later_correction_wins(tmp_path):
    rows = [record("2022-06-01", "2600", number="N7"), record("2022-06-20", number="N7"), received("2022-06-25")]
    told, lots, legs = legs_of(rows, tmp_path)
    assert told == [("corrected", "w-0", "w-1"), ("both books", "w-2", "w-1")]
    assert lots["w-1"]["quantity"] == 2_598_000
    assert "corrects the earlier" in legs[0]["why_merged"]


def test_lines_of_one_declaration_are_not_corrections(tmp_path):
    rows = [record("2022-06-01", "2600", number="N7"), record("2022-06-01", "1400", number="N7")]
    assert legs_of(rows, tmp_path)[0] == []


def test_a_paper_entered_under_a_second_number_is_one_lot(tmp_path):
    first, again = record("2022-06-01", paper="D1", number="N1"), record("2022-06-04", paper="D1", number="N2")
    assert legs_of([first, again], tmp_path)[0] == [("repeated", "w-1", "w-0")]
    (tmp_path / "corrected").mkdir()
    wrong = {**first, "pieces": "2900", "kg": "29"}
    assert legs_of([wrong, again], tmp_path / "corrected")[0] == [("corrected", "w-0", "w-1")]
    (tmp_path / "two lots").mkdir()
    other = {**first, "pieces": "2900", "kg": "29", "usd": "58000"}
    assert legs_of([other, again], tmp_path / "two lots")[0] == [], "the price of a piece is the same: a second lot"


def test_two_names_that_share_odd_lots_are_one_firm_and_it_keeps_its_name_in_every_record(tmp_path):
    sizes = [("2022-06-01", "2598", "26", "51960"), ("2022-07-01", "1403", "14", "28060"),
             ("2022-08-01", "977", "10", "19540")]  # fmt: skip
    rows = [record(*size) for size in sizes]
    rows += [received(day, pieces=pieces, kg=kg, usd=usd, buyer="Bosphorus Dagitim") for day, pieces, kg, usd in sizes]
    told, lots, legs = legs_of([*rows, record("2022-10-01", "5000", "50", "99999")], tmp_path)
    assert told == [("both books", f"w-{place + 3}", f"w-{place}") for place in range(3)]
    assert "lots of the same odd counts" in legs[0]["why_merged"]
    assert lots["w-6"]["buyer_no"] == lots["w-0"]["buyer_no"], "no other book has this leg, but the firm is known"


def test_another_code_of_the_chapter_is_one_leg_where_count_and_weight_say_so(tmp_path):
    assert legs_of([record("2022-06-01"), received("2022-06-09", hs6="851660")], tmp_path)[0]
    (tmp_path / "weight").mkdir()
    rows = [record("2022-06-01"), received("2022-06-09", hs6="851660", kg="27")]
    assert legs_of(rows, tmp_path / "weight")[0] == []


RECORDS = st.builds(
    lambda day, pieces, usd, number, paper, books, buyer: record(
        f"2022-06-{day:02}", pieces, "", usd, number=number, paper=paper, books=books, buyer=buyer
    ),
    day=st.integers(1, 9),
    pieces=st.sampled_from(["2598", "2598", "2600", "1403"]),
    usd=st.sampled_from(["51960", "51960", "52100", "28060"]),
    number=st.sampled_from(["", "N1", "N2", "N3"]),
    paper=st.sampled_from(["", "D1", "D1", "D2"]),
    books=st.sampled_from(["TW", "TW", "TR"]),
    buyer=st.sampled_from(["Nova Elektronik", "Nova Elektronik", "NOVA ELEKTRONIK"]),
)


@given(st.lists(RECORDS, max_size=14))
@settings(max_examples=25, deadline=None)
def test_every_record_is_in_one_leg(rows):
    with tempfile.TemporaryDirectory() as name:
        _, lots, legs = legs_of(rows, Path(name))
    aside = [leg["row_id"] for leg in legs]
    counted = {leg["leg_id"] for leg in legs}
    assert len(aside) == len(set(aside)), "a record stands aside once"
    assert not counted & set(aside), "what counts does not stand aside for another"
    every = {f"w-{place}" for place in range(len(rows) + 2)}  # Two rows frame the world.
    assert lots.keys() | set(aside) == every
    assert not lots.keys() & set(aside)


def test_a_record_with_a_number_and_a_paper_stands_aside_once(tmp_path):
    first = record("2022-06-01", "2600", number="N1", paper="D1")
    by_number, by_paper = {**first, "day": "2022-06-20", "pieces": "2598"}, {**first, "number": "N2"}
    told, lots, _ = legs_of([first, by_number, by_paper], tmp_path)
    assert told == [("corrected", "w-0", "w-1"), ("repeated", "w-2", "w-1")]
    assert {"w-0", "w-1", "w-2"} & lots.keys() == {"w-1"}


def test_records_that_correct_each_other_in_a_circle_are_one_lot(tmp_path):
    wrong = {"number": "N1", "paper": "D1"}
    rows = [
        record("2022-06-09", "2598", "", "51960", **wrong),
        record("2022-06-05", "2900", "", "51960", number="N2", paper="D1"),
        record("2022-06-01", "2598", "", "51960", **wrong),
    ]
    for place, order in enumerate(([0, 1, 2], [2, 1, 0], [1, 2, 0])):
        (tmp_path / str(place)).mkdir()
        _, lots, _ = legs_of([rows[at] for at in order], tmp_path / str(place))
        assert len({"w-0", "w-1", "w-2"} & lots.keys()) == 1, order
